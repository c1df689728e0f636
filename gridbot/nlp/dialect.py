"""Words of the south that stand, sign for sign, for words of the standard language.

Lengths stay the same, so that what is found lies at the same place in the text as written.
"""

from __future__ import annotations

_SIGNS = str.maketrans(
    {
        "冇": "没", "咗": "了", "嘅": "的", "喺": "在", "嗰": "那", "唔": "不", "佢": "他", "哋": "们", "睇": "看",
        "搵": "找", "嚟": "来", "瞓": "睡", "氹": "坑", "凼": "坑", "啲": "点", "喽": "了", "咯": "了", "嘞": "了", "啰": "了",
        "俾": "被", "嬲": "气", "企": "企", "恁": "你", "俺": "我", "哩": "的", "噶": "呢", "嘢": "事", "涌": "河", "攞": "拿",
    }
)  # fmt: skip
_PHRASES = (
    ("几时", "何时"), ("屋企", "家里"), ("细路", "小孩"), ("边个", "哪个"), ("边度", "哪里"), ("点样", "怎样"), ("而家", "现在"), ("隔篱", "隔壁"),
    ("咩", "啥"), ("电体", "电梯"), ("拉圾", "垃圾"), ("垃级", "垃圾"), ("楼到", "楼道"), ("路登", "路灯"), ("噪因", "噪音"), ("停车未", "停车位"),
    ("下水到", "下水道"), ("木有", "没有"), ("米有", "没有"), ("么有", "没有"), ("莫得", "没得"), ("仲未", "还没"), ("漏睡", "漏水"), ("听水", "停水"), ("亭电", "停电"),
)  # fmt: skip
_MARKED = frozenset(map(chr, _SIGNS))


def plain(text: str) -> str:
    """`text` (folded) with southern signs and a few slips of typing replaced; same length."""
    if not _MARKED.isdisjoint(text):
        text = text.translate(_SIGNS)
    for written, meant in _PHRASES:
        if written in text:
            text = text.replace(written, meant)
    return text
