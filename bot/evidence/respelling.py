"""Words of a question that stand nowhere, and what was meant where a character was taken for one that sounds alike."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from bot.language.folding import fold, is_han, runs
from bot.language.synonyms import Synonym
from bot.question.content import JOINING
from bot.question.query import Query

_NEVER = JOINING | frozenset("的了吗呢吧啊着过们我你他她它不没几")
"""Nobody takes one of these for another, and no pair with one is a word that could be typed wrong."""


def respellings(
    query: Query, texts: Iterable[str], is_known: Callable[[str], bool], words: Collection[str]
) -> tuple[Synonym, ...]:
    """Return the pairs of characters of a question that stand nowhere, each with the pair that sounds alike.

    An everyday word that stands nowhere is not typed wrong, and for a word of the language only another word was
    meant: 公示 for 公式, but not 贵重物品's 重物 for 宠物.

    Args:
        query: the question.
        texts: what was found for it, in which the pair that was meant stands.
        is_known: tells whether a term stands anywhere.
        words: those of the language.
    """
    unknown = [
        pair
        for pair in _unknown(query, is_known)
        if not any(pair in word.term for word in query.everyday + query.finding)
    ]
    if not unknown:
        return ()
    han = [run for text in texts for run in runs(fold(text)) if is_han(run)]
    said = Counter(run[at : at + 2] for run in han for at in range(len(run) - 1))
    found: list[Synonym] = []
    for pair in unknown:
        alike = [
            (count, other)
            for other, count in said.items()
            for a, b in ((pair[0], other[0]), (pair[1], other[1]))
            if (pair not in words or other in words)
            and a != b
            and (pair[0] == other[0]) != (pair[1] == other[1])
            and _sound_alike(a, b)
        ]
        if alike:
            found.append(Synonym(pair, (max(alike)[1],)))
    return tuple(found)


def _unknown(query: Query, is_known: Callable[[str], bool]) -> Iterator[str]:
    """Yield the pairs that stand nowhere and of which neither character makes a known pair with its other neighbour."""
    for run in filter(is_han, query.content.split()):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        known = [_NEVER.isdisjoint(pair) and is_known(pair) for pair in pairs]
        for at, pair in enumerate(pairs):
            if _NEVER.isdisjoint(pair) and not any(known[max(0, at - 1) : at + 2]):
                yield pair


def _sound_alike(one: str, other: str) -> bool:
    from pypinyin import Style, pinyin  # its table takes a while to load: few questions need it

    own, others = (pinyin(char, style=Style.NORMAL, heteronym=True)[0] for char in (one, other))
    return not set(own).isdisjoint(others)
