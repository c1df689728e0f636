"""Whether somebody is for or against what is discussed: 同意加装, 我不同意, 没必要."""

from __future__ import annotations

import re

FOR, AGAINST, OTHER = "for", "against", ""
_AGAINST = re.compile(
    r"不(?:太|大|怎么)?(?:同意|赞成|支持|愿意|想装|想要|需要|行|可以)|反对|没(?:有)?必要|别(?:装|搞|弄)|算了吧|不(?:装|搞|弄|建)"
)
_FOR = re.compile(
    r"同意|赞成|支持|赞同|没意见|没有意见|愿意|可以(?:装|搞|弄|建)?|挺好|好事|早该|应该(?:装|搞|弄|建)|\+1|举双手|附议"
)
_OPENS = re.compile(
    r"(?:我们?|我家|我们家|俺们?|俺家|咱家)?(?:都|也|是|肯定|坚决|举双手|完全)*(?:不(?:太|大)?(?:同意|赞成|支持)|反对|同意|赞成|支持|赞同|没意见)"
)
_PLEDGE = re.compile(
    r"认捐|(?:承诺|愿意|同意|[我俺咱](?:们|家|们家)?).{0,4}(?:捐|出工|出力|出钱|出资|出料|出[0-9一二两三四五六七八九十]+)"
)
_NO_PLEDGE = re.compile(r"不(?:想|愿意?|会|能|同意)?(?:再)?(?:捐|出)|别捐|凭什么|捐过|捐了|让.{0,4}捐")
_QUESTION = re.compile(r"[?？]|吗|多少钱|怎么")


def find(text: str) -> str:
    """FOR, AGAINST, or OTHER for a question or an opinion that is neither."""
    if _AGAINST.search(text):
        return AGAINST
    if _FOR.search(text) and not _QUESTION.search(text):
        return FOR
    return OTHER


def opens(text: str) -> bool:
    """Whether a text begins like a vote: 同意加装, 我家不赞成."""
    return _OPENS.match(text) is not None


def pledged(text: str) -> bool:
    """Whether somebody promises hands, things or money: 我家认捐300, 承诺出工两天."""
    if "捐" not in text and "出" not in text:
        return False
    return _PLEDGE.search(text) is not None and not (_NO_PLEDGE.search(text) or _QUESTION.search(text))
