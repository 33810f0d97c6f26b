"""Sentences as a language model might write them, made by rule from sentences of documents: true ones and false ones.

Of a false one it is known which characters are wrong, so that a model can learn to point at them.
"""

from collections.abc import Iterator

from bot.language.folding import mostly_han
from bot.training.falsifier import Falsifier
from bot.training.reworder import SUBJECT
from bot.training.wordings import ABOUT, EN_OPENINGS, JOINTS, OPENINGS
from bot.training.written_sources import Draft, Source, WrittenRow


class Maker(Falsifier):
    """Makes rows; the same for the same seed."""

    def row(self, source: Source) -> WrittenRow | None:
        """Return a row of a document."""
        rng = self.rng
        evidence = list(rng.choice(source.evidence)[:3])
        if not 6 <= len(evidence[0]) <= 130:
            return None
        first = Draft(self.shorten(evidence[0]))
        if rng.random() < 0.8:
            self.reword(first)
        kind = ""
        if rng.random() < 0.6:
            kind = self.falsify(first, source, evidence)
        draft = first
        if len(evidence) > 1 and rng.random() < 0.35 and len(evidence[1]) < 90:
            second = Draft(self.shorten(evidence[1]))
            self.reword(second)
            if rng.random() < 0.5:
                first, second = second, first
            draft = _joined(first, second, rng.choice(JOINTS))
        elif not kind and rng.random() < 0.05 and (subject := SUBJECT.match(evidence[0])):
            draft = Draft(rng.choice(ABOUT).format(subject[0]))
        elif rng.random() < 0.25:
            openings = EN_OPENINGS if mostly_han(draft.text) is False else OPENINGS
            draft.put(0, 0, rng.choice(openings))
        if rng.random() < 0.25:
            evidence.append(rng.choice(source.sentences))
        evidence = [text for text in dict.fromkeys(evidence) if len(text) < 150]
        rng.shuffle(evidence)
        wrong = [
            (a, b)
            for a, b in draft.spans()
            if not any(draft.text[a:b].strip("，。") == q.strip("，。") for q in evidence)
        ]
        if bool(kind) != bool(wrong) or not evidence or len(draft.text) > 160:
            return None
        return WrittenRow(
            draft.text, tuple(evidence), tuple(wrong), not kind, kind or "true", source.title, source.held_out
        )

    def rows(self, count: int, held_out: bool) -> Iterator[WrittenRow]:
        """Yield ``count`` rows; those of the texts that nothing learns from, or those of the others."""
        sources = [source for source in self.sources if source.held_out == held_out and source.evidence]
        weights = [min(len(source.evidence), 60) ** 0.75 for source in sources]
        made = 0
        while made < count:
            row = self.row(self.rng.choices(sources, weights)[0])
            if row is not None:
                made += 1
                yield row


def _joined(first: Draft, second: Draft, joint: str) -> Draft:
    head = first.text.rstrip("。；，.")
    return Draft(head + joint + second.text, [*first.wrong[: len(head)], *[False] * len(joint), *second.wrong])
