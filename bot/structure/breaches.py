"""Sentences that say what follows from a breach, and the articles of the same text that they cite.

违反本条例第二十四条第一款规定的，处五十元罚款: the words of the question stand in article 24, the answer in this one.
"""

import re
from collections.abc import Iterator
from itertools import chain

from bot.language.numerals import NUMBER, han_numeral, numeral
from bot.question.addresses import find_addresses
from bot.structure.articles import article_number, find_places
from bot.structure.places import Place, sentences, whole
from bot.types import Document

_BREACH = re.compile(rf"违反(?:了)?(?:本条(?=第)|(?:本[^第，。；]{{1,6}})?(?=第{NUMBER}条))")
_INSIDE = rf"(?:第{NUMBER}款)?(?:第[（(]?{NUMBER}[）)]?项)?"
_CITED = re.compile(rf"(?:第({NUMBER})条)?({_INSIDE})")
_BETWEEN = re.compile(r"[、，和或及以者至]{0,3}")


def breaches(document: Document) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield the paragraphs that say what follows from a breach, with the numbers of the articles that they cite."""
    for paragraph in document.paragraphs:
        text = document.text[paragraph.start : paragraph.end]
        articles = frozenset(number for number, _ in _cited(document, paragraph.index, text))
        if articles:
            yield paragraph.index, articles


def broken(place: Place) -> list[Place]:
    """Return the paragraph that a sentence says is broken; none where it cites several, or whole articles of them."""
    found = _broken(place)
    return found if len(found) == 1 else []


def follow(document: Document, paragraph: int) -> list[Place]:
    """Return the sentences that say what follows where what a paragraph says is broken."""
    article = article_number(document, paragraph)
    found = (index for index, articles in breaches(document) if article in articles and index != paragraph)
    said = chain.from_iterable(sentences(whole(document, index)) for index in found) if article else ()
    return [place for place in said if paragraph in {cited.paragraph for cited in _broken(place)}]


def _broken(place: Place) -> list[Place]:
    cited = _cited(place.document, place.paragraph, place.text)
    addresses = chain.from_iterable(find_addresses(f"第{han_numeral(number)}条{inside}") for number, inside in cited)
    return [said for address in addresses for said in find_places(place.document, address)]


def _cited(document: Document, paragraph: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield the articles behind each 违反 of a text, as they follow one another, with what of each is cited.

    本条 is the article that the paragraph stands in.
    """
    for breach in _BREACH.finditer(text) if "违反" in text else ():
        number = article_number(document, paragraph) if breach[0].endswith("本条") else None
        at = breach.end()
        while (match := _CITED.match(text, at)) is not None and match[0]:
            number = numeral(match[1]) if match[1] else number
            if number is not None:
                yield number, match[2]
            gap = _BETWEEN.match(text, match.end())
            at = gap.end() if gap else match.end()
