"""Words of the south that stand, sign for sign, for words of the standard language.

Lengths stay the same, so that what is found lies at the same place in the text as written.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from gridbot.nlp.scan import Lookout

_SLIPS = Path(__file__).parent.parent / "rules" / "slips.toml"
_SOUTHERN = "冇咗嘅喺嗰唔佢哋睇搵嚟瞓氹凼啲喽咯嘞啰俾嬲恁俺哩噶嘢涌攞咩"
_STANDARD = "没了的在那不他们看找来睡坑坑点了了了了被气你我的呢事河拿啥"
_SIGNS = str.maketrans(_SOUTHERN, _STANDARD)
_MARKED = frozenset(_SOUTHERN)

_PHRASES = (
    ("几时", "何时"),
    ("屋企", "家里"),
    ("细路", "小孩"),
    ("边个", "哪个"),
    ("边度", "哪里"),
    ("点样", "怎样"),
    ("而家", "现在"),
    ("隔篱", "隔壁"),
    ("仲未", "还没"),
    ("木有", "没有"),
    ("米有", "没有"),
    ("莫得", "没得"),
    *tomllib.loads(_SLIPS.read_text(encoding="utf-8"))["slips"].items(),
)
"""Southern words and slips of typing (rules/slips.toml), each with what is meant."""


SUSPECTED = frozenset([*_SOUTHERN, *(written for written, _ in _PHRASES)])
"""Of these something is in every text in which something is replaced."""

_suspected = Lookout(SUSPECTED)


def plain(text: str) -> str:
    """`text` (folded) with southern signs and a few slips of typing replaced; same length."""
    if not _suspected.any(text):
        return text
    if not _MARKED.isdisjoint(text):
        text = text.translate(_SIGNS)
    for written, meant in _PHRASES:
        if written in text:
            text = text.replace(written, meant)
    return text
