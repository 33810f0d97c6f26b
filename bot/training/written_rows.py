"""Sentences as a language model might write them, made by rule from sentences of documents: true ones and false ones.

Of a false one it is known which characters are wrong, so that a model can learn to point at them.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.documents.passages import split_sentences
from bot.language.folding import fold, mostly_han
from bot.language.spellings import spellings
from bot.training.corpus import rows, synonyms
from bot.training.held_out import office_held_out, people_held_out, rule_held_out
from bot.training.wordings import (
    ABOUT,
    ADDED,
    DROPPED,
    EN_ADDED,
    EN_OPENINGS,
    EN_OTHER,
    EN_SAME,
    INSERTED_SCOPE,
    INVENTED,
    JOINTS,
    MODAL,
    OPENINGS,
    OTHER,
    SAME,
    TURNED,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document's sentences, of which some are asked for (``evidence``: each a list of sentences)."""

    title: str
    sentences: tuple[str, ...]
    evidence: tuple[tuple[str, ...], ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A written sentence with its quotes; ``wrong`` are the half-open spans of it that the quotes do not say."""

    sentence: str
    quotes: tuple[str, ...]
    wrong: tuple[tuple[int, int], ...]
    true: bool
    kind: str
    title: str
    held_out: bool


@dataclass(slots=True)
class Draft:
    """A sentence while it is changed: its characters, and of each whether it is wrong."""

    text: str
    wrong: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wrong = self.wrong or [False] * len(self.text)

    def put(self, start: int, end: int, new: str, wrong: bool = False) -> None:
        """Put ``new`` in the place of a span."""
        self.text = self.text[:start] + new + self.text[end:]
        self.wrong[start:end] = [wrong] * len(new)

    def mark(self, start: int, end: int) -> None:
        """Mark a span as wrong."""
        for at in range(max(0, start), min(end, len(self.wrong))):
            self.wrong[at] = True

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return the spans that are wrong."""
        return tuple(m.span() for m in re.finditer("1+", "".join("01"[flag] for flag in self.wrong)))


_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千两〇零]{1,6}(?=[年月日天个元万亿条次名人项小分周岁倍级层期])|[一二三四五六七八九]十[一二三四五六七八九]?"
)
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,9}(?:部门|委员会|公司|法院|机关|大学|学院|医院|银行|集团|中心|政府|办公室|[省市县区镇村局厅部院处科站馆所])"
    r"|(?<=[，。、：由经向对和与为])[\u4e00-\u9fff]{2,4}(?=[负批审决规提申可应不须必])|《[^》]+》|[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)*"
)
_SUBJECT = re.compile(
    r"^[\u4e00-\u9fff、（）A-Za-z0-9]{2,16}?(?=应当|不得|可以|必须|由|是指|是|为|负责|有权|应|须|在|于|的)"
)
_CLAUSE = re.compile(r"[^，；。：！？,;]+[，；。：！？,;]*")
_CONDITION = re.compile(r"^(?:除|未经|但|如果|若|经|只有|仅|凡|有下列|对|在|因|属于|发生|违反)")


