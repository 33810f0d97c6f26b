"""The web chat: Gradio's page over one ``Bot``. Nothing of Gradio is imported before ``mount`` is called."""

import os

from fastapi import FastAPI

from bot.engine import Bot
from bot.web.access import Access
from bot.web.gradio_inside import fetch_nothing
from bot.web.share import Sharing

STARTERS = 4
"""Questions that a page begins with."""


def mount(app: FastAPI, bot: Bot, access: Access, sharing: Sharing | None) -> None:
    """Mount the web chat at ``/`` of ``app``; Gradio takes 3 s to import."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio when it is imported
    from bot.page.blocks import mount_page
    from bot.page.share_panel import PageSharing

    # Gradio downloads any public address that a request names as a file; nothing here is ever fetched.
    fetch_nothing()
    mount_page(app, bot, access, PageSharing(access, sharing))
