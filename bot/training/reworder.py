"""Sentences of documents in other words, by rule: what stays true."""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.language.folding import fold, mostly_han
from bot.language.spellings import spellings
from bot.training.corpus import synonyms
from bot.training.wordings import DROPPED, EN_SAME, RESHAPED, SAME
from bot.training.written_sources import Draft, read_sources

SUBJECT = re.compile(
    r"^[\u4e00-\u9fff、（）A-Za-z0-9]{2,16}?(?=应当|不得|可以|必须|由|是指|是|为|负责|有权|应|须|在|于|的)"
)
CLAUSE = re.compile(r"[^，；。：！？,;]+[，；。：！？,;]*")
_CONDITION = re.compile(r"^(?:除|未经|但|如果|若|经|只有|仅|凡|有下列|对|在|因|属于|发生|违反)")


class Reworder:
    """Says the same in other words; the same for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.same: dict[str, list[str]] = {}
        for group in SAME:
            for word in group:
                self.same.setdefault(word, []).extend(other for other in group if other != word)
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
        steps: list[Callable[[Draft], None]] = []
        if english:
            steps += [self._english_same] * self.rng.randint(0, 3)
        else:
            steps += [self._reshape] * self.rng.randint(0, 3)
            steps += [self._synonym] * self.rng.randint(0, 4) + [self._numeral] * self.rng.randint(0, 2)
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
        if len(word) == 1 and not is_alone(draft.text, at):
            return
        draft.put(at, at + len(word), self.rng.choice(self.same[word]))

    def _reshape(self, draft: Draft) -> None:
        pattern, others = self.rng.choice(RESHAPED)
        for _ in range(6):
            if match := re.search(pattern, draft.text):
                draft.put(*match.span(), match.expand(self.rng.choice(others)))
                return
            pattern, others = self.rng.choice(RESHAPED)

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
        if at > 0 and len(draft.text) > 12 and (len(word) > 1 or is_alone(draft.text, at)):
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
        parts = CLAUSE.findall(draft.text)
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
        parts = CLAUSE.findall(text)
        if len(parts) < 3 or self.rng.random() < 0.5:
            return text
        first = self.rng.randint(0, 1)
        last = self.rng.randint(first + 1, len(parts))
        left_out = parts[:first] + parts[last:]
        if any(_CONDITION.match(part) or "除外" in part for part in left_out) or len("".join(parts[first:last])) < 8:
            return text
        return "".join(parts[first:last])


def is_alone(text: str, at: int) -> bool:
    """Tell whether a word of one character stands between others without making a word with them, as it seems."""
    return (
        text[at - 1 : at] not in "响相反适供对效拥具含所没共参总和调温随"
        and text[at + 1 : at + 2] not in "用急能关谐效限者"
    )
