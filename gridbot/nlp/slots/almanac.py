"""Days that have names: festivals, solar terms, the lunar calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import TERMS_CN, InvalidLunarDateError, LunarDate

from gridbot.nlp.slots import moving


def _days(lines: str) -> dict[str, tuple[int, int]]:
    """'10-1 国庆 国庆节' a line."""
    rows = (line.split() for line in lines.strip().splitlines())
    return {word: (int(row[0].split("-")[0]), int(row[0].split("-")[1])) for row in rows for word in row[1:]}


FIXED = _days("""
1-1   元旦 元旦节 阳历新年
1-10  警察节
2-14  情人节
3-5   雷锋日
3-8   妇女节 三八妇女节 三八节
3-12  植树节
3-15  消费者权益日 国际消费者权益日 三一五
4-1   愚人节
5-1   五一 五一节 劳动节 五一劳动节 五一国际劳动节
5-4   青年节 五四青年节
5-12  护士节 减灾日
6-26  禁毒日
6-1   六一 六一节 儿童节 六一儿童节 国际儿童节
7-1   七一 建党节
8-1   八一 建军节 八一建军节
8-19  医师节
9-10  教师节
10-1  十一 国庆 国庆节
10-31 万圣节
11-8  记者节
11-9  消防日
11-11 双十一 双11
12-4  宪法日
12-5  志愿者日
12-12 双十二
12-20 澳门回归纪念日
12-24 平安夜
12-25 圣诞 圣诞节
""")
LUNAR = _days("""
1-1   春节 大年初一 正月初一 农历新年 新春 过年
1-15  元宵 元宵节 正月十五
1-5   破五
2-2   龙抬头 二月二
3-3   三月三
5-5   端午 端午节
6-6   六月六
7-7   七夕 七夕节 七月七
7-15  中元节 七月半
8-15  中秋 中秋节
9-9   重阳 重阳节 九月九 老年节 老人节
10-1  寒衣节
12-8  腊八 腊八节
12-23 小年
12-0  除夕 除夕夜 大年三十 年三十
""")
"""Month and day of the moon; day 0 is the last of the year."""
NTH_WEEKDAY = {"母亲节": (5, 2, 6), "父亲节": (6, 3, 6), "感恩节": (11, 4, 3), "助残日": (5, 3, 6)}
TERMS = {name: name for name in TERMS_CN} | {
    "清明节": "清明", "冬至节": "冬至", "丰收节": "秋分", "农民丰收节": "秋分",
    "开春": "立春", "入夏": "立夏", "入秋": "立秋", "入冬": "立冬",
}  # fmt: skip
STREET_NAMES = frozenset({"五一", "六一", "七一", "八一", "十一", "三一五"})
"""Festivals that are also in the names of streets, squares and factories."""

WEATHER = frozenset({"雨水", "大雪", "小雪", "大寒", "大暑", "霜降", "入夏", "入秋", "入冬"})
"""Solar terms that are also words for the weather."""

NAMES = tuple(sorted({*FIXED, *LUNAR, *NTH_WEEKDAY, *TERMS, *moving.NAMES}, key=len, reverse=True))


@lru_cache(maxsize=256)
def festival(name: str, year: int) -> date | None:
    """The day of a festival or solar term in `year` (for 除夕: the end of the lunar year begun in it)."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in LUNAR:
        month, day = LUNAR[name]
        return lunar(year, month, day) if day else _eve(year)
    if name in NTH_WEEKDAY:
        month, nth, weekday = NTH_WEEKDAY[name]
        return nth_weekday(year, month, nth, weekday)
    try:
        return moving.term(TERMS[name], year) if name in TERMS else moving.day(name, year)
    except (ValueError, IndexError):
        return None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The `nth` `weekday` (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=1024)
def lunar(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The solar day of a day of the lunar calendar; None where there is no such day or no table."""
    try:
        found: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    except (InvalidLunarDateError, ValueError, OverflowError, IndexError):
        return None
    return found


def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[date, date] | None:
    """First and last solar day of a lunar month."""
    first = lunar(year, month, 1, leap=leap)
    last = lunar(year, month, 30, leap=leap) or lunar(year, month, 29, leap=leap)
    return (first, last) if first and last else None


def _eve(year: int) -> date | None:
    following = lunar(year + 1, 1, 1)
    return following - timedelta(days=1) if following else None
