"""Festivals, solar terms and days of the moon in a text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from gridbot.nlp.slots import almanac
from gridbot.nlp.slots.namesakes import acts_then
from gridbot.nlp.slots.quantity import number
from gridbot.nlp.slots.span import Cursor, Span, one_day, stretch
from gridbot.nlp.slots.timewords import HAN, N2, either

_FESTIVAL = re.compile(
    rf"(?:农历)?({either(almanac.NAMES)})(?:当天|那天|期间|假期)?"
    r"(?![中北南东西]?[路街巷村厂]|大道|小学|桥|木|年级|快乐|愉快|安康|吉祥)"
)
_FIRST = frozenset({"农"} | {name[0] for name in almanac.NAMES})
_LUNAR_MONTH = re.compile(
    rf"(农历|阴历|旧历)?(闰)?(正|腊|冬|{N2})月"
    rf"(初?[{HAN}]{{1,3}}|[0-9]{{1,2}})?(?:日|号)?"
)
_DOUBLE = re.compile("(?:二月二|三月三|六月六|七月七|九月九|七月半)(?![日号十廿])")
_LUNAR_DAY = re.compile(
    r"(初[一二三四五六七八九十]|廿[一二三四五六七八九]?|十五|十六|二十[一二三四五六七八九]?)"
    r"(?![日号点时年月个户分块元])"
)
_BARE_LUNAR = re.compile(
    r"(大年)?(?:农历|阴历)?(初[一二三四五六七八九十])(?![中高]|新生|下学期|上学期|[语数英课]|作业|学|年级|毕业|班|的?(?:孩子|学生|老师|家长)|级|步|期|次|级)"
)
_DAY_BESIDE = re.compile(r"的?(?:第([二三四五六七八])天|(?:的?前一天|头一?天|前夕|前夜))")
_TERM = re.compile(r"节气|时节|那天|当天|前后|(?<=入[夏秋冬])(?![季天日])")
_SCHOOL = re.compile(r"(?:读|上|念|中学|学校|孩子|儿子|女儿|小孩|娃)$")
_AFTER_FEAST = re.compile("前|后|放|晚|到|那|长?假|期间|回(?!民)|出[去门游]|值班|社区|学校|小区|$")
_AFTER_MAY_DAY = re.compile(
    r"[\s,，。!！?？]|[去来要能会都还就不没有在吃停]|咱|我|大家|你|您|搬|办|可以|开始|上班|过|之|以|物业|居委|结婚|活动|演出|联欢|给|慰问|上午|下午|早|晚|那[天几]|当天|陪|带"
)
_FOOD = re.compile("[吃是有袋个包买煮做碗汤圆]$")
_LUNAR_WINDOW = timedelta(days=120)
_FESTIVAL_WINDOW = timedelta(days=40)


def lunar(cur: Cursor, now: datetime, year: int | None) -> Span | None:
    """A day or month of the moon: 腊月二十三, 农历八月十五, 初三; the next one, or one just past."""
    found = _LUNAR_MONTH.match(cur.text, cur.at)
    if not found:
        return _lunar_day_alone(cur, now)
    calendar, leap, month_word, day_word = found.groups()
    named = month_word in ("正", "腊", "冬")
    lunar_day = day_word and _LUNAR_DAY.match(cur.text, found.start(4)) and found[0][-1] not in "日号"
    if not (calendar or leap or named or lunar_day):
        return festival(cur, now, year) if cur.sees(_DOUBLE) else None
    month = {"正": 1, "冬": 11, "腊": 12}.get(month_word) or number(month_word) or 0
    day = number(day_word.lstrip("初")) if day_word else None
    cur.at = found.end()
    years = [year] if year else [now.year - 1, now.year, now.year + 1]
    for candidate in years:
        span = _lunar_span(candidate, month, day, cur, leap=bool(leap))
        if span and (year or span.end.date() > now.date() - _LUNAR_WINDOW):
            return span
    return None


def _lunar_span(year: int, month: int, day: int | None, cur: Cursor, *, leap: bool) -> Span | None:
    if day:
        found = almanac.lunar(year, month, day, leap=leap)
        return one_day(found, cur) if found else None
    whole = almanac.lunar_month(year, month, leap=leap)
    return stretch(whole[0], whole[1] + timedelta(days=1), "month", cur) if whole else None


def _lunar_day_alone(cur: Cursor, now: datetime) -> Span | None:
    """'初三': the next such day of the moon."""
    found = _BARE_LUNAR.match(cur.text, cur.at)
    if not found or _SCHOOL.search(cur.text, max(0, cur.at - 2), cur.at):
        return None
    day = number(found[2][1:]) or 1
    months = (1,) if found[1] else range(1, 13)
    for year in (now.year - 1, now.year, now.year + 1):
        for month in months:
            when = almanac.lunar(year, month, day)
            if when and when >= now.date():
                cur.at = found.end()
                return one_day(when, cur)
    return None


def festival(cur: Cursor, now: datetime, year: int | None) -> Span | None:
    """A festival or solar term; without a year the coming one, or the one of the last forty days."""
    if cur.text[cur.at : cur.at + 1] not in _FIRST:
        return None
    found = _FESTIVAL.match(cur.text, cur.at)
    if not found or not acts_then(cur.text, cur.at):
        return None
    name = found[1]
    if name == "元宵" and _FOOD.search(cur.text, max(0, cur.at - 1), cur.at):
        return None
    if name in almanac.WEATHER and not year and not _is_term(cur, name):
        return None
    if name in almanac.STREET_NAMES and found[0] == name and not _is_holiday(cur, name):
        return None
    cur.at = found.end()
    if year:
        when = almanac.festival(name, year + (name in ("小寒", "大寒")))
        return _beside(when, cur) if when else None
    for candidate in (now.year - 1, now.year, now.year + 1):
        when = almanac.festival(name, candidate)
        if when and when >= now.date() - _FESTIVAL_WINDOW:
            return _beside(when, cur)
    return None


def _is_holiday(cur: Cursor, name: str) -> bool:
    """Whether 五一, 六一 or 十一 stands for the day, not for a street or a number."""
    end = cur.at + len(name)
    if _AFTER_FEAST.match(cur.text, end):
        return True
    begins = cur.at == 0 or cur.text[cur.at - 1] in " ,，。"
    return begins and name != "十一" and _AFTER_MAY_DAY.match(cur.text, end) is not None


def _is_term(cur: Cursor, name: str) -> bool:
    """Whether 雨水 stands for the day, not for what falls from the sky."""
    end = cur.at + len(name)
    return len(cur.text) == len(name) or _TERM.match(cur.text, end) is not None


def _beside(when: date, cur: Cursor) -> Span:
    """The feast itself, or the day before it or so many behind: 国庆第三天, 元旦前一天."""
    found = cur.take(_DAY_BESIDE)
    if found is None:
        return one_day(when, cur)
    return one_day(when + timedelta(days=(number(found[1]) or 1) - 1 if found[1] else -1), cur)
