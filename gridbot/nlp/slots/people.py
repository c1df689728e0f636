"""How many: people or households a text speaks of."""

from __future__ import annotations

import re

from gridbot.nlp.slots import quantity

_HAN = "零〇一二两三四五六七八九十百千俩仨"
_COUNT = re.compile(
    rf"([0-9]{{1,4}}|[{_HAN}]{{1,6}})(多|余|来)?(?:个|口|名|位|户|家)?(?:老|小|大|邻居|业主|居民|住户|群众)?(人|口人|户人家|家人|户居民|户业主|户|个孩子|个小孩|个老人|个老年人|位老人|名群众|个邻居|个业主|家)(?!民币|工|家户|行道|大附中|电|里)"
)
_PAIR = re.compile(r"(俩|仨)(?:人|老人|孩子|口子)?|([两二三四五六七八])口子")


def count(text: str) -> int | None:
    """The first count of people or households in `text` ('我们5个人', '十几户' has none), or None."""
    found = _COUNT.search(text)
    if not found:
        return None
    return quantity.number(found[1])
