"""The check of a written sentence: verbatim, supported or unsupported by its quotes."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.language.folding import fold, fold_plain, mostly_han
from bot.writing.alignment import edits
from bot.writing.attachment import attachment_lacks
from bot.writing.coverage import coverage
from bot.writing.edits import another, inserted, means_one_of, says_something, shown, turned
from bot.writing.entailment import Entailed, Entailment, shared_runs
from bot.writing.exact import Said, bare, exact_lacks
from bot.writing.names import name_lacks
from bot.writing.operators import clauses, left_out, operator_lacks
from bot.writing.quantities import quantities
from bot.written import Checked, Lack
from embeddings.contextual import ContextReader
from embeddings.contract import EncoderLoadError
from embeddings.static import StaticEncoder

_MARKS = re.compile(r"^\s*(?:[-*•#>]+\s+|\d{1,2}[.)、]\s*(?=\D))|\*\*|`|\[\d{1,2}(?:[,，、]\s?\d{1,2})*\]|【\d{1,2}】")
"""What a model writes around a sentence: list marks, bold, the numbers of quotes."""
_OPENING = re.compile(
    r"^(?:(?:简单|简要|总|具体|一般|概括|换句话|整体|综合|通俗|直白)(?:地|的)?(?:来|而|地)?(?:说|言|讲|看)(?:之|来|起来)?"
    r"|简言之|总之|综上(?:所述)?|也就是说|换言之|具体而言|总体而言|一般来说|可以看[到出]|由此可见|可见|可知|答|回答|是的"
    r"|需要(?:注意|说明|指出|强调|提醒)的是|值得(?:注意|一提)的是|请注意|注意|此外|另外|同时|与此同时|其中|首先|其次"
    r"|再次|最后|因此|所以|对此"
    r"|(?:根据|依据|按照|依照|据|按|从|由|在)?(?:以上|上述|该|本|此|这份|所引|所给|相关|有关|现有|文中|提供的)?(?:的)?"
    r"(?:资料|材料|文件|文档|文本|引文|原文|条文|规定|要求|内容|信息|介绍|了解|记载|报道|文章|段落|手册|制度"
    r"|办法|合同|通知)"
    r"(?:的)?(?:来看|看|显示|指出|提到|规定|要求|介绍|可知|所述|说明|表明|写明|内容"
    r"|中(?:写明|提到|指出|规定|说明)?)?"
    r"|(?:according to|as stated in|based on|per) the"
    r" (?:document|documents|text|quotes?|policy|rules|manual|contract|handbook)"
    r"|in (?:short|summary|other words|brief|particular|addition)|note that|also|however|moreover|additionally"
    r"|the (?:document|text|rules?|policy|manual) (?:says?|states?|notes?) that)\s*[，,：:]?\s*",
    re.IGNORECASE,
)
"""Opens a sentence and says nothing of it; what goes on without a comma is no opening unless it is English."""
_CLAUSE_ENDS = '，,；;。.！!？?：:、\n（(《“"「'
_RELATED, _LEAST_COVERAGE = 0.3, 0.6
"""So much of a sentence stands in its quotes, in pairs of characters, or else so many of its words, weighed, are like
ones there."""
_FEWEST = 3
_TELLING = 1
"""A sentence of which so many numbers stand in its quotes speaks of what they speak of."""
_REPEATED, _DOUBTED = 0.95, 0.5
"""A sentence of which so much stands in its quotes, in pieces of four characters and more, the doubted words apart,
repeats them; then a word that is doubted so much is another one. Who words a thing freely changes more than one."""
_STRANGE, _STRANGE_DOUBT = 0.35, 0.8
"""A clause of which less stands in the quotes, in pairs of characters, and whose words are doubted so much on average,
says something else."""
_CARRIES = 0.35
"""The share of a sentence's words from which on a quote is said to carry it, beside the best one."""
_SPOKEN = 0.4
"""The most that is said for a sentence of which something is lacking."""


