"""What a question says of one side is not answered by what is said of the other alone: imports and exports."""

import re
from collections.abc import Iterable

from bot.language.folding import fold_plain

_SIDES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"进口|\bimport", r"出口|\bexport"),
        (r"收入|\b(?:income|revenue)", r"支出|\bexpenditure"),
        (r"室内|\bindoor", r"室外|户外|\boutdoor"),
        (r"境内|\bdomestic", r"境外|出境|\boverseas"),
        (r"男(?:性|方|职工|员工|子)|\b(?:male|men)\b", r"女(?:性|方|职工|员工|子)|\b(?:female|women)\b"),
        (r"城镇|城市|\burban\b", r"农村|乡村|\brural\b"),
        (r"入院|\badmission to hospital", r"出院|\bdischarge from hospital"),
        (r"白班|\bday shift", r"夜班|\bnight shift"),
        (r"最高|\bmaximum", r"最低|\bminimum"),
        (r"上半年|\bfirst half", r"下半年|\bsecond half"),
    )
)
"""Only such as exclude one another: what a tenant asks is answered by what the landlord must do."""


def other_side(asked: str, said: Iterable[str]) -> bool:
    """Tell whether lines, which belong together, speak only of the other side than a folded question asks of."""
    wanted = [(one, other) for pair in _SIDES for one, other in (pair, pair[::-1]) if one.search(asked)]
    wanted = [(one, other) for one, other in wanted if not other.search(asked)]
    if not wanted:
        return False
    folded = fold_plain("\n".join(said))
    return any(other.search(folded) and not one.search(folded) for one, other in wanted)
