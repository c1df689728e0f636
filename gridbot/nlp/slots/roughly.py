"""Stretches of days without a number of their own: 今明两天, 这几天, 前些天, 年内, 月内."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from gridbot.nlp.slots import almanac
from gridbot.nlp.slots.span import Cursor, Span, next_month, stretch
from gridbot.nlp.slots.timewords import INSIDE

_SEVERAL = re.compile(r"(前昨|昨今|今明后|今明|明后)(?:[两俩三]?[天日])")
_FIRST = frozenset("前昨今明年月过出")
_REACH = {"前昨": (-2, 0), "昨今": (-1, 1), "今明": (0, 2), "今明后": (0, 3), "明后": (1, 3)}
_ALONE = r"(?<![0-9零〇一二三四五六七八九十百千几数多来半两些今明去前后本当每个])"  # no 三年前, 本月内
_WITHIN = re.compile(rf"{_ALONE}(?:([年月])(?:之内|以内|{INSIDE})|年前(?![后面段夕]))")
_AFTER_FEAST = re.compile(rf"{_ALONE}年后(?!面)|过[完了]年|出了?正月")


def several_days(cur: Cursor, now: datetime) -> Span | None:
    """Two or three days named together; what is left of the year or month; what comes after the feast."""
    if cur.text[cur.at : cur.at + 1] not in _FIRST:
        return None
    if found := cur.take(_SEVERAL):
        first, following = (now.date() + timedelta(days=n) for n in _REACH[found[1]])
        return stretch(first, following, "day", cur, ranged=True)
    if found := cur.take(_WITHIN):
        return Span(now, datetime.combine(_end(found[1], now.date()), time()), "year", cur.at, ranged=True)
    if cur.take(_AFTER_FEAST):
        feast = _new_year(now.date())
        return stretch(feast, feast + timedelta(days=1), "day", cur)
    return None


def _end(unit: str | None, today: date) -> date:
    """The first day after the year, the month, or before the Spring Festival."""
    if unit == "年":
        return date(today.year + 1, 1, 1)
    return next_month(today.year, today.month) if unit == "月" else _new_year(today)


def _new_year(today: date) -> date:
    """The Spring Festival to come."""
    feasts = (almanac.festival("春节", year) for year in (today.year, today.year + 1))
    return next(feast for feast in feasts if feast is not None and feast > today)
