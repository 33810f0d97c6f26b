"""Addresses found in the documents: which documents a name means, and what stands at the address in them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.language.titles import is_law, title_key
from bot.question.addresses import Address
from bot.structure.articles import find_places
from bot.structure.places import Load, Place
from bot.types import Document, DocumentInfo, Language

Nominate = Callable[[str], Sequence[str]]
"""Gives ids of documents in which a text ("第三十条") is likely to stand, best first."""

MOST_DOCUMENTS = 10
"""Documents quoted for an address that stands in more."""
MOST_PLACES = 200
"""Paragraphs quoted."""
_MOST_OPENED = 20
"""Documents read for a longer question whose address names none."""
_SHORTENED, _LEFT = 5, 0.6
"""A name of so many characters may be a title that was shortened, of which this share is left."""
_MOST_QUOTED = 3
_EDITION = re.compile(r"(?:\([^()]*(?:年|修|版|试行|草案|公布|通过)[^()]*\)|\d{4}年?(?:版|修正|修订)?|最新版?|全文)+$")


@dataclass(frozen=True, slots=True)
class Spread:
    """Addresses, joined in either language: ``total`` documents have one of them, ``shown`` of these are quoted."""

    text: str
    english: str
    total: int
    shown: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where addresses lead.

    ``places`` are whole paragraphs in order, empty where nothing stands there. ``named`` tells that the question
    names the documents, there or not. ``alone``: see ``Address``. ``missing`` are the addresses that no document has.
    ``spreads`` tell of addresses that several documents have. ``cut`` counts paragraphs that are not in ``places``.
    """

    places: tuple[Place, ...]
    named: bool
    alone: bool
    missing: tuple[Address, ...] = ()
    spreads: tuple[Spread, ...] = ()
    cut: int = 0

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that have such a place."""
        return tuple(dict.fromkeys(place.document.document_id for place in self.places))

    @property
    def clear(self) -> bool:
        """Whether the question leaves few documents (at most three) to quote."""
        return self.named or len(self.documents) <= _MOST_QUOTED

    @property
    def leads(self) -> bool:
        """Whether they lead somewhere: to places that are all of what is asked for, or few enough."""
        return bool(self.places) and (self.alone or self.clear)

    @property
    def settles(self) -> bool:
        """Whether nothing but these addresses can be meant."""
        return self.leads or (self.alone and self.named)

    def note(self, language: Language) -> str:
        """Say what of the addresses is not there, and what is there and not shown; empty where that is nothing."""
        return "".join(_notes(self, language)).rstrip()


def resolve(addresses: Sequence[Address], infos: Sequence[DocumentInfo], load: Load, nominate: Nominate) -> Resolution:
    """Find addresses in the documents of ``infos``; those that cannot have them are not read.

    Args:
        addresses: what to look for, at least one, as ``find_addresses`` gives them.
        infos: the documents in scope.
        load: gives a document by its id.
        nominate: asked where a longer question names no document and there are many.
    """
    places: list[Place] = []
    missing: list[Address] = []
    spreads: list[Spread] = []
    named = alone = True
    for (law, quoted), group in groupby(addresses, key=lambda address: (address.law, address.quoted)):
        together = list(group)
        titles = match_titles(law, infos, quoted=quoted)
        known = bool(titles) or (bool(law) and (quoted or is_law(law)))
        named &= known
        sole = together[0].alone and (known or not law)
        alone &= sole
        chosen = [info.document_id for info in (titles if known else infos)]
        if not known and not sole and len(chosen) > _MOST_OPENED:
            likely = dict.fromkeys(i for address in together for i in nominate(address.text))
            there = set(chosen)
            chosen = [i for i in likely if i in there][:_MOST_OPENED]
        collection = _Collection(together, few=sole)
        for document_id in chosen:
            collection.look_into(load(document_id))
        places.extend(collection.places)
        missing.extend(collection.missing)
        spreads.extend(collection.spread())
    return Resolution(
        tuple(places[:MOST_PLACES]), named, alone, tuple(missing), tuple(spreads), max(0, len(places) - MOST_PLACES)
    )


class _Collection:
    """What the documents looked into have at addresses; where ``few``, places of ``MOST_DOCUMENTS`` are kept."""

    def __init__(self, addresses: Sequence[Address], *, few: bool) -> None:
        self.places: list[Place] = []
        self._addresses = addresses
        self._few = few
        self._total = 0
        self._there: set[Address] = set()

    def look_into(self, document: Document) -> None:
        """Keep what stands at the addresses in a document, in their order, each paragraph once."""
        places: dict[int, Place] = {}
        for address in self._addresses:
            at = find_places(document, address)
            if at:
                self._there.add(address)
            places.update((place.paragraph, place) for place in at if place.paragraph not in places)
        self._total += bool(places)
        if self._total <= MOST_DOCUMENTS or not self._few:
            self.places.extend(places.values())

    @property
    def missing(self) -> list[Address]:
        """The addresses that no document has."""
        return [address for address in self._addresses if address not in self._there]

    def spread(self) -> list[Spread]:
        """Return how many documents have any of the addresses, where several have."""
        if self._total < 2:
            return []
        there = [address for address in self._addresses if address in self._there]
        text, english = "或".join(a.text for a in there), " or ".join(a.english for a in there)
        return [Spread(text, english, self._total, min(self._total, MOST_DOCUMENTS) if self._few else self._total)]


def match_titles(name: str, infos: Sequence[DocumentInfo], *, quoted: bool = False) -> list[DocumentInfo]:
    """Return the documents that a name means: the same title; else the shortest that holds it; ties are all returned.

    A Chinese name that ends as laws do ("…法") must end the title: 义务教育法 is not 实施义务教育法办法. A name with
    words in front that no title has ("依据我国行政处罚法") means the longest title that it ends with.
    """
    name = title_key(name)
    if len(name) < 2:
        return []
    keys = [(title_key(info.title), info) for info in infos]
    if same := [info for key, info in keys if key == name]:
        return same
    keys = [(_EDITION.sub("", key) or key, info) for key, info in keys]
    bare = _EDITION.sub("", name) or name
    if same := [info for key, info in keys if key == bare]:
        return same
    ends = is_law(bare) and not bare.isascii()
    held = [(len(key), info) for key, info in keys if (key.endswith(bare) if ends else bare in key)]
    if not held and not quoted:
        held = [(-len(key), info) for key, info in keys if len(key) > 1 and bare.endswith(key)]
    if not held and not quoted and len(bare) >= _SHORTENED:
        # 上海养犬条例 for 上海市养犬管理条例.
        held = [(len(key), info) for key, info in keys if key[-1:] == bare[-1] and _shortens(bare, key)]
    best = min((size for size, _ in held), default=0)
    return [info for size, info in held if size == best]


def _shortens(name: str, title: str) -> bool:
    """Tell whether a name is a title with at most two fifths of its characters left out."""
    rest = iter(title)
    return len(name) >= _LEFT * len(title) and all(char in rest for char in name)


def _notes(resolution: Resolution, language: Language) -> Iterator[str]:
    for spread in resolution.spreads:
        if language == "zh":
            yield f"共 {spread.total} 个文件有{spread.text}，显示 {spread.shown} 个；只要其中一个，请写出法律名称。"
        else:
            yield (
                f"{spread.total} documents have {spread.english}, {spread.shown} shown; "
                "to get one of them, name the law in full. "
            )
    if resolution.missing and resolution.places:
        if language == "zh":
            yield f"没有找到{'、'.join(address.text for address in resolution.missing)}，请核对条号。"
        else:
            yield f"Not found: {', '.join(address.english for address in resolution.missing)}; check the number. "
    if resolution.cut:
        shown = len(resolution.places)
        if language == "zh":
            yield f"显示前 {shown} 段，另有 {resolution.cut} 段未显示；请缩小范围。"
        else:
            yield f"The first {shown} paragraphs are shown and {resolution.cut} more are not; ask for fewer articles. "
