"""Talk is answered by a sentence of our own about what can be asked here, with questions that the documents answer."""

from bot.answers.contract import Draft, Material
from bot.question.reading import Reading
from bot.question.talk import Talk
from bot.types import Language

_STARTERS = 3
_SAYS: dict[Talk, dict[Language, str]] = {
    "greeting": {
        "zh": "你好！请直接问这里的文档：每个回答都是原文里的句子，并标明出处。",
        "en": "Hello! Ask about the documents here: every answer is a sentence of theirs, with its place.",
    },
    "thanks": {
        "zh": "不客气，还想查什么，请直接问。",
        "en": "You are welcome. Ask whatever else you would like to know.",
    },
    "goodbye": {"zh": "再见，欢迎随时再来问。", "en": "Goodbye. Come back whenever you have a question."},
    "ability": {
        "zh": "我是“有据”：只用这里的文档回答，每句话都是原文，并标明在原文的哪一处；"
        "可以问事实、条款、清单、某个词在哪里出现，也可以让我概括一篇文档。",
        "en": "I am Youju. I answer from the documents here alone: every sentence is theirs, with its exact place. "
        "Ask for facts, articles, lists, every place of a term, or a summary of a document.",
    },
    "nothing": {"zh": "请输入想问的问题。", "en": "Type a question about the documents."},
}


def talk(reading: Reading, material: Material) -> Draft | None:
    """Answer talk; None where something is asked of the documents."""
    if reading.talk is None:
        return None
    says = _SAYS[reading.talk][reading.language]
    starters = material.starters(_STARTERS, material.documents)
    if starters and reading.language == "zh":
        says += "比如：" + "".join(f"“{question}”" for question in starters)
    elif starters:
        says += " For example: " + " ".join(f"“{question}”" for question in starters)
    return Draft(way="talk", rule=reading.talk, message=says, confidence=0.0)
