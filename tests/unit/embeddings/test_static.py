"""The static encoder: a formula on a table made here, and the built-in one against sentence-transformers."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Split

from embeddings.contract import EncoderLoadError
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

TEXTS = [
    "2020年疫情期间小微企业贷款利息有没有补贴？",
    "第二十四条　省人民政府主管部门应当自受理申请之日起二十日内作出决定。",
    "臺灣的總統府位於哪裡？",
    "What is the maximum transaction size of a TiDB cluster?",
    "龘靐齉爨麤，未知的字夹在中间",
    "好",
    "政府工作报告提出，全面加强资金管理。" * 300,
]


def write_model(folder: Path, table: npt.NDArray[np.float16]) -> Path:
    folder.mkdir()
    tokenizer = Tokenizer(Unigram([("[UNK]", 0.0), ("资金", -1.0), ("管理", -1.0), ("办法", -2.0)], unk_id=0))
    tokenizer.pre_tokenizer = Split(Regex(r"\p{Han}+"), behavior="removed", invert=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    return folder


@pytest.fixture
def table() -> npt.NDArray[np.float16]:
    return np.array([[9, 9, 9], [3, 0, 0], [0, 4, 0], [0, 0, 0.5]], dtype=np.float16)


@pytest.fixture(scope="module")
def builtin() -> StaticEncoder:
    return StaticEncoder.load(BUILTIN_FOLDER)


def test_vector_is_the_unit_mean_of_the_words(tmp_path: Path, table: npt.NDArray[np.float16]) -> None:
    encoder = StaticEncoder.load(write_model(tmp_path / "model", table))
    vectors = encoder.encode_document(["资金管理办法", "资金，资金、管理", "Ω"])
    expected = np.array([[3, 4, 0.5], [6, 4, 0], [0, 0, 0]], dtype=np.float32)
    expected[:2] /= np.linalg.norm(expected[:2], axis=1, keepdims=True)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, expected, atol=1e-3)
    np.testing.assert_array_equal(encoder.encode_query(["资金管理办法"]), vectors[:1])


def test_words_and_their_vectors(tmp_path: Path, table: npt.NDArray[np.float16]) -> None:
    encoder = StaticEncoder.load(write_model(tmp_path / "model", table))
    assert encoder.words == ("[UNK]", "资金", "管理", "办法")
    np.testing.assert_array_equal(encoder.word_vectors, table)
    ids = encoder.tokenize(["管理靐资金", "", "靐"])
    assert [list(i) for i in ids] == [[2, 1], [], []]
    assert all(i.dtype == np.int32 for i in ids)


def test_name_changes_with_the_weights(tmp_path: Path, table: npt.NDArray[np.float16]) -> None:
    first = StaticEncoder.load(write_model(tmp_path / "model", table))
    again = StaticEncoder.load(tmp_path / "model")
    (tmp_path / "other").mkdir()
    changed = StaticEncoder.load(write_model(tmp_path / "other" / "model", table * np.float16(2)))
    assert first.name == again.name
    assert first.name.startswith("model-")
    assert first.name != changed.name


def test_nothing_to_encode(builtin: StaticEncoder) -> None:
    assert builtin.encode_query([]).shape == (0, builtin.dimension)
    assert builtin.encode_document([]).dtype == np.float32
    assert builtin.tokenize([]) == []


def test_missing_file_is_named(tmp_path: Path, table: npt.NDArray[np.float16]) -> None:
    folder = write_model(tmp_path / "model", table)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(EncoderLoadError, match=r"tokenizer\.json is missing") as error:
        StaticEncoder.load(folder)
    assert "tokenizer.json" in error.value.zh


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_damaged_file_is_named(tmp_path: Path, table: npt.NDArray[np.float16], name: str) -> None:
    folder = write_model(tmp_path / "model", table)
    (folder / name).write_bytes((folder / name).read_bytes()[:40])
    with pytest.raises(EncoderLoadError, match="damaged"):
        StaticEncoder.load(folder)


def test_same_vectors_as_sentence_transformers(builtin: StaticEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUILTIN_FOLDER), device="cpu")
    theirs_query = np.asarray(model.encode_query(TEXTS, show_progress_bar=False), dtype=np.float32)
    theirs_document = np.asarray(model.encode_document(TEXTS, show_progress_bar=False), dtype=np.float32)
    # Both hold 16-bit numbers; theirs are also rounded to 16 bits at the end.
    np.testing.assert_allclose(builtin.encode_query(TEXTS), theirs_query, atol=1e-3)
    np.testing.assert_allclose(builtin.encode_document(TEXTS), theirs_document, atol=1e-3)


def test_builtin_gives_unit_vectors(builtin: StaticEncoder) -> None:
    vectors = builtin.encode_document(TEXTS)
    assert vectors.shape == (len(TEXTS), builtin.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.asarray(builtin.word_vectors).shape == (len(builtin.words), builtin.dimension)


def test_batches_do_not_change_vectors(builtin: StaticEncoder) -> None:
    many = [f"第{i}条 资金管理" for i in range(3000)]
    np.testing.assert_allclose(builtin.encode_document(many)[2999], builtin.encode_document(many[2999:])[0], atol=1e-6)


@pytest.mark.parametrize(
    ("written", "same"),
    [("臺灣實行後來的漢語", "台湾实行后来的汉语"), ("ＴｉＤＢ　１２３", "tidb 123"), ("《资金》，管理！", "资金管理")],
)
def test_width_case_script_and_punctuation_are_folded(builtin: StaticEncoder, written: str, same: str) -> None:
    a, b = builtin.tokenize([written, same])
    assert len(a)
    np.testing.assert_array_equal(a, b)


def test_words_that_mean_the_same_are_near(builtin: StaticEncoder) -> None:
    vectors = builtin.encode_query(["购买", "买", "空气", "大气", "补贴", "补助", "法院"])
    cosines = vectors @ vectors.T
    assert cosines[0, 1] > cosines[0, 6] + 0.2
    assert cosines[2, 3] > cosines[2, 6] + 0.2
    assert cosines[4, 5] > cosines[4, 6] + 0.2


def test_function_words_weigh_little(builtin: StaticEncoder) -> None:
    lengths = np.linalg.norm(np.asarray(builtin.word_vectors, dtype=np.float32), axis=1)
    length = dict(zip(builtin.words, lengths.tolist(), strict=True))
    assert max(length[word] for word in ("的", "是", "有", "什么")) < min(
        length[word] for word in ("疫情", "贷款", "干部")
    )


def test_builtin_fits_in_twenty_megabytes() -> None:
    assert sum(path.stat().st_size for path in BUILTIN_FOLDER.rglob("*") if path.is_file()) < 20_000_000


def test_builtin_needs_no_torch() -> None:
    code = (
        "import sys; from embeddings.loading import load_encoder; load_encoder('builtin').encode_query(['资金']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'gradio') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_many_texts_have_the_vectors_that_each_has_alone(builtin: StaticEncoder) -> None:
    many = [*TEXTS, "", "\x00", *(f"{text[:40]}{number}" for number in range(30) for text in TEXTS)]
    alone = np.concatenate([builtin.encode_document([text]) for text in many])
    together = builtin.encode_document(many)
    assert np.abs(together - alone).max() < 2e-4
    assert np.array_equal(together[7:9], np.zeros((2, builtin.dimension), np.float32))
