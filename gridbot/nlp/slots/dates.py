"""Days and longer, by number or by word: 12/5, 昨天, 下周三, 月底."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gridbot.nlp.slots import feasts
from gridbot.nlp.slots.hours import part_of
from gridbot.nlp.slots.months import day_alone, in_month, inside_month, near, third
from gridbot.nlp.slots.span import Cursor, Span, one_day, stretch, whole_months
from gridbot.nlp.slots.timewords import DAY_PARTS, DAYS, WEEK, WEEKDAYS, WEEKS, either
from gridbot.nlp.slots.years import full_year, with_year

_YMD = re.compile(
    r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])"
    r"|((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])"
    r"|((?:19|20)[0-9]{2}) ([0-9]{1,2}) ([0-9]{1,2})(?![0-9])"
)
_MDY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})(?![0-9])")
_MD = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})(?:[日号]|(?=\s?[早上中下晚凌]|\s[0-9]{1,2}:)"
    r"|(?<=/1[3-9])|(?<=/2[0-9])|(?<=/3[01]))(?![0-9/])"
    r"|([0-9]{2})-([0-9]{2})(?=\s[0-9]{1,2}:)"
)
_YM = re.compile(
    r"((?:19|20)[0-9]{2})(?:\.([0-9]{1,2})(?=\s?[-~—到至]|$)|[-/](0[1-9]|1[0-2]|[1-9])(?![0-9/.-]))"
)
_MONTH_WORD = re.compile(r"(每|上上个?|上一?个?|下下个?|下一?个?|这一?个?|本|当|今个?)月(?:份|的)?")
_BARE_MONTH_END = re.compile(r"(月初|月中|月底|月末)")
_QUARTER_WORD = re.compile(r"(上个?|上一个?|这个?|本|下个?|下一个?)季度")
_WEEKDAY = re.compile(rf"({either(WEEKS)})?{WEEK}(?:([一二三四五六日天])(?![年月刊报岁])|(末))")
_WEEK_ALONE = re.compile(rf"({either(WEEKS)}){WEEK}(?![一二三四五六日天末])")
_DAY_WORD = re.compile(rf"({either(DAY_PARTS)})|({either(DAYS)})(?!星期|礼拜|周|月)")
_WEEK_AND_DAY = re.compile(rf"({either(WEEKS)}){WEEK}(?:的)?{WEEK}([一二三四五六日天])")
_COMMA = re.compile(r"[\s,，、(（]{1,3}")
_TODAY_WEEKDAY = re.compile(r"今{WEEK}([一二三四五六日天])")
_PAST = re.compile(r"[^,，。]{0,6}?(?:就|已经|那天|报过|起|开始停|停的|坏的|到现在|至今)")


def date_of(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    """The day, week, month or year written here; `after`: the first half of a range."""
    return (
        _numeric(cur, now)
        or _day_word(cur, now)
        or with_year(cur, now)
        or _relative(cur, now, after)
        or in_month(cur, now, None)
        or feasts.festival(cur, now, None)
        or day_alone(cur, now, after)
    )


def _numeric(cur: Cursor, now: datetime) -> Span | None:
    if not cur.text[cur.at : cur.at + 1].isdigit():
        return None
    if found := cur.take(_YMD):
        year, month, day = (int(g) for g in found.groups() if g)
        return one_day(date(year, month, day), cur)
    if found := cur.take(_MDY):
        year = int(found[3])
        return one_day(date(full_year(year, now), int(found[1]), int(found[2])), cur)
    if found := cur.take(_MD):
        month, day = (int(g) for g in found.groups() if g)
        return one_day(near(month, day, now), cur)
    if found := cur.take(_YM):
        return whole_months(int(found[1]), int(found[2] or found[3]), 1, cur)
    return None


def _day_word(cur: Cursor, now: datetime) -> Span | None:
    found = cur.take(_DAY_WORD)
    if not found:
        return None
    today = now.date()
    if found[2]:
        return one_day(today + timedelta(days=DAYS[found[2]]), cur)
    offset, part = DAY_PARTS[found[1]]
    return part_of(today + timedelta(days=offset), part, cur, offset=offset)


def _relative(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    today = now.date()
    if found := cur.take(_TODAY_WEEKDAY):
        return _weekday(today, 0, found[1], cur)
    if found := cur.take(_WEEK_AND_DAY):
        return _weekday(today, WEEKS[found[1]], found[2], cur)
    if found := cur.take(_WEEK_ALONE):
        monday = today - timedelta(days=today.weekday() - 7 * WEEKS[found[1]])
        return stretch(monday, monday + timedelta(days=7), "week", cur)
    if found := cur.take(_WEEKDAY):
        return _any_weekday(cur, found, now, after)
    if found := cur.take(_QUARTER_WORD):
        offset = {"上": -1, "下": 1}.get(found[1][0], 0)
        first = (today.month - 1) // 3 * 3 + 3 * offset
        return whole_months(today.year + first // 12, first % 12 + 1, 3, cur)
    if found := cur.take(_MONTH_WORD):
        word = found[1]
        offset = {"上": -1, "下": 1}.get(word[0], 0) * (2 if word[:2] in ("上上", "下下") else 1)
        index = today.year * 12 + today.month - 1 + offset
        return inside_month(cur, index // 12, index % 12 + 1)
    if found := cur.take(_BARE_MONTH_END):
        return third(found[1], today.year, today.month, cur)
    return None


def _any_weekday(cur: Cursor, found: re.Match[str], now: datetime, after: Span | None) -> Span:
    today = now.date()
    if found[3]:
        monday = today - timedelta(days=today.weekday() - 7 * WEEKS.get(found[1] or "", 0))
        return stretch(monday + timedelta(days=5), monday + timedelta(days=7), "week", cur)
    weekday = WEEKDAYS.find(found[2].replace("天", "日"))
    if found[1]:
        return _weekday(today, WEEKS[found[1]], found[2], cur)
    weekday_end = cur.at
    if cur.take(_COMMA) and (dated := in_month(cur, now, None)) and dated.grain == "day":
        return dated
    cur.at = weekday_end
    if after is not None:
        begun = after.start.date()
        return one_day(begun + timedelta(days=(weekday - begun.weekday()) % 7), cur)
    ahead = (weekday - today.weekday()) % 7 or 7
    if _PAST.match(cur.text, cur.at):
        ahead -= 7
    return one_day(today + timedelta(days=ahead), cur)


def _weekday(today: date, week: int, name: str, cur: Cursor) -> Span:
    weekday = WEEKDAYS.find(name.replace("天", "日"))
    return one_day(today + timedelta(days=weekday - today.weekday() + 7 * week), cur)
