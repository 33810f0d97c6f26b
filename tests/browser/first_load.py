"""What a first visit costs, in bytes and in time until one can ask: ``python -m tests.browser.first_load``.

On a phone as Chromium imitates a slow one: a processor four times slower, and the network of its presets.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from bot.engine import Bot
from bot.settings import Settings
from tests.browser.serving import SEEDS, chromium, serving

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "zh-CN",
}  # fmt: skip
SLOWER = 4
"""As a phone of the middle range in Chromium's presets."""
NETWORKS = {
    "at home (no limit)": None,
    "Fast 4G": {"latency": 165, "downloadThroughput": 9e6 / 8 * 0.9, "uploadThroughput": 1.5e6 / 8 * 0.9},
    "Slow 4G": {"latency": 562.5, "downloadThroughput": 1.6e6 / 8 * 0.9, "uploadThroughput": 0.75e6 / 8 * 0.9},
}
"""The presets of Chromium's own tools: milliseconds, bytes a second."""
USABLE = """
  (() => {
    const look = () => {
      const box = document.querySelector("#question textarea");
      const first = document.querySelector("#documents .documents li");
      if ((box || document.querySelector("#ahead textarea"))?.placeholder) window.typed ??= performance.now();
      if (box?.placeholder && first) window.whole = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })();
"""
"""One can type a question and send it; all of the page is there, and shows which documents there are."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came for an address: bytes on the wire (0: from the browser's cache), and whether it is Gradio's own."""

    path: str
    size: int
    gradio: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: what was sent, and the milliseconds until a question can be typed, and until all is there."""

    sent: tuple[Sent, ...]
    typed: float
    whole: float

    def size(self, *, gradio: bool) -> int:
        """Return the bytes that were sent of what is Gradio's, or of what is ours."""
        return sum(each.size for each in self.sent if each.gradio == gradio)


def is_gradio(path: str) -> bool:
    """Tell whether an address is one of Gradio's own files; the page itself, which carries our scripts, is ours."""
    return path.startswith(("/assets/", "/static/", "/gradio_api/", "/theme.css", "/manifest.json", "/svelte"))


def visit(context: BrowserContext, address: str, network: dict[str, Any] | None, slower: float) -> Visit:
    """Open the page once in a context, whose cache may know it already."""
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    if network:
        tools.send("Network.emulateNetworkConditions", {"offline": False, **network})
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}
    tools.on("Network.requestWillBeSent", lambda sent: paths.update({sent["requestId"]: sent["request"]["url"]}))
    tools.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: int(done["encodedDataLength"])}))
    page.add_init_script(USABLE)
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.whole", timeout=120_000)
    typed, whole = page.evaluate("[window.typed, window.whole]")
    page.wait_for_load_state("networkidle")
    addresses = ((urlsplit(paths[key]), size) for key, size in sizes.items() if key in paths)
    sent = [Sent(url.path, size, is_gradio(url.path)) for url, size in addresses if url.scheme.startswith("http")]
    page.close()
    return Visit(tuple(sent), typed, whole)


def visits(browser: Browser, address: str, network: dict[str, Any] | None, slower: float = SLOWER) -> list[Visit]:
    """Return a first visit and a second one, by the same browser."""
    context = browser.new_context(**PHONE)
    made = [visit(context, address, network, slower) for _ in range(2)]
    context.close()
    return made


def main(say: Callable[[str], object], rounds: int) -> None:
    """Print what was sent, the largest first, and the median times."""
    settings = Settings(home=Path(tempfile.mkdtemp(prefix="youju-first-")), seeds=None, reader="off")
    with Bot.open(settings=settings) as bot, chromium() as browser:
        bot.add(SEEDS)
        with serving(bot) as address:
            visits(browser, address, None)  # the server's own first time
            for name, network in NETWORKS.items():
                made = [visits(browser, address, network) for _ in range(rounds)]
                for which, label in enumerate(("first", "second")):
                    each = [one[which] for one in made]
                    ours, gradio = (each[0].size(gradio=whose) / 1e3 for whose in (False, True))
                    typed, whole = (
                        statistics.median(getattr(one, what) for one in each) for what in ("typed", "whole")
                    )
                    say(
                        f"{name}, {label} visit: one can type after {typed:.0f} ms, all is there after {whole:.0f} ms; "
                    )
                    say(f"ours {ours:.0f} KB, Gradio's {gradio:.0f} KB in {len(each[0].sent)} requests\n")
            for sent in sorted(made[0][0].sent, key=lambda sent: -sent.size)[:25]:
                say(f"  {sent.size / 1e3:7.1f} KB  {sent.path}\n")


if __name__ == "__main__":
    started = time.perf_counter()
    main(sys.stdout.write, int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    sys.stdout.write(f"{time.perf_counter() - started:.0f} s\n")
