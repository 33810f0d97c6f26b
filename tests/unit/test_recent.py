"""The same question of the same documents is answered once."""

from bot.recent import Asked, RecentAnswers
from bot.types import Answer


def refusal(question: str) -> Answer:
    return Answer(question, question, "没有找到依据。", abstained=True, confidence=0.1)


def test_the_oldest_goes_first_and_a_change_makes_all_new() -> None:
    recent, made, state, stands = RecentAnswers(most=2), [], [1], [True]

    def answer(question: str) -> Answer:
        def attempt() -> Answer:
            made.append(question)
            return refusal(question)

        return recent.answer(Asked.of(question, (), None), lambda: state[0], attempt, lambda answer: stands[0])

    assert [answer(question).question for question in ("a", "b", "a", "c", "a", "b")] == ["a", "b", "a", "c", "a", "b"]
    assert made == ["a", "b", "c", "b"]
    state[0] = 2
    answer("b")
    assert made == ["a", "b", "c", "b", "b"]
    stands[0] = False
    answer("b")
    assert made == ["a", "b", "c", "b", "b", "b"]


def test_what_was_made_while_something_changed_is_not_kept() -> None:
    recent, states, made = RecentAnswers(), iter([1, 2, 2, 2, 2, 2]), []

    def attempt() -> Answer:
        made.append(1)
        return refusal("a")

    for _ in range(3):
        recent.answer(Asked.of("a", [("x", "y")], ["d"]), lambda: next(states), attempt, lambda answer: True)
    assert len(made) == 2
