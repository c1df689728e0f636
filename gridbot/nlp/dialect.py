"""Words of the south that stand, sign for sign, for words of the standard language.

Lengths stay the same, so that what is found lies at the same place in the text as written.
"""

from __future__ import annotations

import re

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
    ("么有", "没有"),
    ("莫得", "没得"),
    ("电体", "电梯"),
    ("拉圾", "垃圾"),
    ("垃级", "垃圾"),
    ("楼到", "楼道"),
    ("路登", "路灯"),
    ("噪因", "噪音"),
    ("下水到", "下水道"),
    ("听水", "停水"),
    ("亭电", "停电"),
)
"""Southern words and slips of typing, each with what is meant."""


_SUSPECTED = re.compile(f"[{''.join(_MARKED)}]|{'|'.join(written for written, _ in _PHRASES)}")
"""Found in every text in which something is replaced."""


def plain(text: str) -> str:
    """`text` (folded) with southern signs and a few slips of typing replaced; same length."""
    if not _SUSPECTED.search(text):
        return text
    if not _MARKED.isdisjoint(text):
        text = text.translate(_SIGNS)
    for written, meant in _PHRASES:
        if written in text:
            text = text.replace(written, meant)
    return text
