"""Which line of a list somebody means: 第二个, 最后那个, 头一个."""

from __future__ import annotations

import re

from gridbot.nlp.slots import doing, house_words, quantity

_NTH = re.compile(
    r"^(?:就|选|我?[说要指]?的?是|那|嗯|[,， ])*第(?P<n>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?:个|件|条|项|单|户|家|行)?(?:那个|的|吧|啊|呀|哈|了|[。!！~～ ])*"
    r"(?:我?[先就]?(?:来|去|接|办|弄|管|处理)(?:吧|了|一下|[。!！~～ ])*)?$"
)
_ENDS = re.compile(
    r"^(?:就|选|我?[说要指]?的?是|[,， ])*(?P<which>头一|最上面|最前面|最后面|最后|末尾|最下面|最底下)"
    r"(?:一)?(?:那)?(?:个|件|条|项|单)?(?:的|吧|啊|呀|哈|[。!！~～ ])*"
    r"(?:我?[先就]?(?:来|去|接|办|弄|管|处理)(?:吧|了|一下|[。!！~～ ])*)?$"
)
_FIRST = frozenset({"头一", "最上面", "最前面"})


def ordinal(text: str, of: int) -> int | None:
    """The line, counted from 1, that the words name by its place among `of` lines; None for other words."""
    text = text.strip()
    if (found := _NTH.match(text)) is not None:
        n = quantity.number(found["n"])
        return n if n is not None and 1 <= n <= of else None
    if (found := _ENDS.match(text)) is not None and of:
        return 1 if found["which"] in _FIRST else of
    return None


def points(text: str) -> bool:
    """Whether a few words do no more than name a line of a list: 第二个, 漏水那家, 702."""
    text = text.strip()
    if ordinal(text, _MANY) is not None or house_words.bare_room(text):
        return True
    return len(text) <= _SHORT and doing.points(text) and doing.find(text) == doing.OTHER


_MANY = 99  # lines of whatever list
_SHORT = 14  # characters: more words tell something of their own
