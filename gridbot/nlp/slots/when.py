"""When: moments, spans and durations, as people say and type them.

The rules of `find`, for whoever turns its answer into a promise or a deadline:

- `start` is the moment, or the first one of a span: a day begins at 00:00, 早上 at 06:00, 晚上 at 18:00;
  明早 and 明天早上 without an hour are a promise and mean 08:30.
- `end` is filled where an end is said (10点-12点, 到周五, 月底前: until the last second of it) and for what
  is longer than a day (下周, 月底); a single day or hour has none.
- A deadline (25号前, 到19:00) starts now. `duration_s` is filled for lengths (三天了, 半小时后).
- A weekday or feast alone is the next one; one just past is said with 就, 已经, 那天, 停的 behind it.
- 明天三点 is 15:00, while 3:00 and 3时 are as written; 夜里三点 alone is of the night just gone, and from
  18:00 on of the one to come.
- 12.5 is a day only beside something of time or of an outage (12.5停水, 12.5-12.7), else a number.
- Of a month that is gone 月底 is its last day. What only looks like a time (names, shops, prices, dishes) is
  told apart in `namesakes`.
- Working days are Monday to Friday here: the calendar of the State Council is not known to a reading.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from gridbot.nlp.reading import When
from gridbot.nlp.slots import length, moment
from gridbot.nlp.slots.hours import begins_with_hour
from gridbot.nlp.slots.namesakes import no_time
from gridbot.nlp.slots.openings import openings
from gridbot.nlp.slots.span import Span
from gridbot.nlp.slots.timewords import INSIDE
from gridbot.nlp.slots.years import begins_with_year

_CLOCK_GRAINS = frozenset({"hour", "minute", "second"})
_LOOKED_AT = 600  # characters: a report says when near its beginning
_NOW = re.compile(
    r"(?:就在)?(?:刚刚|刚才|方才|刚(?=停|坏|断|才|来[电水气了]|摔|爆|漏|掉|着火)|现在|此刻|此时|目前|当前|这会[儿子]|这会|眼下(?!的)|这阵(?!子)|而家|依家|宜家|家下)"
    r"(?!(?:是|都|已经|已|才|快)*\s?(?:凌晨|早上|上午|中午|下午|晚上|半夜|夜里)?[0-9一二三四五六七八九十]{1,3}[点:]|(?:是|都|已经|已|才|快)+\s?[0-9一二三四五六七八九十]{1,3}月)"
)
_ALWAYS = re.compile(r"一直|总是|老是|天天|每天|每月|每年|长期")
_STARTS_NOW = frozenset("就刚方现此目当眼这而依宜家")
_LEADS = frozenset("从自打由截一直到至")
_LONG_AFTER = timedelta(days=180)
_FROM = re.compile(r"(?:从|自|打|由)\s?")
_UNTIL = re.compile(
    r"(?:截止到?|截至|一直到|直到|(?<![一每])到|(?<![时直])至)\s?(?=[0-9零一二三四五六七八九十两今明后下这本周星礼月年早晚凌上中])"
)
_TO = re.compile(
    r"\s?(?:(?:一直)?[停漏堵断坏吵响等开干闹下]?了?(?:到|至)|-+|—+|–+|~+|一直到|到|至|、|,|，|和|及)\s?"
)
_BY = re.compile(rf"\s?(?:之前|以前|之内|以内|{INSIDE}|前(?![天面门台夜半后往期提进景]))")
_SINCE = re.compile(r"\s?(?:起(?![来床身飞步诉夜哄])|开始|以来|至今|到现在|到目前)")
_BEHIND_US = re.compile(
    r"\s?(?:以来|至今|到现在|到目前|(?:那会儿?|那阵子?|那几天|那时候?|的时候)?(?:就(?!要|会|能|可以|得|去|来)|已经)|那天"
    r"|(?:那会儿?|那阵子?|那几天|期间)?[^,，。要会再\s]{0,2}?[来报停漏修堵去查测问说打量发给装换交]过(?![来去年节期])"
    r"|(?:以后|之后|过后)就?(?:再也|一直)?没|(?:的时候|那会儿?|那阵子?|那几天)?[停断坏漏堵修装报掉发给送换买丢拍贴拆挖刷]的(?!话|时候))"
)
_TOLD = re.compile(  # 周三下午物业把花全铲了, 周六那场雨: told of, not to come
    r"(?:(?!要|会|将|请|别|得|能|可以|准备|打算|预计|计划|几点|记得|最好|应该)[^,，。!！?？;；\s]){0,14}?"
    r"(?:(?:[把被]|让|给)(?:(?!要|会|将)[^,，。!！?？;；\s]){1,14}了(?=$|[,，。!！?？;；\s])|就[停断坏没]了|那[场次回]"
    r"|[抄交换修装来]的(?![话时人了吗,，。\s]|[^,，。]{0,10}(?:要|得|记得|请|带)))"
)
_EACH_DAY = re.compile(r"\s?(?:每[天日]|均|都|的)?\s?")
_ON = re.compile(r"\s?(?:以后|之后|后(?![天面门]))")


def find(text: str, *, at: datetime, zone: tzinfo) -> When | None:
    """The first moment, span or length `text` speaks of, aware in `zone`, or None.

    `at` (aware) is when it was said. Pure: the machine's own zone and clock play no part.
    """
    text = text[:_LOOKED_AT]
    now: datetime | None = None
    lasting: When | None = None
    end = 0
    for begin in openings(text):
        if begin < end or (end := no_time(text, begin)):
            continue
        now = now or at.astimezone(zone).replace(tzinfo=None)
        found = _expression(text, begin, now)
        if found is None:
            continue
        when, end = found
        if when.start is not None or when.end is not None:
            return _aware(when, zone, lasting)
        lasting = lasting or when
    if lasting is None and (always := _ALWAYS.search(text)):
        return When(text=always[0])
    return lasting


def clock_times(text: str, *, at: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """Every clock time in `text` in order of writing, aware in `zone`."""
    now = at.astimezone(zone).replace(tzinfo=None)
    times: list[datetime] = []
    end = 0
    for begin in openings(text[:_LOOKED_AT]):
        if begin >= end and (span := moment.read(text, begin, now)):
            end = span.text_end
            if span.grain in _CLOCK_GRAINS:
                times.append(span.start.replace(tzinfo=zone))
    return tuple(times)


def _aware(when: When, zone: tzinfo, lasting: When | None) -> When:
    return When(
        start=when.start.replace(tzinfo=zone) if when.start else None,
        end=when.end.replace(tzinfo=zone) if when.end else None,
        text=when.text,
        duration_s=when.duration_s
        if when.duration_s is not None
        else (lasting.duration_s if lasting else None),
    )


def _expression(text: str, at: int, now: datetime) -> tuple[When, int] | None:
    """The expression at `at` and where it ends."""
    if text[at] in _STARTS_NOW and (said := _NOW.match(text, at)):
        return When(start=now, text=said[0]), said.end()
    leads = text[at] in _LEADS
    lead = _FROM.match(text, at) if leads else None
    start = lead.end() if lead else at
    if leads and lead is None and (until := _UNTIL.match(text, at)):
        return _until(text, at, until.end(), now)
    reach = None if begins_with_hour(text, start) else length.read(text, start, now)
    if reach and not begins_with_year(text, start):
        if reach.unit and reach.start:
            inner = moment.within(text, reach.text_end, reach.unit, reach.start, now)
            if inner is not None:
                return _from(text, reach.begin, inner, now)
        when = When(reach.start, reach.end, text[reach.begin : reach.text_end], reach.seconds)
        return when, reach.text_end
    span = moment.read(text, start, now)
    if span is None:
        return None
    begun = lead and span.start > now + _LONG_AFTER and _SINCE.match(text, span.text_end)  # 从国庆开始
    if begun or _is_behind_us(text, start, span, now):
        span = _last_time(text, start, span, now)
    return _from(text, at, span, now)


def _is_behind_us(text: str, start: int, span: Span, now: datetime) -> bool:
    """Whether what is to come by its name is told of as past: 春节就报过了, 晚上停的."""
    return (
        span.start > now
        and text[start] not in "今明后下"
        and (_BEHIND_US.match(text, span.text_end) or _TOLD.match(text, span.text_end)) is not None
    )


def _last_time(text: str, at: int, span: Span, now: datetime) -> Span:
    """'国庆以来', '春节就报过了': the last one, not the next."""
    for days in (1, 7, 16, 31, 366):
        earlier = moment.read(text, at, now - timedelta(days=days))
        if earlier is not None and earlier.start <= now and earlier.text_end == span.text_end:
            return earlier
    return span


def _until(text: str, at: int, start: int, now: datetime) -> tuple[When, int] | None:
    span = moment.read(text, start, now)
    if span is None:
        return None
    end = span.text_end
    if by := _BY.match(text, end):
        end = by.end()
    last = _last(span)
    if last < now and span.grain in _CLOCK_GRAINS:
        last += timedelta(days=1)
    return When(now if last >= now else None, last, text[at:end]), end


def _from(text: str, at: int, span: Span, now: datetime) -> tuple[When, int]:
    """A moment with what follows it: a second one, 前, 起, 后."""
    end = span.text_end
    if by := _BY.match(text, end):
        if span.ranged or span.start > now or span.end > now:
            start = span.start if span.ranged else now
            return When(start, _last(span), text[at : by.end()]), by.end()
        return When(None, _last(span), text[at : by.end()]), by.end()
    if since := _SINCE.match(text, end):
        if not span.ranged and (second := _second(text, since.end(), span, now)):
            return When(span.start, second[0], text[at : second[1]]), second[1]
        ends = now if span.start <= now and since[0].strip() in ("以来", "至今", "到现在", "到目前") else None
        return When(span.start, ends, text[at : since.end()]), since.end()
    if later := _ON.match(text, end):
        return When(span.start, None, text[at : later.end()]), later.end()
    if span.grain == "day" and (daily := _daily(text, end, span, now)):
        return When(daily[0], daily[1], text[at : daily[2]]), daily[2]
    if not span.ranged and (second := _second(text, end, span, now)):
        return When(span.start, second[0], text[at : second[1]]), second[1]
    ends = _last(span) if span.ranged or span.grain in ("week", "month", "year") else None
    return When(span.start, ends, text[at:end]), end


def _second(text: str, at: int, span: Span, now: datetime) -> tuple[datetime, int] | None:
    """The last moment of a range whose first half is `span`, and where the text of it ends."""
    last: tuple[datetime, int] | None = None
    while (to := _TO.match(text, at)) and to.end() < len(text):
        if span.start <= now and (said := _NOW.match(text, to.end())):
            return now, said.end()
        listed = to[0].strip() in ("、", ",", "，", "和", "及")
        other = moment.read(text, to.end(), now, after=span)
        if listed and "每" in text[max(0, at - 8) : at]:
            break  # 每月1日和15日
        if other is None or other.start < span.start or (listed and other.grain != span.grain):
            break
        at, last = other.text_end, (_last(other), other.text_end)
        if not listed:
            break
    return last


def _daily(text: str, at: int, span: Span, now: datetime) -> tuple[datetime, datetime, int] | None:
    """周一至周五上午8:30-11:30: from the first hour of the first day to the last hour of the last one."""
    to = _TO.match(text, at)
    first = moment.read(text, to.end(), now, after=span) if to else None
    if first is not None and first.grain == "day" and (each := _EACH_DAY.match(text, first.text_end)):
        first = moment.within(text, each.end(), "天", first.start, now)
    if first is None or first.grain not in _CLOCK_GRAINS or first.start.date() <= span.start.date():
        return None
    to = _TO.match(text, first.text_end)
    last = moment.read(text, to.end(), now, after=first) if to else None
    if last is None or last.start.date() != first.start.date() or last.grain not in _CLOCK_GRAINS:
        return None
    return datetime.combine(span.start.date(), first.start.time()), last.start, last.text_end


def _last(span: Span) -> datetime:
    """Until when: the hour itself, but the last second of a day or more."""
    if span.ranged and span.grain == "hour":
        return span.end
    if span.grain in _CLOCK_GRAINS:
        return span.start
    return span.end - timedelta(seconds=1)
