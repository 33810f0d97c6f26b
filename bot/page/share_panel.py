"""What the share panel shows: the link with its QR code and password; and who may open one."""

from typing import Any, cast
from urllib.parse import urlsplit

import gradio as gr
import segno
from starlette.requests import HTTPConnection

from bot.types import ServerError, YoujuError
from bot.web.access import LOOPBACK, Access, caller_of
from bot.web.share import Sharing

_ONLY_HERE = ServerError(
    "A link is opened on the machine where Youju runs: from its own browser, or with --share.",
    "分享链接要在运行有据的机器上建立：在那台机器的浏览器里，或启动时加 --share。",
)


class PageSharing:
    """The functions behind the panel; ``sharing`` is None where no link can be opened."""

    def __init__(self, access: Access, sharing: Sharing | None) -> None:
        self._access = access
        self._sharing = sharing

    def state(self, nothing: None, request: gr.Request) -> dict[str, Any]:
        """Return link, password and QR code (a ``data:`` address), each None where there is none.

        ``near``: the addresses that people in the same network open, of no use to who comes by the link. ``guest``:
        what whoever asks says to be right marks nothing (they came by the link, or read); ``read_only``:
        they may not change documents; ``owner``: they may change settings; ``guests_read_only``: whoever comes by the
        link may not change documents. ``can_open``: they may open a link. Nobody learns the password here: who is
        shown it has given it, is the owner, or opened the link; who comes with a key is not.
        """
        link = self._sharing.link if self._sharing else None
        caller = caller_of(cast(HTTPConnection, request))
        return {
            "link": link,
            "password": self._access.password if caller.key_id is None or caller.may("owner") else None,
            "qr": segno.make(link, micro=False).svg_data_uri(scale=4, border=2, light="#fff") if link else None,
            "near": [] if self._sharing is None or caller.guest else list(self._sharing.near),
            "read_only": not caller.may("editor"),
            "guest": not caller.may_mark,
            "owner": caller.may("owner"),
            "guests_read_only": not self._access.share_write,
            "can_open": link is None and self._may_open(request),
        }

    def open(self, nothing: None, request: gr.Request) -> dict[str, Any]:
        """Open the link and return the new state; an error is one line."""
        try:
            if self._sharing is None or not self._may_open(request):
                raise _ONLY_HERE
            self._sharing.open_link()
        except YoujuError as error:
            return {"error": {"zh": error.zh, "en": error.en}}
        return self.state(None, request)

    def _may_open(self, request: gr.Request) -> bool:
        """Tell whether this machine's own browser asks: a link sets a password for everybody, its owner included."""
        name = urlsplit(f"//{request.headers.get('host', '')}").hostname
        here = request.client is not None and request.client.host in LOOPBACK
        owner = caller_of(cast(HTTPConnection, request)).may("owner")
        return self._sharing is not None and name in LOOPBACK and here and owner
