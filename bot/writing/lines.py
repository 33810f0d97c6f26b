"""A written answer as lines of plain text, each with a mark of what it is: for terminals, programs and transcripts."""

from collections.abc import Iterator, Sequence

from bot.language.languages import language_of
from bot.types import Answer, Lack, LackKind, Language, Written, WrittenSentence

_LACKS: dict[LackKind, tuple[str, str]] = {
    "number": ("no quote has the number “{text}”", "引文里没有数字“{text}”"),
    "date": ("no quote has the date “{text}”", "引文里没有日期“{text}”"),
    "amount": ("no quote has the amount “{text}”", "引文里没有金额或数量“{text}”"),
    "percentage": ("no quote has the share “{text}”", "引文里没有比例“{text}”"),
    "name": ("no quote names “{text}”", "引文里没有“{text}”"),
    "code": ("no quote has the code “{text}”", "引文里没有编号“{text}”"),
    "address": ("no quote has “{text}”", "引文里没有“{text}”"),
    "negation": ("the quotes do not deny or allow it so: “{text}”", "肯定、否定与引文不一致：“{text}”"),
    "condition": ("the quotes set another condition: “{text}”", "条件与引文不一致：“{text}”"),
    "scope": ("the quotes say it of another scope: “{text}”", "范围与引文不一致：“{text}”"),
    "meaning": ("the quotes do not say it", "引文没有这样说"),
    "quote": ("there is no quote for it", "没有引文"),
}


def count_line(written: Written, language: Language) -> str:
    """Return how many sentences stand: "5 句中 5 句有据"."""
    total, rest = written.supported + written.unsupported, written.unsupported
    if language == "zh":
        left = f"，{rest} 句无据" + ("，已略去" if written.left_out else "") if rest else ""
        return f"{total} 句中 {written.supported} 句有据{left}"
    left = f", {rest} not" + (" and left out" if written.left_out else "") if rest else ""
    return f"{written.supported} of {total} sentences are supported{left}"


def reason(lacks: Sequence[Lack], language: Language) -> str:
    """Return in one line why a sentence is not supported."""
    between = "；" if language == "zh" else "; "
    return between.join(_LACKS[lack.kind][language == "zh"].format(text=lack.text) for lack in lacks[:3])


def sentence_line(sentence: WrittenSentence, language: Language, struck: tuple[str, str] = ("✗ ", "")) -> str:
    """Return a sentence with its numbers, or struck with the reason: between the two of ``struck``."""
    text = " | ".join(sentence.cells) if sentence.cells else sentence.text
    if sentence.standing != "unsupported":
        return text + "".join(f"[{number}]" for number in sentence.citations)
    why = reason(sentence.lacks, language)
    said = f"（无据：{why}）" if language == "zh" else f" (not supported: {why})"
    return f"{struck[0]}{text}{struck[1]}{said}"


def written_lines(answer: Answer) -> Iterator[str]:
    """Yield what was written of an answer: a line for each sentence, how many stand, and how it ended."""
    written, language = answer.written, language_of(answer.question)
    if written is None:
        return
    if written.header and written.sentences:
        yield " | ".join(written.header)
    part = ""
    for sentence in written.sentences:
        if sentence.part != part:
            part = sentence.part
            yield part or ("总的来说：" if language == "zh" else "In all:")
        yield sentence_line(sentence, language)
    if written.supported or written.unsupported:
        yield (
            f"（{written.model}，{written.host}：{count_line(written, language)}）"
            if language == "zh"
            else (f"({written.model} at {written.host}: {count_line(written, language)})")
        )
    if written.message:
        yield written.message
