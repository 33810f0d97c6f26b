"""Who comes in, and as what: by the password, by a key, or as the person at this machine."""

import base64
import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from bot.allowance import Spend, unlimited
from bot.storage.keys import ROLES, Key, Role

LOOPBACK = ("127.0.0.1", "::1", "localhost")
WILDCARDS = ("0.0.0.0", "::")
_CREDENTIAL_CHARACTERS = 2000
_CALLER = "youju.caller"
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "cf-connecting-ip")
"""What a proxy or a tunnel in between adds to a request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request. ``key_id``: by which key; ``guest``: by the share link with the link's password.

    ``spend`` counts their questions.
    """

    role: Role
    key_id: str | None = None
    guest: bool = False
    spend: Spend = field(default=unlimited, compare=False)

    def may(self, role: Role) -> bool:
        """Tell whether they may do what takes ``role``."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def may_mark(self) -> bool:
        """Tell whether what they say to be right is what everybody is answered from then on."""
        return self.may("editor") and not self.guest


class Keys(Protocol):
    """Knows keys: see ``bot.storage.keys.KeyTable``."""

    def find(self, secret: str) -> Key | None:
        """Return the key with this secret that is good now."""

    def note_use(self, key_id: str) -> None:
        """Keep that a key was used now."""


class Access:
    """Who may come in. It changes once: when a share link is up.

    ``host`` is the address that is listened on, ``names`` are further names under which requests come (a reverse
    proxy's). ``password`` is asked from everybody where it is set, and makes an owner of whoever knows it; ``keys``
    make what each says. Without a password the person at this machine is let in, and nobody else without a key.
    Whoever comes by the share link may read and ask; documents are changed from there only with ``share_write``.
    """

    def __init__(
        self, host: str = "127.0.0.1", names: Iterable[str] = (), password: str | None = None, *,
        share_write: bool = False, keys: Keys | None = None,
    ) -> None:  # fmt: skip
        further = {name.lower() for name in names}
        self._names = {*LOOPBACK, host.lower(), *further}
        self._any_address = host in WILDCARDS
        if self._any_address:
            self._names.add(socket.gethostname().lower())
        self._alone = host in LOOPBACK and further <= set(LOOPBACK)
        self._password = password
        self.share_write = share_write
        self.keys = keys
        self._shared: str | None = None

    @property
    def password(self) -> str | None:
        """The password that is asked from everybody; None where there is none."""
        return self._password

    @property
    def is_open(self) -> bool:
        """Tell whether whoever reaches the server is let in: only this machine does, and there is no password."""
        return self._alone and self._password is None

    def share(self, host: str, password: str) -> None:
        """Let requests for ``host`` in, from now on with ``password`` only, whatever the host."""
        self._password = password
        self._shared = host.lower()
        self._names.add(self._shared)

    def is_shared(self, host: str) -> bool:
        """Tell whether a ``Host`` header, which ``knows`` has accepted, is that of the share link."""
        return self._shared is not None and urlsplit(f"//{host}").hostname == self._shared

    def is_here(self, request: HTTPConnection) -> bool:
        """Tell whether this machine's own browser asks, with nothing in between: it may name paths of the disk."""
        host = request.headers.get("host", "")
        client = request.client is not None and request.client.host in LOOPBACK
        passed_on = any(name in request.headers for name in PASSED_ON)
        return client and urlsplit(f"//{host}").hostname in LOOPBACK and not passed_on and not self.is_shared(host)

    def knows(self, host: str) -> bool:
        """Tell whether a ``Host`` header names us."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        # DNS rebinding needs a name: where every address is listened on, any bare address may be ours.
        return name in self._names or (self._any_address and _is_address(name))

    def caller(self, host: str, credential: str | None) -> Caller | None:
        """Return who asks under ``host`` (which ``knows`` has accepted) with a credential; None: not to be let in."""
        if self.is_open:
            return Caller("owner")
        if credential is None:
            return None
        if self._password is not None and _same(credential, self._password):
            guest = self.is_shared(host)
            return Caller("owner" if not guest else "editor" if self.share_write else "reader", guest=guest)
        key = self.keys.find(credential) if self.keys is not None else None
        return None if key is None else Caller(key.role, key.key_id)


def credential_of(authorization: str | None) -> str | None:
    """Return the password or key in an ``Authorization`` header: Basic with any user name, or Bearer; None: no such."""
    scheme, _, given = (authorization or "").partition(" ")
    given = given.strip()
    if len(given) > _CREDENTIAL_CHARACTERS:
        return None
    if scheme.lower() == "bearer":
        return given if given.isascii() and given else None
    if scheme.lower() != "basic":
        return None
    try:
        _, colon, password = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:  # no base64, no ASCII, or no UTF-8
        return None
    return password if colon else None


def by_https(scope: Scope, headers: Headers) -> bool:
    """Tell whether the browser uses https, here or up to a proxy; a lie about it costs the liar alone."""
    forwarded = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return scope["scheme"] == "https" or forwarded == "https"


def note_caller(scope: Scope, caller: Caller) -> Scope:
    """Return a request's scope that says who makes it."""
    return {**scope, _CALLER: caller}


def caller_of(request: HTTPConnection) -> Caller:
    """Return who makes a request; the guard has seen to it that it is known."""
    caller = request.scope[_CALLER]
    assert isinstance(caller, Caller)
    return caller


def _same(given: str, password: str) -> bool:
    """Compare in a time that tells neither where they differ nor how long the password is."""
    one, other = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (given, password))
    return hmac.compare_digest(one, other)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
