"""A digest as a picture, for those who forward it: needs Pillow and a font that knows Chinese."""

from __future__ import annotations

from pathlib import Path

from gridbot.errors import BadInput


def draw(text: str, file: Path) -> None:
    """Draw the lines into a PNG file; raises BadInput where this machine cannot."""
    raise BadInput("这台机器还不能画图", file=file, hint="先用文字：不写 --png")
