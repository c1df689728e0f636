"""Weeks, weekdays, weekends and working days in a text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gridbot.nlp.slots.months import in_month
from gridbot.nlp.slots.span import Cursor, Span, one_day, stretch
from gridbot.nlp.slots.timewords import WEEK, WEEKDAYS, WEEKS, either

_DIGIT = r"[1-7](?![0-9:.次天个小人户遍趟节课周年月号日点元栋楼单栋])"  # 周3下午
_ALL = "一[共般切直]"  # 这礼拜一共收了多少 is no Monday
_WEEKDAY = re.compile(
    rf"({either(WEEKS)})?{WEEK}(?:((?!{_ALL})[一二三四五六日天](?![年月刊岁]|报(?![的了过名修上到警给就]))|{_DIGIT})|(末))"
)
_WEEKEND = re.compile(rf"({either(WEEKS)})?双休日?")
_WEEK_ALONE = re.compile(rf"({either(WEEKS)}){WEEK}(?!(?!{_ALL})[一二三四五六日天末]|{_DIGIT})")
_WEEK_AND_DAY = re.compile(rf"({either(WEEKS)}){WEEK}(?:的)?{WEEK}([一二三四五六日天])")
_TODAY_WEEKDAY = re.compile(rf"今{WEEK}([一二三四五六日天])")
_WORKDAY = re.compile(r"(?<![0-9个几])工作日(?![志程报])")
_MORE_DAYS = re.compile(  # 周一三五, 周二、四
    r"(?!一大?早)(?:[、,]?[一二三四五六日])+(?=$|[\s,，。()的每都全0-9]|早|上午|中午|下午|晚|夜)"
)
_FIRST = frozenset({"周", "星", "礼", "双", "工"} | {word[0] for word in WEEKS})
_COMMA = re.compile(r"[\s,，、(（]{1,3}")
_PAST = re.compile(
    r"\s?[^,，。\s]{0,6}?(?:就(?![能要会可])|已经|那天|刚(?!好)|[来报停漏修堵去查测问说打]过(?![来去年节期])|起(?=就|一直|都|没|不)|开始[停没]|停的|坏的|到现在|至今)"
)


def in_week(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    """A week or a day of one; `after`: the first half of a range."""
    if cur.text[cur.at : cur.at + 1] not in _FIRST:
        return None
    today = now.date()
    if found := cur.take(_TODAY_WEEKDAY):
        return _weekday(today, 0, found[1], cur)
    if found := cur.take(_WEEK_AND_DAY):
        return _weekday(today, WEEKS[found[1]], found[2], cur)
    if found := cur.take(_WEEK_ALONE):
        monday = _monday(today, WEEKS[found[1]])
        return stretch(monday, monday + timedelta(days=7), "week", cur)
    if found := cur.take(_WEEKEND):
        return _weekend(today, found[1], cur)
    if cur.take(_WORKDAY):
        ahead = 7 - today.weekday() if today.weekday() > 4 else 0
        return one_day(today + timedelta(days=ahead), cur)
    if found := cur.take(_WEEKDAY):
        return _any_weekday(cur, found, now, after)
    return None


def weekday_of(cur: Cursor, monday: date) -> Span | None:
    """The weekday written here, of the week that begins on `monday`."""
    found = cur.take(_WEEKDAY)
    return one_day(monday + timedelta(days=_nth(found[2])), cur) if found and found[2] else None


def is_weekend(span: Span) -> bool:
    """Whether a stretch is a Saturday with its Sunday."""
    return span.grain == "week" and span.end - span.start == timedelta(days=2)


def _any_weekday(cur: Cursor, found: re.Match[str], now: datetime, after: Span | None) -> Span:
    today = now.date()
    if found[3]:
        return _weekend(today, found[1], cur)
    weekday = _nth(found[2])
    if found[1]:
        span = _weekday(today, WEEKS[found[1]], found[2], cur)
        return one_day(span.start.date(), cur) if cur.take(_MORE_DAYS) else span
    weekday_end = cur.at
    if cur.take(_COMMA) and (dated := in_month(cur, now, None)) and dated.grain == "day":
        return dated
    cur.at = weekday_end
    cur.take(_MORE_DAYS)
    if after is not None:
        begun = after.start.date()
        return one_day(begun + timedelta(days=(weekday - begun.weekday()) % 7), cur)
    ahead = (weekday - today.weekday()) % 7 or 7
    if _PAST.match(cur.text, cur.at):
        ahead -= 7
    return one_day(today + timedelta(days=ahead), cur)


def _weekend(today: date, week: str | None, cur: Cursor) -> Span:
    monday = _monday(today, WEEKS.get(week or "", 0))
    return stretch(monday + timedelta(days=5), monday + timedelta(days=7), "week", cur)


def _weekday(today: date, week: int, name: str, cur: Cursor) -> Span:
    return one_day(_monday(today, week) + timedelta(days=_nth(name)), cur)


def _nth(name: str) -> int:
    """Which day of the week, Monday 0: 三, 天, 3."""
    return int(name) - 1 if name.isdigit() else WEEKDAYS.find(name.replace("天", "日"))


def _monday(today: date, week: int) -> date:
    return today - timedelta(days=today.weekday() - 7 * week)
