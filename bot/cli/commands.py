"""What each command of the command line does: call the engine, show what it returns.

Web server and evaluation are imported where they are used, so that ``ask`` and ``search`` load neither.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any, get_args

from pydantic import ValidationError

from bot.cli.passwords import password_of
from bot.cli.terminal import (
    answer_lines,
    backup_line,
    bad_line,
    check_line,
    document_lines,
    export_line,
    feedback_line,
    figure_lines,
    hit_lines,
    plain,
    progress_bar,
    report_lines,
    restore_line,
    synonym_line,
    synonym_report_line,
)
from bot.engine import Bot
from bot.settings import Settings
from bot.stopping import Stopped, go_on, until
from bot.storage.store import Store
from bot.storage.synonyms import to_csv
from bot.types import DocumentError, IngestReport, Language, StoreError, YoujuError, as_json


def serve(args: argparse.Namespace) -> int:
    """Serve page and API. The port is taken first: whether it is free is known before anything heavy loads."""
    if args.lan:
        args.host = "0.0.0.0"
    settings = settings_of(args)
    password = password_of(args, settings)

    def say(en: str, zh: str) -> None:
        sys.stdout.write((zh if args.language == "zh" else en) + "\n")
        sys.stdout.flush()

    from bot.folders.watching import Watcher
    from bot.memory import hold_few_pools
    from bot.page import STARTERS, mount
    from bot.web.server import listen
    from bot.web.server import serve as run

    hold_few_pools()
    # The page is there at once; the first question comes later than the model that reads.
    with (
        listen(settings.host, settings.port) as listener,
        open_bot(args, settings) as bot,
        getting_ready(bot, partial(_find_starters, bot, STARTERS)),
    ):
        writer = bot.writing.settings()
        if writer.server is not None:
            say(*writer.server.leaves())
        watcher = Watcher(bot.folders, say, follow=args.watch)
        try:
            run(
                bot, listener, say, names=args.allow_host, password=password,
                share=args.share, share_write=args.share_write, mcp_write=args.mcp_write, mount=mount,
                ready=watcher.start,
            )  # fmt: skip
        finally:
            watcher.stop()
    return 0


def _find_starters(bot: Bot, number: int) -> None:
    """Find the questions that every page begins with, ``number`` in each language."""
    for language in get_args(Language):
        bot.starters(number, language=language)


@contextmanager
def getting_ready(bot: Bot, then: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Load in a thread what the first question would wait for, then do ``then``; on leaving, that ends before ``bot``.

    What is wrong with what is loaded, the question tells.
    """
    leaving = Event()

    def get_ready() -> None:
        with suppress(Stopped, YoujuError), until(leaving.is_set):
            bot.get_ready()
            go_on()
            then()

    thread = Thread(target=get_ready)
    thread.start()
    try:
        yield
    finally:
        leaving.set()
        thread.join()


def serve_mcp(args: argparse.Namespace) -> int:
    """Serve MCP over standard input and output, which hold nothing else, until the input ends."""
    from bot.web.mcp_stdio import serve_stdio

    with open_bot(args) as bot, getting_ready(bot):
        serve_stdio(bot, args.language, write=args.write)
    return 0


def add(args: argparse.Namespace) -> int:
    """Add files and folders; 1 where any file could not be read."""
    if args.queue:
        reports = _queued(args)
    else:
        with open_bot(args) as bot, progress_bar(args.language) as progress:
            add = partial(bot.add, progress=progress, password=args.password, encoding=args.encoding)
            reports = _each(args.paths, add)
    failed = [report for report in reports if report.status == "failed"]
    if args.json:
        print_json(reports)
    else:
        read = [report for report in reports if report.status != "failed"]
        print_lines(line for report in read for line in report_lines(report, args.language))
        sys.stderr.writelines(line + "\n" for report in failed for line in report_lines(report, args.language))
    return 1 if failed else 0


