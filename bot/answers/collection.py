"""Questions about the documents themselves, answered from the store: no text says it, so nothing is cited."""

from datetime import datetime

from bot.answers.contract import Draft, Material
from bot.question.reading import Reading
from bot.types import DocumentInfo, ItemCount, Language

_NAMED = 30
_LATEST = 5


def collection(reading: Reading, material: Material) -> Draft | None:
    """Say which documents there are, how many, or which were added last; None where that is not asked."""
    if reading.collection is None:
        return None
    infos = list(material.infos)
    if reading.collection == "latest":
        infos.sort(key=lambda info: info.added_at, reverse=True)
    named = infos[: _LATEST if reading.collection == "latest" else _NAMED]
    return Draft(
        way="collection",
        rule=reading.collection,
        note=_say(infos, named, reading.language, dated=reading.collection == "latest"),
        items=ItemCount(len(infos), len(named)),
        own=True,
    )


def _say(infos: list[DocumentInfo], named: list[DocumentInfo], language: Language, *, dated: bool) -> str:
    if not infos:
        return "这里还没有文档，请先添加。" if language == "zh" else "There are no documents here yet: add some first."
    titles = [_title(info, language, dated=dated) for info in named]
    if language == "zh":
        first = f"最近添加的 {len(named)} 个：" if dated else ""
        more = "……" if len(named) < len(infos) else "。"
        return f"共 {len(infos)} 个文档。{first}{'、'.join(titles)}{more}"
    first = f" The {len(named)} added last: " if dated else " "
    more = " and more." if len(named) < len(infos) else "."
    return f"{len(infos)} document{'s' * (len(infos) != 1)}.{first}{', '.join(titles)}{more}"


def _title(info: DocumentInfo, language: Language, *, dated: bool) -> str:
    title = f"《{info.title}》" if language == "zh" else f"“{info.title}”"
    if not dated:
        return title
    day = datetime.fromisoformat(info.added_at).astimezone().date().isoformat()
    return f"{title}（{day}）" if language == "zh" else f"{title} ({day})"
