"""Logging: a constant phrase and ids on standard error; never a message's text, a name or a telephone."""

from __future__ import annotations

import logging
import sys


def setup(level: str = "INFO") -> None:
    """Send every record to standard error, one line each; calling it again only changes the level."""
    root = logging.getLogger()
    root.setLevel(level.upper())
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root.addHandler(handler)
    for noisy in ("aiohttp.access", "tortoise", "asyncio", "jieba"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
    # A tick that is still at work is not started twice; saying so each second helps nobody.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
