"""A worker: reads the files that wait in the database, one at a time, and keeps what they hold; servers only ask."""

import secrets
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from bot.documents.passages import indexed_text
from bot.documents.sandbox import Sandbox
from bot.intake import File, prepared_one
from bot.known import LookedUp
from bot.settings import Settings
from bot.storage.hearing import Hearing
from bot.storage.jobs import QUEUED, Encoded, Job, JobTable
from bot.storage.numbers import Halves
from bot.storage.records import PutItem
from bot.storage.store import Store
from bot.types import StoreError
from embeddings.contract import Encoder

Say = Callable[[str, str], None]
"""Called as ``say(english, chinese)`` with each line that the person is to see."""
_RENEWED = 3
"""Times that a file is taken anew within its lease."""
_LOOKED = 10.0
"""Seconds after which a worker looks whether another one's file is free, though nothing was told."""
_AGAIN = 1.0
_BATCH = 2048


class Worker:
    """Any number of them work side by side, on any machines; no two read the same file."""

    def __init__(self, store: Store, settings: Settings, encoder: Encoder, say: Say, lease: int) -> None:
        self.name = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self._store, self._settings, self._encoder, self._say, self._lease = store, settings, encoder, say, lease
        self._jobs = JobTable(store.database)
        self._sandbox = Sandbox()
        self._stopping = threading.Event()
        self._renewing = threading.Thread(target=self._renew, name="youju-lease", daemon=True)
        self._hearing = Hearing(store.database, QUEUED, self.read_all, min(_LOOKED, lease))

    def __enter__(self) -> "Worker":
        self._sandbox.__enter__()
        self._renewing.start()
        return self

    def __exit__(self, *raised: object) -> None:
        """Stop; the file that is being read is read to its end first."""
        self._stopping.set()
        self._hearing.stop()
        self._renewing.join()
        self._sandbox.__exit__(None, None, None)

    def start(self) -> None:
        """Read what waits, and whatever is queued from now on, in a thread of its own."""
        self._hearing.start()

    def read_all(self) -> None:
        """Read what waits, until nothing does."""
        while not self._stopping.is_set():
            job = self._jobs.take(self.name, self._lease)
            if job is None:
                return
            self._read(job)

    def _read(self, job: Job) -> None:
        known = LookedUp(self._store)
        results = list(prepared_one(File(job.source, job.data), known, self._settings, self._sandbox))
        kept = [self._encoded(result) for result in results if isinstance(result, PutItem)]
        errors = [(r.error_en, r.error_zh) for r in results if not isinstance(r, PutItem) and r.status == "failed"]
        en, zh = errors[0] if errors else (None, None)
        if not self._end(job, kept, (en, zh) if en and zh else None):
            self._say(f"not kept, another worker has it: {job.source}", f"未保存，已由另一进程处理：{job.source}")
        elif en and zh:
            self._say(f"failed: {en}", f"失败：{zh}")
        else:
            self._say(f"read: {job.source}", f"已读取：{job.source}")

    def _end(self, job: Job, kept: list[Encoded], error: tuple[str, str] | None) -> bool:
        """End a job; a database that starts anew, or whose disk is full, is waited for: reading again costs more."""
        while True:
            try:
                return self._jobs.end(job, kept, error)
            except StoreError as failed:
                if self._stopping.wait(_AGAIN):
                    raise
                self._say(failed.en, failed.zh)

    def _encoded(self, item: PutItem) -> Encoded:
        title = item.document.title
        texts = [indexed_text(title, passage.section, passage.text) for passage in item.passages]
        halves: list[Halves] = [np.zeros((0, self._encoder.dimension), np.float16)]
        halves += (
            self._encoder.encode_document(texts[start : start + _BATCH]).astype(np.float16)
            for start in range(0, len(texts), _BATCH)
        )
        return Encoded(item, self._encoder.name, np.concatenate(halves))

    def _renew(self) -> None:
        while not self._stopping.wait(self._lease / _RENEWED):
            with suppress(StoreError):  # it comes back, or another worker reads the file
                self._jobs.renew(self.name, self._lease)
