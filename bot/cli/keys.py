"""What the commands for keys do. They need the home's database alone, and no engine around it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.cli.commands import print_json, print_lines, settings_of
from bot.cli.terminal import plain
from bot.storage.keys import Key, KeyTable
from bot.storage.store import Store
from bot.types import as_json


def new_key(args: argparse.Namespace) -> int:
    """Make a key and show its secret, this once."""
    with _keys(args) as keys:
        made = keys.new(args.name, args.role, args.days)
    if args.json:
        print_json({**as_json(made.key), "secret": made.secret})
        return 0
    once = "请现在记下，以后不再显示" if args.language == "zh" else "keep it now, it is not shown again"
    print_lines([_line(made.key, args), f"{made.secret}  ({once})"])
    return 0


def list_keys(args: argparse.Namespace) -> int:
    """List the keys; their secrets nobody knows any more but who has them."""
    with _keys(args) as keys:
        found = keys.all()
    print_json(found) if args.json else print_lines(_line(key, args) for key in found)
    return 0


def revoke_keys(args: argparse.Namespace) -> int:
    """Revoke keys by id."""
    with _keys(args) as keys:
        revoked = [keys.revoke(key_id) for key_id in args.ids]
    word = "已撤销" if args.language == "zh" else "revoked"
    print_json(revoked) if args.json else print_lines(f"{word}: {_line(key, args)}" for key in revoked)
    return 0


@contextmanager
def _keys(args: argparse.Namespace) -> Iterator[KeyTable]:
    settings = settings_of(args)
    with Store.open(settings.home.expanduser(), settings.store_url) as store:
        yield KeyTable(store.database)


def _line(key: Key, args: argparse.Namespace) -> str:
    zh = args.language == "zh"
    used = _day(key.used_at) or ("未用过" if zh else "not used yet")
    if key.expires_at is None:
        until = "不过期" if zh else "does not expire"
    elif key.has_expired(datetime.now(UTC)):
        until = f"已于 {_day(key.expires_at)} 过期" if zh else f"expired {_day(key.expires_at)}"
    else:
        until = f"{_day(key.expires_at)} 过期" if zh else f"expires {_day(key.expires_at)}"
    return f"{key.key_id}  {key.role}  {plain(key.name)}  {'上次使用' if zh else 'last used'}: {used}  {until}"


def _day(time: str | None) -> str:
    return time[:10] if time else ""
