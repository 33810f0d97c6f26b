"""From the numbers that stand together in a question to addresses: which belong to one, which begin another."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.language.lexicon import DIVISIONS as UNITS
from bot.language.titles import is_law, title_key
from bot.question.addresses.address import DIVISIONS, Address
from bot.question.addresses.patterns import JOINT, NEXT_LAW, NUMBER_RULES, Number


@dataclass(frozen=True, slots=True)
class Step:
    """One number with its unit; ``joint`` stands before it: "" or "," within an address, "to", or "and"."""

    unit: str
    number: int
    inserted: int
    joint: str
    law: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of all addresses that stand together, and where they end."""

    steps: tuple[Step, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """An address while it is read: unit -> (number, inserted), the end of a range of articles, and a law's name."""

    law: str = ""
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    last: tuple[int, int] = (0, 0)

    def finished(self, law: str, *, alone: bool) -> Address:
        """The address; ``law`` where it names none itself."""

        def of(unit: str) -> int:
            return self.numbers.get(unit, (0, 0))[0]

        law = self.law or law
        return Address(
            law=title_key(law),
            quoted=law.startswith("《"),
            divisions=tuple((rank, of(unit)) for unit, rank in DIVISIONS.items() if unit in self.numbers),
            article=of("条"),
            inserted=self.numbers.get("条", (0, 0))[1],
            last=self.last,
            paragraph=of("款"),
            item=of("项"),
            subitem=of("目"),
            alone=alone,
        )


def find_steps(folded: str, start: int) -> Steps:
    """Find the steps of all addresses that stand together from ``start``."""
    steps: list[Step] = []
    at = start
    while joint := JOINT.match(folded, at):
        more = (joint["more"] or "").strip()
        law = NEXT_LAW.pattern.match(folded, joint.end()) if steps and more else None
        if law is not None and not (law["law"].startswith("《") or is_law(law["law"])):
            law = None
        number = _number_at(folded, law.end() if law else joint.end())
        if number is None or (not steps and joint.end() > start):
            break
        unit = number.unit or ("目" if steps and steps[-1].unit == "项" and not joint["to"] and not more else "项")
        kind = "to" if joint["to"] else more if more in ("", ",") else "and"
        steps.append(Step(unit, number.number, number.inserted, kind, law["law"] if law else ""))
        at = number.end
    return Steps(tuple(steps), at)


def _number_at(folded: str, at: int) -> Number | None:
    matches = ((rule, rule.pattern.match(folded, at)) for rule in NUMBER_RULES)
    return next((rule.make(match) for rule, match in matches if match), None)


def addresses(steps: tuple[Step, ...], law: str, *, alone: bool) -> Iterator[Address]:
    """Put steps together to addresses in ``law`` where they name no other."""
    return (draft.finished(law, alone=alone) for draft in _drafts(steps))


def _drafts(steps: tuple[Step, ...]) -> Iterator[_Draft]:
    """A step that goes no deeper, or stands behind 和, begins another address."""
    now = _Draft()
    for step in steps:
        depth, value = UNITS.index(step.unit), (step.number, step.inserted)
        deepest = max((UNITS.index(unit) for unit in now.numbers), default=-1)
        if step.joint in ("", ",") and not step.law and depth > deepest:
            if not now.last[0]:
                now.numbers[step.unit] = value
            continue
        kept = {unit: number for unit, number in now.numbers.items() if UNITS.index(unit) < depth and not step.law}
        if step.unit == "条" and "条" not in now.numbers:
            kept = {}  # "第二章和第三条": an article is counted through the whole law
        if step.joint == "to" and step.unit == "条" and "条" in now.numbers:
            low, high = sorted((now.numbers["条"], value))
            now = _Draft(now.law, {**kept, "条": low}, high)
            continue
        yield now
        if step.joint == "to" and step.unit in now.numbers:
            for number in range(now.numbers[step.unit][0] + 1, step.number):
                yield _Draft(now.law, {**kept, step.unit: (number, 0)})
        now = _Draft(step.law or now.law, {**kept, step.unit: value})
    yield now
