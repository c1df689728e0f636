"""Where in a text a time may begin: a quick sieve, so that most texts cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from gridbot.nlp.slots import almanac
from gridbot.nlp.slots.timewords import DAY_PARTS, DAYS, HAN, PARTS, YEARS

_WORDS = """
月初 月中 月底 月末 年初 年中 年底 年末 岁末 农历 阴历 旧历 正月 腊月 冬月 大年初 每月 本季度
春天 夏天 秋天 冬天 春季 夏季 秋季 冬季 春里 夏里 秋里 冬里 暑假 寒假 周 星期 礼拜 上世纪 本世纪
就在 刚 方才 现在 此刻 此时 目前 当前 眼下 这会 这阵 而家 依家 宜家 家下 这些 这俩 最近 好几
未来 今后 接下来 之后 过去 截止 截至
今明 明后 昨今 前昨 双休 工作日 年前 年后 年内 月内 年之内 月之内 过完年 过了年 上旬 中旬 下旬
这世纪 个把 多年 多日 前些 今春 今夏 今秋 今冬 去冬 去春 去夏 去秋 明春 明夏 明秋 明冬
元月 二月二 三月三 六月六 七月七 九月九 七月半
"""
_NAMES = {*DAY_PARTS, *DAYS, *YEARS, *_WORDS.split(), *(part for part in PARTS if len(part) > 1)}
_ALL_NAMES = sorted({*_NAMES, *almanac.NAMES}, key=len, reverse=True)
_NUMERALS = f"{HAN}半几数俩仨"
_UNIT = "点时月日号年天周半分秒钟刻小星礼世季晚夜宿整工自:/~到至、—–."
_BEHIND_NUMBER = rf"0-9{HAN}.半几百千万多来余拉个\s{_UNIT}pPaA-"
_GOES_ON = (
    rf"(?=[0-9{HAN}.半几百千万]{{0,12}}[多来余拉]?个?\s?(?:[{_UNIT}-]|[多来][小月钟周星礼季年]|[pPaA][mM]?)"
    r"|[0-9]{7}|[0-9]{3}\s[0-9])"
)
_NO_HOUSE = r"(?!\s?[-~]\s?[0-9]{3,4}(?![0-9年])|[0-9]{0,3}\s?号楼)"  # 3-502, 12号楼
_WEEK_OR_MONTH = "上下个一周星礼月年季半第首天几两二三四五六七八九0-9"
_SOME = f"0-9{HAN}几数半月"
_LEADS = (
    ("上下这本今当每", _WEEK_OR_MONTH, f"(?=[{_WEEK_OR_MONTH}])"),
    ("前后近第初闰廿", _SOME, f"(?=[{_SOME}])"),
    ("早晚", rf"\s0-9{HAN}", rf"(?=\s?[0-9{HAN}])"),
    ("Qq", "1-4", "(?=[1-4]季)"),
    ("再过还", f"过有等要0-9{HAN}半几数", rf"(?=[过有等要]*[0-9{HAN}半几数])"),
    ("好", "几多些", "(?=[几多些]个?[天年月周星小])"),
    ("差", rf"\s0-9{HAN}", rf"(?=\s?[0-9{HAN}]{{1,3}}[分刻])"),
)
"""Characters that lead to a time, what may stand next behind them, and all that must."""
_FROM_TO = "从自打由到至直"
_BEGINS = f"0-9{HAN}上下这本今当每元春五六七十端国除" + "".join({name[0] for name in _NAMES})


def _sieve() -> re.Pattern[str]:
    """What may begin a time by the character behind it: lets a few more through than there are."""
    leads, behind_leads = ("".join(column) for column in list(zip(*_LEADS, strict=True))[:2])
    first = "".join(name[0] for name in _ALL_NAMES) + _NUMERALS + leads + _FROM_TO
    behind = "".join(name[1:2] for name in _ALL_NAMES) + behind_leads + rf"到\s{_BEGINS}{_BEHIND_NUMBER}"
    alone = "".join(name for name in _ALL_NAMES if len(name) == 1)
    no_house = r"(?<![0-9][0-9])(?![0-9]{0,3}(?:号楼|[栋幢]))"
    return re.compile(rf"[0-9{first}](?:(?=[{behind}])|(?<=[{alone}]))(?:(?<![0-9])|{no_house})")


def _tails() -> dict[str, list[str]]:
    """By the first character of what may begin a time, what follows it there."""
    after: dict[str, list[str]] = {}
    for name in _ALL_NAMES:
        after.setdefault(name[0], []).append(re.escape(name[1:]))
    for c in "0123456789":
        after.setdefault(c, []).append(rf"(?<![0-9]{c})(?<![0-9]\.{c}){_NO_HOUSE}{_GOES_ON}")
    for c in _NUMERALS:
        after.setdefault(c, []).append(rf"(?<![{HAN}]{c})(?![{HAN}]{{0,2}}号楼){_GOES_ON}")
    for chars, _, then in (*_LEADS, (_FROM_TO, "", rf"(?=到?\s?[{_BEGINS}])")):
        for c in chars:
            after.setdefault(c, []).append(then)
    return after


_SIEVE, _TAILS = _sieve(), _tails()


@cache
def _opening(char: str) -> re.Pattern[str]:
    """What may begin a time and begins with `char`: one pattern for all would be tried from end to end."""
    return re.compile(f"{char}(?:{'|'.join(_TAILS[char])})")


def openings(text: str) -> Iterable[int]:
    """Every place of a text where a time may begin, in order."""
    first = _SIEVE.search(text)
    return _openings(text, first) if first else ()


def _openings(text: str, maybe: re.Match[str] | None) -> Iterator[int]:
    while maybe:
        at = maybe.start()
        found = _opening(text[at]).match(text, at)
        if found:
            yield at
        maybe = _SIEVE.search(text, found.end() if found else at + 1)
