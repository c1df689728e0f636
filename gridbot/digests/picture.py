"""A digest as a picture, for those who forward it: needs Pillow and a font that knows Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gridbot.errors import BadInput

WIDTH, MARGIN, LEADING = 750, 40, 1.55  # pixels of a phone's screen; line height by font size
TITLE_SIZE, TEXT_SIZE = 36, 30
PAPER, INK, BAND, TITLE_INK = "#ffffff", "#1f2933", "#0b6bcb", "#ffffff"

# Where systems keep a font that knows Chinese; the first one found is used.
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansSC-Regular.ttf",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)


def draw(text: str, file: Path) -> None:
    """Draw the lines into a PNG file; raises BadInput where this machine cannot."""
    try:
        image, drawing, fonts = (import_module(f"PIL.{part}") for part in ("Image", "ImageDraw", "ImageFont"))
    except ImportError as error:
        raise BadInput(
            "这台机器还不能画图", file=file, hint="先装 Pillow：pip install pillow zhplot"
        ) from error
    path = _font(file)
    title_font, text_font = (fonts.truetype(str(path), size) for size in (TITLE_SIZE, TEXT_SIZE))
    title, *lines = text.splitlines() or [""]
    heads = list(_wrapped(title, title_font))
    rows = [row for line in lines for row in _wrapped(line, text_font)]
    band = int(len(heads) * TITLE_SIZE * LEADING) + MARGIN
    height = band + int(len(rows) * TEXT_SIZE * LEADING) + 2 * MARGIN
    picture = image.new("RGB", (WIDTH, height), PAPER)
    pen = drawing.Draw(picture)
    pen.rectangle((0, 0, WIDTH, band), fill=BAND)
    _write(pen, heads, title_font, TITLE_INK, MARGIN // 2, TITLE_SIZE)
    _write(pen, rows, text_font, INK, band + MARGIN, TEXT_SIZE)
    try:
        picture.save(file, "PNG")
    except OSError as error:
        raise BadInput(f"图片存不下来：{error}", file=file, hint="换一个能写的位置") from error


def _font(file: Path) -> Path:
    """A font that knows Chinese: the system's, else the one that comes with zhplot."""
    package = find_spec("zhplot")
    carried = (
        [Path(place) / "fonts" for place in (package.submodule_search_locations or ())] if package else []
    )
    known = [*map(Path, FONTS), *(font for folder in carried for font in sorted(folder.glob("*.[ot]tf")))]
    found = next((font for font in known if font.is_file()), None)
    if found is None:
        raise BadInput("没有找到中文字体", file=file, hint="装 fonts-noto-cjk，或 pip install zhplot")
    return found


def _wrapped(line: str, font: Any) -> Iterator[str]:
    """The line in pieces that fit between the margins."""
    piece = ""
    for character in line:
        if piece and font.getlength(piece + character) > WIDTH - 2 * MARGIN:
            yield piece
            piece = ""
        piece += character
    yield piece


def _write(pen: Any, rows: list[str], font: Any, ink: str, top: int, size: int) -> None:
    for number, row in enumerate(rows):
        pen.text((MARGIN, top + int(number * size * LEADING)), row, font=font, fill=ink)
