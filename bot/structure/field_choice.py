"""Which labelled values a question means: all that it says must stand in the label, around it or in the title.

A label that says more than is asked for stands behind one that does not; of a kind that the label alone tells, it must
not say more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.language.designators import Designator, designators
from bot.language.fields import AMOUNT, DEADLINE, EMAIL, NUMBER, PHONE, PLAIN, TIME
from bot.language.folding import fold, is_han, mostly_han
from bot.language.lexicon import DIGITS, words
from bot.question.fields import WORDS_OF_LABELS, FieldAsked
from bot.structure.fields import Field, fields_of, names_of, parts_of_label, says
from bot.structure.places import whole
from bot.types import Document

MOST = 4
"""Values that are shown at most; more would be no answer."""
_WORD = re.compile(r"[a-z\d]+(?:[.'’-][a-z\d]+)*")
_STEM = 4
_ORDINALS = dict(zip(words("first second third fourth fifth sixth"), DIGITS, strict=False))
_NUMBER_IN = re.compile(r"\d")
_OPENING_LINES = 4
_SHORT_NAMES = re.compile(r"[院校局馆厅委所司行站厂中大会处]$")
OPENING = 2000
"""By so many characters a document's language is told."""
_SPAN = 8
_PIECE = 4
_END_OF_NAME = re.compile(r"[部科室处局院馆区县市镇乡村街路号楼店厅所站组司行校厂园会]$")
_COMMON_HEADING = re.compile(r"基本|信息|概况|联系|安排|须知|其他|事项|说明|details|information|contact")
_OWN, _NAMES, _BLOCK, _HEAD = 3.0, 2.0, 1.5, 1.0
_OWN_MATTER = (TIME, DEADLINE, AMOUNT, NUMBER)
"""Of these a plain label speaks of its own matter: a telephone may be for repairs too, the hour of a meeting is not."""
_TOPIC = 4
"""What a label is for counts as much as so many characters."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that a question means, and how surely: ``sure`` is the weight of what the question and it share."""

    field: Field
    sure: float
    says_more: bool


class FieldDocument:
    """A document with what its fields are read by; each part is made when it is first needed."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return fold(self.document.text)

    @cached_property
    def head(self) -> str:
        """Title, file name and the first lines, folded."""
        lines = range(min(_OPENING_LINES, len(self.document.paragraphs)))
        first = (whole(self.document, index).text for index in lines)
        return fold("\n".join((self.document.title, self.document.source, *first)))

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """Names for one and the same."""
        return names_of(self.document)

    def also(self, own: str) -> str:
        """Return the other names of what a field is said to be of."""
        return "\n".join(name for names in self.names if any(one in own for one in names) for name in names)

    def is_of_another(self, question: str, field: Field) -> bool:
        """Tell whether a question names one of those that the document gives several names, and the field another."""
        asked = {names for names in self.names if any(_is_named(name, question) for name in names)}
        around = "\n".join((field.own, *field.block))
        own = {names for names in self.names if any(name in field.own for name in names)} or {
            names for names in self.names if any(name in around for name in names)
        }
        return bool(asked and own) and not asked & own


def _is_named(name: str, question: str) -> bool:
    """Tell whether a question says a name, or a good piece of a long one."""
    return name in question or any(name[at : at + _PIECE] in question for at in range(len(name) - _PIECE + 1))


def choose(asked: FieldAsked, named: Sequence[Designator], documents: Sequence[FieldDocument]) -> list[Chosen]:
    """Return the fields that a question means, all equally; none where it means none or too many."""
    found = [
        chosen
        for document in documents
        for field in fields_of(document.document, asked.kinds)
        if (chosen := _fit(asked, named, field, document)) is not None
    ]
    best = max(((one.sure, not one.says_more) for one in found), default=None)
    equal = [one for one in found if (one.sure, not one.says_more) == best]
    unique = {(one.field.document.document_id, one.field.start): one for one in equal}
    if len(unique) <= MOST:
        return list(unique.values())
    # Where many documents say the same, one of them is enough.
    alike = {_written(one.field): one for one in reversed(unique.values())}
    return list(reversed(alike.values())) if len(alike) <= MOST else []


def _written(field: Field) -> str:
    return "".join(fold(field.document.text[field.start : field.end]).split())


def _fit(asked: FieldAsked, named: Sequence[Designator], field: Field, document: FieldDocument) -> Chosen | None:
    """Return how surely a question means a field; None where either says what the other does not."""
    crossing = _crosses(asked, field)
    levels = (
        (field.own, _OWN),
        (document.also(field.own), _NAMES),
        ("\n".join(field.block), _BLOCK),
        (document.head, _HEAD),
    )
    more = _says_more(asked, field)
    doubtful = more or not field.kind.free
    if (doubtful and _other_topic(asked, field)) if crossing else (more and not field.kind.free):
        return None
    if not field.kind.free and not crossing and _is_bare(field) and not _under_asked(asked, field):
        return None
    weights, sure = [0.0] * len(asked.text), 0.0
    for topic, start, end in asked.topics:
        weight = next((weight for text, weight in levels if topic.pattern.search(text)), 0.0)
        weight = weight or (0.5 if topic.plain and not more and field.kind not in _OWN_MATTER else 0.0)
        sure += _TOPIC * weight
        weights[start:end] = [max(weight, known) for known in weights[start:end]]
    if document.is_of_another(asked.text, field):
        return None
    if not _names_the_same(asked, named, [text for text, _ in levels], weights):
        return None
    for text, weight in levels:
        _share(asked.text, text, weight, weights)
    for piece, start in _unknown(asked, weights):
        if not _is_known(piece, start, asked, document, plain=not more and field.kind.free, crossing=crossing):
            return None
        weights[start : start + len(piece)] = [0.1] * len(piece)
    sure += sum(weight for weight, asking in zip(weights, asked.asking, strict=True) if not asking)
    return Chosen(field, round(sure, 3), more)


def _crosses(asked: FieldAsked, field: Field) -> bool:
    """Tell whether a field and most of its document are in another language than the question."""
    texts = field.own + field.label, field.document.text[:OPENING]
    return mostly_han(asked.text) not in map(mostly_han, texts)


def _says_more(asked: FieldAsked, field: Field) -> bool:
    """Tell whether the label says what is not asked for: 投诉 of "投诉电话" where 电话 is asked for."""
    label = field.label
    for kind in (PHONE, EMAIL):  # of "电话：0512-66220002，邮箱" the value before is no part
        label = label[max((m.end() for m in kind.value.finditer(label)), default=0) :]
    parts = [part for part in parts_of_label(label) if field.kind.free or says(field.kind, part)]
    return bool(parts) and all(_rest(asked, part) for part in parts)


def _rest(asked: FieldAsked, label: str) -> str:
    """Return what of a label neither the question says nor every label of its kind."""
    for topic, _, _ in asked.topics:
        label = topic.pattern.sub(" ", label)
    label = PLAIN.sub(" ", WORDS_OF_LABELS.sub(" ", label))
    rest: list[str] = []
    for run in re.findall(r"[a-z\d]+|[^\W_a-z\d]+", label):
        if not is_han(run):
            rest += [run] if run not in asked.text else []
            continue
        known = [False] * len(run)
        for at in range(len(run) - 1):
            if run[at : at + 2] in asked.text:
                known[at] = known[at + 1] = True
        bare = "".join(char for char, one in zip(run, known, strict=True) if not one)
        rest += [bare] if len(bare) > 1 or (bare and bare not in "的人者员处" and bare not in asked.text) else []
    return "".join(rest)


def _other_topic(asked: FieldAsked, field: Field) -> bool:
    """Tell, across languages, whether the label is not for what the question names."""
    return not any(topic.pattern.search(field.own) for topic, _, _ in asked.topics)


def _is_bare(field: Field) -> bool:
    """Tell whether the label only says the kind: "时间：…"."""
    return not re.search(r"\w", PLAIN.sub("", WORDS_OF_LABELS.sub("", field.label)))


def _under_asked(asked: FieldAsked, field: Field) -> bool:
    """Tell whether the question speaks of what a bare label stands under; the document's title is no such heading."""
    title = fold(field.document.title)
    over = [line for line in field.block if ":" not in line and line not in title]
    if not over or any(_COMMON_HEADING.search(line) for line in over):
        return True
    return any(
        asked.text[at : at + 2] in line
        for line in over
        for at in range(len(asked.text) - 1)
        if asked.text[at].isalnum() and asked.text[at + 1].isalnum()
    )


