"""Any sentence-transformers model, from a folder or from the hub; the one file that imports the library.

The library takes seconds to import, so it is imported when a model is loaded, not with this module.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import numpy as np
import numpy.typing as npt

from embeddings.contract import EncoderLoadError, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_HASHED_BYTES = 1 << 20
_HUB_SECONDS = 10.0
_UNREADABLE: tuple[type[Exception], ...] = (OSError, ValueError, KeyError, RuntimeError)


class TransformerEncoder:
    """Encodes questions and passages with the prompts that the model's own config gives for each."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self._model = model
        self._name = name

    @classmethod
    def load(cls, name: str) -> "TransformerEncoder":
        """Load a model folder, or a model of the hub by name (``BAAI/bge-small-zh-v1.5``), on the CPU.

        Raises EncoderLoadError where the folder is not there or holds no model, or the hub cannot be reached.
        """
        folder = Path(name).expanduser()
        if _looks_local(name) and not folder.is_dir():
            raise EncoderLoadError(
                f"There is no folder {name}. Give a model's folder, its name on the hub (owner/model), or 'builtin'.",
                f"没有文件夹 {name}。请给出模型文件夹、模型在 hub 上的名称（owner/model）或 'builtin'。",
            )
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderLoadError(
                "The encoder needs sentence-transformers: run `pip install sentence-transformers`, or use 'builtin'.",
                "该编码器需要 sentence-transformers：请运行 `pip install sentence-transformers`，或使用 'builtin'。",
            ) from error
        if folder.is_dir():
            try:
                model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
            except _UNREADABLE as error:
                raise _folder_error(name) from error
            return cls(model, f"{folder.resolve().name}-{_fingerprint(folder)}")
        return cls(_from_hub(name), name)

    @property
    def name(self) -> str:
        """A hub model's name; for a folder its name and a fingerprint of its files."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        dimension = self._model.get_embedding_dimension()
        return int(dimension) if dimension is not None else int(self.encode_query(["a"]).shape[1])

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(len(texts), dimension)`` float32, rows of unit length."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return _unit(self._model.encode_query(list(texts), show_progress_bar=False, convert_to_numpy=True))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: ``(len(texts), dimension)`` float32, rows of unit length."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return _unit(self._model.encode_document(list(texts), show_progress_bar=False, convert_to_numpy=True))


def _looks_local(name: str) -> bool:
    """Tell a path from a hub name, which is ``model`` or ``owner/model``."""
    return name.startswith((".", "/", "~")) or name.count("/") > 1 or "\\" in name


def _from_hub(name: str) -> "SentenceTransformer":
    """Load what was fetched before without asking the network, anything else from the hub."""
    from huggingface_hub.errors import HfHubHTTPError
    from sentence_transformers import SentenceTransformer

    # The hub's own error derives from that of the HTTP library beneath it, whichever that is.
    network_errors = tuple(base for base in HfHubHTTPError.__bases__ if issubclass(base, Exception))
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except _UNREADABLE as error:
        if not _hub_answers():
            raise _hub_error(name) from error
    try:
        return SentenceTransformer(name, device="cpu")
    except _UNREADABLE + network_errors as error:
        raise _hub_error(name) from error


def _hub_answers() -> bool:
    """Ask once, with a time limit, whether the hub can be reached: the library would go on trying for a minute."""
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return False
    try:
        with urlopen(Request(constants.ENDPOINT, method="HEAD"), timeout=_HUB_SECONDS):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def _folder_error(name: str) -> EncoderLoadError:
    return EncoderLoadError(
        f"The folder {name} holds no sentence-transformers model that can be read. Give another, or use 'builtin'.",
        f"文件夹 {name} 中没有可读取的 sentence-transformers 模型。请更换文件夹，或使用 'builtin'。",
    )


def _hub_error(name: str) -> EncoderLoadError:
    return EncoderLoadError(
        f"The model {name} cannot be had: no folder of that name, and the hub does not answer or does not have it. "
        "Check the name and the network, or use 'builtin'.",
        f"无法取得模型 {name}：没有这个文件夹，hub 无法访问或没有该模型。请检查名称和网络，或使用 'builtin'。",
    )


def _fingerprint(folder: Path) -> str:
    """Hash each file's path, size and first and last megabyte: enough to notice other weights, quick for large ones."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size}\n".encode())
        with path.open("rb") as file:
            digest.update(file.read(_HASHED_BYTES))
            file.seek(max(size - _HASHED_BYTES, 0))
            digest.update(file.read(_HASHED_BYTES))
    return digest.hexdigest()[:12]


def _unit(vectors: npt.NDArray[Any]) -> Vectors:
    wide = np.asarray(vectors, dtype=np.float32)
    unit: Vectors = wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-12)
    return unit
