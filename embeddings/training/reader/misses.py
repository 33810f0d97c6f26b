"""Near misses made of real questions: what a group would be if its documents did not answer."""

import random
import re
from dataclasses import replace

from embeddings.training.reader.groups import Group, Option

_LEFT_OUT = 0.12
"""Share of the answerable groups whose answer is taken away."""
_CUT_OUT = 0.5
"""Share of those of which the rest of the right passages is left."""
_CHANGED = 0.5
"""Share of those whose question names a number of the right passage, that are asked of another number."""
_NUMBER = re.compile(r"\d+")
_TRIES = 8


def near_miss(group: Group, rng: random.Random) -> Group:
    """Return the group, or now and then one that nothing answers: another number asked for, or the answer not there."""
    if not group.answerable:
        return group
    if rng.random() < _CHANGED and (changed := _another_number(group, rng)) is not None:
        return changed
    if rng.random() < _LEFT_OUT:
        cut = rng.random() < _CUT_OUT
        left = [option for option in map(_without_answer if cut else _if_wrong, group.options) if option is not None]
        return replace(group, options=tuple(left)) if left else group
    return group


def _if_wrong(option: Option) -> Option | None:
    return None if any(option.right) else option


def _without_answer(option: Option) -> Option | None:
    """Return an option without its right sentences; None where nothing is left."""
    if not any(option.right):
        return option
    text, spans = "", []
    for (start, end), right in zip(option.excerpt.sentences, option.right, strict=True):
        if not right:
            spans.append((len(text), len(text) + end - start))
            text += option.excerpt.text[start:end]
    excerpt = replace(option.excerpt, text=text, sentences=tuple(spans))
    return Option(excerpt, (False,) * len(spans)) if spans else None


def _another_number(group: Group, rng: random.Random) -> Group | None:
    """Return the group asked of a number that none of its passages names, instead of one that the right ones do."""
    said = {number for option in group.options for number in _numbers(option)}
    right = {number for option in group.options if any(option.right) for number in _numbers(option)}
    named = [match for match in _NUMBER.finditer(group.question) if match.group() in right]
    if not named:
        return None
    match = rng.choice(named)
    for _ in range(_TRIES):
        other = _like(match.group(), rng)
        if other not in said:
            options = tuple(replace(option, right=(False,) * len(option.right)) for option in group.options)
            question = group.question[: match.start()] + other + group.question[match.end() :]
            return replace(group, question=question, options=options)
    return None


def _numbers(option: Option) -> list[str]:
    return _NUMBER.findall(f"{option.excerpt.context}\n{option.excerpt.text}")


def _like(number: str, rng: random.Random) -> str:
    """Return another number as long as this one, near it now and then; one digit more or less at times."""
    if rng.random() < 0.5:
        return str(max(0, int(number) + rng.choice((-3, -2, -1, 1, 2, 3))))
    digits = [str(rng.randrange(1, 10)), *(str(rng.randrange(10)) for _ in number[1:])]
    return "".join(digits) + rng.choice(("", "", "", "0"))
