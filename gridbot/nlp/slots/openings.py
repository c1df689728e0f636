"""Where in a text a time may begin: a quick sieve, so that most chatter costs next to nothing."""

from __future__ import annotations

import re

from gridbot.nlp.slots import almanac
from gridbot.nlp.slots.timewords import DAY_PARTS, DAYS, HAN, PARTS, YEARS

_WORDS = """
月初 月中 月底 月末 年初 年中 年底 年末 岁末 农历 阴历 旧历 正月 腊月 冬月 大年初 每月 本季度
春天 夏天 秋天 冬天 春季 夏季 秋季 冬季 春里 夏里 秋里 冬里 暑假 寒假 周 星期 礼拜 上世纪 本世纪
就在 刚 方才 现在 此刻 此时 目前 当前 这会 这阵 而家 依家 宜家 家下 这些 这俩 最近 好几
未来 今后 接下来 之后 过去 截止 截至
"""
_GOES_ON = (
    rf"(?=[0-9{HAN}.半几]{{0,12}}[多来余拉]?\s?(?:[点时月日号年天周半分秒钟刻小星礼世季晚:/~到至、—–.-]|个[半多小钟月周星礼季来]|[pPaA][mM]?)"
    r"|[0-9]{7}|[0-9]{3}\s[0-9])"
)
_NO_HOUSE = r"(?!\s?[-~]\s?[0-9]{3,4}(?![0-9年])|[0-9]{0,3}\s?号楼)"  # 3-502, 12号楼
_WEEK_OR_MONTH = r"(?=[上下个一周星礼月年季半第首天几两二三四五六七八九0-9])"
_SOME = rf"(?=[0-9{HAN}几数半月])"


def _pattern() -> re.Pattern[str]:
    """One alternative for each first character: the engine then skips to those characters at once."""
    after: dict[str, list[str]] = {}
    words = {*DAY_PARTS, *DAYS, *YEARS, *almanac.NAMES, *_WORDS.split(), *(p for p in PARTS if len(p) > 1)}
    for word in sorted(words, key=len, reverse=True):
        after.setdefault(word[0], []).append(re.escape(word[1:]))
    for c in "0123456789":
        after.setdefault(c, []).append(rf"(?<![0-9.]{c}){_NO_HOUSE}{_GOES_ON}")
    for c in f"{HAN}半几数俩仨":
        after.setdefault(c, []).append(rf"(?<![{HAN}]{c})(?![{HAN}]{{0,2}}号楼){_GOES_ON}")
    for chars, then in (
        ("上下这本今当每", _WEEK_OR_MONTH),
        ("前后近第初闰廿", _SOME),
        ("早晚", rf"(?=\s?[0-9{HAN}])"),
        ("Qq", "(?=[1-4]季)"),
        ("再过", rf"(?=[过有]?[0-9{HAN}半几])"),
        ("从自打由到至直", rf"(?=到?\s?[{''.join(after)}])"),
    ):
        for c in chars:
            after.setdefault(c, []).append(then)
    return re.compile("|".join(f"{c}(?:{'|'.join(tails)})" for c, tails in after.items()))


openings = _pattern().finditer
"""Every place of a text where a time may begin, in order; call with the text."""
