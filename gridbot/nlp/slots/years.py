"""Years, quarters and seasons in a text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gridbot.nlp.slots import almanac, feasts
from gridbot.nlp.slots.months import in_month
from gridbot.nlp.slots.quantity import number
from gridbot.nlp.slots.span import Cursor, Span, one_day, stretch, whole_months
from gridbot.nlp.slots.timewords import HAN, N2, TO, YEARS, either

_QUARTER = re.compile(
    r"(?:第|(?<=年)(?<!一年))([一二三四1-4首])季度?|([一二三四1-4])季度|[Qq]([1-4])(?:季度)?|前([两二三])个?季度|(上|下)半年"
)
_QUARTER_END = re.compile("初|[末底]")
_FIRST_MONTHS = re.compile(rf"(前|后)({N2})个?月|第({N2})个?月|第({N2})天|最后一(?:(天)|个?(月))")
_SEASON = re.compile(
    r"(春|夏|秋|冬)(?:天|季|里)(?!小区|花园|花城|广场|家园|公馆|新城)|(暑|寒)假(?:期间)?|(?<=[年今去明前])([春夏秋冬])(?![节运天])"
)
_YEAR_OF_SEASON = re.compile("[今去明前](?=[春夏秋冬](?![节运天种耕]))")
SAME_DAY = re.compile(r"的?(?:今天|今日)")
_HALF_A_YEAR = timedelta(days=180)
_NTH_WEEK = re.compile(rf"第({N2})(?:周|个星期)")
_YEAR_END = re.compile(r"(年初|年中|年底|年末|岁末)|([初底末])(?![一二三四五六七八九十])")
_DECADE = re.compile(
    r"(上个?世纪|二十世纪|20世纪|本世纪|二十一世纪|21世纪)?([0-9]{2}|[一二三四五六七八九]{1,2}十)年代(初|中|末)?期?"
)
_CENTURY = re.compile(rf"({N2}|上个?|[本这]个?|下个?)世纪(?:(初)|(末))?")
_YEAR_GOES_ON = (
    rf"(?:{N2}|元)月|第{N2}(?:个月|周|天|个?季)|[初底末春夏秋冬]|上半|下半|首?季|[一二三四1-4]季|[前后]{N2}个?月"
    rf"|最后一|农历|正月|腊月"
    rf"|{either(almanac.NAMES)}"
)
_YEAR = re.compile(
    rf"(?:([12][0-9]{{3}}|[一二][零〇一二三四五六七八九]{{3}})(?:年(?:度|的)?|(?={TO}[12][0-9]{{3}}年))"
    rf"|([0-9]{{2}}|[零〇一二三四五六七八九]{{2}})年的?(?:(?={_YEAR_GOES_ON})|(?<=0[0-9]年)(?![0-9]))"
    rf"|({either(YEARS)})的?)(?!级)"
)


_FIRST = frozenset(f"0123456789{HAN}上下本这第首Qq前春夏秋冬暑寒今去明年岁") | {word[0] for word in YEARS}


def begins_with_year(text: str, at: int) -> bool:
    """Whether what is written at `at` is a year ('2025年前'), not a number of years ('3年前')."""
    first = text[at : at + 1]
    return first in _FIRST and first not in "今明去" and _YEAR.match(text, at) is not None


def full_year(year: int, now: datetime) -> int:
    """'15' 2015, '91' 1991: not more than ten years ahead of now."""
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= now.year + 10 else 1900 + year


def _decade(cur: Cursor, now: datetime) -> Span | None:
    found = cur.take(_DECADE)
    if not found:
        return _century(cur, now)
    tens = number(found[2] if found[2][0].isdigit() else found[2][0] + "十") or 0
    this = found[1] in ("本世纪", "二十一世纪", "21世纪") or not (found[1] or tens > now.year % 100)
    century = 2000 if this else 1900
    first, years = {"初": (0, 3), "中": (4, 3), "末": (7, 3)}.get(found[3] or "", (0, 10))
    return whole_months(century + tens + first, 1, 12 * years, cur, grain="year")


def _century(cur: Cursor, now: datetime) -> Span | None:
    found = cur.take(_CENTURY)
    if not found:
        return None
    this = now.year // 100 + 1
    spoken = {"上": this - 1, "本": this, "这": this, "下": this + 1}
    nth = spoken.get(found[1][0]) or number(found[1]) or this
    first = 100 * (nth - 1) + (80 if found[3] else 0)
    return whole_months(max(first, 1), 1, 12 * (20 if found[2] or found[3] else 100), cur, grain="year")


def with_year(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    """A year and what follows of it; quarters, seasons and 年底 also without one."""
    if cur.text[cur.at : cur.at + 1] not in _FIRST:
        return None
    if decade := _decade(cur, now):
        return decade
    found = cur.take(_YEAR)
    if not found:
        return _quarters(cur, now.year) or _season_near(cur, now) or _bare_year_end(cur, now)
    if found[3]:
        base = after.start if after is not None and found[3] in ("次年", "翌年") else now
        year = base.year + YEARS[found[3]]
    else:
        year = full_year(number((found[1] or found[2]).replace("〇", "零")) or 0, now)
    if inner := inside_year(cur, now, year):
        return inner
    if end := cur.take(_YEAR_END):
        return _year_end(end[1] or end[2], year, cur)
    if found[3] == "每年":
        return None
    return whole_months(year, 1, 12, cur, grain="year")


def inside_year(cur: Cursor, now: datetime, year: int) -> Span | None:
    """What of the year is meant: a quarter, a month, a day, a feast, a season, a week; None for all of it."""
    if cur.take(SAME_DAY):
        return one_day(now.date().replace(year=year), cur)
    return (
        _quarters(cur, year)
        or _first_months(cur, year)
        or in_month(cur, now, year)
        or feasts.festival(cur, now, year)
        or _season(cur, year)
        or _nth_week_of_year(cur, year)
    )


def _bare_year_end(cur: Cursor, now: datetime) -> Span | None:
    found = _YEAR_END.match(cur.text, cur.at)
    if not found or not found[1]:
        return None
    cur.at = found.end()
    return _year_end(found[1], now.year, cur)


def _year_end(word: str, year: int, cur: Cursor) -> Span:
    if "初" in word:
        return whole_months(year, 1, 2, cur)
    return whole_months(year, 6, 2, cur) if "中" in word else whole_months(year, 11, 2, cur)


def _quarters(cur: Cursor, year: int) -> Span | None:
    found = cur.take(_QUARTER)
    if not found:
        return None
    if found[5]:
        return whole_months(year, 1 if found[5] == "上" else 7, 6, cur)
    if found[4]:
        return whole_months(year, 1, 3 * (number(found[4]) or 1), cur)
    nth = 1 if found[1] == "首" else number(found[1] or found[2] or found[3]) or 1
    return quarter_of(cur, year, nth)


def quarter_of(cur: Cursor, year: int, nth: int) -> Span:
    """A quarter of a year, or the first or last month of it: 三季度末."""
    part = cur.take(_QUARTER_END)
    last = part is not None and part[0] != "初"
    return whole_months(year, 3 * nth - (0 if last else 2), 1 if part else 3, cur)


def _first_months(cur: Cursor, year: int) -> Span | None:
    found = cur.take(_FIRST_MONTHS)
    if not found:
        return None
    if found[5]:
        return one_day(date(year, 12, 31), cur)
    if found[6]:
        return whole_months(year, 12, 1, cur)
    if found[4]:
        return one_day(date(year, 1, 1) + timedelta(days=(number(found[4]) or 1) - 1), cur)
    if found[3]:
        return whole_months(year, number(found[3]) or 1, 1, cur)
    count = min(number(found[2]) or 1, 12)
    return whole_months(year, 1 if found[1] == "前" else 13 - count, count, cur)


def _season_near(cur: Cursor, now: datetime) -> Span | None:
    """A season without a year: this year's, or the next one's where this one's is half a year behind."""
    begun = cur.at
    if found := cur.take(_YEAR_OF_SEASON):
        return _season(cur, now.year + YEARS[found[0] + "年"])
    span = _season(cur, now.year)
    if span is None or span.end > now - _HALF_A_YEAR:
        return span
    cur.at = begun
    return _season(cur, now.year + 1)


def _season(cur: Cursor, year: int) -> Span | None:
    found = cur.take(_SEASON)
    if not found:
        return None
    if found[2]:
        return whole_months(year, *((7, 2) if found[2] == "暑" else (1, 2)), cur)
    start, following = {
        "春": ("立春", "立夏"),
        "夏": ("立夏", "立秋"),
        "秋": ("立秋", "立冬"),
        "冬": ("立冬", "立春"),
    }[found[1] or found[3]]
    first = almanac.festival(start, year)
    last = almanac.festival(following, year + (following == "立春"))
    return stretch(first, last, "month", cur) if first and last else None


def _nth_week_of_year(cur: Cursor, year: int) -> Span | None:
    found = _NTH_WEEK.match(cur.text, cur.at)
    if not found:
        return None
    cur.at = found.end()
    monday = almanac.nth_weekday(year, 1, number(found[1]) or 1, 0)
    return stretch(monday, monday + timedelta(days=7), "week", cur)