class Maker:
    """Makes rows; the same for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.same: dict[str, list[str]] = {}
        for group in SAME:
            for word in group:
                self.same.setdefault(word, []).extend(other for other in group if other != word)
        self.other: dict[str, list[str]] = {}
        for group in OTHER:
            for word in group:
                self.other.setdefault(word, []).extend(other for other in group if other != word)
        self.wordnet = synonyms(folder)
        self.sources = list(read_sources(folder, self.rng))
        self.vocabulary: dict[str, int] = {}
        for source in self.sources:
            for sentence in source.sentences:
                for word in {sentence[i : i + n] for n in (2, 3) for i in range(len(sentence) - n + 1)}:
                    if word in self.wordnet:
                        self.vocabulary[word] = self.vocabulary.get(word, 0) + 1
        self.wordnet = {
            word: kept
            for word, others in self.wordnet.items()
            if self.vocabulary.get(word, 0) > 8
            and (kept := [other for other in others if self.vocabulary.get(other, 0) > 8])
        }
        self.common = [word for word, count in self.vocabulary.items() if count > 8]

    # ---- what stays true ----------------------------------------------------------------------------------------

    def reword(self, draft: Draft) -> None:
        """Say the same in other words."""
        english = mostly_han(draft.text) is False
        steps: list[Callable[[Draft], None]]
        if english:
            steps = [self._english_same] * self.rng.randint(0, 3)
        else:
            steps = [self._synonym] * self.rng.randint(0, 4) + [self._numeral] * self.rng.randint(0, 2)
            steps += [self._drop] * self.rng.randint(0, 2) + [self._by] * (self.rng.random() < 0.3)
            steps += [self._items] * (self.rng.random() < 0.2) + [self._wordnet] * (self.rng.random() < 0.2)
            steps += [self._late_condition] * (self.rng.random() < 0.15)
        for step in steps:
            step(draft)

    def _synonym(self, draft: Draft) -> None:
        found = [w for w in self.same if w in draft.text]
        if not found:
            return
        # Longer words first: 应 stands in 应当 too.
        word = max(self.rng.sample(found, min(3, len(found))), key=len)
        if len(word) == 1 and self.rng.random() < 0.6:
            return
        at = draft.text.find(word)
        if len(word) == 1 and not _alone(draft.text, at):
            return
        draft.put(at, at + len(word), self.rng.choice(self.same[word]))

    def _wordnet(self, draft: Draft) -> None:
        text = draft.text
        found = [(i, w) for n in (2, 3) for i in range(len(text) - n + 1) if (w := text[i : i + n]) in self.wordnet]
        if found:
            at, word = self.rng.choice(found)
            draft.put(at, at + len(word), self.rng.choice(self.wordnet[word]))

    def _numeral(self, draft: Draft) -> None:
        found = [one for one in spellings(fold(draft.text)) if one.term in draft.text]
        if found:
            one = self.rng.choice(found)
            at = draft.text.find(one.term)
            before, after = draft.text[at - 1 : at], draft.text[at + len(one.term) :][:1]
            if not before.isdigit() and not after.isdigit():
                draft.put(at, at + len(one.term), self.rng.choice(one.same[:3]))

    def _drop(self, draft: Draft) -> None:
        word = self.rng.choice(DROPPED)
        at = draft.text.find(word)
        if at > 0 and len(draft.text) > 12 and (len(word) > 1 or _alone(draft.text, at)):
            draft.put(at, at + len(word), "")

    def _by(self, draft: Draft) -> None:
        """Turn "X由Y负责" to "Y负责X"."""
        match = re.fullmatch(
            r"([^，。；]{2,20})由([^，。；]{2,14}?)(负责[^，。；]*|管理|批准|审批|决定|制定|公布)([。；]?)", draft.text
        )
        if match:
            draft.put(0, len(draft.text), f"{match[2]}{match[3]}{match[1]}{match[4]}")

    def _items(self, draft: Draft) -> None:
        """Tell items in another order."""
        match = re.search(r"(?<=[：括含有为])([^，。；、：]{2,8})、([^，。；、：和]{2,8})(?=[、和及])", draft.text)
        if match:
            draft.put(*match.span(), f"{match[2]}、{match[1]}")

    def _late_condition(self, draft: Draft) -> None:
        parts = _CLAUSE.findall(draft.text)
        if len(parts) == 2 and re.match("如果|若|为了|由于|因", parts[0]):
            draft.put(0, len(draft.text), f"{parts[1].rstrip('。，；')}，{parts[0].rstrip('，')}。")

    def _english_same(self, draft: Draft) -> None:
        self._replace_english(draft, EN_SAME, wrong=False)

    def _replace_english(self, draft: Draft, table: Sequence[Sequence[str]], wrong: bool) -> bool:
        found = [(m, group) for group in table if (m := re.search(rf"\b{re.escape(group[0])}\b", draft.text))]
        if not found:
            return False
        match, group = self.rng.choice(found)
        draft.put(*match.span(), self.rng.choice(group[1:]), wrong)
        return True

    def shorten(self, text: str) -> str:
        """Return a run of a sentence's clauses that leaves no condition out; mostly all of it."""
        parts = _CLAUSE.findall(text)
        if len(parts) < 3 or self.rng.random() < 0.5:
            return text
        first = self.rng.randint(0, 1)
        last = self.rng.randint(first + 1, len(parts))
        left_out = parts[:first] + parts[last:]
        if any(_CONDITION.match(part) or "除外" in part for part in left_out) or len("".join(parts[first:last])) < 8:
            return text
        return "".join(parts[first:last])

    # ---- what becomes false -------------------------------------------------------------------------------------

    def falsify(self, draft: Draft, source: Source, quotes: Sequence[str]) -> str:
        """Make a sentence say what its quotes do not; return of which kind the change is, "" where none was made."""
        if mostly_han(draft.text) is False:
            ways: list[tuple[str, Callable[[Draft, Source, Sequence[str]], bool], float]] = [
                ("number", self._number, 2), ("english", self._english_other, 5), ("added", self._added, 1),
                ("unrelated", self._unrelated, 0.7), ("glued", self._glued, 1), ("english name", self._name, 1.5),
            ]  # fmt: skip
        else:
            ways = [
                ("number", self._number, 1.6), ("name", self._name, 2.2), ("other", self._other, 2.5), ("word", self._word, 2),
                ("modal", self._modal, 2), ("turned", self._turned, 2.6), ("scope", self._scope, 0.8),
                ("swapped", self._swapped, 1.6), ("glued", self._glued, 1.2), ("subject", self._subject, 1.4),
                ("added", self._added, 0.9), ("invented", self._invented, 1.2), ("unrelated", self._unrelated, 0.8),
                ("negated", self._negated, 1.2),
            ]  # fmt: skip
        for _ in range(8):
            kind, way, _weight = self.rng.choices(ways, [weight for *_, weight in ways])[0]
            before = draft.text
            if way(draft, source, quotes) and draft.text != before and any(draft.wrong):
                said = "".join(quotes)
                wrong = [draft.text[a:b] for a, b in draft.spans()]
                if draft.text.strip("。，") not in said and not (
                    len(wrong) == 1 and wrong[0] in said and kind in ("name", "word", "other") and len(wrong[0]) < 2
                ):
                    return kind
        return ""

    def _number(self, draft: Draft, source: Source, _quotes: Sequence[str]) -> bool:
        found = list(_NUMBER.finditer(draft.text))
        if not found:
            return False
        match = self.rng.choice(found)
        draft.put(*match.span(), self._other_number(match[0], source), True)
        return True

    def _other_number(self, number: str, source: Source) -> str:
        if number[0].isdigit():
            others = [n for s in source.sentences for n in re.findall(r"\d+(?:\.\d+)?", s) if len(n) == len(number)]
            if others and self.rng.random() < 0.4 and (other := self.rng.choice(others)) != number:
                return other
            if re.fullmatch(r"\d+", number):
                value = int(number)
                year = len(number) == 4 and number[0] in "12"
                steps = (1, -1, 2, -2, 3, 10) if year else (1, -1, value, 5, 10, -value // 2, 9 * value)
                changed = value + self.rng.choice(steps)
                return str(changed if 0 < changed != value else value + 1)
            at = self.rng.choice([i for i, char in enumerate(number) if char.isdigit()])
            return number[:at] + self.rng.choice([d for d in "123456789" if d != number[at]]) + number[at + 1 :]
        at = self.rng.randrange(len(number))
        pool = "二三四五六七八九" if number[at] not in "十百千" else [c for c in "十百千" if c != number[at]]
        return number[:at] + self.rng.choice([c for c in pool if c != number[at]]) + number[at + 1 :]

    def _name(self, draft: Draft, source: Source, quotes: Sequence[str]) -> bool:
        found = list(_NAME.finditer(draft.text))
        if not found:
            return False
        match = self.rng.choice(found)
        near = [n for s in source.sentences for n in _NAME.findall(s)]
        far = [n for s in self.rng.choice(self.sources).sentences for n in _NAME.findall(s)]
        said = "".join(quotes)
        others = [n for n in (near if self.rng.random() < 0.7 else far) if n not in match[0] and match[0] not in n]
        others = [n for n in others if len(n) < 14 and (n not in said or self.rng.random() < 0.5)]
        if not others:
            return False
        draft.put(*match.span(), self.rng.choice(others), True)
        return True

    def _other(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        found = [w for w in self.other if w in draft.text and (len(w) > 1 or _alone(draft.text, draft.text.find(w)))]
        if not found:
            return False
        word = max(self.rng.sample(found, min(2, len(found))), key=len)
        at = draft.text.find(word)
        draft.put(at, at + len(word), self.rng.choice(self.other[word]), True)
        return True

    def _word(self, draft: Draft, source: Source, quotes: Sequence[str]) -> bool:
        """Put another common word, of the same document if there is one, in the place of a word."""
        text = draft.text
        found = [(i, w) for n in (2, 3) for i in range(len(text) - n + 1) if (w := text[i : i + n]) in self.vocabulary]
        if not found:
            return False
        at, word = self.rng.choice(found)
        sentence = self.rng.choice(source.sentences)
        near = [w for i in range(len(sentence) - 1) if (w := sentence[i : i + 2]) in self.vocabulary]
        other = self.rng.choice(near if near and self.rng.random() < 0.6 else self.common)
        known = {*self.wordnet.get(word, ()), *self.same.get(word, ()), word}
        if other in known or other in "".join(quotes) or len(set(other) & set(word)) > 0:
            return False
        draft.put(at, at + len(word), other, True)
        return True

    def _modal(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        found = [(w, others) for group, others in MODAL for w in group if w in draft.text]
        if not found:
            return False
        word, others = max(self.rng.sample(found, min(3, len(found))), key=lambda pair: len(pair[0]))
        at = draft.text.find(word)
        if len(word) == 1 and (
            draft.text[at - 1 : at] in "不适反对响相供效" or draft.text[at + 1 : at + 2] in "用急能"
        ):
            return False
        draft.put(at, at + len(word), self.rng.choice(others), True)
        return True

    def _turned(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        found = [(w, others) for w, others in TURNED if w in draft.text]
        if not found:
            return False
        word, others = self.rng.choice(found)
        if len(word) == 1 and self.rng.random() < 0.3:
            return False
        at = draft.text.find(word)
        if word in ("有", "和", "或", "及", "各", "只", "都", "均", "除") and not _alone(draft.text, at):
            return False
        new = self.rng.choice(others)
        draft.put(at, at + len(word), new, True)
        draft.mark(at - (not new), at + max(len(new), 1))
        return True

    def _negated(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        found = list(
            re.finditer(
                r"(?<=[，。；\u4e00-\u9fff])(?=(?:属于|适用|计入|包括|需要|参加|享受|退还|承担|允许|影响|提供|收取|是|能|会|予以|支持|计算|超过|得)(?!否))",
                draft.text,
            )
        )
        if not found:
            return False
        at = self.rng.choice(found).start()
        if draft.text[at - 1 : at] in "不未没无":
            draft.put(at - 1, at, "")
            draft.mark(at - 2, at + 1)
        else:
            draft.put(at, at, self.rng.choice(("不", "不", "并不", "不再")), True)
            draft.mark(at, at + 2)
        return True

    def _scope(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        match = _SUBJECT.match(draft.text)
        word = self.rng.choice(INSERTED_SCOPE)
        if not match or word[0] in draft.text:
            return False
        draft.put(0, 0, word, True)
        return True

    def _swapped(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        """Let two names, two numbers or two listed things change places."""
        for pattern in self.rng.sample((_NAME, _NUMBER, re.compile(r"[\u4e00-\u9fff]{2,6}(?=[，、和与向对由给])")), 3):
            found = [m for m in pattern.finditer(draft.text)]
            pairs = [(a, b) for a in found for b in found if a.end() < b.start() and a[0] != b[0]]
            pairs = [(a, b) for a, b in pairs if set(draft.text[a.end() : b.start()]) - set("、和与及或至到-")]
            if pairs:
                first, second = self.rng.choice(pairs)
                draft.put(*second.span(), first[0], True)
                draft.put(*first.span(), second[0], True)
                return True
        return False

    def _sentence_elsewhere(self, source: Source, quotes: Sequence[str]) -> str:
        said = "".join(quotes)
        other = source if self.rng.random() < 0.75 else self.rng.choice(self.sources)
        found = [s for s in self.rng.sample(other.sentences, min(6, len(other.sentences))) if s not in said]
        return found[0] if found else ""

    def _glued(self, draft: Draft, source: Source, quotes: Sequence[str]) -> bool:
        parts = [p for p in _CLAUSE.findall(self._sentence_elsewhere(source, quotes)) if 5 < len(p) < 40]
        parts = [p for p in parts if p.strip("，。；：") not in "".join(quotes)]
        if not parts:
            return False
        part = self.rng.choice(parts).strip("，。；：,;.")
        own = list(_CLAUSE.finditer(draft.text))
        if len(own) > 1 and self.rng.random() < 0.4:
            match = self.rng.choice(own)
            draft.put(match.start(), match.end(), part + match[0][-1], True)
        else:
            draft.put(len(draft.text.rstrip("。；.")), len(draft.text), f"，{part}。", True)
        return True

    def _subject(self, draft: Draft, source: Source, quotes: Sequence[str]) -> bool:
        own, other = _SUBJECT.match(draft.text), _SUBJECT.match(self._sentence_elsewhere(source, quotes))
        if not own or not other or other[0] in "".join(quotes) or own[0] in other[0]:
            return False
        draft.put(*own.span(), other[0], True)
        return True

    def _added(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        english = mostly_han(draft.text) is False
        end = len(draft.text.rstrip("。；.，"))
        draft.put(
            end, len(draft.text), self.rng.choice(EN_ADDED if english else ADDED) + ("." if english else "。"), True
        )
        return True

    def _invented(self, draft: Draft, _source: Source, quotes: Sequence[str]) -> bool:
        match = re.search(r"(?:应当|可以|不得|必须|由|在|应|须|可)(?![\u4e00-\u9fff]?用)", draft.text)
        word = self.rng.choice(INVENTED)
        if not match or word in "".join(quotes):
            return False
        draft.put(match.end(), match.end(), word, True)
        return True

    def _unrelated(self, draft: Draft, source: Source, quotes: Sequence[str]) -> bool:
        other = self._sentence_elsewhere(source, quotes)
        if len(other) < 6:
            return False
        draft.put(0, len(draft.text), other, True)
        return True

    def _english_other(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        return self._replace_english(draft, EN_OTHER, wrong=True)

    # ---- rows ---------------------------------------------------------------------------------------------------

    def row(self, source: Source) -> WrittenRow | None:
        """Return a row of a document."""
        rng = self.rng
        evidence = list(rng.choice(source.evidence)[:3])
        if not 6 <= len(evidence[0]) <= 220:
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
        elif not kind and rng.random() < 0.05 and (subject := _SUBJECT.match(evidence[0])):
            draft = Draft(rng.choice(ABOUT).format(subject[0]))
        elif rng.random() < 0.25:
            openings = EN_OPENINGS if mostly_han(draft.text) is False else OPENINGS
            draft.put(0, 0, rng.choice(openings))
        if rng.random() < 0.4:
            evidence.append(rng.choice(source.sentences))
        evidence = [text for text in dict.fromkeys(evidence) if len(text) < 260]
        rng.shuffle(evidence)
        wrong = [
            (a, b)
            for a, b in draft.spans()
            if not any(draft.text[a:b].strip("，。") == q.strip("，。") for q in evidence)
        ]
        if bool(kind) != bool(wrong) or not evidence or len(draft.text) > 200:
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


def _alone(text: str, at: int) -> bool:
    """Tell whether a word of one character stands between others without making a word with them, as far as one sees."""
    return (
        text[at - 1 : at] not in "响相反适供对效拥具含所没共参总和调温随"
        and text[at + 1 : at + 2] not in "用急能关谐效限者"
    )


def _joined(first: Draft, second: Draft, joint: str) -> Draft:
    head = first.text.rstrip("。；，.")
    return Draft(head + joint + second.text, [*first.wrong[: len(head)], *[False] * len(joint), *second.wrong])


def read_sources(folder: Path, rng: random.Random) -> Iterator[Source]:
    """Yield the documents."""
    for number, row in enumerate(rows(folder, "office")):
        evidence = tuple(
            tuple(text for _, text in question["evidence"]) for question in row["questions"] if question["evidence"]
        )
        texts = [paragraph["text"] for paragraph in row["paragraphs"]]
        held_out = office_held_out(row["writer"], number) or rule_held_out(row["title"])
        yield Source(row["title"], _sentences(texts), evidence, held_out)
    for number, row in enumerate(rows(folder, "questions")):
        sentences = _sentences([row["text"]])
        answers = [answer for question in row["questions"] for answer in question["answers"]]
        evidence = tuple((s,) for s in sentences if any(answer in s for answer in answers))
        if sentences:
            yield Source(row["title"], sentences, evidence, people_held_out(number) or rule_held_out(row["title"]))
    for name, share in (("laws", 0.12), ("reports", 0.4), ("guides", 0.1)):
        for row in rows(folder, name):
            if rng.random() < share:
                sentences = _sentences([paragraph["text"] for paragraph in row["paragraphs"][:60]])
                evidence = tuple((s,) for s in sentences if 12 < len(s) < 120)
                if len(sentences) > 3:
                    yield Source(row["title"], sentences, evidence[:30], rule_held_out(row["title"]))


def _sentences(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        text[start:end] for text in texts for start, end in split_sentences(text, 0, len(text)) if end - start > 5
    )
