"""A model that reads in context, small and untrained: what it says means nothing, and is the same each time."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers
from transformers import BertConfig, BertModel

from embeddings.contextual import Lengths
from embeddings.training.reader.export import export
from embeddings.training.reader.model import SentenceScorer


def tiny_tokenizer(characters: str) -> Tokenizer:
    """Each of ``characters`` is a piece, behind the special ones."""
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    pieces += [(character, -1.0) for character in sorted(set(characters))]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    return tokenizer


def tiny_model(tokenizer: Tokenizer, layers: int = 2, seed: int = 0) -> SentenceScorer:
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=layers, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=256, type_vocab_size=3, pad_token_id=1, initializer_range=0.5,
    )  # fmt: skip
    return SentenceScorer(BertModel(config, add_pooling_layer=False)).eval()


def write_reader(folder: Path, characters: str) -> SentenceScorer:
    """Write a folder that ``ContextReader.load`` reads; return the model that it was exported from."""
    tokenizer = tiny_tokenizer(characters)
    model = tiny_model(tokenizer)
    export(model, tokenizer, Lengths(), folder)
    return model