def _queued(args: argparse.Namespace) -> list[IngestReport]:
    """Queue files and folders for workers; no index is opened."""
    from bot.queueing import queue_path

    if args.password or args.encoding:
        raise DocumentError(
            "Files with a password or a named encoding are not queued: add them without --queue.",
            "带密码或指定编码的文件不能排队：请去掉 --queue 直接添加。",
        )
    settings = settings_of(args)
    with Store.open(settings.home.expanduser(), settings.store_url) as store:
        return _each(args.paths, partial(queue_path, store, settings))


def _each(paths: Iterable[Path], add: Callable[[Path], list[IngestReport]]) -> list[IngestReport]:
    """Return what came of each path; one that is not there or cannot be read is reported."""
    reports: list[IngestReport] = []
    for path in paths:
        try:
            reports += add(path)
        except DocumentError as error:
            reports.append(IngestReport(str(path), "failed", error_en=error.en, error_zh=error.zh))
    return reports


def remove(args: argparse.Namespace) -> int:
    """Remove documents by id."""
    with open_bot(args) as bot:
        for document_id in args.ids:
            bot.remove(document_id)
            print_lines([f"{'已移除' if args.language == 'zh' else 'removed'}: {plain(document_id)}"])
    return 0


def list_documents(args: argparse.Namespace) -> int:
    """List the documents."""
    with open_bot(args) as bot:
        documents = bot.documents()
        if args.collection is not None:
            wanted = set(bot.collections.documents(args.collection))
            documents = [info for info in documents if info.document_id in wanted]
    print_json(documents) if args.json else print_lines(document_lines(documents, args.language))
    return 0


def search(args: argparse.Namespace) -> int:
    """Show the best passages."""
    with open_bot(args) as bot:
        hits = bot.search(" ".join(args.words), args.limit, args.document, read=args.read, collection=args.collection)
    print_json(hits) if args.json else print_lines(hit_lines(hits, args.language))
    return 0


def ask(args: argparse.Namespace) -> int:
    """Show an answer. A refusal is one too: 0, with ``abstained`` true in JSON."""
    with open_bot(args) as bot:
        mode = bot.writing.mode(args.written)
        server = bot.writing.settings().server
        if mode != "quotes" and server is not None:
            sys.stderr.write(server.leaves()[args.language == "zh"] + "\n")
        with getting_ready(bot):  # beside the search, which needs none of it
            answer = bot.ask(" ".join(args.words), documents=args.document, collection=args.collection, mode=mode)
    print_json(answer) if args.json else print_lines(answer_lines(answer, args.language))
    return 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure on a folder in BEIR's layout, in a temporary home."""
    from bot.evaluation import evaluate as measure

    with progress_bar(args.language) as progress:
        figures = as_json(measure(args.folder, settings_of(args), progress))
    print_json(figures) if args.json else print_lines(figure_lines(figures))
    return 0


def list_feedback(args: argparse.Namespace) -> int:
    """List what people think of answers, the oldest first."""
    with open_bot(args) as bot:
        ratings = bot.feedback.ratings()
    print_json(ratings) if args.json else print_lines(feedback_line(item, args.language) for item in ratings)
    return 0


def export_feedback(args: argparse.Namespace) -> int:
    """Make a folder in BEIR's layout of what people think of answers."""
    with open_bot(args) as bot:
        report = bot.feedback.export(args.folder)
    print_json(report) if args.json else print_lines([export_line(report, args.language)])
    return 0


def list_synonyms(args: argparse.Namespace) -> int:
    """List the groups of terms that mean the same."""
    with open_bot(args) as bot:
        groups = bot.synonyms.all()
    print_json(groups) if args.json else print_lines(map(synonym_line, groups))
    return 0


def add_synonyms(args: argparse.Namespace) -> int:
    """Add a group of terms that mean the same."""
    with open_bot(args) as bot:
        report = bot.synonyms.add([args.terms])
    print_json(report) if args.json else print_lines([synonym_report_line(report, args.language)])
    return 0


