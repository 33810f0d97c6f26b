"""How characters join: which take a space between them, which end a sentence, which are but other forms."""

import re
import unicodedata

WIDE = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003134f①-⑳"
)
"""The characters that take the room of a Chinese one, as in the brackets of an expression."""
_WIDE = re.compile(f"[{WIDE}]")
_EITHER = frozenset("“”‘’—…·•()[]0123456789%.,/-–~°")
"""Marks and digits that stand in Chinese and in other text."""
SENTENCE_END = re.compile(r"(?:[。！？!?；;]|[a-z)\]\d%]\.)[”’」』）)\]\"']*$")
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")
# Radicals whose normal form Unicode does not tell; fonts share their glyphs with the characters.
_RADICALS = str.maketrans(
    "⺁⺟⺠⺼⻁⻄⻅⻆⻉⻋⻌⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻳",
    "厂母民月虎西见角贝车辶长长长门阝青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿竜龙龟",
)


def settle(text: str) -> str:
    """Return text with ligatures and the look-alikes of Chinese characters as plain letters and characters."""
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0].translate(_RADICALS)), text)


def is_wide(char: str) -> bool:
    """Tell whether a character is Chinese or Japanese, or a mark that takes as much room."""
    return _WIDE.match(char) is not None


def takes_space(before: str, after: str) -> bool:
    """Tell whether a space stands where a line ends with ``before`` and the next begins with ``after``."""
    if not before or not after or is_wide(before[-1]) or is_wide(after[0]):
        return False
    # Of a digit or a quotation mark, what stands next to it tells in which text it stands.
    sides = (next((is_wide(char) for char in side if char not in _EITHER), None) for side in (before[::-1], after))
    return not all(side is not False for side in sides) or not any(char in _EITHER for char in before[-1] + after[0])
