"""What the commands for folders, collections and tags do: call the engine, show what it returns."""

import argparse
import sys

from bot.cli.commands import open_bot, print_json, print_lines
from bot.cli.terminal import collection_line, folder_line, plain, progress_bar, sync_lines
from bot.folders.reports import Folder, SyncReport
from bot.types import IngestReport, YoujuError


def sync(args: argparse.Namespace) -> int:
    """Bring the folders into step that are given, or all that are kept so; 1 where anything could not be read.

    A folder that is not there gets its line, and the others are done.
    """
    reports: list[SyncReport] = []
    wrong = False
    with open_bot(args) as bot, progress_bar(args.language) as progress:
        for path in args.folders or [None]:
            try:
                names = [bot.folders.keep(path, args.name).name] if path else _wanted(args, bot.folders.all())
            except YoujuError as error:
                wrong = _tell(error, args)
                continue
            for name in names:
                try:
                    reports.append(bot.folders.sync(name, progress))
                except YoujuError as error:
                    wrong = _tell(error, args)
    if args.json:
        print_json(reports)
    else:
        print_lines(line for report in reports for line in sync_lines(report, args.language))
        sys.stderr.writelines(_error(bad, args) for report in reports for bad in report.failed)
    return 1 if wrong or any(report.failed for report in reports) else 0


def list_folders(args: argparse.Namespace) -> int:
    """List the folders that are kept in step."""
    with open_bot(args) as bot:
        folders = bot.folders.all()
    print_json(folders) if args.json else print_lines(folder_line(folder, args.language) for folder in folders)
    return 0


def remove_folders(args: argparse.Namespace) -> int:
    """Keep folders in step no longer, and remove their documents unless these are to be kept."""
    with open_bot(args) as bot:
        removed = {name: bot.folders.forget(name, documents=not args.keep) for name in args.names}
    _print_removed(removed, args)
    return 0


def list_collections(args: argparse.Namespace) -> int:
    """List the collections."""
    with open_bot(args) as bot:
        found = bot.collections.all()
    print_json(found) if args.json else print_lines(collection_line(one, args.language) for one in found)
    return 0


def remove_collections(args: argparse.Namespace) -> int:
    """Remove all documents of collections."""
    with open_bot(args) as bot:
        removed = {name: bot.collections.remove(name) for name in args.names}
    _print_removed(removed, args)
    return 0


def tag(args: argparse.Namespace) -> int:
    """Give a document tags, in place of those it has."""
    with open_bot(args) as bot:
        tags = bot.collections.tag(args.id, args.tags)
    print_json(tags) if args.json else print_lines([f"{plain(args.id)}: {', '.join(map(plain, tags))}"])
    return 0


def _wanted(args: argparse.Namespace, folders: list[Folder]) -> list[str]:
    return [folder.name for folder in folders if args.name in (None, folder.name)]


def _tell(error: YoujuError, args: argparse.Namespace) -> bool:
    sys.stderr.write(plain(error.message(args.language)) + "\n")
    return True


def _error(report: IngestReport, args: argparse.Namespace) -> str:
    return plain(str(report.error_zh if args.language == "zh" else report.error_en)) + "\n"


def _print_removed(removed: dict[str, int], args: argparse.Namespace) -> None:
    zh = args.language == "zh"
    lines = (
        f"{plain(name)}：已移除 {count} 个文档" if zh else f"{plain(name)}: removed {count} documents"
        for name, count in removed.items()
    )
    print_json(removed) if args.json else print_lines(lines)
