"""``work``: a worker, which reads what ``add --queue`` and servers have queued."""

import argparse
import signal
import sys
import threading

from bot.cli.commands import settings_of
from bot.cli.terminal import plain
from bot.storage.store import Store
from bot.types import EncoderError, StoreError

LEASE = 60
"""Seconds after which the file of a worker that is no more is read by another."""


def work(args: argparse.Namespace) -> int:
    """Read queued files until interrupted, or until none waits; the one at hand is read to its end first."""
    from bot.worker import Worker
    from embeddings.contract import EncoderLoadError
    from embeddings.loading import load_encoder

    settings = settings_of(args)
    if not settings.store_url:
        raise StoreError(
            "Workers need a PostgreSQL: set YOUJU_STORE; see docs/servers.md.",
            "读取进程需要 PostgreSQL：请设置 YOUJU_STORE，见 docs/servers.md。",
        )

    def say(en: str, zh: str) -> None:
        sys.stdout.write(plain(zh if args.language == "zh" else en) + "\n")
        sys.stdout.flush()

    try:
        encoder = load_encoder(settings.encoder)
    except EncoderLoadError as error:
        raise EncoderError(error.en, error.zh) from error
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    with (
        Store.open(settings.home.expanduser(), settings.store_url) as store,
        Worker(store, settings, encoder, say, args.lease) as worker,
    ):
        say("A worker is ready (Ctrl+C stops it).", "读取进程已启动（按 Ctrl+C 停止）。")
        if args.once:
            worker.read_all()
        else:
            worker.start()
            ended.wait()
    return 0
