"""What is wrong with the form of a request, in a line: pydantic's own words, or Chinese ones in their place."""

from collections.abc import Mapping
from typing import Any

from bot.types import YoujuError

_LONGEST = 100
"""Characters of a place that are shown: its names are the sender's."""

_CHINESE = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字太大",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "dataclass_type": "应为对象",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "应为 {expected}",
    "json_invalid": "不是合格的 JSON",
    "value_error": "无法使用",
}


def wrong(error: Mapping[str, Any]) -> YoujuError:
    """Return what is wrong at one place of a request, as pydantic tells it (``type``, ``loc``, ``msg``, ``ctx``)."""
    where = place(error)
    values = {name: str(value).replace(" or ", " 或 ") for name, value in error.get("ctx", {}).items()}
    chinese = _CHINESE.get(error.get("type", ""), "格式不对").format_map(values)
    return YoujuError(f"{where}: {error['msg']}", f"{where}：{chinese}")


def place(error: Mapping[str, Any]) -> str:
    """Return where it is: ``body.history.0``, cut where the sender's own names are long."""
    return " ".join(".".join(str(part) for part in error["loc"]).split())[:_LONGEST]
