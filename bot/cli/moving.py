"""``move``: all that is kept goes from the home folder to PostgreSQL, or back."""

import argparse
from pathlib import Path

from bot.cli.commands import print_json, print_lines, settings_of
from bot.cli.terminal import moved_line
from bot.storage.moving import move as move_rows
from bot.storage.store import Store


def move(args: argparse.Namespace) -> int:
    """Copy everything to another place, which must be new, verified by hashes; what is here stays as it is."""
    settings = settings_of(args)
    home = settings.home.expanduser()
    url = args.to if args.to.startswith(("postgresql://", "postgres://")) else ""
    with (
        Store.open(home, settings.store_url) as here,
        Store.open(home if url else Path(args.to).expanduser(), url) as there,
    ):
        rows, documents = move_rows(here.database, there.database), len(there.documents())
    if args.json:
        print_json({"rows": rows, "documents": documents})
    else:
        print_lines([moved_line(rows, documents, args.language)])
    return 0
