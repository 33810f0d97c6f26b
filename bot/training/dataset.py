"""Collections with questions that they answer and questions that they do not."""

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.documents.passages import split_sentences
from bot.training.collection import Collection, Example, Labelled
from bot.training.corpus import rows, synonyms
from bot.training.held_out import office_held_out, people_held_out, rule_held_out
from bot.training.questions import QuestionMaker
from embeddings.static import StaticEncoder

_LONGEST_LEAD = 25
Documents = list[tuple[str, str, str]]
Lines = list[tuple[str, list[str]]]
Made = list[tuple[str, tuple[str, ...]]]
_OFFICIAL = (("laws", 300, 8), ("laws", 300, 8), ("reports", 60, 25), ("guides", 400, 4))
"""Text, documents of a collection, most questions made from each."""
_ALONE = (("reports", 40, 25), ("laws", 60, 10), ("guides", 60, 6))
"""The same for collections of one document."""


def labelled(
    corpus: Path, encoder: StaticEncoder, seed: int, most: int | None = None, *, office: bool = False
) -> Iterator[tuple[str, list[Labelled]]]:
    """Yield (name, labelled questions, at most ``most``) of each collection; ``office``: an office's questions too."""
    rng = random.Random(seed)
    maker = QuestionMaker(synonyms(corpus), cutter(encoder), rng.randrange(1 << 30))
    people = list(_people(corpus, maker, rng))
    by_rule = [
        (name, documents, [example for example in examples if not rule_held_out(example.topic)])
        for name, documents, examples in official(corpus, maker, rng)
    ]
    for name, documents, examples in [*people, *(_offices(corpus) if office else ()), *by_rule]:
        with tempfile.TemporaryDirectory(prefix="youju-training-") as home:
            yield (
                name,
                Collection(Path(home), documents, encoder).label(
                    rng.sample(examples, min(len(examples), most or len(examples)))
                ),
            )


def _people(corpus: Path, maker: QuestionMaker, rng: random.Random) -> Iterator[tuple[str, Documents, list[Example]]]:
    """People's questions on encyclopaedic paragraphs: in a large collection, and of one paragraph alone.

    Not answerable: a question whose paragraph is left out; a question of its own paragraph without the sentences that
    answer it, which it fits in every other way.
    """
    # The encoder has learned the questions of the even paragraphs: on these its features would look too good.
    paragraphs = [
        {**row, "held_out": number % 2 and not people_held_out(number)}
        for number, row in enumerate(rows(corpus, "questions"))
    ]
    rng.shuffle(paragraphs)
    for part in range(3):
        documents: Documents = []
        examples: list[Example] = []
        for number, row in enumerate(paragraphs):
            left_out = number % 4 == part
            source = f"{number}.txt"
            if not left_out:
                documents.append((source, row["title"] if part else "", row["text"]))
            for question in row["questions"]:
                if row["held_out"] and rng.random() < 0.5:
                    answers = tuple(question["answers"])
                    text = question["text"] if rng.random() < 0.67 else maker.wear(question["text"])
                    examples.append(Example(text, row["title"], None if left_out else source, answers))
                    if rng.random() < 0.3 and (odd := maker.corrupt(question["text"], _any_question(paragraphs, rng))):
                        examples.append(Example(odd, row["title"], None))
        yield f"people {part}", documents, examples
    yield "people, one paragraph", *_alone(paragraphs, maker, rng)


def _alone(
    paragraphs: list[dict[str, Any]], maker: QuestionMaker, rng: random.Random
) -> tuple[Documents, list[Example]]:
    documents: Documents = []
    examples: list[Example] = []
    for number, row in enumerate(row for row in paragraphs if row["held_out"]):
        whole, cut = f"{number}.txt", f"{number}-cut.txt"
        documents.append((whole, row["title"], row["text"]))
        asked = rng.sample(row["questions"], min(3, len(row["questions"])))
        topic = row["title"]
        examples.extend(Example(q["text"], topic, whole, tuple(q["answers"]), whole) for q in asked)
        question = rng.choice(row["questions"])
        if odd := maker.corrupt(question["text"], _any_question(paragraphs, rng)):
            examples.append(Example(odd, topic, None, (), whole))
        text = row["text"]
        sentences = [text[start:end] for start, end in split_sentences(text, 0, len(text))]
        rest = "".join(s for s in sentences if not any(answer in s for answer in question["answers"]))
        if len(rest) > 60:
            documents.append((cut, row["title"], rest))
            examples.append(Example(question["text"], topic, None, (), cut))
    return documents, examples


def _any_question(paragraphs: list[dict[str, Any]], rng: random.Random) -> str:
    question: str = rng.choice(rng.choice(paragraphs)["questions"])["text"]
    return question


