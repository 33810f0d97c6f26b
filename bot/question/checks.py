"""What a question must be to be asked at all."""

from bot.types import QuestionError

_MOST_HITS = 200


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
