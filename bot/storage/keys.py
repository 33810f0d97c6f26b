"""Keys that let programs and people in, a row each. What is kept of a key's secret is its hash alone."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from bot.storage.database import Database
from bot.types import NotFoundError, YoujuError

Role = Literal["reader", "editor", "owner"]
"""What somebody may do, each more than the one before: ask; add and remove; choose settings and name folders."""
ROLES: tuple[Role, ...] = get_args(Role)
NAME_CHARACTERS = 60
MOST_DAYS = 3650
_KEY = re.compile(r"youju-([0-9a-f]{8})-[\w-]{43}", re.ASCII)
_COLUMNS = "key_id, name, role, made_at, expires_at, used_at"


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key. Times are in UTC; ``expires_at`` None: never, ``used_at`` None: not yet."""

    key_id: str
    name: str
    role: Role
    made_at: str
    expires_at: str | None
    used_at: str | None

    def has_expired(self, now: datetime) -> bool:
        """Tell whether it is good no longer."""
        return self.expires_at is not None and now >= datetime.fromisoformat(self.expires_at)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, and its ``secret``, which is told this once."""

    key: Key
    secret: str


class KeyMakingError(YoujuError):
    """A key cannot be made with this name, or for so many days."""


class KeyTable:
    """The keys of one home. Usable from several threads and processes; any method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def new(self, name: str, role: Role, days: int | None = None) -> NewKey:
        """Make a key that is good for ``days`` (None: until it is revoked).

        Raises:
            KeyMakingError: the name is empty or too long, or ``days`` are too few or too many.
        """
        line = " ".join(name.split())
        if not 0 < len(line) <= NAME_CHARACTERS or not line.isprintable():
            raise KeyMakingError(
                f"A key needs a name of 1 to {NAME_CHARACTERS} characters, to be known by when it is to be revoked.",
                f"密钥要有名称（1 到 {NAME_CHARACTERS} 个字），撤销时才认得出来。",
            )
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise KeyMakingError(
                f"A key is good for 1 to {MOST_DAYS} days, not {days}; without the option, until it is revoked.",
                f"密钥的有效期是 1 到 {MOST_DAYS} 天，不能是 {days}；不写则一直有效，直到撤销。",
            )
        now = datetime.now(UTC)
        expires_at = None if days is None else _text(now + timedelta(days=days))
        key = Key(secrets.token_hex(4), line, role, _text(now), expires_at, None)
        secret = f"youju-{key.key_id}-{secrets.token_urlsafe(32)}"
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO keys (key_id, digest, name, role, made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                (key.key_id, _digest(secret), key.name, key.role, key.made_at, key.expires_at),
            )
        return NewKey(key, secret)

    def all(self) -> list[Key]:
        """Return the keys, the oldest first, those that have expired too."""
        with self._database.read() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY made_at, key_id").fetchall()
        return [Key(*row) for row in rows]

    def revoke(self, key_id: str) -> Key:
        """Forget a key and return what it was: from the next request on it opens nothing.

        Raises:
            NotFoundError: there is none of this id.
        """
        with self._database.write() as connection:
            row = connection.execute(f"DELETE FROM keys WHERE key_id = ? RETURNING {_COLUMNS}", (key_id,)).fetchone()
        if row is None:
            raise NotFoundError(
                f"There is no key {key_id!r}: list the keys to see which there are.",
                f"没有密钥 {key_id!r}：请查看密钥列表。",
            )
        return Key(*row)

    def find(self, secret: str, now: datetime | None = None) -> Key | None:
        """Return the key with this secret; None where there is none, or where it has expired."""
        known = _KEY.fullmatch(secret)
        if known is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(f"SELECT digest, {_COLUMNS} FROM keys WHERE key_id = ?", (known[1],)).fetchone()
        if row is None or not hmac.compare_digest(row[0], _digest(secret)):
            return None
        key = Key(*row[1:])
        return None if key.has_expired(now or datetime.now(UTC)) else key

    def note_use(self, key_id: str) -> None:
        """Keep that a key was used now."""
        with self._database.write() as connection:
            connection.execute("UPDATE keys SET used_at = ? WHERE key_id = ?", (_text(datetime.now(UTC)), key_id))


def _digest(secret: str) -> bytes:
    # 256 random bits cannot be guessed from their hash, however fast it is; only what people choose needs a slow one.
    return hashlib.sha256(secret.encode()).digest()


def _text(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