def official(corpus: Path, maker: QuestionMaker, rng: random.Random) -> Iterator[tuple[str, Documents, list[Example]]]:
    """Questions made from laws, reports and handbooks.

    Not answerable: the questions of a sixth of the documents, which are left out; a quarter of the others, whose
    answers are cut out of their documents.
    """
    for number, (name, size, each) in enumerate(_OFFICIAL):
        documents: Documents = []
        examples: list[Example] = []
        for place, row in enumerate(_sample(corpus, name, size, rng)):
            document, asked = _ask_document(f"{place}.txt", row, maker, each, rng)
            left_out = place % 6 == 0
            if not left_out:
                documents += document
            examples += [replace(example, source=None) for example in asked] if left_out else asked
        yield f"{name} {number}", documents, examples
    for name, size, each in _ALONE:
        for number, row in enumerate(_sample(corpus, name, size, rng)):
            document, asked = _ask_document("0.txt", row, maker, each, rng)
            if document:
                yield f"{name} alone {number}", document, asked


def _offices(corpus: Path) -> Iterator[tuple[str, Documents, list[Example]]]:
    """People's questions on an office's texts: of each writer's texts, and of all texts together."""
    by_writer: dict[int, list[tuple[tuple[str, str, str], list[Example]]]] = {}
    for row in rows(corpus, "office"):
        own = by_writer.setdefault(row["writer"], [])
        source = f"{row['writer']}-{len(own)}.txt"
        examples = [
            Example(q["text"], source, source, tuple(words for _, words in q["evidence"])) for q in row["questions"]
        ]
        examples += [Example(q["text"], source, None) for q in row["unanswerable"]]
        held_out = office_held_out(row["writer"], len(own))
        own.append(((source, row["title"], office_text(row)), [] if held_out else examples))
    together = [text for own in by_writer.values() for text in own]
    for name, texts in [*((f"office {writer}", own) for writer, own in by_writer.items()), ("offices", together)]:
        yield name, [document for document, _ in texts], [example for _, asked in texts for example in asked]


def office_text(row: dict[str, Any]) -> str:
    """Return a text of an office as a file has it: title, headings, paragraphs, a line each."""
    section, lines = "", [row["title"]]
    for paragraph in row["paragraphs"]:
        if paragraph["section"] and paragraph["section"] != section:
            section = paragraph["section"]
            lines.append(section)
        lines.append(paragraph["text"])
    return "\n".join(lines)


def _sample(corpus: Path, name: str, size: int, rng: random.Random) -> list[dict[str, Any]]:
    texts = list(rows(corpus, name))
    return rng.sample(texts, min(size, len(texts)))


def _ask_document(
    source: str, row: dict[str, Any], maker: QuestionMaker, most: int, rng: random.Random
) -> tuple[Documents, list[Example]]:
    """Return a document (none where nothing is left of it) and questions; a quarter have their answers cut out."""
    lines, made = _ask(row, maker)
    made = rng.sample(made, min(most, len(made)))
    cut = {sentence for _, answers in made[: most // 4] for sentence in answers}
    kept = [(line, [s for s in sentences if s not in cut]) for line, sentences in lines]
    if not any(sentences for _, sentences in kept):
        return [], []
    text = "\n".join("".join(sentences) or line for line, sentences in kept if sentences or line)
    topic = row["title"]
    examples = [Example(q, topic, None if cut.intersection(answers) else source, answers) for q, answers in made]
    donors = [question for question, _ in made]
    odd = [maker.corrupt(question, rng.choice(donors)) for question in donors[: most // 5]]
    examples += [Example(question, topic, None) for question in odd if question]
    return [(source, row["title"] if rng.random() < 0.8 else "", text)], examples


def _ask(row: dict[str, Any], maker: QuestionMaker) -> tuple[Lines, Made]:
    """Return a document's lines, (heading, no sentences) or ("", sentences), and the questions made from them."""
    lines: Lines = []
    made: Made = []
    section = ""
    for paragraph in row["paragraphs"][:200]:
        text = paragraph["text"]
        sentences = [text[start:end] for start, end in split_sentences(text, 0, len(text))]
        if paragraph["section"] != section and sentences:
            section = paragraph["section"]
            lines.append((section, []))
            if 6 <= len(section) <= _LONGEST_LEAD:
                made.append((maker.ask_lead(row["title"], "", section), tuple(sentences)))
        # A lead that states something ("A是B") answers by itself.
        if len(sentences) > 1 and 6 <= len(sentences[0]) <= _LONGEST_LEAD and "是" not in sentences[0]:
            made.append((maker.ask_lead(row["title"], section, sentences[0]), tuple(sentences[1:])))
        asked = maker.make(row["title"], section, sentences)
        made.extend((question.text, (sentences[at],)) for at, question in asked)
        lines.append(("", sentences))
    return lines, made


def cutter(encoder: StaticEncoder) -> Callable[[str], list[str]]:
    """Return a function that cuts text into the encoder's words."""
    words = encoder.words

    def cut(text: str) -> list[str]:
        (ids,) = encoder.tokenize([text])
        return [words[i].lstrip("▁") for i in ids]

    return cut
