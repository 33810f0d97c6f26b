"""Sentences of documents that say something else than these, by rule: what becomes false."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.language.folding import mostly_han
from bot.training.reworder import CLAUSE, SUBJECT, Reworder, is_alone
from bot.training.wordings_other import ADDED, EN_ADDED, EN_OTHER, INSERTED_SCOPE, INVENTED, MODAL, OTHER, TURNED
from bot.training.written_sources import Draft, Source
from embeddings.loading import BUILTIN_FOLDER
from embeddings.static import StaticEncoder

_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|[一二三四五六七八九十百千两〇零]{1,6}(?=[年月日天个元万亿条次名人项小分周岁倍级层期])"
    r"|[一二三四五六七八九]十[一二三四五六七八九]?"
)
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,9}(?:部门|委员会|公司|法院|机关|大学|学院|医院|银行|集团|中心|政府"
    r"|办公室|[省市县区镇村局厅部院处科站馆所])"
    r"|(?<=[，。、：由经向对和与为])[\u4e00-\u9fff]{2,4}(?=[负批审决规提申可应不须必])"
    r"|《[^》]+》|[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)*"
)


class Falsifier(Reworder):
    """Makes sentences say what their quotes do not; the same for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.near = Neighbours()
        self.other: dict[str, list[str]] = {}
        for group in OTHER:
            for word in group:
                self.other.setdefault(word, []).extend(other for other in group if other != word)

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
                ("number", self._number, 1.6), ("name", self._name, 2.2), ("other", self._other, 2.5),
                ("word", self._word, 2),
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
            others: list[str] = [
                n for s in source.sentences for n in re.findall(r"\d+(?:\.\d+)?", s) if len(n) == len(number)
            ]
            if others and self.rng.random() < 0.4 and (other := self.rng.choice(others)) != number:
                return other
            if re.fullmatch(r"\d+", number):
                value = int(number)
                year = len(number) == 4 and number[0] in "12"
                steps: Sequence[int] = (1, -1, 2, -2, 3, 10) if year else (1, -1, value, 5, 10, -value // 2, 9 * value)
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
        found = [w for w in self.other if w in draft.text and (len(w) > 1 or is_alone(draft.text, draft.text.find(w)))]
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
        if self.rng.random() < 0.5 and (likes := self.near.of(word)):
            other = self.rng.choice(likes)
            known = {*self.wordnet.get(word, ()), *self.same.get(word, ())}
            if other in known or other in "".join(quotes):
                return False
            draft.put(at, at + len(word), other, True)
            return True
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
        if word in ("有", "和", "或", "及", "各", "只", "都", "均", "除") and not is_alone(draft.text, at):
            return False
        new = self.rng.choice(others)
        draft.put(at, at + len(word), new, True)
        draft.mark(at - (not new), at + max(len(new), 1))
        return True

    def _negated(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        found = list(
            re.finditer(
                (
                    r"(?<=[，。；\u4e00-\u9fff])(?=(?:属于|适用|计入|包括|需要|参加|享受|退还|承担|允许|影响"
                    r"|提供|收取|是|能|会|予以|支持|计算|超过|得)(?!否))"
                ),
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
        match = SUBJECT.match(draft.text)
        word = self.rng.choice(INSERTED_SCOPE)
        if not match or word[0] in draft.text:
            return False
        draft.put(0, 0, word, True)
        return True

    def _swapped(self, draft: Draft, _source: Source, _quotes: Sequence[str]) -> bool:
        """Let two names, two numbers or two listed things change places."""
        for pattern in self.rng.sample((_NAME, _NUMBER, re.compile(r"[\u4e00-\u9fff]{2,6}(?=[，、和与向对由给])")), 3):
            found = list(pattern.finditer(draft.text))
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
        parts = [p for p in CLAUSE.findall(self._sentence_elsewhere(source, quotes)) if 5 < len(p) < 40]
        parts = [p for p in parts if p.strip("，。；：") not in "".join(quotes)]
        if not parts:
            return False
        part = self.rng.choice(parts).strip("，。；：,;.")
        own = list(CLAUSE.finditer(draft.text))
        if len(own) > 1 and self.rng.random() < 0.4:
            match = self.rng.choice(own)
            draft.put(match.start(), match.end(), part + match[0][-1], True)
        else:
            draft.put(len(draft.text.rstrip("。；.")), len(draft.text), f"，{part}。", True)
        return True

    def _subject(self, draft: Draft, source: Source, quotes: Sequence[str]) -> bool:
        own, other = SUBJECT.match(draft.text), SUBJECT.match(self._sentence_elsewhere(source, quotes))
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


class Neighbours:
    """Words that are used like another, and mean something else: not its nearest by learned vectors, but near ones."""

    def __init__(self) -> None:
        encoder = StaticEncoder.load(BUILTIN_FOLDER)
        self.words = [word.lstrip("▁") for word in encoder.words]
        vectors = encoder.word_vectors.astype(np.float32)
        self.unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        self.places = {word: place for place, word in enumerate(self.words) if 2 <= len(word) <= 4}
        self.found: dict[str, list[str]] = {}

    def of(self, word: str) -> list[str]:
        """Return them, likest first."""
        if word not in self.places:
            return []
        if word not in self.found:
            cosines = self.unit @ self.unit[self.places[word]]
            order = np.argsort(-cosines)[8:60]
            self.found[word] = [
                other
                for place in order
                if cosines[place] > 0.2
                and (other := self.words[place]) in self.places
                and not set(other) & set(word)
                and "\u4e00" <= other[0] <= "\u9fff"
            ]
        return self.found[word]
