"""What a question must be to be asked at all."""

from collections.abc import Sequence

from bot.types import QuestionError

_MOST_HITS = 200
MOST_WORDINGS = 3
_LONGEST_WORDING = 200


def is_wording(line: str) -> bool:
    """Tell whether a line may be another wording of a question, or a question to go on with."""
    return 2 <= len(line) <= _LONGEST_WORDING


def check_wordings(wordings: Sequence[str]) -> None:
    """Raise QuestionError where a question cannot be searched in these other wordings too."""
    if len(wordings) > MOST_WORDINGS or not all(map(is_wording, map(str.strip, wordings))):
        raise QuestionError(
            f"wordings: at most {MOST_WORDINGS}, each of 2 to {_LONGEST_WORDING} characters.",
            f"wordings：最多 {MOST_WORDINGS} 种说法，每种 2 到 {_LONGEST_WORDING} 个字。",
        )


def check(question: str, most: int) -> None:
    """Raise QuestionError where a question is empty, is no text, or has more than ``most`` characters."""
    if not question.strip():
        raise QuestionError("The question is empty: type one.", "问题是空的：请输入问题。")
    if any("\ud800" <= char <= "\udfff" for char in question):
        raise QuestionError(
            "The question holds half a character, which no text can: type it again.",
            "问题里有残缺的字符：请重新输入。",
        )
    if len(question) > most:
        raise QuestionError(
            f"The question has {len(question)} characters, more than {most}: shorten it, or add it as a document.",
            f"问题有 {len(question)} 个字，超过 {most} 个：请缩短，或作为文档添加。",
        )


def check_limit(limit: int) -> None:
    """Raise QuestionError where so many passages cannot be asked for."""
    if not 1 <= limit <= _MOST_HITS:
        raise QuestionError(
            f"limit must be between 1 and {_MOST_HITS}, not {limit}.",
            f"limit 必须在 1 到 {_MOST_HITS} 之间，不能是 {limit}。",
        )
