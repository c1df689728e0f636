"""A page of SVG drawn into a PNG: needs the extra `png` (resvg_py) and a font that knows Chinese."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

import jinja2

from gridbot.errors import BadInput

WIDTH = 1080  # pixels

# Families that know Chinese, as systems name them; and where their files may lie.
FAMILIES = (
    "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, WenQuanYi Micro Hei, WenQuanYi Zen Hei, "
    "Microsoft YaHei, PingFang SC, sans-serif"
)
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansSC-Regular.ttf",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)


def write_png(page: str, file: Path) -> None:
    """Draw it; raises BadInput where this machine cannot, or the file cannot be written."""
    try:
        resvg = import_module("resvg_py")
    except ImportError as error:
        raise BadInput("这台机器还不能画图", file=file, hint="先装：pip install 'gridbot[png]'") from error
    if not any(Path(font).is_file() for font in FONTS):
        raise BadInput("没有找到中文字体", file=file, hint="装 fonts-noto-cjk 或 fonts-wqy-microhei")
    try:
        file.write_bytes(resvg.svg_to_bytes(svg_string=page))
    except OSError as error:
        raise BadInput(f"图片存不下来：{error}", file=file, hint="换一个能写的位置") from error


@cache
def template(name: str) -> jinja2.Template:
    """A page that lies beside this module."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True).get_template(name)
