"""Questions for the steps of something: all of them in order, or the one that is asked for."""

from collections.abc import Iterator

from bot.answers.citations import cite_places, cite_sentences
from bot.answers.contract import Draft, Material
from bot.language.folding import fold_plain
from bot.question.reading import Reading
from bot.question.steps import LAST, StepsAsked
from bot.structure.lists import Item, Listed, calls_itself_steps, count_line, said_of, steps_at
from bot.structure.places import Place, whole
from bot.types import Citation, Document, ItemCount

MOST_STEPS = 60
_MOST_PASSAGES = 12
_ABOUT = 0.5
"""Share of what the question is about that must stand around the list."""
_LONGEST_NAME = 30


def steps(reading: Reading, material: Material) -> Draft | None:
    """Answer with the steps that are asked for; None where nothing that was found has steps of what is asked."""
    asked = reading.steps
    if asked is None or reading.everywhere is not None:
        return None
    found = max(_candidates(asked, material), key=lambda pair: pair[0], default=None)
    if found is None:
        return None
    document, listed = found[1]
    items = listed.items[:MOST_STEPS]
    chosen = _chosen(asked, document, listed)
    if chosen is not None:
        return _draft(material, "one step", (cite_item(document, chosen),), None, "")
    if asked.number or asked.after:
        return None
    places = dict.fromkeys(said_of(document, item) for item in items)
    note = count_line(len(listed.items), len(items), reading.language)
    return _draft(material, "all steps", cite_places(places), ItemCount(len(listed.items), len(items)), note)


def cite_item(document: Document, item: Item) -> Citation:
    """Cite what an item says, without the marks and white space around it."""
    text = document.text[item.start : item.end].rstrip().rstrip("；;，,")
    return cite_sentences([Place(document, item.lead.paragraph, item.start, item.start + len(text))])[0]


def _draft(material: Material, rule: str, citations: tuple[Citation, ...], items: ItemCount | None, note: str) -> Draft:
    return Draft(way="list", rule=rule, citations=citations, note=note, items=items, verdict=material.verdict)


def _candidates(asked: StepsAsked, material: Material) -> Iterator[tuple[float, tuple[Document, Listed]]]:
    """Yield lists of steps near what was found, each with how much it is about what is asked; early ones weigh more."""
    seen: set[tuple[str, int]] = set()
    for rank, (stored, _) in enumerate(material.verdict.passages[:_MOST_PASSAGES]):
        document = material.load(stored.document_id)
        for listed in steps_at(document, stored.passage.paragraph):
            key = document.document_id, listed.items[0].start
            if key in seen:
                continue
            seen.add(key)
            around = _around(document, listed, inside=bool(asked.after))
            share = sum(word in around for word in asked.about) / max(1, len(asked.about))
            best = material.verdict.sentences[0]
            # A step answers for all of them, where they call themselves so; an item of another list may not.
            answers = (
                best.stored.document_id == document.document_id
                and listed.items[0].start <= best.start < listed.items[-1].end
                and calls_itself_steps(document, listed)
            )
            # What the title says tells which document is meant, not which steps.
            own = [word for word in asked.about if word not in fold_plain(document.title)]
            told = sum(word in around for word in own) >= _ABOUT * len(own)
            if answers or (asked.about and share >= _ABOUT and told):
                yield share + answers - rank / 100, (document, listed)


def _around(document: Document, listed: Listed, *, inside: bool) -> str:
    """Return what stands around a list, folded: title, headings, its introduction, a short line before it."""
    first = listed.items[0].lead.paragraph
    lines = [document.title, *listed.path, *document.paragraphs[first].section]
    lines += [listed.intro.text] if listed.intro else []
    if first and len(before := whole(document, first - 1).text) <= _LONGEST_NAME:
        lines.append(before)
    if inside:
        lines.append(document.text[listed.items[0].start : listed.items[-1].end])
    return "\n".join(map(fold_plain, lines))


def _chosen(asked: StepsAsked, document: Document, listed: Listed) -> Item | None:
    """Return the one step that is asked for; None where all are, or there is none such."""
    items = listed.items
    if asked.after:
        shares = [
            sum(word in fold_plain(document.text[item.start : item.end]) for word in asked.about) for item in items
        ]
        at = shares.index(max(shares)) + 1
        return items[at] if max(shares) and at < len(items) else None
    if asked.number == LAST:
        return items[-1]
    return items[asked.number - 1] if 0 < asked.number <= len(items) else None
