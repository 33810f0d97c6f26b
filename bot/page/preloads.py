"""Which of Gradio's files the page needs, told with the page itself: a phone need not find them one behind another."""

import re
from pathlib import Path

import gradio
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BUILT = Path(gradio.__file__).parent / "templates" / "frontend"
_PARTS = ("html", "row", "column")
"""Gradio's components that the page is made of."""
_ENTRY = re.compile(r'src="\./assets/(index-[\w-]+\.js)"')
_STATIC = re.compile(r'(?:import|from)\s*"\./([\w.-]+\.js)"')
_LISTED = re.compile(r"\(m\.f=\[([^\]]*)\]")
"""A file's list of what it may load, to which it points by numbers."""
_LATER = r"import\(`\./([\w-]+\.js)`\)(?:\.then\(\w+=>\w+\.\w+\))?,__vite__mapDeps\(\[([\d,]*)\]\)"
"""A script that a file loads later, with the numbers of what that needs."""
_WANTED = (
    re.compile(r"import\(`\./(Blocks-[\w-]+\.js)`\)[^`]*?__vite__mapDeps\(\[([\d,]*)\]\)"),
    *(re.compile(rf"\b{part}:\{{(?:\w+:[^{{}}]*?)??component:\(\)=>\w+\(\(\)=>{_LATER}") for part in _PARTS),
)


def needed(built: Path = _BUILT) -> tuple[str, ...]:
    """Return the scripts and styles that every visit loads, by their names in ``assets/``.

    They are found in the files of the Gradio that is installed; one that is built otherwise gives few names, or none.
    """
    entry = _ENTRY.search(_text(built / "index.html"))
    if entry is None:
        return ()
    assets = built / "assets"
    names = [entry[1], *_listed(_text(assets / entry[1]))]
    for text in [_text(assets / name) for name in names if name.endswith(".js")]:
        listed = _listed(text)
        if not listed:
            continue
        for wanted in _WANTED:
            for name, numbers in wanted.findall(text):
                names += [name, *(listed[int(number)] for number in numbers.split(",") if number)]
    names = list(dict.fromkeys(names))
    for name in names:  # grows while it is gone through
        if name.endswith(".js"):
            names += [found for found in _STATIC.findall(_text(assets / name)) if found not in names]
    return tuple(name for name in names if (assets / name).is_file())


def _listed(text: str) -> list[str]:
    found = _LISTED.search(text)
    return re.findall(r'"\./([\w.-]+)"', found[1]) if found else []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


class Preloads:
    """ASGI middleware: names the files in a header of the page, so that they are asked for at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._link = ", ".join(
            f"</assets/{name}>; rel=modulepreload" if name.endswith(".js")
            else f"</assets/{name}>; rel=preload; as=style; crossorigin" for name in needed()
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["path"] != "/" or not self._link:
            await self._app(scope, receive, send)
            return

        async def send_with_names(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["link"] = self._link
            await send(message)

        await self._app(scope, receive, send_with_names)
