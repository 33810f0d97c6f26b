"""What is served and to whom, as one table: a request that none of its rows lets through is 404.

Gradio answers some sixty addresses, most of them for what this page has not: uploads to a folder of its own, streams,
a proxy, an editor, icons of any size. Another site's picture tag can ask for any of them, so they stay closed.

Of the rows that match a request the first counts: what is narrower stands above.
"""

import re
from dataclasses import dataclass

from bot.storage.keys import Role

ANY = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"})
GET = frozenset({"GET"})
POST = frozenset({"POST"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
CHANGING = ANY - READING


@dataclass(frozen=True, slots=True)
class Door:
    """Requests that are let through: ``methods`` for paths that ``path`` matches as a whole, and ``why``.

    ``role`` is what whoever asks must be at least. With ``here`` they must ask from this machine itself; without
    ``guests`` nobody is let through who came by the share link with its password. What is ``unlocked`` needs neither
    password nor key: it says nothing of what is kept.

    Without ``query`` whoever answers sees no query string: Gradio would read pages and stored states from it.
    """

    path: str
    why: str
    methods: frozenset[str] = GET
    query: bool = False
    role: Role = "reader"
    here: bool = False
    guests: bool = True
    unlocked: bool = False


DOORS = (
    # Ours; its own routes say which methods. What changes anything is an editor's where no row says otherwise.
    Door(r"/api/(ask|search|suggest|wordings)(/.*)?", "asking changes nothing", ANY, query=True),
    Door(r"/api/conversations(/.*)?", "the visitor's own", ANY, query=True),
    Door(r"/api/folders(/.*)?", "names paths of this machine", ANY, query=True, role="owner", here=True),
    Door(r"/api/keys(/.*)?", "lets others in", ANY, query=True, role="owner"),
    Door(r"/api/settings(/.*)?", "holds for everybody", CHANGING, query=True, role="owner"),
    Door(r"/api/marks(/.*)?", "changes what everybody is answered", CHANGING, query=True, role="editor", guests=False),
    Door(r"/api/.+", "the HTTP API, to read", READING, query=True),
    Door(r"/api/.+", "the HTTP API, to change what is known", CHANGING, query=True, role="editor"),
    Door(r"/healthz|/readyz", "whether the server lives, and can answer", GET | {"HEAD"}, unlocked=True),
    Door(r"/metrics", "the server's figures"),
    Door(r"/docs|/openapi\.json", "the API's description"),
    Door(r"/static-offline-docs/[\w.-]{1,80}", "what /docs loads"),
    Door(r"/v1/(chat/completions|embeddings)", "what OpenAI's clients ask", POST),
    Door(r"/v1/models(/[\w.-]{1,80})?", "what OpenAI's clients choose from"),
    Door(r"/mcp", "the Model Context Protocol", POST | GET | {"DELETE"}),
    # Gradio's, for the page
    Door(r"/", "the page", GET | {"HEAD"}),
    Door(r"/assets/[\w.-]{1,80}", "Gradio's scripts and styles"),
    Door(r"/theme\.css", "the page's colours"),
    Door(r"/static/js/iframeResizer\.contentWindow\.min\.js", "the page asks for it"),
    Door(r"/favicon\.ico", "the tab's icon"),
    Door(r"/manifest\.json", "the browser asks for it, to install the page as an application"),
    Door(r"/pwa_icon/(192|512)", "the icons that the manifest names; any other size would be drawn, however large"),
    Door(r"/gradio_api/component_server/?", "the page's scripts call their functions here", POST),
    # Gradio's, for gradio_client and for curl
    Door(r"/config/?", "gradio_client: how the server is made"),
    Door(r"/gradio_api/info/?", "gradio_client: the endpoints and what they take"),
    Door(r"/gradio_api/queue/join", "gradio_client: asks", POST),
    Door(r"/gradio_api/queue/data", "gradio_client: receives the answer", query=True),
    Door(r"/gradio_api/cancel", "gradio_client: takes a question back", POST),
    Door(r"/gradio_api/call/(ask|search|documents)", "asks without gradio_client", POST),
    Door(r"/gradio_api/call/(ask|search|documents)/[0-9a-f]{32}", "receives the answer without gradio_client"),
)


def door_of(method: str, path: str) -> Door | None:
    """Return the row that lets a request through; None where it is closed. ``path`` is percent-decoded."""
    return next((door for door in DOORS if method in door.methods and re.fullmatch(door.path, path)), None)
