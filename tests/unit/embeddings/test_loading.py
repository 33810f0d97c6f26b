"""Loading an encoder by name, and the contract that every encoder keeps."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.contract import EncoderLoadError
from embeddings.loading import BUILTIN, BUILTIN_FOLDER, load_encoder
from embeddings.static import StaticEncoder
from embeddings.transformer import TransformerEncoder


def test_builtin_is_the_static_encoder() -> None:
    encoder = load_encoder(BUILTIN)
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == StaticEncoder.load(BUILTIN_FOLDER).name


def test_any_folder_goes_to_sentence_transformers() -> None:
    encoder = load_encoder(str(BUILTIN_FOLDER))
    assert isinstance(encoder, TransformerEncoder)
    assert encoder.name.startswith(f"{BUILTIN_FOLDER.name}-")


@pytest.mark.parametrize("name", [BUILTIN, str(BUILTIN_FOLDER)])
def test_contract(name: str) -> None:
    encoder = load_encoder(name)
    texts = ["资金管理", "空气污染防治", "什么是公积金？"]
    for encode in (encoder.encode_query, encoder.encode_document):
        vectors = encode(texts)
        assert vectors.dtype == np.float32
        assert vectors.shape == (3, encoder.dimension)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
        np.testing.assert_allclose(encode(texts[1:2])[0], vectors[1], atol=1e-3)
        assert encode([]).shape == (0, encoder.dimension)


def test_error_carries_both_languages(tmp_path: Path) -> None:
    with pytest.raises(EncoderLoadError) as error:
        load_encoder(str(tmp_path / "nothing"))
    assert "nothing" in error.value.en
    assert "nothing" in error.value.zh
    assert str(error.value) == error.value.en
