"""A question, read once: whatever anybody needs to know of its text stands in its ``Reading``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from bot.language.designators import YEAR, Designator, designators
from bot.language.everyday import both_of
from bot.language.folding import visible
from bot.language.languages import language_of
from bot.language.mentions import Mentions, mentions
from bot.language.synonyms import Thesaurus
from bot.question.addresses import Address, find_addresses
from bot.question.cells import CellsAsked, cells_asked
from bot.question.collection import CollectionRequest, collection_request
from bot.question.comparison import Comparison, comparison
from bot.question.content import Vocabulary, content_words, distinct
from bot.question.definition import DefinitionAsked, definition_asked
from bot.question.effective import effective_asked
from bot.question.everywhere import Everywhere, every_place_of
from bot.question.fields import FieldAsked, field_asked
from bot.question.gist import GistRequest, gist_request
from bot.question.headed import HeadedAsked, headed_asked
from bot.question.items import Items, counted_items
from bot.question.keywords import keywords_of
from bot.question.light_words import says
from bot.question.outline import OutlineRequest, outline_request
from bot.question.parts import parts_of
from bot.question.query import Query, query_of
from bot.question.quotes import Phrase, quoted_phrases
from bot.question.several import Several, several
from bot.question.steps import StepsAsked, steps_asked
from bot.question.talk import Talk, talk_of
from bot.question.terms import terms_of
from bot.question.undated import undated
from bot.question.wording import wording_of
from bot.types import History, Language

_CONSEQUENCE = re.compile(r"违反|违背|触犯|\b(?:violat|breach)")
"""What follows from it stands in another article, which cites the one that the question names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read.

    ``question`` is as typed, ``language`` that of its words, in which it is answered. ``query`` is the question as
    searched: where it leans on the one before, completed from the history by the ``rule`` of that name with the words
    ``lent``; ``said`` is the answer that it goes on from, "" where none cites anything, and ``side`` what it asks by
    itself where that is another side of the same thing ("保修" of "A10的保修"), ``own_terms`` the words that it has of
    its own: none of "为什么？". All else is read from the question as searched:

    - ``addresses``: the articles and divisions that it names one after another ("第三十条第二款");
    - ``addresses_also``: the same where a name in them is a synonym of others ("社保法第三条"), for each wording;
    - ``quoted``: its phrases in quotation marks;
    - ``everywhere``: the terms that every place is wanted of;
    - ``items``: the numbered term whose items are asked for;
    - ``several``: what it asks for several of;
    - ``outline``: what it asks of a document's structure;
    - ``consequence``: whether it asks what follows from a violation of what it names;
    - ``content_words``: the words that say what it is about, as typed and in order;
    - ``terms``: those of them, put together, of which it may be said that they occur nowhere;
    - ``talk``: what kind of talk it is, where it asks nothing of the documents;
    - ``parts``: the questions that it holds, where it holds several;
    - ``gist``: what it wants the gist of;
    - ``collection``: what it asks of the documents themselves;
    - ``comparison``: what it sets side by side;
    - ``cells``: what it may ask of a table;
    - ``headed``: the heading that it asks for what stands under;
    - ``effective``: what it wants to know the first day of: "" where it does not say;
    - ``definition``: the term that it wants the meaning of;
    - ``keywords``: its words, folded, where it is mere words and asks nothing;
    - ``field``: the labelled value that it asks for;
    - ``steps``: the steps that it asks for;
    - ``mentions``: the titles, dates, numbers and codes that it names;
    - ``named``: which one of a series it names: a year, a building, a code. What answers must speak of that very one;
    - ``undated``: the question without the one year that it names, for what is known to be of that year;
    - ``wording``: what it shares with questions that are worded nearly the same, None where it has no words of its own.
    """

    question: str
    language: Language
    query: Query
    rule: str | None
    said: str
    side: Query | None
    own_terms: tuple[str, ...]
    lent: tuple[str, ...]
    addresses: tuple[Address, ...]
    addresses_also: tuple[tuple[Address, ...], ...]
    quoted: tuple[Phrase, ...]
    everywhere: Everywhere | None
    items: Items | None
    several: Several | None
    outline: OutlineRequest | None
    consequence: bool
    content_words: tuple[str, ...]
    terms: tuple[str, ...]
    talk: Talk | None
    parts: tuple[str, ...]
    gist: GistRequest | None
    collection: CollectionRequest | None
    comparison: Comparison | None
    cells: CellsAsked
    definition: DefinitionAsked | None
    headed: HeadedAsked | None
    effective: str | None
    keywords: tuple[str, ...]
    field: FieldAsked | None
    steps: StepsAsked | None
    mentions: Mentions
    named: tuple[Designator, ...]
    undated: Query | None
    wording: str | None

    def also_as(self, wordings: Sequence[str]) -> "Reading":
        """Return it with other wordings of the question, which are searched too."""
        return replace(self, query=replace(self.query, reworded=tuple(map(query_of, wordings))))

    @property
    def looked_for(self) -> tuple[str, ...]:
        """The terms that it is about: those that every place is wanted of, quoted phrases, else its own; at most 12."""
        if self.everywhere:
            return distinct(self.everywhere.terms)
        return distinct(phrase.text for phrase in self.quoted) if self.quoted else self.terms


def read_question(
    question: str, history: History = (), *, vocabulary: Vocabulary, thesaurus: Thesaurus | None = None
) -> Reading:
    """Read a question.

    Args:
        question: as typed.
        history: earlier (question, answer) pairs, oldest first; a follow-up is completed from them.
        vocabulary: the words that long runs of Han characters are cut into.
        thesaurus: the terms that mean the same in this home.
    """
    typed = visible(question).strip()
    searched, rule, said = typed, None, ""
    parts = parts_of(typed, query_of(typed).folded)
    if history and not parts:
        from bot.question.followup import complete  # its tables take a while to load: who asks once need not wait

        completion = complete(typed, history)
        searched, rule, said, parts = completion.text, completion.rule, completion.said, completion.parts
    reading = _read_alone(searched)
    if thesaurus is not None and (used := thesaurus.used(reading.query.folded)):
        reading = replace(
            reading,
            query=(query := replace(reading.query, synonyms=used)),
            undated=None if reading.undated is None else replace(reading.undated, synonyms=used),
            addresses_also=tuple(map(find_addresses, query.also(searched))) if reading.addresses else (),
            several=None if reading.several is None else reading.several.or_called(used),
        )
    everyday, finding = both_of(reading.query.folded, reading.query.synonyms)
    if everyday or finding:
        reading = replace(
            reading,
            query=replace(reading.query, everyday=everyday, finding=finding),
            undated=reading.undated and replace(reading.undated, everyday=everyday, finding=finding),
        )
    return replace(
        reading,
        question=question,
        language=language_of(question),
        rule=rule,
        said=said,
        side=_side(typed, searched) if rule else None,
        own_terms=_own_terms(typed) if rule else (),
        parts=parts,  # as typed: a completed follow-up holds the question before it, which is not asked again
        lent=tuple(_lent(typed, searched)) if rule else (),
        content_words=content_words(reading.query, vocabulary),
        terms=terms_of(reading.query, vocabulary),
    )


@lru_cache(maxsize=1024)
def _read_alone(text: str) -> Reading:
    """Read a question that stands alone; its content words, for which a vocabulary is needed, are left out."""
    query = query_of(text)
    named = tuple(one for one in designators(query.folded) if one.single)
    return Reading(
        question=text,
        language=language_of(text),
        query=query,
        rule=None,
        said="",
        side=None,
        own_terms=(),
        lent=(),
        addresses=find_addresses(text),
        addresses_also=(),
        quoted=quoted_phrases(text, query.folded),
        everywhere=every_place_of(text),
        items=counted_items(query.folded),
        several=several(query),
        outline=outline_request(query.folded),
        consequence=_CONSEQUENCE.search(query.folded) is not None,
        content_words=(),
        terms=(),
        talk=talk_of(query.folded),
        parts=(),
        gist=gist_request(query.folded),
        collection=collection_request(query.folded),
        comparison=comparison(query.folded),
        cells=cells_asked(query),
        definition=definition_asked(query.folded),
        keywords=keywords_of(query),
        effective=effective_asked(query.folded),
        headed=headed_asked(query.folded),
        field=field_asked(query),
        steps=steps_asked(query),
        mentions=mentions(text, query.folded),
        named=named,
        undated=_undated(text, named),
        wording=wording_of(text),
    )


def _undated(text: str, named: Sequence[Designator]) -> Query | None:
    if sum(one.family == YEAR for one in named) != 1:
        return None
    query = query_of(undated(text))
    return query if query.text != text and says(query.folded) else None


def _own_terms(typed: str) -> tuple[str, ...]:
    query = query_of(typed)
    return (*query.pairs, *query.words) if says(query.folded) else ()


def _side(typed: str, searched: str) -> Query | None:
    _, of, side = searched.rpartition("的")
    return query_of(side) if of and side and side in typed else None


def _lent(typed: str, searched: str) -> Iterator[str]:
    """Yield what stands in the question as searched and was not typed."""
    for what, _, _, start, end in SequenceMatcher(None, typed, searched, autojunk=False).get_opcodes():
        if what in ("insert", "replace") and (words := searched[start:end].strip()):
            yield words
