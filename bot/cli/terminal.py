"""How the command line shows results to a person, and how far long work has come."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.documents.formats import find_format
from bot.folders.reports import Collection, Folder, SyncReport
from bot.pages import SURE
from bot.storage.ratings import Feedback
from bot.storage.synonyms import BadLine, SynonymGroup, SynonymReport
from bot.types import Answer, Check, Citation, DocumentInfo, Hit, IngestReport, Language, Likeness, Progress, Shortfall
from bot.writing.lines import written_lines

if TYPE_CHECKING:
    from bot.conversations.feedback import ExportReport

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")

_SHORTFALLS: dict[Shortfall, dict[Language, str]] = {
    "lacks_words": {"zh": "没有说到：{}", "en": "does not mention: {}"},
    "other_kind": {
        "zh": "没有所问的数字、日期、人或地方",
        "en": "has no number, date, person or place such as is asked for",
    },
    "weak": {"zh": "词语相近，但不足以回答", "en": "has the words, but does not answer clearly enough"},
}
_STEPS = {
    "look": ("looking", "查看"),
    "read": ("files read", "读取文件"),
    "store": ("passages kept", "保存段落"),
    "embed": ("passages indexed", "编入索引"),
}
_RECOGNISED: dict[Language, str] = {"zh": "，识别自扫描件", "en": ", recognised in a scan"}
_UNSURE: dict[Language, str] = {"zh": "，不确定，请对照原件", "en": ", not sure: compare the original"}


def plain(text: str) -> str:
    """Return document text on one line, without characters that a terminal would obey."""
    return text.replace("\n", " ").replace("\t", " ").translate(_CONTROL)


def answer_lines(answer: Answer, language: Language) -> Iterator[str]:
    """Yield the answer with its numbered evidence, or a refusal with the nearest passages."""
    yield plain(answer.text)
    if answer.written is not None:
        yield ""
        yield from map(plain, written_lines(answer))
    if answer.query != answer.question:
        yield ("搜索的是：" if language == "zh" else "Searched for: ") + plain(answer.query)
    for citation in answer.citations:
        yield ""
        yield f"[{citation.number}] {_place(citation, language)}"
        yield f"    {plain(citation.quote)}"
    if answer.abstained and answer.nearest:
        yield ""
        yield "最接近的段落（并未回答这个问题）：" if language == "zh" else "Nearest passages (they do not answer it):"
        for hit in answer.nearest:
            yield f"  - {_place(hit, language)}"
            yield f"    {plain(hit.text)}"
            if hit.why is not None:
                yield f"    ({_SHORTFALLS[hit.why][language].format(plain(', '.join(hit.lacks)))})"


def hit_lines(hits: Sequence[Hit], language: Language) -> Iterator[str]:
    """Yield each hit: rank, score, place, text."""
    for rank, hit in enumerate(hits, start=1):
        yield f"{rank}. ({hit.score:.3f}) {_place(hit, language)}"
        yield f"    {plain(hit.text)}"


def document_lines(documents: Sequence[DocumentInfo], language: Language) -> Iterator[str]:
    """Yield one line a document, its id first."""
    between = "，" if language == "zh" else ", "
    for item in documents:
        yield f"{item.document_id}  {plain(item.source)}  {plain(item.title)}  ({between.join(_facts(item, language))})"


def _facts(item: DocumentInfo, language: Language) -> Iterator[str]:
    """Yield what was read of a file: its format, its encoding, counts."""
    known = find_format(item.source)
    if known is not None:
        yield known.name[0 if language == "zh" else 1]
    if known is None or item.encoding not in known.name:
        yield item.encoding
    reading = item.reading
    for count, always, zh, en in (
        (item.characters, True, "字", "characters"),
        (reading.pages, False, "页", "pages"),
        (item.paragraphs, True, "段", "paragraphs"),
        (item.headings, True, "个标题", "headings"),
        (reading.tables, False, "个表格", "tables"),
        (reading.recognised, False, "字识别自图像", "characters recognised in pictures"),
        (item.lost, False, "字无法识别", "characters lost"),
    ):
        if count or always:
            yield f"{count} {zh if language == 'zh' else en}"


def report_lines(report: IngestReport, language: Language) -> Iterator[str]:
    """Yield what came of one file: a line of facts, then what was left out or is already there."""
    if report.status == "queued":
        yield f"{'已排队' if language == 'zh' else 'queued'}: {plain(report.source)}"
        return
    if report.document is None:
        yield f"{plain(report.source)}: {report.error_zh if language == 'zh' else report.error_en}"
        return
    status = {"added": "已添加", "replaced": "已替换", "unchanged": "未变化", "failed": "失败"}[report.status]
    yield f"{status if language == 'zh' else report.status}: " + next(document_lines([report.document], language))
    for notice in report.document.reading.notices if report.status != "unchanged" else ():
        yield f"    {plain(notice.zh if language == 'zh' else notice.en)}"
    if report.alike is not None:
        yield f"    {_likeness(report.alike, language)}"


def _likeness(other: Likeness, language: Language) -> str:
    name, percent = plain(other.source), round(100 * other.share)
    if other.share == 1.0:
        return f"文字与《{name}》完全相同。" if language == "zh" else f"Has the very same text as {name}."
    if language == "zh":
        return f"文字约 {percent}% 与《{name}》相同，可能是同一文件的另一版本。"
    return f"Shares about {percent} % of its text with {name}: perhaps another version of it."


def sync_lines(report: SyncReport, language: Language) -> Iterator[str]:
    """Yield what came of bringing a folder into step: one line of counts."""
    counts = (report.unchanged, len(report.added), len(report.changed), len(report.moved), len(report.removed))
    words = ("未变化", "新增", "更新", "移动", "移除") if language == "zh" else (
        "unchanged", "added", "changed", "moved", "removed"
    )  # fmt: skip
    told = [f"{word} {count}" for word, count in zip(words, counts, strict=True)]
    for count, zh, en in ((len(report.failed), "读不了", "failed"), (report.other, "其他类型", "of other kinds")):
        if count:
            told.append(f"{zh if language == 'zh' else en} {count}")
    yield f"{plain(report.name)}: {', '.join(told)}" if language == "en" else f"{plain(report.name)}：{'，'.join(told)}"


def folder_line(folder: Folder, language: Language) -> str:
    """Return a folder that is kept in step: its name, its place, counts, when it was in step."""
    zh = language == "zh"
    told = [f"{folder.files} 个文件" if zh else f"{folder.files} files"]
    if folder.failed:
        told.append(f"{folder.failed} 个读不了" if zh else f"{folder.failed} failed")
    if not folder.there:
        told.append("现在不在" if zh else "not there now")
    told.append(folder.synced_at or ("尚未同步" if zh else "not yet in step"))
    return f"{plain(folder.name)}  {plain(folder.path)}  ({('，' if zh else ', ').join(told)})"


def collection_line(collection: Collection, language: Language) -> str:
    """Return a collection with how many documents it has."""
    zh = language == "zh"
    kinds = {"folder": "文件夹", "tag": "标签"} if zh else {"folder": "folder", "tag": "tag"}
    count = f"{collection.documents} 个文档" if zh else f"{collection.documents} documents"
    return f"{plain(collection.name)}  ({kinds[collection.kind]}{'，' if zh else ', '}{count})"


def feedback_line(item: Feedback, language: Language) -> str:
    """Return what somebody thought of one answer."""
    thumb = "👍" if item.rating == "good" else "👎"
    right = "".join(quote.text for quote in item.right)
    said = f"{'，应为：' if language == 'zh' else '; right would be: '}{plain(right)}" if right else ""
    return f"{thumb} {item.rated_at}  {plain(item.question)}{said}"


def export_line(report: "ExportReport", language: Language) -> str:
    """Return what was exported."""
    folder = plain(report.folder)
    if language == "zh":
        return (
            f"已写入 {folder}：{report.questions} 个问题，{report.documents} 个文档；"
            f"{report.skipped} 条评价没有指明正确的段落，或原文已变，未导出。评测：python -m bot eval {folder}"
        )
    return (
        f"{folder}: {report.questions} questions on {report.documents} documents; {report.skipped} ratings left out "
        f"that name no right paragraph, or whose text has changed. Measure with: python -m bot eval {folder}"
    )


def synonym_line(group: SynonymGroup) -> str:
    """Return the terms of a group."""
    return " = ".join(map(plain, group.terms))


def synonym_report_line(report: SynonymReport, language: Language) -> str:
    """Return what came of adding groups of synonyms."""
    bad = len(report.bad)
    if language == "zh":
        return f"已添加 {report.added} 组，{report.unchanged} 组原来就有" + (f"，{bad} 行有误" if bad else "")
    return f"added: {report.added}, there already: {report.unchanged}" + (f", bad lines: {bad}" if bad else "")


def bad_line(line: BadLine, language: Language) -> str:
    """Return why no group could be made of a line of a file."""
    return f"第 {line.number} 行：{plain(line.zh)}" if language == "zh" else f"line {line.number}: {plain(line.en)}"


def backup_line(file: Path, documents: int, language: Language) -> str:
    """Return what was backed up."""
    name = plain(str(file))
    return f"已备份 {documents} 个文档：{name}" if language == "zh" else f"backed up: {documents} documents, to {name}"


def restore_line(file: Path, documents: int, language: Language) -> str:
    """Return what was restored."""
    name = plain(str(file))
    return f"已恢复 {documents} 个文档：{name}" if language == "zh" else f"restored: {documents} documents, from {name}"


def moved_line(rows: int, documents: int, language: Language) -> str:
    """Return what was moved."""
    if language == "zh":
        return f"已移动 {documents} 个文档（共 {rows} 行，逐行核对一致）；原处内容未改动"
    return f"moved: {documents} documents ({rows} rows, all verified); what was here is left as it was"


def check_line(check: Check) -> str:
    """Return one line of ``doctor``."""
    return f"{'✓' if check.ok else '✗'} {check.name}: {plain(check.line)}"


def figure_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield one line a figure, values in one column."""
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        shown = f"{value:.4g}" if isinstance(value, float) else "-" if value is None else plain(str(value))
        yield f"{name:<{width}}  {shown}"


@contextmanager
def progress_bar(language: Language) -> Iterator[Progress]:
    """Show progress on standard error where that is a terminal; yields the function to report to."""
    if not sys.stderr.isatty():
        yield lambda done, total, label: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        zh = language == "zh"
        yield lambda done, total, label: bars.update(
            task, completed=done, total=total, description=_STEPS[label][zh] if label in _STEPS else plain(label)
        )


def _place(item: Citation | Hit, language: Language) -> str:
    page = "" if item.page is None else (f"，第 {item.page} 页" if language == "zh" else f", page {item.page}")
    if item.recognised is not None:
        page += _RECOGNISED[language] + ("" if item.recognised >= SURE else _UNSURE[language])
    if item.address:  # it names the document and stands for the headings
        return f"{plain(item.address)} ({plain(item.source)}{page})"
    paragraph = f"第 {item.paragraph + 1} 段" if language == "zh" else f"paragraph {item.paragraph + 1}"
    above = item.section if item.section[:1] == (item.title,) else (item.title, *item.section)
    return f"{plain(' › '.join(above))} ({plain(item.source)}, {paragraph}{page})"
