"""Static embeddings: a text's vector is the mean of its words' vectors, looked up in a table.

Method: Model2Vec (MinishLab), which runs the folder that sentence-transformers saved, in numpy, without torch.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from model2vec import StaticModel
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from embeddings.contract import EncoderLoadError, Vectors
from embeddings.pieces import PieceTokens

TokenIds = npt.NDArray[np.int32]

_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_TENSOR = "embedding.weight"
_MANY = 64
"""From so many texts on the library for sparse matrices is worth its loading."""


class StaticEncoder:
    """Encodes questions and passages alike, and gives the words and word vectors for matching word by word.

    Width, case and traditional characters are folded by the tokenizer. A text without any known word has the
    zero vector, whose inner product with every other is 0.
    """

    def __init__(self, model: StaticModel, name: str) -> None:
        self._model = model
        self._name = name
        folding = model.tokenizer.normalizer
        self._pieces = PieceTokens(model.tokenize, folding.normalize_str if folding else str, model.tokens)

    @classmethod
    def load(cls, folder: Path) -> "StaticEncoder":
        """Load a folder in sentence-transformers' format that holds one StaticEmbedding.

        Raises EncoderLoadError where a file is missing or cannot be read.
        """
        weights, tokenizer = folder / _WEIGHTS, folder / _TOKENIZER
        missing = next((path for path in (weights, tokenizer) if not path.is_file()), None)
        if missing is not None:
            raise EncoderLoadError(
                f"The encoder in {folder} is incomplete: {missing.name} is missing. Copy or install it again.",
                f"编码器 {folder} 不完整：缺少 {missing.name}。请重新复制或安装。",
            )
        definition = tokenizer.read_bytes()
        try:
            with safe_open(weights, framework="numpy") as file:
                table = file.get_tensor(_TENSOR)
            words = Tokenizer.from_buffer(definition)
            # StaticModel takes a deep copy, which means to parse the vocabulary twice; nobody else has this one.
            words.__deepcopy__ = lambda _: words  # type: ignore[attr-defined]
            model = StaticModel(table, words, normalize=False, max_length=None)
        except (SafetensorError, ValueError) as error:
            raise EncoderLoadError(
                f"The encoder in {folder} is damaged or of another kind ({error}). Copy or install it again.",
                f"编码器 {folder} 已损坏或类型不符（{error}）。请重新复制或安装。",
            ) from error
        digest = hashlib.sha256(table.data)
        digest.update(definition)
        return cls(model, f"{folder.name}-{digest.hexdigest()[:12]}")

    @property
    def name(self) -> str:
        """The folder's name and a hash of its weights and vocabulary."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.dim)

    @property
    def word_vectors(self) -> npt.NDArray[np.float16]:
        """The table: ``(vocabulary, dimension)``, rows not of unit length; a word that says little has a short one."""
        return self._model.embedding

    @property
    def words(self) -> tuple[str, ...]:
        """The vocabulary, by token id."""
        return self._model.tokens

    def tokenize(self, texts: Sequence[str]) -> list[TokenIds]:
        """Return the token ids of each text in order; what is not in the vocabulary is left out."""
        return [np.array(ids, dtype=np.int32) for ids in self._model.tokenize(texts)]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(len(texts), dimension)`` float32, rows of unit length."""
        return self._encode(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(len(texts), dimension)`` float32, rows of unit length."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._encode_few if len(texts) < _MANY else self._encode_many
        vectors = encode(texts).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, 1e-12)
        return unit

    def _encode_few(self, texts: Sequence[str]) -> npt.NDArray[np.float16]:
        vectors: npt.NDArray[np.float16] = self._model.encode(texts, use_multiprocessing=False)
        return vectors

    def _encode_many(self, texts: Sequence[str]) -> npt.NDArray[np.float16]:
        """Return what ``_encode_few`` does in a fifth of the time: counts of words, times the vectors of these."""
        from scipy.sparse import csr_array  # type: ignore[import-untyped]

        flat, counts = self._pieces.tokens(texts)
        words = np.flatnonzero(np.bincount(flat, minlength=len(self.word_vectors)))
        places = np.zeros(len(self.word_vectors), np.int32)
        places[words] = np.arange(len(words))
        ones = np.ones(len(flat), np.float32)
        weights = csr_array((ones, places[flat], np.append(0, np.cumsum(counts))), shape=(len(texts), len(words)))
        sums = weights @ self.word_vectors[words].astype(np.float32)
        means: npt.NDArray[np.float16] = (sums / np.maximum(counts, 1)[:, None]).astype(np.float16)
        return means