class Checker:
    """Holds written sentences against their quotes. Usable from several threads."""

    def __init__(self, words: StaticEncoder, reader: ContextReader | None) -> None:
        self._words = words
        self._entailment: Entailment | None = None
        if reader is not None:
            try:
                self._entailment = Entailment.load(reader, reader.folder)
            except EncoderLoadError:
                # Another reader than the built-in one comes without them; its words are compared one by one.
                self._entailment = None

    def check(self, sentence: str, quotes: Sequence[str], titles: Sequence[str] = ()) -> Checked:
        """Return how a sentence stands to its quotes.

        Args:
            sentence: as it was written; list marks, bold and numbers of quotes are left out of account.
            quotes: the texts that it is said to be written from.
            titles: of each quote the title and headings of its document; names and years there count as said.
        """
        written = _bare_sentence(sentence)
        said = bare(fold_plain(written))
        if not said:
            return Checked("supported", (), (), 1.0)
        if not quotes:
            return Checked("unsupported", (), (Lack("quote", written),), 0.0)
        folded = [fold_plain(quote) for quote in quotes]
        own = fold_plain(written)
        verbatim = [place for place, quote in enumerate(folded) if _stands(said, quote)]
        if verbatim and not list(left_out(own, [folded[place] for place in verbatim])):
            return Checked("verbatim", tuple(verbatim), (), 1.0)
        carrying = _carrying(said, folded)
        lacks = self._exact(written, own, quotes, folded, titles)
        ordered = [quotes[place] for place in dict.fromkeys((*carrying, *range(len(quotes))))]
        text = "\n".join(ordered)
        if not lacks and not _crosses(own, "\n".join(folded)):
            lacks = self._meaning(written, text)
        support = coverage(self._words, written, text)
        if lacks:
            return Checked("unsupported", carrying, tuple(lacks), min(support, _SPOKEN))
        return Checked("supported", carrying, (), max(support, 1 - _SPOKEN))

    def _exact(
        self, written: str, own: str, quotes: Sequence[str], folded: Sequence[str], titles: Sequence[str]
    ) -> list[Lack]:
        """Return what is lacking by rule."""
        around = Said.read("\n".join(titles))
        said, given = Said.read(written), [Said.read(quote) for quote in quotes]
        lacks = exact_lacks(said, given, around)
        lacks += name_lacks(written, own, "\n".join(folded), around.folded)
        if not _crosses(own, "\n".join(folded)):
            lacks += attachment_lacks(said, given)
            lacks += operator_lacks(own, folded)
            whole = "\n".join([*folded, around.folded])
            for edit in edits(own, folded):
                kind = turned(edit)
                if kind:
                    lacks.append(Lack(kind, shown(edit.around[0]) or shown(edit.clause)))
                elif another(edit) or inserted(edit, whole):
                    lacks.append(Lack("meaning", shown(edit.said)))
        return list(dict.fromkeys(lacks))

    def _unrelated(self, own: str, text: str) -> bool:
        """Tell whether next to nothing of a folded sentence stands in the quotes, its numbers apart."""
        rest = _without_numbers(own)
        letters = np.array([char.isalnum() for char in rest], np.bool_)
        if letters.sum() < _FEWEST or (shared_runs(rest, text)[letters] >= 2).mean() >= _RELATED:
            return False
        return len(quantities(own)) < _TELLING and coverage(self._words, rest, text) < _LEAST_COVERAGE

    def _meaning(self, written: str, text: str) -> list[Lack]:
        """Return the words that the quotes do not say, as far as no rule but learning tells."""
        own = fold(written)
        if self._unrelated(own, fold(text)):
            return [Lack("meaning", written)]
        if self._entailment is None:
            return []
        entailed = _of_words(self._entailment(written, text), own)
        runs = shared_runs(own, fold(text))
        letters = np.array([char.isalnum() for char in own])
        start, end = _doubtful(entailed)
        rest = letters.copy()
        rest[start:end] = False
        repeated = rest.any() and (runs[rest] >= 4).mean() >= _REPEATED
        if repeated and entailed.doubts.max(initial=0.0) >= _DOUBTED:
            words = written[start:end].strip(" ，。,.；;") or written
            if says_something(fold(words)) and not means_one_of(own[max(0, start - 1) : end + 1], words, fold(text)):
                return [Lack("meaning", words)]
        at = 0
        for clause in clauses(own):
            start = own.find(clause, at)
            if start < 0:
                continue
            at, end = start, start + len(clause)
            within = [
                doubt for (a, b), doubt in zip(entailed.spans, entailed.doubts, strict=True) if a < end and b > start
            ]
            shared = (runs[start:end][letters[start:end]] >= 2).mean() if letters[start:end].any() else 1.0
            if within and shared < _STRANGE and np.mean(within) >= _STRANGE_DOUBT:
                return [Lack("meaning", written[start:end])]
        return []


