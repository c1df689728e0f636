"""Parts of a day and clock times in a text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from gridbot.nlp.slots.quantity import number
from gridbot.nlp.slots.span import Cursor, Span
from gridbot.nlp.slots.timewords import (
    DEEP_NIGHT,
    HAN,
    MIDNIGHT,
    N2,
    NIGHT,
    NOON,
    PARTS,
    PM,
    SMALL_HOURS,
    TO,
    either,
)

_PART = re.compile(
    rf"({either(k for k in PARTS if len(k) > 1)})(?![好安])"
    rf"|([早晚])(?!一点(?![钟半多0-9{HAN}]))(?=\s?(?:{N2}\s?[点时:]|[0-9]{{1,2}}\.[0-5][0-9](?![0-9.])))"
)
_PART_AFTER_DAY = re.compile(
    rf"({either(k for k in PARTS if len(k) > 1)})(?![好安])|([早晚])(?![上餐饭班会好安睡点已就退报自市])"
)
_SURE = re.compile(  # no 夜里个, which is yesterday, and no 上半天, in which 半天 is a length
    rf"{N2}[点时:]|(?:{either(part for part in PARTS if len(part) > 1 and '半天' not in part)})(?!个)"
)
_FACES = frozenset(f"0123456789{HAN}差")
_PARTS = frozenset(part[0] for part in PARTS)
_CLOCK = re.compile(
    rf"({N2})\s?(?:来?点钟?|时(?![候间刻常代不效段而髦尚光机速]))"
    rf"(?:(半|[踏搭]半)|([一三1-3])刻|[踏搭]?({N2})(分(?:钟)?|个字)?(?![0-9点天个月日号户人块元次楼栋家位直起般定样下边共些网队组片]))?"
    r"(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})秒)?(?:左右|许|多钟|多|整|钟|正)?"
)
_CLOCK_COLON = re.compile(
    r"([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])\s?(?:([aApP])[mM]?(?![A-Za-z]))?(?:左右|许)?"
)
_CLOCK_DOTTED = re.compile(
    r"(2[0-4]|1[0-9]|0?[0-9])\.([0-5][0-9])(?![0-9.日号]|\s?[元块米万斤吨度折倍%公千毫厘平升亩号楼栋]|\s?[-~至到]\s?[0-9]+\.[0-9]+[日号])"
)
_CLOCK_AMPM = re.compile(r"([0-9]{1,2})\s?([aApP])[mM](?![A-Za-z])")
_SHORT_OF = re.compile(rf"差\s?(?:({N2})分钟?|([一1])刻钟?)(?:就)?(?:到)?(?={N2}[点时])")
_SHORT = re.compile(rf"\s?差(?:({N2})分钟?|([一1])刻钟?)|\s?过({N2})分|\s?过([一1])刻")
_CLOCKS = re.compile(rf"({N2})(?:{TO}|、)(?={N2}(?:点|时(?!候|间)))")
_NOT_A_TIME = re.compile(
    r"(?:水|电|气|都|也|儿|吧|反|动|消|好|不|声|信|没|办|事|点|钱|用|意"
    r"|建议|要求|说明|问题|原因|疑问|看法|想法|共识|希望|请求|体会|理由|诉求|以上|一线|小)"
)


_BEFORE_ONE = frozenset(["", *" \n,，。;；:!！?？、()从自打到在约是等就才那这每天日号"])
_AFTER_ONE = re.compile(r"$|[\s,，。;；!！?？、()停断开来前后到至去要还就才了在起以之那~-]")
ABOUT = re.compile(r"(?:大概|大约|差不多|将近|接近|约|估计)(?:是|在)?")
_LENGTHS = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}


def begins_with_hour(text: str, at: int) -> bool:
    """Whether 8点 or 下午 stands at `at`: what begins so is no date and no length."""
    return _SURE.match(text, at) is not None


def clock(cur: Cursor, day: Span | None, now: datetime, after: Span | None, day_begun: int) -> Span | None:
    """The part of a day or clock time here, on `day` if one was read before it (at `day_begun`)."""
    known = day or after
    base = known.start.date() if known else now.date()
    part = day.part if day and day.part else ""
    begun = cur.at
    parted = not part and cur.text[begun : begun + 1] in _PARTS
    found = cur.take(_PART_AFTER_DAY if day else _PART) if parted else None
    if found:
        part = found.group(found.lastindex or 1)
    elif not part and day is None and after is not None:
        part = after.part if after.grain in ("hour", "minute") else ""
    cur.blanks()
    cur.take(ABOUT)
    when = _dotted(cur, base) if day or found else None
    when = when or _face(cur, lone=day is None and not found and after is None)
    if when is None:
        if not found:
            cur.at = begun
            return None
        cur.at = found.end()
        tomorrow = day is not None and cur.text[day_begun] in "明后听次翌"
        return part_of(base, part, cur, offset=int(tomorrow))
    hour, minute, second, grain, last = when
    if not part and after is None:
        hour = _unsaid_half(cur, begun, hour, now, day if day is None else cur.text[day_begun], base)
    night = day is not None or (after is None and now.hour >= 18)  # the one that follows
    start = _at(base, part, hour, minute, second, following=night)
    if after is not None and day is None and start < after.start and not found and hour < 12:
        start += timedelta(hours=12) if start + timedelta(hours=12) > after.start else timedelta(days=1)
    elif after is not None and day is None and start <= after.start:
        start += timedelta(days=1)
    if last is not None:
        end_hour, end_minute = last
        end = _at(base, part, end_hour, end_minute, 0, following=night)
        if end <= start:
            end += timedelta(hours=12)
        return Span(start, end, "hour", cur.at, part, ranged=True)
    return Span(start, start + _LENGTHS[grain], grain, cur.at, part)


_SPOKEN_DAY = "明后听下这本周星礼"  # what the days begin with that people make appointments for
_SAME_DAYS = 3  # a day written with a dot beside another word for it
_SINCE_BEFORE = re.compile(r"[从自打]\s?$")
_SINCE_AFTER = re.compile(
    r"(?!(?:之?[前后]|以[前后])?\s?(?:别|不要|不许|不准|不能|请|务必|必须|大家|[^,，。\s]{0,6}别忘))(?:[^,，。]{0,3}?(?:就|开始(?!直播|[开上]|报名|表?演|放映|抢)|起|[停来坏断漏报走摔修到打拍关响敲送]的(?!时候|话)|到现在|至今)|多?[来去走][了过]|[^,，。要会能来可\s]{1,6}了)"
)


_COMING = re.compile(
    r"\s?(?:来(?![了过的])|集合|见|碰头|接|开会|要|会|能|准时|在(?:家|楼下|门口)|下班|吃晚饭)"
)


def _unsaid_half(cur: Cursor, begun: int, hour: int, now: datetime, day: str | None, base: date) -> int:
    """The hour where no part of the day is said: 三点, 明天三点; 3:00 and 明天3时 are as written."""
    if ":" in cur.text[begun : cur.at]:
        return hour
    if day is None or (day == "今" and base == now.date()):
        return _half_of_day(cur, begun, hour, now)
    coming = day in _SPOKEN_DAY and base > now.date() and "点" in cur.text[begun : cur.at]
    return hour + 12 if coming and 1 <= hour <= 5 else hour


def _half_of_day(cur: Cursor, begun: int, hour: int, now: datetime) -> int:
    """Which half of the day is meant where none is said.

    '三点' by day is three in the afternoon, '八点' at dusk is tonight; '从三点就没水' is behind us.
    """
    if not 1 <= hour <= 12 or now.hour < hour:
        return hour
    if _SINCE_BEFORE.search(cur.text, max(0, begun - 2), begun) or _SINCE_AFTER.match(cur.text, cur.at):
        return hour + 12 if hour + 12 <= now.hour else hour
    later = hour <= 5 or now.hour >= 12 or (hour <= 7 and _COMING.match(cur.text, cur.at) is not None)
    return hour + 12 if later and now.hour > hour and hour < 12 else hour


def _dotted(cur: Cursor, base: date) -> tuple[int, int, int, str, tuple[int, int] | None] | None:
    """下午3.30, 明天8.30; but 今天11.21 names the day once more."""
    begun = cur.at
    found = cur.take(_CLOCK_DOTTED) if cur.text[begun : begun + 1].isdigit() else None
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    days = (abs((base.month - hour) * 30 + base.day - minute)) % 360
    if hour > 12 or min(days, 360 - days) > _SAME_DAYS:
        return hour, minute, 0, "minute", None
    cur.at = begun
    return None


def _face(cur: Cursor, *, lone: bool) -> tuple[int, int, int, str, tuple[int, int] | None] | None:
    """Hour, minute, second, grain, and (hour, minute) of the end of '9~12点半'."""
    if cur.text[cur.at : cur.at + 1] not in _FACES:
        return None
    if found := cur.take(_CLOCK_COLON):
        hour = int(found[1])
        if found[4] and found[4] in "pP" and hour < 12:
            hour += 12
        if hour > 24:
            return None
        return hour, int(found[2]), int(found[3] or 0), "second" if found[3] else "minute", None
    if found := cur.take(_CLOCK_AMPM):
        hour = int(found[1])
        return (hour + 12 if found[2] in "pP" and hour < 12 else hour), 0, 0, "hour", None
    begun = cur.at
    short = cur.take(_SHORT_OF)
    first = cur.take(_CLOCKS)
    found = cur.take(_CLOCK)
    read_hour = _hour(found[1]) if found else None
    if not found or read_hour is None or (lone and not first and _no_time(cur.text, found)):
        cur.at = begun
        return None
    if short or (not _with_minutes(found) and (short := cur.take(_SHORT))):
        return _beside(read_hour[0], short)
    minute, grain = _minute(found)
    if first:
        first_hour = _hour(first[1]) or read_hour
        return first_hour[0], 0, 0, "hour", (read_hour[0], minute)
    last = (read_hour[1], minute) if read_hour[1] != read_hour[0] else None
    second = number(found[6]) or 0 if found[6] else 0
    return read_hour[0], minute, second, "second" if found[6] else grain, last


def _with_minutes(found: re.Match[str]) -> bool:
    return bool(found[2] or found[3] or found[4])


def _beside(hour: int, short: re.Match[str]) -> tuple[int, int, int, str, None] | None:
    """差五分三点, 三点差一刻: minutes before the hour; 三点过五分: after it."""
    minutes = next(number(g) or 0 for g in short.groups() if g) * (15 if "刻" in short[0] else 1)
    if "过" in short[0]:
        return hour, minutes, 0, "minute", None
    return None if hour == 0 else (hour - 1 or 12, 60 - minutes, 0, "minute", None)


def _no_time(text: str, found: re.Match[str]) -> bool:
    """'有一点', '三点建议', '一点水都没有', '一时'."""
    if found[0] in ("一时", "一时半"):
        return True
    if text[max(0, found.start() - 1) : found.start()] == "第":
        return True
    if found[0] in ("一点", "1点"):
        before = text[max(0, found.start() - 1) : found.start()]
        return before not in _BEFORE_ONE or not _AFTER_ONE.match(text, found.end())
    few = ("两点", "2点", "三点", "3点", "几点", "四点", "4点", "五点", "5点")
    return found[0] in few and _NOT_A_TIME.match(text, found.end()) is not None


def _hour(written: str) -> tuple[int, int] | None:
    """First and last hour of '八', '七八'."""
    ten = 10 if len(written) == 3 and written[0] == "十" else 0  # 十一二点
    pair = written[1:] if ten else written
    if len(pair) == 2 and all(c in "一二两三四五六七八九" for c in pair):
        first, last = number(pair[0]) or 0, number(pair[1]) or 0
        return (ten + first, ten + last) if last == first + 1 else None
    value = number(written)
    return (value, value) if value is not None and value <= 24 else None


def _minute(found: re.Match[str]) -> tuple[int, str]:
    if found[2]:
        return 30, "minute"
    if found[3]:
        return 15 * (number(found[3]) or 1), "minute"
    if found[4]:
        value = number(found[4]) or 0
        fives = found[5] == "个字" or (not found[5] and found[4] in "一二三四五六七八九")
        value *= 5 if fives else 1
        if value > 59:
            raise ValueError("no such minute")
        return value, "minute"
    return 0, "hour"


def _at(base: date, part: str, hour: int, minute: int, second: int, *, following: bool) -> datetime:
    """A clock time in a part of a day: 下午3点 at 15:00, 晚上12点 and 今晚1点 in the night after.

    `following`: the night meant is the one after `base`, not the one before it.
    """
    later = 0
    if part in NOON and hour <= 3:
        hour += 12
    elif part in NIGHT and hour in (0, 12):
        hour, later = 0, 1
    elif part in NIGHT and hour <= (5 if part in DEEP_NIGHT else 4):
        later = int(following)
    elif (part in PM and 1 <= hour < 12) or (part in MIDNIGHT and 9 <= hour < 12):
        hour += 12
    elif part in SMALL_HOURS and hour == 12:
        hour = 0
    if hour == 24:
        hour, later = 0, 1
    return datetime.combine(base + timedelta(days=later), time(hour, minute, second))


def part_of(day: date, part: str, cur: Cursor, *, offset: int = 0) -> Span:
    """A part of a day; tomorrow's morning as people promise it begins with the office, at 08:30."""
    first, last = PARTS[part]
    midnight = datetime.combine(day, time())
    start = midnight + timedelta(hours=first)
    if offset > 0 and PARTS[part] == (6, 10) and "大早" not in part:
        start = midnight + timedelta(hours=8, minutes=30)
    return Span(start, midnight + timedelta(hours=last), "part", cur.at, part)
