"""Questions about the documents themselves, answered from the store: no text says it, so nothing is cited."""

from datetime import datetime

from bot.answers.contract import Draft, Material
from bot.evidence.versions import version_of
from bot.language.titles import title_key
from bot.question.reading import Reading
from bot.types import DocumentInfo, ItemCount, Language

_NAMED = 30
_LATEST = 5


def collection(reading: Reading, material: Material) -> Draft | None:
    """Say which documents there are, how many, or which were added last; None where that is not asked."""
    if reading.collection is None:
        return None
    if reading.collection == "versions":
        return _versions(reading, material)
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


def _versions(reading: Reading, material: Material) -> Draft | None:
    """Say which versions there are of the document that is named, the newest first; None where none is named."""
    asked = title_key(reading.query.folded)
    dated = [(*version_of(info.title, info.source), info) for info in material.infos]
    named = [(name, year, info) for name, year, info in dated if year is not None and len(name) > 1 and name in asked]
    longest = max((len(name) for name, _, _ in named), default=0)
    found = sorted(((year, info) for name, year, info in named if len(name) == longest), key=lambda pair: -pair[0])
    if not found:
        return None
    titles = [_title(info, reading.language, dated=False) for _, info in found]
    if reading.language == "zh":
        note = f"共 {len(titles)} 个版本：{'、'.join(titles)}。最新的是 {found[0][0]} 年的{titles[0]}。"
    else:
        count = f"{len(titles)} version{'s' * (len(titles) != 1)}"
        note = f"{count}: {', '.join(titles)}. The newest is that of {found[0][0]}."
    return Draft(way="collection", rule="versions", note=note, items=ItemCount(len(found), len(found)), own=True)


def _title(info: DocumentInfo, language: Language, *, dated: bool) -> str:
    title = f"《{info.title}》" if language == "zh" else f"“{info.title}”"
    if not dated:
        return title
    day = datetime.fromisoformat(info.added_at).astimezone().date().isoformat()
    return f"{title}（{day}）" if language == "zh" else f"{title} ({day})"
