"""Every setting on one page, made of the settings: ``python -m tests.configuration`` writes docs/configuration.md."""

import sys
from pathlib import Path
from typing import get_args

from bot.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"
_HEAD = """# Configuration

Settings come from the environment; an option of the command line comes first, an empty variable is none. What is not
allowed is said in one line, and nothing is started. Made of `bot/settings.py` by `python -m tests.configuration`.

| setting | default | meaning |
| --- | --- | --- |
"""


def page() -> str:
    """Return the page's text."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "none" if field.default in (None, "") else f"`{field.default}`"
        if isinstance(field.default, Path):
            default = "`seeds/` here" if field.default.is_absolute() else f"`{field.default}`"
        choices = [repr(choice).strip("'") for choice in get_args(field.annotation) if isinstance(choice, str)]
        one_of = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
        limits = [f"{word} {getattr(limit, at):g}" for limit in field.metadata
                  for at, word in (("ge", "at least"), ("le", "at most")) if hasattr(limit, at)]  # fmt: skip
        allowed = f" ({', '.join(limits)})" if limits else ""
        rows.append(f"| `YOUJU_{name.upper()}` | {default} | {field.description}{one_of}{allowed} |\n")
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} written\n")