def remove_synonyms(args: argparse.Namespace) -> int:
    """Take terms out of their groups."""
    with open_bot(args) as bot:
        for term in args.terms:
            bot.synonyms.remove_term(term)
        groups = bot.synonyms.all()
    print_json(groups) if args.json else print_lines(map(synonym_line, groups))
    return 0


def import_synonyms(args: argparse.Namespace) -> int:
    """Add the groups of a CSV file; 1 where a line is bad, the others are added."""
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{args.file} cannot be read ({error.strerror}): check its name.",
            f"{args.file} 无法读取（{error.strerror}）：请检查文件名。",
        ) from error
    with open_bot(args) as bot:
        report = bot.synonyms.add_csv(data)
    print_json(report) if args.json else print_lines([synonym_report_line(report, args.language)])
    if not args.json:
        sys.stderr.writelines(bad_line(line, args.language) + "\n" for line in report.bad)
    return 1 if report.bad else 0


def export_synonyms(args: argparse.Namespace) -> int:
    """Print the groups as CSV, as ``import`` reads them."""
    with open_bot(args) as bot:
        print_lines(to_csv(bot.synonyms.all()))
    return 0


def back_up(args: argparse.Namespace) -> int:
    """Write all that a home holds to one file; whoever adds meanwhile is not waited for."""
    from bot.storage.backup import backup

    settings = _of_a_folder(args)
    count = backup(settings.home.expanduser(), args.file)
    print_json({"documents": count}) if args.json else print_lines([backup_line(args.file, count, args.language)])
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a backup in the place of what the home holds, and make its indexes."""
    from bot.storage.backup import restore as bring_back

    settings = _of_a_folder(args)
    count = bring_back(args.file, settings.home.expanduser(), force=args.force)
    with open_bot(args, settings):
        pass
    print_json({"documents": count}) if args.json else print_lines([restore_line(args.file, count, args.language)])
    return 0


def _of_a_folder(args: argparse.Namespace) -> Settings:
    settings = settings_of(args)
    if settings.store_url:
        raise StoreError(
            "What PostgreSQL holds is backed up by its own tools: use pg_dump and pg_restore, or "
            "`python -m bot move --to FOLDER`.",
            "PostgreSQL 中的内容请用它自己的工具备份：pg_dump 和 pg_restore，"
            "或用 python -m bot move --to 文件夹 移到文件夹。",
        )
    return settings


def doctor(args: argparse.Namespace) -> int:
    """Check what Youju stands on, one line each; 1 where anything is wrong."""
    with open_bot(args) as bot:
        checks = list(bot.check())
    if args.json:
        print_json(checks)
    else:
        print_lines(check_line(check) for check in checks)
    return 0 if all(check.ok for check in checks) else 1


_OPTIONS = ("home", "encoder", "host", "port", "llm", "llm_model", "llm_key_file")
"""Settings that the command line may name, as its arguments are called."""


def settings_of(args: argparse.Namespace) -> Settings:
    """Return the settings, with what the arguments say in the place of the environment's."""
    given = {name: getattr(args, name, None) for name in _OPTIONS}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise StoreError(
            f"The setting {name}={first['input']} is wrong: {first['msg']}. Correct --{name} or YOUJU_{name.upper()}.",
            f"设置 {name}={first['input']} 不对：{first['msg']}。请改正 --{name} 或环境变量 YOUJU_{name.upper()}。",
        ) from error


@contextmanager
def open_bot(args: argparse.Namespace, settings: Settings | None = None) -> Iterator[Bot]:
    """Open the bot that the arguments name, with progress where that takes long."""
    with progress_bar(args.language) as progress:
        bot = Bot.open(settings=settings or settings_of(args), progress=progress)
    with bot:
        yield bot


def print_lines(lines: Iterable[str]) -> None:
    """Print lines."""
    sys.stdout.writelines(line + "\n" for line in lines)


def print_json(value: Any) -> None:
    """Print one of the engine's objects as JSON."""
    sys.stdout.write(json.dumps(as_json(value), ensure_ascii=False, indent=2) + "\n")
