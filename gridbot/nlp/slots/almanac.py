"""Days that have names: festivals, solar terms, the lunar calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import TERMS_CN, InvalidLunarDateError, LunarDate, TermUtils

FIXED = {
    **{
        "元旦": (1, 1),
        "元旦节": (1, 1),
        "阳历新年": (1, 1),
        "情人节": (2, 14),
        "妇女节": (3, 8),
        "三八妇女节": (3, 8),
    },
    **{"三八节": (3, 8), "植树节": (3, 12), "消费者权益日": (3, 15), "愚人节": (4, 1), "劳动节": (5, 1)},
    **{"五一劳动节": (5, 1), "五一国际劳动节": (5, 1), "五一节": (5, 1), "五一": (5, 1), "青年节": (5, 4)},
    **{
        "儿童节": (6, 1),
        "国际儿童节": (6, 1),
        "六一儿童节": (6, 1),
        "六一节": (6, 1),
        "建党节": (7, 1),
        "七一": (7, 1),
    },
    **{
        "建军节": (8, 1),
        "八一建军节": (8, 1),
        "教师节": (9, 10),
        "国庆": (10, 1),
        "国庆节": (10, 1),
        "十一": (10, 1),
    },
    **{
        "双十一": (11, 11),
        "双11": (11, 11),
        "平安夜": (12, 24),
        "圣诞": (12, 25),
        "圣诞节": (12, 25),
        "六一": (6, 1),
    },
    **{
        "万圣节": (10, 31),
        "双十二": (12, 12),
        "国际消费者权益日": (3, 15),
        "三一五": (3, 15),
        "澳门回归纪念日": (12, 20),
        "消防日": (11, 9),
    },
}
LUNAR = {
    **{
        "春节": (1, 1),
        "大年初一": (1, 1),
        "正月初一": (1, 1),
        "农历新年": (1, 1),
        "新春": (1, 1),
        "过年": (1, 1),
    },
    **{
        "元宵": (1, 15),
        "元宵节": (1, 15),
        "正月十五": (1, 15),
        "龙抬头": (2, 2),
        "端午": (5, 5),
        "端午节": (5, 5),
    },
    **{
        "七夕": (7, 7),
        "七夕节": (7, 7),
        "中元节": (7, 15),
        "中秋": (8, 15),
        "中秋节": (8, 15),
        "重阳": (9, 9),
    },
    **{
        "重阳节": (9, 9),
        "腊八": (12, 8),
        "腊八节": (12, 8),
        "小年": (12, 23),
        "除夕": (12, 0),
        "大年三十": (12, 0),
    },
    **{"年三十": (12, 0), "除夕夜": (12, 0)},
}
NTH_WEEKDAY = {"母亲节": (5, 2, 6), "父亲节": (6, 3, 6), "感恩节": (11, 4, 3)}
TERMS = {name: i for i, name in enumerate(TERMS_CN)} | {"清明节": TERMS_CN.index("清明")}
STREET_NAMES = frozenset({"五一", "六一", "七一", "十一", "三一五"})
"""Festivals that are also in the names of streets, squares and factories."""

NAMES = tuple(sorted({*FIXED, *LUNAR, *NTH_WEEKDAY, *TERMS}, key=len, reverse=True))


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
    return _term(name, year)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The `nth` `weekday` (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=256)
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


def leap_month(year: int, month: int) -> bool:
    """Whether the lunar `year` repeats `month`."""
    return lunar(year, month, 1, leap=True) is not None


def _eve(year: int) -> date | None:
    following = lunar(year + 1, 1, 1)
    return following - timedelta(days=1) if following else None


def _term(name: str, year: int) -> date | None:
    """小寒 and 大寒 belong to the winter that began in the year before."""
    index = TERMS[name]
    try:
        found: date = TermUtils.nth_term_day(year, index)
    except (ValueError, IndexError, KeyError):
        return None
    return found
