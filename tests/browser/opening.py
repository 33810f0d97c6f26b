"""How long the page's list of 2,000 documents takes in Chromium: ``python -m tests.browser.opening``."""

import statistics
import sys
import tempfile
from pathlib import Path

from bot.engine import Bot
from bot.settings import Settings
from tests.browser.serving import chromium, serving, visiting

DOCUMENTS = 2000
ROUNDS = 8  # even: what is switched on is off again

# From asking the server for the list until its first lines are laid out; and what a person does with it.
MEASURED = {
    "opened": """
        document.querySelector("#documents .documents").replaceChildren();
        document.dispatchEvent(new CustomEvent("youju-changed"));
        while (!document.querySelector("#documents .documents li")) await new Promise(requestAnimationFrame);""",
    "filtered by a word": """
        const filter = document.querySelector("#documents .filter");
        filter.value = filter.value ? "" : "仓库";
        filter.dispatchEvent(new Event("input"));""",
    "sorted": """
        const sort = document.querySelector("#documents .sort");
        sort.value = sort.value === "date" ? "kind" : "date";
        sort.dispatchEvent(new Event("change"));""",
    "folder of 1,000 opened or closed": 'document.querySelector("#documents .folder .open").click();',
}


def main() -> None:
    """Print the median and the worst of each, in milliseconds."""
    files = (
        (f"{'' if n % 2 else '仓库/'}关于印发第{n}号仓库管理办法的通知.txt", f"第{n}号仓库存放货物。".encode(), None)
        for n in range(DOCUMENTS)
    )
    with (
        tempfile.TemporaryDirectory(prefix="youju-opening-") as home,
        Bot.open(settings=Settings(home=Path(home), seeds=None, reader="off")) as bot,
    ):
        bot.add_files(files)
        with serving(bot) as address, chromium() as browser, visiting(browser, address) as page:
            for name, script in MEASURED.items():
                timed = f"async () => {{ const began = performance.now(); {script} document.body.offsetHeight;"
                took = [page.evaluate(f"{timed} return performance.now() - began; }}") for _ in range(ROUNDS)]
                sys.stdout.write(f"{name}: {statistics.median(took):.0f} ms, at worst {max(took):.0f} ms\n")


if __name__ == "__main__":
    main()
