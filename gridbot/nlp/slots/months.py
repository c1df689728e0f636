"""Months and their days in a text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gridbot.nlp.slots import almanac, feasts
from gridbot.nlp.slots.quantity import number
from gridbot.nlp.slots.span import Cursor, Span, next_month, one_day, stretch, whole_months
from gridbot.nlp.slots.timewords import HAN, N2, TO, WEEK, WEEKDAYS

_MONTH = re.compile(rf"({N2}|元)月(?:份|的)?(?![饼嫂球季票卡街路]|小区|花园|花城|社区|村|苑|府)|(闰)({N2})月")
_MONTHS = re.compile(rf"({N2})(?:{TO}|、)({N2})月(?:份)?(?![0-9{HAN}])")
_TWO_MONTHS = re.compile(r"([一二三四五六七八九])([二三四五六七八九十])月(?:份)?")
_DAY = re.compile(
    rf"({N2})(?:日(?![线照元本语用])|号(?![线楼院公馆店机门码称召桥井坑库厂车船站岗街路栋宿网球衣常用单]))"
)
_DAYS = re.compile(rf"({N2})(?:{TO}|、(?:{N2}、)?)({N2})[日号](?![线楼院栋])")
_BARE_DAY = re.compile(
    r"([0-9]{1,2})(?=$|[\s,，。到至早上下中晚凌])(?!\s?[0-9点:时])"
    r"|(三十一|二十[一二三四六七八九]|三十)(?=$|[\s,，。到至])"
)
_UNTIL = re.compile(r"[到至止]\s?$")
_BEFORE = re.compile("前|之前|以前")
_COMING = re.compile(
    r"(?:发|领|放|考|搬|打疫苗|上班|还款|报名|开[会业学]|体检)(?![了过的完到])[^了过的,，。\s]{0,4}(?:$|[\s,，。!！?？;；])|[要会]|截止|统一|集中|之后再"
)
_THIRD_OF_MONTH = re.compile(r"(上中旬|中下旬|[上中下]旬|月?初|月?底|月?末|月?中)(?!级)")
_NTH_WEEK = re.compile(rf"第?({N2})(?:个)?{WEEK}(?![一二三四五六日天末])")
_NTH_WEEKDAY = re.compile(rf"的?(?:第({N2})|最后一)个?{WEEK}([一二三四五六日天])")
_NTH_DAY = re.compile(rf"的?(?:第({N2})|最后一)天")
_LAST_WEEK = re.compile(rf"的?最后一个?{WEEK}")
_HOUSE_BEFORE = re.compile(rf"(?:排|单元|[楼层路街巷弄栋幢村组队区座院道第#])\s?$|[0-9A-Za-z{HAN}-]$")
_AFTER_DAY = re.compile(
    r"$|(?!\s?[0-9]{3})[\s,，。!！?？;；、]|前|之前|以前|后|之后|到|至|晚|早|上午|下午|中午|凌晨|停|来|去"
    r"|那天|当天|开始|起|就|左右|交|要|以|夜|半夜|傍晚|止|给|能|会|才|可以|办|发(?![水现生臭霉出])|收(?!不?到)"
    r"|开(?![着裂了关])|有(?:义诊|活动|人来|人上门|[雨雪课会]|培训|讲座)|社区|物业|街道|居委|医院|学校|供[电水热暖]|自来水|燃气|民政|派出所|网格|[搬装领放截拿取退扣考]|换(?!了)|打(?:疫苗|针|扫|药)|查[水电气表体]|体检|报(?:[名到销的过了修]|上来|给)|该|统一|集中|培训|值班|轮"
    r"|举[办行]|组织|搞|召|验收|检[修查]|施工|动工|完工|进场|恢复|上门|上班|下乡|过[来年生节]|几点|还款|是(?:周|星期|礼拜|不是)|出[院发门]|回[来老家]"
)


_NUMERALS = frozenset(f"0123456789{HAN}")
_FIRST = _NUMERALS | frozenset("元闰农阴旧正腊冬初大")


def in_month(cur: Cursor, now: datetime, year: int | None) -> Span | None:
    """A month and what follows of it: 12月5日, 3-5月, 十月第一周, 腊月十八."""
    if cur.text[cur.at : cur.at + 1] not in _FIRST:
        return None
    lunar = feasts.lunar(cur, now, year)
    if lunar:
        return lunar
    begun = cur.at
    if found := cur.take(_MONTHS) or cur.take(_TWO_MONTHS):
        first, last = number(found[1]) or 0, number(found[2]) or 0
        if 1 <= first < last <= 12:
            span = whole_months(year or now.year, first, last - first + 1, cur)
            return Span(span.start, span.end, "month", span.text_end, ranged=True)
        cur.at = begun
        return None
    found = cur.take(_MONTH)
    if not found or found[2]:
        cur.at = begun
        return None
    month = 1 if found[1] == "元" else number(found[1]) or 0
    if not 1 <= month <= 12:
        cur.at = begun
        return None
    if year is None:
        return _guess_month(cur, now, month)
    return inside_month(cur, year, month)


def _guess_month(cur: Cursor, now: datetime, month: int) -> Span:
    """A month without a year: the one nearest to now, looking nine months either way."""
    at = cur.at
    span = inside_month(cur, now.year, month)
    if span.start.date() < now.date() - timedelta(days=270):
        cur.at = at
        return inside_month(cur, now.year + 1, month)
    if span.start.date() > now.date() + timedelta(days=270):
        cur.at = at
        return inside_month(cur, now.year - 1, month)
    return span


def inside_month(cur: Cursor, year: int, month: int, *, gone: bool = False) -> Span:
    """What of the month is meant: its days, a third or week of it, or all."""
    if found := cur.take(_DAYS):
        first, last = (number(g) or 0 for g in found.groups())
        return stretch(
            date(year, month, first), date(year, month, last) + timedelta(days=1), "day", cur, ranged=True
        )
    if found := cur.take(_DAY) or cur.take(_BARE_DAY):
        return one_day(date(year, month, number(found[1] or found[2]) or 0), cur)
    if found := cur.take(_THIRD_OF_MONTH):
        return third(found[1], year, month, cur, gone=gone)
    if found := cur.take(_NTH_WEEKDAY):
        weekday = WEEKDAYS.find(found[2].replace("天", "日"))
        if found[1]:
            return one_day(almanac.nth_weekday(year, month, number(found[1]) or 1, weekday), cur)
        return one_day(_last_weekday(year, month, weekday), cur)
    if cur.take(_LAST_WEEK):
        monday = _last_weekday(year, month, 0)
        return stretch(monday, monday + timedelta(days=7), "week", cur)
    if found := cur.take(_NTH_DAY):
        final = next_month(year, month) - timedelta(days=1)
        return one_day(date(year, month, number(found[1]) or 1) if found[1] else final, cur)
    if found := cur.take(_NTH_WEEK):
        monday = almanac.nth_weekday(year, month, number(found[1]) or 1, 0)
        return stretch(monday, monday + timedelta(days=7), "week", cur)
    return whole_months(year, month, 1, cur)


def _last_weekday(year: int, month: int, weekday: int) -> date:
    last = next_month(year, month) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def third(word: str, year: int, month: int, cur: Cursor, *, gone: bool = False) -> Span:
    """上旬, 月初, 月底 …; the 底 of a month that is `gone` is its last day."""
    if word in ("上旬", "上中旬") or word.endswith("初"):
        first, last = 1, {"上旬": 10, "上中旬": 20}.get(word, 5)
    elif word == "中下旬":
        first, last = 11, 0
    elif word == "中旬" or word.endswith("中"):
        first, last = 11 if word == "中旬" else 10, 20
    else:
        first, last = (21 if word == "下旬" else 25), 0
        if word.endswith("底") and gone:
            first = (next_month(year, month) - timedelta(days=1)).day
    end = date(year, month, last) + timedelta(days=1) if last else next_month(year, month)
    return stretch(date(year, month, first), end, "month", cur)


def day_alone(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    """'25号' where it is no house: of this month, or of the next where this month's is long past."""
    if cur.text[cur.at : cur.at + 1] not in _NUMERALS:
        return None
    if _HOUSE_BEFORE.search(cur.text, max(0, cur.at - 3), cur.at) and after is None:
        return None
    if found := _DAYS.match(cur.text, cur.at):
        first, last = number(found[1]) or 0, number(found[2]) or 0
        if 1 <= first < last <= 31 and _AFTER_DAY.match(cur.text, found.end()):
            cur.at = found.end()
            begins = _near_day(first, now)
            return stretch(begins, begins + timedelta(days=last - first + 1), "day", cur, ranged=True)
    found = _DAY.match(cur.text, cur.at)
    day = number(found[1]) or 0 if found else 0
    if not found or not 1 <= day <= 31 or not (after or _AFTER_DAY.match(cur.text, found.end())):
        return None
    begun, cur.at = cur.at, found.end()
    if after is not None:
        base = after.start.date()
        return one_day(base.replace(day=day), cur)
    deadline = (
        cur.sees(_BEFORE)
        or cur.sees(_COMING)
        or _UNTIL.search(cur.text, max(0, begun - 2), begun) is not None
    )
    return one_day(_near_day(day, now, ahead=deadline), cur)


def _near_day(day: int, now: datetime, *, ahead: bool = False) -> date:
    """The day of this month, or of the next where this month's is long past or cannot be meant."""
    today = now.date()
    if day < today.day and (ahead or today.day - day > 15):
        return _with_day(day, next_month(today.year, today.month))
    return _with_day(day, today.replace(day=1))


def _with_day(day: int, month: date) -> date:
    """The day of the first month from `month` on that has it."""
    while (month + timedelta(days=day - 1)).month != month.month:
        month = next_month(month.year, month.month)
    return month.replace(day=day)


def near(month: int, day: int, now: datetime) -> date:
    """The day of the year nearest to now, looking nine months either way."""
    found = date(now.year, month, day)
    if found < now.date() - timedelta(days=270):
        return date(now.year + 1, month, day)
    return date(now.year - 1, month, day) if found > now.date() + timedelta(days=270) else found
