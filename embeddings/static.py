"""Static embeddings: a text's vector is the mean of its words' vectors, looked up in a table.

Method: Model2Vec (MinishLab). The folder is what sentence-transformers saved; numpy runs it, without torch and without
Model2Vec's own package, which takes a tenth of a second to start.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from embeddings.contract import EncoderLoadError, Vectors
from embeddings.pieces import PieceTokens

TokenIds = npt.NDArray[np.int32]

_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_TENSOR = "embedding.weight"
_UNKNOWN = re.compile(rb'"unk_id":\s*(\d+)')
"""Where a vocabulary's definition says which word stands for what is not in it; to parse it all takes long."""
_MANY = 64
"""From so many texts on the library for sparse matrices is worth its loading."""
_TABULATED = 1024
"""From so many texts on a table of all characters is worth its making, where it was not made yet."""


class StaticEncoder:
    """Encodes questions and passages alike, and gives the words and word vectors for matching word by word.

    Width, case and traditional characters are folded by the tokenizer. A text without any known word has the
    zero vector, whose inner product with every other is 0.
    """

    def __init__(self, tokenizer: Tokenizer, table: npt.NDArray[np.float16], unknown: int | None, name: str) -> None:
        self._tokenizer = tokenizer
        self._table = table
        self._unknown = unknown
        self._name = name
        self._words = tuple(str(tokenizer.id_to_token(number)) for number in range(len(table)))
        folding = tokenizer.normalizer
        self._pieces = PieceTokens(self.token_ids, folding.normalize_str if folding else str, self._words)

    @classmethod
    def load(cls, folder: Path) -> "StaticEncoder":
        """Load a folder in sentence-transformers' format that holds one StaticEmbedding.

        Raises EncoderLoadError where a file is missing or cannot be read.
        """
        weights, vocabulary = folder / _WEIGHTS, folder / _TOKENIZER
        missing = next((path for path in (weights, vocabulary) if not path.is_file()), None)
        if missing is not None:
            raise EncoderLoadError(
                f"The encoder in {folder} is incomplete: {missing.name} is missing. Copy or install it again.",
                f"编码器 {folder} 不完整：缺少 {missing.name}。请重新复制或安装。",
            )
        definition = vocabulary.read_bytes()
        try:
            with safe_open(weights, framework="numpy") as file:
                table = file.get_tensor(_TENSOR)
            tokenizer = Tokenizer.from_buffer(definition)
            if (size := tokenizer.get_vocab_size()) != len(table):
                raise ValueError(f"{size} words, {len(table)} vectors")
        except (SafetensorError, ValueError) as error:
            raise EncoderLoadError(
                f"The encoder in {folder} is damaged or of another kind ({error}). Copy or install it again.",
                f"编码器 {folder} 已损坏或类型不符（{error}）。请重新复制或安装。",
            ) from error
        digest = hashlib.sha256(table.data)
        digest.update(definition)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        unknown = _UNKNOWN.search(definition)
        number = None if unknown is None else int(unknown[1])
        return cls(tokenizer, table, number, f"{folder.name}-{digest.hexdigest()[:12]}")

    @property
    def name(self) -> str:
        """The folder's name and a hash of its weights and vocabulary."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    @property
    def word_vectors(self) -> npt.NDArray[np.float16]:
        """The table: ``(vocabulary, dimension)``, rows not of unit length; a word that says little has a short one."""
        return self._table

    @property
    def words(self) -> tuple[str, ...]:
        """The vocabulary, by token id."""
        return self._words

    def tokenize(self, texts: Sequence[str]) -> list[TokenIds]:
        """Return the token ids of each text in order; what is not in the vocabulary is left out."""
        return [np.array(ids, dtype=np.int32) for ids in self.token_ids(texts)]

    def tokens(self, texts: Sequence[str]) -> tuple[TokenIds, npt.NDArray[np.int64]]:
        """Return the token ids of all texts in a row, and how many each text has."""
        if self._pieces.is_ready or len(texts) >= _TABULATED:
            return self._pieces.tokens(texts)
        found = self.token_ids(texts)
        sizes = np.fromiter(map(len, found), np.int64, len(found))
        return np.fromiter(chain.from_iterable(found), np.int32, int(sizes.sum())), sizes

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return what ``tokenize`` does, as lists."""
        read = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [[number for number in one.ids if number != self._unknown] for one in read]

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
        means = np.zeros((len(texts), self.dimension), np.float16)
        for mean, ids in zip(means, self.token_ids(texts), strict=True):
            if ids:
                mean[:] = self._table[ids].mean(axis=0)
        return means

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
