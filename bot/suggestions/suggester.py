"""Questions to go on with, and to begin with: made from what stands near by, kept only where the bot answers them."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from threading import RLock

from bot.language.folding import fold, is_han, terms
from bot.language.languages import language_of
from bot.question.query import query_of
from bot.suggestions.beginnings import KINDS, beginnings
from bot.suggestions.examples import Examples
from bot.suggestions.phrasing import Proposal, all_proposals, answers, outline_question
from bot.types import Answer, Citation, Document, DocumentInfo, Language, NotFoundError, StoreError

Attempt = Callable[[str, Sequence[str] | None], Answer]
"""Answers a question from the documents of these ids (None: all)."""

_MOST_ATTEMPTS = 8
_MOST_DOCUMENTS = 3
_RADIUS = 12
"""Paragraphs looked at on either side of a citation."""
_MOST_BEGUN = 5
"""Documents that questions to begin with are made of."""
_ORDER = (*KINDS, *KINDS[:2], *KINDS[:2])
"""The kinds of questions to begin with, one after another; more facts and lists where a kind has none."""
_TRIED = 3
"""Attempts for one kind with one document."""
_MOST_TRIED = 12
"""Attempts in all, those apart that are answered without a search."""
_KEPT = 8
"""Lists of questions to begin with that are remembered."""
_COST = {
    **{"definition": 0, "items": 0, "list": 0, "number": 1, "who": 1, "duty": 2, "how": 2},
    **{"heading": 3, "purpose": 4, "date": 4, "outline": 8, "places": 10},
    **{"english": 0, "place": 6, "versions": 0, "comparison": 1, "summary": 0},
}
"""How far away, in paragraphs, a question of this rule seems beside one of the best rules."""
_WAYS = {"summary": "summary", "place": "address"}
"""Rules whose questions are answered in one way only, or by chance."""
_AGAIN = 4
"""The same for each question of the same rule that is already proposed."""
_MOST_OF_A_RULE = {"outline": 1, "places": 1}
_REMEMBERED = 100
_LONGEST = 2_000
"""Questions asked before that are compared, and the characters of each: a client may send what it likes."""
_OWN = 0.35
"""Share of an answer that must not stand in the question: an answer that repeats it says nothing."""
_ALIKE = 0.7
"""A question that shares this part of its terms with an earlier one is the same question in other words."""


class Suggester:
    """Proposes questions about the documents that ``document`` gives by id and ``infos`` lists.

    ``examples`` are the sample's own questions to begin with, where there are such. As long as ``state`` is the same,
    questions to begin with are not tried again; None: always.
    """

    def __init__(
        self,
        attempt: Attempt,
        document: Callable[[str], Document],
        infos: Callable[[], list[DocumentInfo]],
        examples: Examples | None = None,
        state: Callable[[], Hashable] = lambda: None,
    ) -> None:
        self._attempt = attempt
        self._document = document
        self._infos = infos
        self._examples = examples
        self._state = state
        self._beginning = RLock()
        self._begun: dict[Hashable, list[str]] = {}

    def suggest(
        self, answer: Answer, documents: Sequence[str] | None = None, limit: int = 3, asked: Sequence[str] = ()
    ) -> list[str]:
        """Return at most ``limit`` questions to go on with after an answer or a refusal, in the question's language.

        Each comes from the neighbourhood of what was cited (or came nearest) and is answered from there. Behind a
        refusal that nothing comes near they are those to begin with.

        Args:
            answer: what was said last.
            documents: ids of the documents that are asked; all where None.
            limit: 0 or more.
            asked: questions asked before, of which the last hundred are not proposed again; the answer's own need not
                be among them.
        """
        places = dict.fromkeys((place.document_id, place.paragraph) for place in answer.citations or answer.nearest)
        if answer.abstained and answer.trace.way != "talk" and not places:
            return [
                question for question in self.starters(limit, documents) if question not in (*asked, answer.question)
            ]
        before = [text[:_LONGEST] for text in (*asked[-_REMEMBERED:], answer.question, answer.query)]
        said = {(citation.document_id, citation.start) for citation in answer.citations}
        language = language_of(answer.question)
        ranked: list[tuple[float, Proposal]] = []
        for document_id in list(dict.fromkeys(document_id for document_id, _ in places))[:_MOST_DOCUMENTS]:
            try:
                document = self._document(document_id)
            except (NotFoundError, StoreError):
                continue  # removed since, or damaged: the next question says so
            at = [paragraph for owner, paragraph in places if owner == document_id][:_MOST_DOCUMENTS]
            ranked += _near(document, at, language)
        return self._choose(ranked, documents, limit, before, said)

    def starters(
        self, limit: int = 3, documents: Sequence[str] | None = None, language: Language | None = None
    ) -> list[str]:
        """Return at most ``limit`` questions to begin with about the newest documents (of ``documents``; None: all).

        They are of different kinds (a fact, a list, a comparison, a summary), of several documents, and each was
        answered. ``language`` is that of who asks: documents of it go first, and Chinese ones are asked in English too;
        None: each is asked in its own. While the sample is the only document, they are its own examples.
        """
        state = self._state()
        key = state, limit, None if documents is None else tuple(documents), language
        with self._beginning:  # who comes while they are tried gets the same
            if state is None or key not in self._begun:
                infos = [info for info in self._infos() if documents is None or info.document_id in documents]
                found = self._own_examples(infos, language)[:limit] or self._begin(infos, documents, limit, language)
                self._begun = {**dict(list(self._begun.items())[1 - _KEPT :]), key: found}
            return list(self._begun[key])

    def _own_examples(self, infos: list[DocumentInfo], language: Language | None) -> list[str]:
        if self._examples is None or not self._examples.fit(infos):
            return []
        if language != "en":
            return list(self._examples.questions)
        return [question for question in self._examples.english if not self._attempt(question, None).abstained]

    def _begin(
        self, infos: list[DocumentInfo], documents: Sequence[str] | None, limit: int, language: Language | None
    ) -> list[str]:
        newest = sorted(infos, key=lambda info: info.added_at, reverse=True)
        if language is not None:  # sorting keeps the order of those that are of one language
            newest.sort(key=lambda info: language_of(info.title) != language)
        left: list[dict[str, list[Proposal]]] = []
        foreign: list[bool] = []
        for info in newest[:_MOST_BEGUN]:
            try:
                left.append(beginnings(self._document(info.document_id), infos, language))
            except (NotFoundError, StoreError):
                continue  # as above
            foreign.append(language is not None and language_of(info.title) != language)
        chosen: list[Proposal] = []
        used = [0] * len(left)
        budget = _MOST_TRIED
        for kind in _ORDER:
            for place in sorted(range(len(left)), key=lambda number: (foreign[number], used[number])):
                if len(chosen) >= limit:
                    break
                found, tried = self._first_held(left[place][kind], chosen, documents, min(_TRIED, budget))
                budget -= tried
                if found is not None:
                    chosen.append(found)
                    used[place] += 1
                    break
        return [proposal.text for proposal in chosen]

    def _first_held(
        self, left: list[Proposal], chosen: Sequence[Proposal], documents: Sequence[str] | None, budget: int
    ) -> tuple[Proposal | None, int]:
        """Return the first of the proposals that is answered, and how many searches that took; they are taken out."""
        rules = [proposal.rule for proposal in chosen]
        tried = 0
        for proposal in sorted(left, key=lambda proposal: _COST[proposal.rule] + _AGAIN * rules.count(proposal.rule)):
            searches = proposal.rule not in _WAYS
            # Those that have the title in common alone are not the same.
            others = (other for other in chosen if searches or other.rule == proposal.rule)
            if (searches and tried == budget) or any(_alike(proposal.text, other.text) for other in others):
                continue
            left.remove(proposal)
            tried += searches
            try:
                answer = self._attempt(proposal.text, documents)
            except (NotFoundError, StoreError):
                continue  # a document was changed meanwhile: no question is worth an error
            if _holds(proposal, answer, set()) and self._says_the_same(proposal, answer, documents):
                return proposal, tried
        return None, tried

    def _says_the_same(self, proposal: Proposal, answer: Answer, documents: Sequence[str] | None) -> bool:
        """Tell whether a question in another language is answered by the sentence that answers the original."""
        if not proposal.original:
            return True
        original = self._attempt(proposal.original, documents)
        return not original.abstained and original.citations[:1] == answer.citations[:1]

    def _choose(
        self,
        ranked: Iterable[tuple[float, Proposal]],
        documents: Sequence[str] | None,
        limit: int,
        before: Sequence[str],
        said: set[tuple[str, int]],
    ) -> list[str]:
        """Try the proposals, the best first, until ``limit`` are answered from where they were made."""
        left = sorted(ranked, key=lambda item: item[0])
        chosen: list[Proposal] = []
        attempts = 0
        while left and len(chosen) < limit and attempts < _MOST_ATTEMPTS:
            used = [proposal.rule for proposal in chosen]
            at = min(range(len(left)), key=lambda i: left[i][0] + _AGAIN * used.count(left[i][1].rule))
            proposal = left.pop(at)[1]
            if used.count(proposal.rule) >= _MOST_OF_A_RULE.get(proposal.rule, limit):
                continue
            if any(_alike(proposal.text, other) for other in (*before, *(d.text for d in chosen))):
                continue
            attempts += 1
            try:
                answer = self._attempt(proposal.text, documents)
            except (NotFoundError, StoreError):
                continue  # a document was changed meanwhile: no question is worth an error
            if _holds(proposal, answer, said):
                chosen.append(proposal)
                said = said | {(answer.citations[0].document_id, answer.citations[0].start)}
        return [proposal.text for proposal in chosen]


def _near(document: Document, at: Sequence[int], language: Language) -> Iterator[tuple[float, Proposal]]:
    """Yield the proposals around the paragraphs ``at`` with their distance, what follows a little nearer."""
    for paragraph in document.paragraphs:
        distance = min(
            index - paragraph.index if index >= paragraph.index else paragraph.index - index - 0.5 for index in at
        )
        if distance <= _RADIUS:
            for proposal in all_proposals(document, paragraph.index, language):
                yield distance + _COST[proposal.rule], proposal
    yield from _next_part(document, at, language)


def _next_part(document: Document, at: Sequence[int], language: Language) -> Iterator[tuple[float, Proposal]]:
    """Yield the question for the part behind the one that ``at`` is in; for the first where ``at`` are the headings."""
    headings = [p for p in document.paragraphs if p.level]
    depths = [len(p.section) for p in headings]
    # A title that is a heading by itself stands alone above the parts.
    tops = [p.index for p in headings if len(p.section) == min((d for d in depths if depths.count(d) > 1), default=-1)]
    number = 1 if len({*tops} & {*at}) > 1 else sum(index <= max(at) for index in tops) + 1
    if 1 < len(tops) <= 10 and number <= len(tops):
        start = tops[number - 1]
        end = tops[number] if number < len(tops) else len(document.paragraphs)
        heading = document.text[document.paragraphs[start].start : document.paragraphs[start].end]
        text = outline_question(number, heading, language)
        if text is not None:
            yield _COST["outline"], Proposal(text, "outline", document.document_id, range(start, end))


def _holds(proposal: Proposal, answer: Answer, said: set[tuple[str, int]]) -> bool:
    """Tell whether a proposal is answered from where it was made, with something new."""
    if answer.abstained or not answer.citations:
        return False
    first = answer.citations[0]
    if proposal.rule in _WAYS:
        return answer.trace.way == _WAYS[proposal.rule] and first.document_id == proposal.document_id
    if proposal.rule == "comparison":
        return {*proposal.paragraphs} <= {c.paragraph for c in answer.citations if _is_there(proposal, c)}
    if proposal.rule == "versions":
        told = [
            answer.citations[answer.sentences[part.sentences[0]].evidence[0]] for part in answer.parts if part.sentences
        ]
        numbered = replace(proposal, rule="number")
        return len({c.document_id for c in told}) > 1 and all(answers(numbered, c.quote) for c in told)
    if proposal.rule == "english":
        return _is_there(proposal, first)
    if proposal.rule == "places":
        return answer.trace.way == "listing"
    if proposal.rule == "outline":
        return answer.trace.way in ("outline", "address") and _is_there(proposal, first)
    if not _is_there(proposal, first) or (first.document_id, first.start) in said:
        return False
    announced = first.quote[-1] in "：:"
    if announced and answer.trace.way != "list":
        return False  # what it announces is not in the answer
    if not announced and not answers(proposal, first.quote):
        return False
    # A number or a date is little text, and was told from the question's own already.
    return announced or proposal.rule in ("number", "date") or _own_share(first.quote, proposal.text) >= _OWN


def _is_there(proposal: Proposal, citation: Citation) -> bool:
    return citation.document_id == proposal.document_id and citation.paragraph in proposal.paragraphs


def _own_share(quote: str, question: str) -> float:
    """The share of a quote's characters (words, in other scripts than Chinese) that the question does not have."""
    asked = set(terms(fold(question)))
    own = [term for term in terms(fold(quote)) if len(term) == 1 or not is_han(term)]
    return sum(term not in asked for term in own) / max(len(own), 1)


def _alike(one: str, other: str) -> bool:
    mine, theirs = query_of(one), query_of(other)
    own = {*mine.pairs, *mine.words}
    shared = own & {*theirs.pairs, *theirs.words}
    return mine.is_same(theirs) or (bool(own) and len(shared) >= _ALIKE * len(own))
