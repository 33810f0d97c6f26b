"""Traditional to simplified characters as a tokenizer's normalizer.

The ``Precompiled`` normalizer of the tokenizers library takes SentencePiece's compiled character map: the size of a
double-array trie in bytes, the trie (32-bit units), then the replacements, each ended by a zero byte. One look-up a
character replaces the 4,000 passes over the text that as many ``Replace`` steps would need.
"""

import struct
from collections.abc import Mapping

import opencc
from tokenizers.normalizers import Precompiled

_HAS_LEAF = 1 << 8
_LEAF = 1 << 31

Tree = dict[int, "Tree | int"]


def simplifications() -> dict[str, str]:
    """Return every Han character that OpenCC simplifies by itself, with its simplified form."""
    blocks = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
    characters = [chr(code) for low, high in blocks for code in range(low, high)]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {a: b for a, b in zip(characters, simple, strict=True) if a != b and len(b) == 1}


def _tree(replacements: Mapping[str, int]) -> Tree:
    root: Tree = {}
    for character, value in replacements.items():
        node = root
        *head, last = character.encode()
        for byte in head:
            child = node.setdefault(byte, {})
            assert isinstance(child, dict)
            node = child
        node[last] = {0: value}
    return root


def _double_array(root: Tree) -> list[int]:
    """Lay the trie out: a child's place is its parent's base XOR its byte, and byte 0 holds the value."""
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()  # shared by two nodes, a base would lend one the other's children
    pending: list[tuple[int, Tree]] = [(0, root)]
    first_free = 1
    while pending:
        place, node = pending.pop()
        base = first_free
        while base in bases or any(base ^ byte in units for byte in node):
            base += 1
        bases.add(base)
        units[place] |= (place ^ base) << 10
        for byte, child in node.items():
            if isinstance(child, int):
                units[place] |= _HAS_LEAF
                units[base ^ byte] = _LEAF | child
            else:
                units[base ^ byte] = byte
                pending.append((base ^ byte, child))
        while first_free in units:
            first_free += 1
    # The reader looks a byte up before it knows that it is there: every place it may reach must exist.
    return [units.get(place, 0) for place in range((max(units) | 0xFF) + 1)]


def precompiled(replacements: Mapping[str, str]) -> Precompiled:
    """Return a normalizer that replaces each key, one character, by its value."""
    targets = sorted(set(replacements.values()))
    starts: dict[str, int] = {}
    blob = b""
    for target in targets:
        starts[target] = len(blob)
        blob += target.encode() + b"\0"
    units = _double_array(_tree({key: starts[value] for key, value in replacements.items()}))
    trie = struct.pack(f"<{len(units)}I", *units)
    return Precompiled(struct.pack("<I", len(trie)) + trie + blob)
