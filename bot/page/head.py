"""What the parts of the page have in common: scripts and rules for media in the page's head, and the styles."""

import json
from pathlib import Path

from bot.page.words import FOLDER, words

SCRIPTS = (
    "page.js",
    "look.js",
    "text.js",
    "choices.js",
    "tree.js",
    "tags.js",
    "facts.js",
    "dropped.js",
    "sending.js",
    "adding.js",
    "folderrow.js",
    "docrow.js",
    "synonyms.js",
    "calls.js",
    "trace.js",
    "marks.js",
    "places.js",
    "grid.js",
    "writing.js",
    "written.js",
    "wordings.js",
    "modes.js",
    "writer.js",
    "answers.js",
    "layers.js",
    "links.js",
    "paper.js",
    "picking.js",
    "shown.js",
    "contents.js",
    "finding.js",
    "taken.js",
    "earlier.js",
)
"""In this order: the first makes what the others add to."""

STYLES = (
    *(
        "colours.css",
        "frame.css",
        "side.css",
        "library.css",
        "dialogs.css",
        "settings.css",
        "trace.css",
        "talk.css",
        "answers.css",
        "written.css",
        "composer.css",
        "reader.css",
        "paper.css",
        "shown.css",
        "card.css",
    ),
    *("share.css", "narrow.css"),
)
"""In this order: of two rules that weigh the same the later one counts."""

MEDIA = "media.css"


def head() -> str:
    """Return the markup for the page's head: the scripts with the page's words, and the rules for media."""
    script, *further = (_text(name) for name in SCRIPTS)
    script = script.replace("WORDS", json.dumps(words(), ensure_ascii=False))
    return f"<script>{chr(10).join([script, *further])}</script><style>{_text(MEDIA)}</style>"


def styles() -> list[Path]:
    """Return the paths of the style sheets."""
    return [FOLDER / name for name in STYLES]


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
