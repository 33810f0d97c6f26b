"""Several questions in one message, answered one by one, each under its words, each with its own refusal."""

from bot.answers.contract import Draft, Material
from bot.answers.finishing import finish
from bot.language.folding import fold_plain, is_han
from bot.question.light_words import own_words, says
from bot.question.parts import parts_of
from bot.question.query import query_of
from bot.question.reading import Reading
from bot.types import Answer, Citation, Part


def several_questions(reading: Reading, material: Material) -> Draft | None:
    """Answer each question of a message in turn; None where it is a single one.

    A later one leans on those before it: it is completed from them, and looks first where they were answered.
    """
    if not reading.parts:
        return None
    history: list[tuple[str, str]] = []
    citations: list[Citation] = []
    supports: list[float] = []
    parts: list[Part] = []
    answers: list[Answer] = []
    for question in reading.parts:
        answer = _ask(question, history, answers, material)
        places = tuple(_place(citation, citations) for citation in answer.citations)
        supports += [answer.confidence] * (len(citations) - len(supports))
        parts.append(Part(f"“{question}”", places, "" if places else answer.text))
        history.append((question, answer.text))
        answers.append(answer)
        made = Draft("several", "several questions", tuple(citations), tuple(supports), parts=tuple(parts))
        material.tell(finish(reading, made))
    refused = [answer for answer in answers if answer.abstained]
    return Draft(
        way="several",
        rule="several questions",
        citations=tuple(citations),
        supports=tuple(supports),
        confidence=max(answer.confidence for answer in answers),
        nearest=refused[0].nearest if len(refused) == len(answers) else (),
        own=len(refused) < len(answers),
        parts=tuple(parts),
    )


def _place(citation: Citation, citations: list[Citation]) -> int:
    """Return where a citation stands among ``citations``; one that does not yet is added."""
    for place, known in enumerate(citations):
        if (known.document_id, known.start, known.end) == (citation.document_id, citation.start, citation.end):
            return place
    citations.append(citation)
    return len(citations) - 1


def _ask(question: str, history: list[tuple[str, str]], before: list[Answer], material: Material) -> Answer:
    """Answer a part where those before it were answered, if need be behind their topic, else anywhere."""
    where = list(dict.fromkeys(c.document_id for answer in before for c in answer.citations[:1]))
    if where:
        answer = material.ask(question, history, where)
        if not answer.abstained:
            return answer
        from bot.question.followup import on_topic  # as in ``read_question``

        fuller = on_topic(question, history)
        # Behind its topic it may read as several once more, and would be asked without end.
        if fuller and not parts_of(fuller, query_of(fuller).folded):
            behind = material.ask(fuller, (), where)
            if _speaks_of(behind, question):
                return behind
        if not says(fold_plain(question)):
            return answer  # without its topic it would find anything
    return material.ask(question, history, material.documents)


def _speaks_of(answer: Answer, question: str) -> bool:
    """Tell whether what an answer cites says half of a question's own words at least, each by a pair of characters.

    A question that has none speaks of its topic alone.
    """
    said = "\n".join(fold_plain("\n".join((*citation.section, citation.quote))) for citation in answer.citations)
    own = [word for word in own_words(fold_plain(question)) if len(word) > 1]
    held = sum(any(word[at : at + 2] in said for at in range(len(word) - 1)) for word in own if is_han(word))
    held += sum(word in said for word in own if not is_han(word))
    return bool(said) and 2 * held >= len(own)
