"""Any sentence-transformers model: a tiny one, made here, with real layers and its own prompts."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.contract import EncoderLoadError
from embeddings.transformer import TransformerEncoder

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"查询文资金管理办法空气:"]
DIMENSION = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a BERT of one layer, mean pooling, whose config gives a prompt for questions and one for passages."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    base = tmp_path_factory.mktemp("bert")
    (base / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=DIMENSION,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(base)
    BertTokenizer(vocab=str(base / "vocab.txt")).save_pretrained(base)
    prompts = {"query": "查询:", "document": "文:"}
    modules = [Transformer(str(base)), Pooling(DIMENSION)]
    out = tmp_path_factory.mktemp("tiny") / "tiny"
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(out), create_model_card=False)
    return out


def test_prompts_come_from_the_model(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    encoder, model = TransformerEncoder.load(str(folder)), SentenceTransformer(str(folder), device="cpu")
    texts = ["资金管理", "空气"]
    for ours, prompt in ((encoder.encode_query, "查询:"), (encoder.encode_document, "文:")):
        expected = model.encode([prompt + text for text in texts], prompt="", show_progress_bar=False)
        expected /= np.linalg.norm(expected, axis=1, keepdims=True)
        np.testing.assert_allclose(ours(texts), expected, atol=1e-5)
    assert not np.allclose(encoder.encode_query(texts), encoder.encode_document(texts), atol=1e-3)


def test_vectors_keep_the_contract(folder: Path) -> None:
    encoder = TransformerEncoder.load(str(folder))
    vectors = encoder.encode_document(["资金管理办法", "空"])
    assert encoder.dimension == DIMENSION
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert encoder.encode_query([]).shape == (0, DIMENSION)


def test_name_changes_with_the_files(folder: Path) -> None:
    before = TransformerEncoder.load(str(folder)).name
    assert before == TransformerEncoder.load(str(folder)).name
    config = folder / "config_sentence_transformers.json"
    text = config.read_text(encoding="utf-8")
    config.write_text(json.dumps(json.loads(text) | {"prompts": {"query": "", "document": ""}}), encoding="utf-8")
    changed = TransformerEncoder.load(str(folder)).name
    config.write_text(text, encoding="utf-8")
    assert before.startswith("tiny-")
    assert changed != before


@pytest.mark.parametrize("name", ["./nowhere/model", "~/nowhere-to-be-found", "/nowhere/model", "a/b/c"])
def test_folder_that_is_not_there(name: str) -> None:
    with pytest.raises(EncoderLoadError, match=r"There is no folder .*builtin"):
        TransformerEncoder.load(name)


def test_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderLoadError, match=r"holds no sentence-transformers model"):
        TransformerEncoder.load(str(tmp_path))


def test_hub_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    # Port 9 of this machine, where nothing listens.
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(EncoderLoadError, match=r"owner/no-such-model cannot be had") as error:
        TransformerEncoder.load("owner/no-such-model")
    assert "owner/no-such-model" in error.value.zh


def test_module_is_cheap_to_import() -> None:
    code = "import sys, embeddings.transformer; print('torch' in sys.modules, 'sentence_transformers' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
