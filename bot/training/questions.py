"""Questions made from official and professional texts, whose answers stand verbatim in one sentence.

People's questions are to be had for encyclopaedic paragraphs only. On laws, reports and handbooks the same things are
asked in another way: about duties, deadlines, lists, measures, under the name of a place or a document. Each rule takes
what would be the answer out of a sentence and puts an interrogative in its place; the rest is then worn down as people
do when they ask from memory: words dropped, replaced by synonyms, the document's title or a part of it put in front.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.lexicon import DIGITS, MYRIADS, TENS, TWO, ZEROS

_TO_TEN = DIGITS + TENS[0]
_NUMERAL = rf"(?:\d[\d,.]*|[{DIGITS}{TENS}{MYRIADS[0]}{TWO}]+)"
_UNIT = (
    r"(?:个工作日|工作日|日|天|个月|年|小时|元|万元|亿元|人|名|米|公里|平方米|吨|倍|%|％|个百分点|次|家|所|项|亩|岁)"
)
_NUMBER = re.compile(rf"({_NUMERAL})({_UNIT})")
_LIST = re.compile(r"((?:[^，。；：、（）“”《》\s]{2,14}、){2,}[^，。；：、（）“”《》\s]{2,14}(?:等[^，。；]{0,8})?)")
_BY = re.compile(r"由([^，。；、]{3,16}(?:部门|机关|政府|委员会|机构|单位|法院|检察院|公司|中心))(?=[^，。；]{2,})")
_MEANS = re.compile(r"^(?:第[^ 　]{1,8}条[ 　]+)?(?:本[^，]{1,6}所称的?)?[“]?([^，。“”]{2,16})[”]?，?是指([^。]{6,})")
_PURPOSE = re.compile(r"(为了?[^。；]{6,60}?)，(制定本[^，。]{1,6}|[^，。]{6,30})")
_DATE = re.compile(rf"(?:\d{{4}}|[{DIGITS}{ZEROS}○]{{4}})年(?:[\d{_TO_TEN}]{{1,3}}月)?(?:[\d{_TO_TEN}]{{1,3}}日)?")
_MUST = re.compile(r"^([^，。；]{2,20}?)(应当|必须|不得|可以|要)([^。；]{6,})")
_ASKING = re.compile(
    r"((?:由|有|是|对)?(?:多少|几|哪些|哪个|哪几项|哪一年|哪年|什么时候|什么|谁|何时|如何|怎么做|怎样)(?:部门|单位|方面|内容|要求|规定|做)?)"
)
_LEAD = re.compile(rf"^(?:[第（(]?[{_TO_TEN}\d]+[章节条、.）)是要]+|要|必须|坚持|加强|做好)[ 　]*")
_WEAR = ((0.0, 0.0), (0.1, 0.2), (0.2, 0.4), (0.4, 0.5), (0.6, 0.5), (0.7, 0.3))
"""Shares of words dropped and replaced, one pair for a question."""
_ASK_LEAD = (
    "如何{}", "怎样{}", "怎么{}", "{}有哪些措施", "{}的具体内容是什么", "在{}方面有什么要求", "{}有什么规定",
    "{}要做什么", "关于{}有哪些规定", "{}包括哪些内容", "为什么{}", "对{}采取了什么措施", "{}是怎样的",
)  # fmt: skip
_ARTICLE = re.compile(rf"^第[{ZEROS}{DIGITS}{TENS}\d]+条[ 　]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the string that answers it, which stands in the text that it was made from."""

    text: str
    answer: str


def _rules(sentence: str, rng: random.Random) -> list[tuple[str, str]]:
    """All (question, answer) pairs that the rules find in a sentence, before wear."""
    found: list[tuple[str, str]] = []
    for match in _NUMBER.finditer(sentence):
        ask = rng.choice(("多少", "几")) if len(match.group(1)) < 3 else "多少"
        found.append((sentence[: match.start()] + ask + match.group(2) + sentence[match.end() :], match.group()))
    for match in _LIST.finditer(sentence):
        ask = rng.choice(("哪些", "什么", "哪些方面", "哪几项", "哪些内容"))
        found.append((sentence[: match.start()] + ask + sentence[match.end() :], match.group()))
    for match in _BY.finditer(sentence):
        ask = rng.choice(("由谁", "由哪个部门", "由什么单位"))
        found.append((sentence[: match.start()] + ask + sentence[match.end() :], match.group(1)))
    for match in _DATE.finditer(sentence):
        ask = rng.choice(("什么时候", "何时", "哪一年", "哪年"))
        found.append((sentence[: match.start()] + ask + sentence[match.end() :], match.group()))
    if means := _MEANS.search(sentence):
        ask = rng.choice(("什么是{}", "{}是什么意思", "{}是指什么", "{}的含义是什么", "如何定义{}"))
        found.append((ask.format(means.group(1)), means.group(2)))
    if purpose := _PURPOSE.search(sentence):
        ask = rng.choice(("{}的目的是什么", "为什么{}", "{}是为了什么"))
        found.append((ask.format(purpose.group(2)), purpose.group(1)))
    if must := _MUST.search(sentence):
        ask = rng.choice(("{0}{1}怎么做", "{0}{1}做什么", "对{0}有什么要求", "{0}有哪些规定", "{0}如何{2}", "怎样{2}"))
        words = re.split(r"[，、；]", must.group(3))
        found.append((ask.format(must.group(1), must.group(2), rng.choice(words)), must.group(3)))
    return found