def _without_numbers(own: str) -> str:
    for one in reversed(quantities(own)):
        own = f"{own[: one.start]} {own[one.end :]}"
    return own


def _of_words(entailed: Entailed, own: str) -> Entailed:
    """Return it without doubts about numbers: how these are written is no reason, and rules compare them."""
    numbers = [(one.start, one.end) for one in quantities(own)]
    numbers += [match.span() for match in _NUMERALS.finditer(own)]
    sure = [any(a < end and b > start for start, end in numbers) for a, b in entailed.spans]
    return replace(entailed, doubts=np.where(sure, np.float32(0), entailed.doubts))


_NUMERALS = re.compile(r"[\d一二三四五六七八九十百千万亿零〇]+")


def _bare_sentence(sentence: str) -> str:
    """Return a sentence without the marks around it and without words that only open it."""
    written = _MARKS.sub("", sentence).strip()
    while (match := _OPENING.match(written)) and match.end() < len(written):
        if not match[0].rstrip().endswith(("，", ",", "：", ":")) and not match[0].isascii():
            break
        written = written[match.end() :]
    return written


def _crosses(own: str, quotes: str) -> bool:
    """Tell whether a sentence is in another language than its quotes."""
    return {mostly_han(own), mostly_han(quotes)} == {True, False}


def _stands(said: str, quote: str) -> bool:
    """Tell whether a sentence stands in a quote from one clause's beginning to another's end."""
    letters = [(char, place) for place, char in enumerate(quote) if char.isalnum()]
    at = "".join(char for char, _ in letters).find(said)
    if at < 0:
        return False
    start, end = letters[at][1], letters[at + len(said) - 1][1] + 1
    before, behind = quote[:start].rstrip(" ”」』)）"), quote[end:].lstrip(" ”」』)）")
    return (not before or before[-1] in _CLAUSE_ENDS) and (not behind or behind[0] in _CLAUSE_ENDS)


def _carrying(said: str, folded: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the quotes that say most of it, best first."""
    pairs = {said[at : at + 2] for at in range(len(said) - 1)} or {said}
    shares = np.array([sum(pair in bare(quote) for pair in pairs) / len(pairs) for quote in folded])
    order = np.argsort(-shares, kind="stable")
    least = min(_CARRIES, float(shares.max()))
    return tuple(int(place) for place in order if shares[place] >= least)


def _doubtful(entailed: Entailed) -> tuple[int, int]:
    """Return the span of the run of words around the token that is doubted most; an empty one without tokens."""
    if not entailed.spans:
        return 0, 0
    worst = int(entailed.doubts.argmax())
    least = max(float(entailed.doubts[worst]) / 2, 0.3)
    first = last = worst
    while first > 0 and entailed.doubts[first - 1] >= least:
        first -= 1
    while last < len(entailed.spans) - 1 and entailed.doubts[last + 1] >= least:
        last += 1
    return entailed.spans[first][0], entailed.spans[last][1]
