"""Days and longer, by number or by word: 12/5, 昨天, 下周三, 月底."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gridbot.nlp.slots import feasts
from gridbot.nlp.slots.hours import part_of
from gridbot.nlp.slots.months import day_alone, in_month, inside_month, near, third
from gridbot.nlp.slots.roughly import several_days
from gridbot.nlp.slots.span import Cursor, Span, one_day, whole_months
from gridbot.nlp.slots.timewords import DAY_PARTS, DAYS, either
from gridbot.nlp.slots.weeks import in_week
from gridbot.nlp.slots.years import SAME_DAY, full_year, quarter_of, with_year

_M, _D = "(?:1[0-2]|0?[1-9])", "(?:3[01]|[12][0-9]|0?[1-9])"
_YMD = re.compile(
    r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])(?:[Tt](?=[0-9]{2}:))?"
    r"|((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])"
    r"|((?:19|20)[0-9]{2}) ([0-9]{1,2}) ([0-9]{1,2})(?![0-9])"
)
_SHORT_YMD = re.compile(
    rf"([0-9]{{2}})\.({_M})\.({_D})(?![0-9.])|([0-9]{{2}})-([01][0-9])-([0-3][0-9])(?=\s[0-9]{{1,2}}:)"
)
_MDY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})(?![0-9])")
_MD = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})(?:[日号]|(?=\s?(?:[早上中下晚凌起]|[之以]?前(?![面门排])|停[水电气])|\s[0-9]{1,2}:)"
    r"|(?<=/1[3-9])|(?<=/2[0-9])|(?<=/3[01]))(?![0-9/])"
    r"|([0-9]{2})-([0-9]{2})(?=\s[0-9]{1,2}:)"
)
_SHUT = (
    r"[停断][水电气暖]|放假|检修|施工|开会|来修|起|开始|[之以]?[前后]|截止"
    r"|凌晨|早|上午|中午|下午|晚|\(?(?:周|星期)[一二三四五六日天]"
)
_DOTTED = re.compile(  # 12.5 is a day only beside something of time
    rf"({_M})\.({_D})(?![0-9.])(?:[日号](?![线楼院栋])|(?=\s?(?:{_SHUT})|\s[0-9]{{1,2}}:"
    rf"|\s?[-~—–到至]+\s?(?:{_M}\.)?{_D}(?:[日号]|(?![0-9.]|\s?[元块万米吨度级斤公厘平毫%倍个天年小分]))))"
)
_DOTTED_TO = re.compile(rf"({_M})\.({_D})(?![0-9.])[日号]?|({_D})[日号]?(?![0-9.:点时])")
_YM = re.compile(
    r"((?:19|20)[0-9]{2})(?:\.([0-9]{1,2})(?=\s?[-~—到至]|$)|[-/](0[1-9]|1[0-2]|[1-9])(?![0-9/.-]))"
)
_MONTH_WORD = re.compile(r"(每|上上个?|上一?个?|下下个?|下一?个?|这一?个?|本|当|今个?)月(?:份|的)?")
_BARE_MONTH_END = re.compile(r"(月初|月中|月底|月末|上中旬|中下旬|[上中下]旬)")
_MOON_DAY = re.compile("初[一二三四五六七八九十]")
_QUARTER_WORD = re.compile(r"(上个?|上一个?|这个?|本|下个?|下一个?)季度")
_DAY_WORD = re.compile(rf"({either(DAY_PARTS)})|({either(DAYS)})(?!星期|礼拜|周|月)")
_FIRST = frozenset("每上下这本当今月中")  # of a month or quarter by a word
_AFTER_THAT = re.compile(r"(次日|翌日|第二[天日]|隔[天日])|(当天|当日|同日|当(?=[晚夜]))")


def date_of(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    """The day, week, month or year written here; `after`: the first half of a range."""
    return (
        _numeric(cur, now, after)
        or several_days(cur, now)
        or _day_word(cur, now, after)
        or with_year(cur, now, after)
        or _relative(cur, now, after)
        or _month(cur, now, after)
        or feasts.festival(cur, now, None)
        or day_alone(cur, now, after)
    )


def _numeric(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    if not cur.text[cur.at : cur.at + 1].isdigit():
        return None
    if found := cur.take(_YMD):
        year, month, day = (int(g) for g in found.groups() if g)
        return one_day(date(year, month, day), cur)
    if found := cur.take(_SHORT_YMD):
        year, month, day = (int(g) for g in found.groups() if g)
        return one_day(date(full_year(year, now), month, day), cur)
    if found := cur.take(_MDY):
        year = int(found[3])
        return one_day(date(full_year(year, now), int(found[1]), int(found[2])), cur)
    if found := cur.take(_MD) or cur.take(_DOTTED):
        month, day = (int(g) for g in found.groups() if g)
        return one_day(near(month, day, now), cur)
    if after is not None and _dotted_before(cur) and (found := cur.take(_DOTTED_TO)):
        month, day = int(found[1] or after.start.month), int(found[2] or found[3])
        following = (month, day) < (after.start.month, after.start.day)
        return one_day(date(after.start.year + following, month, day), cur)
    if found := cur.take(_YM):
        return whole_months(int(found[1]), int(found[2] or found[3]), 1, cur)
    return None


_DOTTED_BEFORE = re.compile(r"[0-9]\.[0-9]{1,2}[日号]?\s?[-~—–到至]+\s?$")


def _dotted_before(cur: Cursor) -> bool:
    """Whether the second half of '12.5-12.7' stands here."""
    return _DOTTED_BEFORE.search(cur.text, max(0, cur.at - 10), cur.at) is not None


def _a_month_later(cur: Cursor, begun: int, index: int) -> Span:
    """The same days of the next month: on the 16th 每月15号 means the next one."""
    cur.at = begun
    return inside_month(cur, index // 12, index % 12 + 1)


def _month(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    """A month and its days; the second half of a range follows its first one: 2018年5月16日至6月2日."""
    if after is None:
        return in_month(cur, now, None)
    begun = cur.at
    span = in_month(cur, now, after.start.year)
    if span is None or span.end > after.start:
        return span
    cur.at = begun
    return in_month(cur, now, after.start.year + 1)


def _day_word(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    if after is not None and (found := cur.take(_AFTER_THAT)):
        return one_day(after.start.date() + timedelta(days=bool(found[1])), cur)
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
    if week := in_week(cur, now, after):
        return week
    if cur.text[cur.at : cur.at + 1] not in _FIRST:
        return None
    if found := cur.take(_QUARTER_WORD):
        offset = {"上": -1, "下": 1}.get(found[1][0], 0)
        quarter = (today.month - 1) // 3 + offset
        return quarter_of(cur, today.year + quarter // 4, quarter % 4 + 1)
    if found := cur.take(_MONTH_WORD):
        word = found[1]
        if word == "每" and cur.sees(_MOON_DAY):
            return feasts.lunar(cur, now, None)
        offset = {"上": -1, "下": 1}.get(word[0], 0) * (2 if word[:2] in ("上上", "下下") else 1)
        index = today.year * 12 + today.month - 1 + offset
        if cur.take(SAME_DAY):
            return one_day(today.replace(year=index // 12, month=index % 12 + 1), cur)
        begun = cur.at
        span = inside_month(cur, index // 12, index % 12 + 1, gone=offset < 0)
        if word != "每" or cur.at == begun:
            return None if word == "每" else span
        listed = cur.text[cur.at : cur.at + 1] in ("和", "及", "、")  # 每月1日和15日: the second is to come
        return span if span.end > now or listed else _a_month_later(cur, begun, index + 1)
    if found := cur.take(_BARE_MONTH_END):
        base = after.start if after is not None else today
        return third(found[1], base.year, base.month, cur)
    return None
