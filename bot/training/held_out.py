"""What nothing learns from: texts whose questions fit what weighs the trained parts, and say how sure it is."""

import zlib

_ONE_IN = 12
_UNSEEN_WRITERS = (17, 33, 34)


def office_held_out(writer: int, number: int) -> bool:
    """Tell it of an office's text: half of two writers' and all of three others'."""
    return (writer in (8, 9) and number % 2 == 0) or writer in _UNSEEN_WRITERS


def people_held_out(number: int) -> bool:
    """Tell it of an encyclopaedic paragraph."""
    return number % _ONE_IN == 5 or number % (2 * _ONE_IN) == 3


def rule_held_out(topic: str) -> bool:
    """Tell it of a law, report or handbook of this title."""
    return zlib.crc32(topic.encode()) % _ONE_IN == 0
