"""The XML inside zip-based files: parsed without entities or links, that of Word and Writer without a document type."""

import zipfile
from typing import Any

from bot.documents.formats.zipped import read_entry
from bot.types import DocumentError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements; ``read_xml`` writes that of the strict kind so too."""

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
)  # fmt: skip


def parse_xml(data: bytes) -> Any:
    """Return the root of XML; nothing that it names is opened. Raises lxml.etree.XMLSyntaxError where it is none."""
    from lxml import etree  # here: who asks and adds nothing need not wait for it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def read_xml(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root of an entry.

    Raises:
        KeyError: there is no such entry.
        DocumentError: it has a document type, which no program writes there and entities need.
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    data = read_entry(archive, name)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    root = parse_xml(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(
            "{source}: holds a document type declaration, which no office program writes; it is not read.",
            "{source}：含有办公软件不会写入的 DOCTYPE 声明，因此没有读取。",
        )
    return root


def find_xml(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root of an entry, None where there is none."""
    return read_xml(archive, name) if name in archive.namelist() else None


def local(node: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def value_of(node: Any, name: str) -> str | None:
    """Return w:val of a child element; None where it has no such child."""
    child = None if node is None else node.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "")


def number_of(node: Any, name: str) -> int | None:
    """Return w:val of a child element as a number; None where it has no such child or it is none."""
    value = value_of(node, name)
    return int(value) if value is not None and value.lstrip("-").isdecimal() and len(value) < 7 else None


def is_on(node: Any, name: str) -> bool | None:
    """Return what a switch such as w:vanish says; None where it is not there."""
    value = value_of(node, name)
    return None if value is None else value not in ("0", "false", "off")