def _clauses(question: str, rng: random.Random) -> str:
    """Keep the clause with the interrogative and, at random, a neighbour: people do not recite."""
    clauses = [clause for clause in re.split(r"[，；：。]", question) if clause.strip()]
    keep = [bool(_ASKING.search(clause)) for clause in clauses]
    if not any(keep):
        return question
    at = keep.index(True)
    chosen = {at}
    for neighbour in (at - 1, at + 1):
        if 0 <= neighbour < len(clauses) and (rng.random() < 0.35 or len(clauses[at]) < 8):
            chosen.add(neighbour)
    return "".join(clauses[i] for i in sorted(chosen))


class QuestionMaker:
    """Makes worn questions from sentences; the same seed makes the same questions.

    Args:
        synonyms: a word and the words of its synsets.
        cut: splits text into words.
        seed: of the pseudo-random generator.
    """

    def __init__(self, synonyms: Mapping[str, Sequence[str]], cut: Callable[[str], list[str]], seed: int) -> None:
        self._synonyms = synonyms
        self._cut = cut
        self._rng = random.Random(seed)

    def make(self, title: str, section: str, sentences: Sequence[str]) -> Iterator[tuple[int, Asked]]:
        """Yield ``(sentence number, question)`` for the sentences of one paragraph, at most one a sentence."""
        for number, sentence in enumerate(sentences):
            bare = _ARTICLE.sub("", sentence).strip()
            rules = _rules(bare, self._rng) if 12 <= len(bare) <= 220 else []
            if not rules:
                continue
            raw, answer = self._rng.choice(rules)
            if answer not in sentence or len(answer) > 0.9 * len(bare):
                continue
            text = self.wear(_clauses(raw, self._rng))
            if len(text) < 5:
                continue
            yield number, Asked(self._place(title, section, text) + self._rng.choice(("？", "？", "？", "")), answer)

    def ask_lead(self, title: str, section: str, lead: str) -> str:
        """Ask for what stands under a heading or after the sentence that opens a paragraph."""
        bare = _LEAD.sub("", lead).strip("。：:；，,！？? ")
        ask = self._rng.choice(_ASK_LEAD)
        return self._place(title, section, self.wear(ask.format(bare))) + "？"

    def corrupt(self, text: str, donor: str) -> str | None:
        """Put a word of another question in the place of one of this: it fits, and nothing answers it.

        Returns None where either has no word to spare.
        """
        parts = [(word, not _ASKING.fullmatch(part)) for part in _ASKING.split(text) for word in self._words(part)]
        own = [place for place, (word, free) in enumerate(parts) if free and len(word) > 1]
        others = [word for part in _ASKING.split(donor) for word in self._words(part) if len(word) > 1]
        others = [word for word in others if word not in text and not _ASKING.search(word)]
        if not own or not others:
            return None
        place = self._rng.choice(own)
        return "".join(self._rng.choice(others) if n == place else word for n, (word, _) in enumerate(parts))

    def _words(self, part: str) -> list[str]:
        return [part] if _ASKING.fullmatch(part) else self._cut(part)

    def wear(self, text: str) -> str:
        """Drop some words and replace some by synonyms, as one does who asks in words of one's own."""
        drop, swap = self._rng.choice(_WEAR)
        words: list[str] = []
        for part in _ASKING.split(text):
            for word in self._words(part):
                if len(word) > 1 and not _ASKING.fullmatch(word) and self._rng.random() < drop:
                    continue
                if (others := self._synonyms.get(word)) and self._rng.random() < swap:
                    word = self._rng.choice(list(others))
                words.append(word)
        return re.sub(r"[（）()“”《》\s]", "", "".join(words))

    def _place(self, title: str, section: str, text: str) -> str:
        chance = self._rng.random()
        bare = re.sub(r"^(?:中华人民共和国|20\d\d年)", "", title)
        if chance < 0.25:
            return f"《{bare}》{self._rng.choice(('中，', '规定', '里', ''))}{text}"
        if chance < 0.45:
            return bare + text
        if chance < 0.6 and len(bare) > 3:
            return bare[: self._rng.choice((2, 3, 4))] + text
        if chance < 0.7 and section:
            return re.sub(rf"^[第（(]?[{_TO_TEN}\d]+[章节、.）)]*[ 　]*", "", section) + text
        return text