def _names_the_same(
    asked: FieldAsked, named: Sequence[Designator], levels: Sequence[str], weights: list[float]
) -> bool:
    """Tell whether the first level that names one of a series names the one of the question; mark it as known."""
    for one in named:
        own = next(filter(None, ([d for d in designators(text) if d.family == one.family] for text in levels)), None)
        if own is not None:
            if not any(one.meets(other) for other in own):
                return False
            if (at := asked.text.find(one.text)) >= 0 and one.text:
                weights[at : at + len(one.text)] = [_OWN] * len(one.text)
    return True


def _share(question: str, text: str, weight: float, weights: list[float]) -> None:
    """Mark what a question and a text share: pairs of Han characters, whole words, words of one stem."""
    for at in range(len(question) - 1):
        pair = question[at : at + 2]
        if is_han(pair[0]) and is_han(pair[1]) and pair in text:
            weights[at], weights[at + 1] = max(weights[at], weight), max(weights[at + 1], weight)
    for match in _WORD.finditer(question):
        word = match[0]
        stem = word if _NUMBER_IN.search(word) or len(word) <= _STEM else word[: max(_STEM, len(word) - 3)]
        behind = r"(?![a-z\d])" if stem == word else ""
        if re.search(rf"(?<![a-z\d]){re.escape(stem)}{behind}", text):
            span = slice(*match.span())
            weights[span] = [max(weight, known) for known in weights[span]]


def _unknown(asked: FieldAsked, weights: Sequence[float]) -> Iterator[tuple[str, int]]:
    """Yield what a question says beyond asking that is shared with nothing, with where it stands."""
    start = None
    for at in range(len(asked.text) + 1):
        unknown = at < len(asked.text) and not asked.asking[at] and not weights[at]
        if unknown and start is None:
            start = at
        elif not unknown and start is not None:
            yield asked.text[start:at], start
            start = None


def _is_known(
    piece: str, start: int, asked: FieldAsked, document: FieldDocument, *, plain: bool, crossing: bool
) -> bool:
    """Tell whether a piece of the question is known otherwise: as a short name, or by the text under a plain label."""
    if any(begin <= start < end for topic, begin, end in asked.topics):
        return False
    if crossing:
        if piece in _ORDINALS:
            return f"第{_ORDINALS[piece]}" in document.text
        return not _NUMBER_IN.search(piece) or piece in document.text
    if len(piece) > 1 and is_han(piece) and _SHORT_NAMES.search(piece):
        inside = rf"[\u4e00-\u9fff]{{0,{_SPAN}}}".join(map(re.escape, piece))
        return re.search(inside, document.head) is not None
    return plain and is_han(piece) and len(piece) > 1 and piece in document.text and not _END_OF_NAME.search(piece)
