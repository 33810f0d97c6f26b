"""What is searched for: a question's terms, the kind of answer, and the words next to the interrogative."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.folding import fold, is_han, mostly_han, runs, terms
from bot.language.glossary import translations
from bot.language.kinds import KINDS
from bot.language.languages import language_of
from bot.language.lexicon import (
    ASKING_PARTICLES,
    ENGLISH_ARTICLES,
    ENGLISH_BE,
    ENGLISH_DO,
    ENGLISH_INTERROGATIVES,
    ENGLISH_PREPOSITIONS,
    HOW,
    HOW_FEW,
    HOW_IS_IT,
    HOW_MANY,
    HOW_MUCH,
    HOW_STEM,
    INTERROGATIVE_STEMS,
    MYRIADS,
    REQUESTS,
    TENS,
    TEXTS,
    WHAT,
    WHAT_FORMAL,
    WHAT_PLACE,
    WHAT_SORT,
    WHAT_TIME,
    WHAT_TO_DO,
    WHETHER,
    WHICH,
    WHICH_DATE,
    WHICH_OF_FEW,
    WHICH_ONES,
    WHO,
    WHY,
    any_of,
    spelled,
)
from bot.language.spellings import spellings
from bot.language.synonyms import Synonym, bounded, reword, wordings
from bot.types import Language

# Interrogatives, polite openings, and words about the document itself ("文件最后提到"): they say what kind of answer is
# wanted and from what, not what it is about.
_ASKING = re.compile(
    "|".join(
        (
            rf"(?:这[篇份个]|该|本|全)?{any_of(TEXTS)}(?:[中里]|的?(?:最后|结尾|开头|开始)|一共|总共)*"
            r"(?:提到|提出|指出|强调|说到|讲到|说|讲|写)[了到过]?",
            r"请(?:介绍|说明|列出|简述|列举)(?:一下)?",
            rf"{WHICH_OF_FEW}[个种类项点条方]?",
            rf"{HOW_FEW}[个种类项点次条位名部章节年月日](?![{TENS}{MYRIADS[0]}])",
            any_of(WHAT_TIME, (WHAT_PLACE, WHAT_SORT, f"是{WHAT}", WHAT), WHY, WHICH_DATE),
            any_of(spelled((WHICH,), ("", *"些个里儿位")), HOW_MUCH, HOW, (HOW_IS_IT, WHAT_TO_DO)),
            any_of(spelled(WHAT_FORMAL, ("", *"时地人种")), (WHO,), WHETHER, ASKING_PARTICLES, REQUESTS),
            rf"\b{any_of(ENGLISH_INTERROGATIVES, ENGLISH_BE, ENGLISH_DO, ENGLISH_ARTICLES, ENGLISH_PREPOSITIONS)}\b",
            r"\b(?:many|much|can|should|and|please|tell|me|list|all|it|its|that|this)\b",
        )
    )
)

# Pairs that hold one of these say nothing of what the question is about.
_FUNCTION = frozenset("的了吗呢是么吧啊着")
_GAP = re.compile(
    any_of(
        spelled((WHICH,), ("", *"些个里儿位年天", *spelled(HOW_FEW, "个种项"))),
        spelled(WHAT_FORMAL, ("", *"时地人")),
        INTERROGATIVE_STEMS,
        WHAT_TIME,
        HOW,
        (HOW_IS_IT, f"{HOW_STEM}样"),
    )
)
_MARKS = re.compile(r"\W")
_SIDE = 16
_MOST_WORDINGS = 3
_AFTER = re.compile(
    rf"{any_of(WHICH_ONES, (WHAT, WHICH, HOW_MANY, HOW_FEW, WHAT_FORMAL))}[个种项条位名类]?"
    r"([^\s，。？?的是有了]{1,6})"
)
_BEFORE = re.compile(
    rf"([^\s，。？?、《》“”]{{1,8}}?)(?:分别)?[是为有在叫指]?{any_of(INTERROGATIVE_STEMS, WHAT_FORMAL)}"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched.

    ``characters``, ``pairs`` and ``words`` (words of other scripts, numbers) are its distinct search terms in order,
    interrogatives left out; ``content`` is the folded text that they came from. ``kinds`` names the answers asked
    for (see ``bot.language.kinds``); ``focus`` holds the terms that stand next to the interrogative ("多少|立方米"),
    ``left`` and ``right`` the up to 16 characters on either side of it. ``written_in`` is the language of its words,
    None where it has none. ``synonyms`` are its terms that mean the same as others in this home, ``spellings`` its
    numbers that can be written otherwise. ``everyday`` are its everyday words with the official terms that they ask
    for: with these it is searched and read, and nothing is counted or claimed; with those of ``finding`` it is searched
    alone. ``translations`` are its terms with what
    the other language calls them: with these it is read alone. ``reworded`` is the question in words that somebody
    proposed: what these find is read too, and judged by the question itself.
    """

    text: str
    folded: str
    content: str
    characters: tuple[str, ...]
    pairs: tuple[str, ...]
    words: tuple[str, ...]
    kinds: frozenset[str]
    focus: frozenset[str]
    left: str
    right: str
    written_in: Language | None
    spellings: tuple[Synonym, ...]
    translations: tuple[Synonym, ...]
    synonyms: tuple[Synonym, ...] = ()
    everyday: tuple[Synonym, ...] = ()
    finding: tuple[Synonym, ...] = ()
    reworded: tuple["Query", ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """All distinct search terms: characters, pairs, words."""
        return self.characters + self.pairs + self.words

    def is_same(self, other: "Query") -> bool:
        """Tell whether two questions differ in white space, punctuation, width or case alone."""
        return _MARKS.sub("", self.folded) == _MARKS.sub("", other.folded)

    def as_asked(self, text: str) -> str:
        """Return a text with what means the same put in the question's own words, folded; all else stays as it is."""
        return reword(text, self.synonyms + self.spellings)

    def as_read(self, text: str) -> str:
        """Return a text as ``as_asked`` does, with the question's everyday words in the place of official terms too."""
        return reword(text, self.synonyms + self.spellings + self.everyday)

    def as_translated(self, text: str) -> str:
        """Return a text in the other language as ``as_read`` does, with the question's terms for those of the text."""
        said = self.as_read(text)
        folded = fold(said)
        for word in self.translations:
            # One at a time, and only what stands there: an expression for all of them takes 50 ms to make.
            if any(other in folded for other in _folded(word.same)):
                said = reword(said, (Synonym(f" {word.term} ", word.same),))
        return said

    def also(self, term: str) -> tuple[str, ...]:
        """Return how a term of the question can be said otherwise, each once."""
        return tuple(dict.fromkeys(wording for wording, _ in wordings(term, self.synonyms + self.spellings)))

    def wordings(self, others: Sequence[Synonym], is_known: Callable[[str], bool]) -> list["Query"]:
        """Return the question in other words, at most three: those whose search terms are known, and say more.

        ``others`` are its ``synonyms`` or its ``spellings``.
        """
        said: list[Query] = []
        for wording, other in wordings(self.text, others):
            found = terms(fold(other))
            # Of 3个月 for 三个月 nothing but "3" is new, which may be any number's.
            more = any(len(term) > 1 and term not in self.terms for term in found)
            if more and len(said) < _MOST_WORDINGS and all(map(is_known, found)):
                said.append(query_of(wording))
        return said

    def officially(self, is_known: Callable[[str], bool]) -> list["Query"]:
        """Return the question in official words, at most three times: all its everyday words are replaced each time."""
        known = [
            (re.compile(bounded(fold(word.term))), terms_known)
            for word in self.everyday + self.finding
            if (terms_known := [fold(term) for term in word.same if all(map(is_known, terms(fold(term))))])
        ]
        said: list[Query] = []
        for number in range(min(_MOST_WORDINGS, max((len(others) for _, others in known), default=0))):
            wording = self.folded
            for pattern, others in known:
                wording = pattern.sub(others[min(number, len(others) - 1)], wording, count=1)
            said.append(query_of(wording))
        return said


@lru_cache(maxsize=1024)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def _pairs(run: str) -> list[str]:
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return [pair for pair in pairs if not _FUNCTION.intersection(pair)]


def _focus(folded: str) -> frozenset[str]:
    found: list[str] = []
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(folded):
            chunk = _ASKING.sub(" ", match.group(1))
            tail = chunk[-4:] if pattern is _BEFORE else chunk[:4]
            for run in runs(tail):
                found.extend(_pairs(run) if is_han(run) else [run])
    return frozenset(found)


def _sides(folded: str) -> tuple[str, str]:
    match = _GAP.search(folded)
    if match is None:
        return "", ""
    return folded[max(0, match.start() - _SIDE) : match.start()], folded[match.end() : match.end() + _SIDE].rstrip(
        "？?。 "
    )


def _written_in(text: str) -> Language | None:
    language = language_of(text)
    return language if language == "zh" or mostly_han(text) is not None else None


def is_name(text: str) -> bool:
    """Tell whether a question is at most one word of Latin script, a name in any language: "WiFi", "QB-12", "?"."""
    words = fold(text).split()
    return len(words) < 2 and not any(map(is_han, runs(" ".join(words))))


@lru_cache(maxsize=1024)
def query_of(text: str) -> Query:
    """Take ``text`` apart; a question that is nothing but interrogatives keeps them as its content."""
    folded = fold(text)
    content = _ASKING.sub(" ", folded)
    found = runs(content) or runs(folded)
    han = [run for run in found if is_han(run)]
    characters = [char for run in han for char in run if char not in _FUNCTION]
    pairs = [pair for run in han for pair in _pairs(run)]
    words = [run for run in found if not is_han(run)]
    left, right = _sides(folded)
    return Query(
        text=text,
        folded=folded,
        content=" ".join(found),
        characters=tuple(dict.fromkeys(characters)),
        pairs=tuple(dict.fromkeys(pairs)),
        words=tuple(dict.fromkeys(words)),
        kinds=frozenset(name for name, pattern in KINDS if pattern.search(folded)),
        focus=_focus(folded),
        left=left,
        right=right,
        written_in=_written_in(text),
        spellings=spellings(folded),
        translations=translations(folded),
    )
