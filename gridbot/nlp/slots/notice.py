"""What stands before the text of a notice: to whom, when, which options — in any order, each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from gridbot.nlp.normalize import fold
from gridbot.nlp.slots import when

_WORD = re.compile(r"\s*(?:@\S+\s+)*#?\s*(?:发布公告|发公告|公告|通知)(?:一下|下)?[\s:：,，、]*")
_ADDRESSED = re.compile(r"\s*([^\s:：,，。]{1,12})[:：]\s*(?=\S)")
_TOKEN = re.compile(r"[^\S\n]*(\S+)[^\S\n]*(?=\s|$)")
_TIED = re.compile(
    r"((?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢)|[\u4e00-\u9fff]{1,6}?(?:网格|社区))(?=\S)"
)
_EDGES = "【】[]()（）,，、:：。.!！"
_BREAKS = " \n\t，,、。；;"
_UNTIL = re.compile(r"有效(?:期)?(?:到|至)[:：]?(\S+)")
_NOW = frozenset({"现在", "马上", "立即", "立刻"})
_HOUR = re.compile(r"[点时:：]|早|晚|中午")
_DAY = re.compile(r"今|明|后天|昨|周|星期|礼拜|月|日|号|早|晚")


@dataclass(frozen=True, slots=True)
class Notice:
    """The parts of a notice. `scope` as written ("" where none), `at` aware or None for now."""

    text: str
    scope: str = ""
    at: datetime | None = None
    options: frozenset[str] = frozenset()
    until: datetime | None = None  # it holds to the end of that day


def read(
    said: str,
    *,
    options: Collection[str],
    is_scope: Callable[[str], bool],
    at: datetime,
    zone: tzinfo,
) -> Notice:
    """Take a notice apart; the text keeps the punctuation it was written with.

    `options` are the words that stand alone for a choice (回执, 紧急), `is_scope` knows the names of
    places. A time is a word of its own that names an hour; one within the text is part of the text.
    """
    word = _WORD.match(said)
    rest = said[word.end() :] if word else said.strip()
    found = Notice(rest.strip())
    if (to := _ADDRESSED.match(rest)) and is_scope(fold(to[1])):
        rest = rest[to.end() :]
        found = Notice(rest.strip(), scope=fold(to[1]))
    while token := _TOKEN.match(rest):
        pair = _TOKEN.match(rest, token.end())
        name, second = fold(token[1].strip(_EDGES)), fold(pair[1]) if pair else ""
        end, option = token.end(), next((o for o in options if name in (o, f"要{o}")), None)
        if option is not None:
            more = replace(found, options=found.options | {option})
        elif not found.scope and is_scope(name):
            more = replace(found, scope=name)
        elif found.until is None and (last := _last_day(name, at, zone)):
            more = replace(found, until=last)
        elif found.at is None and pair and (both := _day_and_hour(name, second, at, zone)):
            more, end = replace(found, at=both), pair.end()
        elif found.at is None and (one := at if name in _NOW else _moment(name, at, zone)):
            more = replace(found, at=one)
        else:
            break
        if not rest[end:].strip():
            break  # nothing would be left to say
        rest = rest[end:]
        found = replace(more, text=rest.strip())
    return _ending(_scoped(found, is_scope), options)


def _scoped(found: Notice, is_scope: Callable[[str], bool]) -> Notice:
    """The same where the audience is tied to the text: 3号楼明天上午停水检修; the text keeps it."""
    tied = _TIED.match(fold(found.text)) if not found.scope else None
    return replace(found, scope=tied[1]) if tied and is_scope(tied[1]) else found


def _ending(found: Notice, options: Collection[str]) -> Notice:
    """The same where an option stands at the end: …带身份证 要回执; …收到请回复 is one too."""
    wish = _REPLY.search(found.text)
    if wish is not None and RECEIPT in options and found.text[: wish.start()].strip():
        return replace(found, text=found.text[: wish.start()].rstrip(), options=found.options | {RECEIPT})
    for option in options:
        for word in (f"要{option}", f"需{option}", f"需要{option}", option):
            head = found.text.removesuffix(word)
            if head != found.text and head.rstrip() and head[-1] in _BREAKS:
                text = head.rstrip().rstrip("，,、")
                return replace(found, text=text, options=found.options | {option})
    return found


RECEIPT = "回执"
_REPLY = re.compile(
    r"[,，。;；\s]+(?:收到|看到|看见)(?:的|后|了)?(?:请|麻烦)?(?:大家)?(?:都)?(?:回复|回个|回一下|回)(?:收到|话|一下|一声)?[。!！]*$"
)
_CHAIN = re.compile(r"#?\s*接龙\b|#?\s*接龙\s")
_ENTRY = re.compile(r"^\s*\d{1,3}[.、．]\s*\S", re.MULTILINE)


def chained(said: str) -> bool:
    """Whether it is a chain list (接龙) to which the speaker has added his line."""
    text = fold(said)
    return bool(_CHAIN.match(text)) and bool(_ENTRY.search(text))


_FOR_A_DOOR = re.compile(
    r"(?:^|[\s,，。、])(?P<door>(?:[0-9]{1,3}-){0,2}[0-9]{3,4})(?:室|号|家|户|这户|那户|已经?|都){0,3}"
    r"(?:收到|知道了|知悉|已阅|看到了)"
)


def acknowledged_for(said: str) -> str:
    """The door that a receipt names: 我家老人不会用 3-201收到哈 → 3-201, 202收到 → 202; "" for none."""
    found = _FOR_A_DOOR.search(fold(said))
    return found["door"] if found is not None else ""


def spoken(said: str) -> bool:
    """Whether it begins with the everyday word that stands over any notice (通知)."""
    return fold(said).startswith("通知")


def fixed_for(said: str, *, at: datetime, zone: tzinfo, anywhere: bool) -> tuple[datetime | None, str]:
    """The moment a call is fixed for, and the words without it; None where there is none.

    It stands as a word of its own (明天9点, 明天 9点) or, where `anywhere`, within the text.
    """
    words = said.split()
    for first in range(len(words)):
        for last in (first + 2, first + 1):
            name = fold(" ".join(words[first:last]).strip(_EDGES))
            if last <= len(words) and (moment := _moment(name, at, zone)) is not None:
                return moment, " ".join([*words[:first], *words[last:]])
    found = when.find(said, at=at, zone=zone) if anywhere else None
    if found is None or found.start is None or not _HOUR.search(found.text) or found.text not in said:
        return None, said
    return found.start, " ".join(said.replace(found.text, " ", 1).split())


def _last_day(name: str, at: datetime, zone: tzinfo) -> datetime | None:
    """有效到周五: the end of that day."""
    word = _UNTIL.fullmatch(name)
    found = when.find(word[1], at=at, zone=zone) if word else None
    if found is None or found.start is None:
        return None
    day = found.start.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone)


def _day_and_hour(day: str, hour: str, at: datetime, zone: tzinfo) -> datetime | None:
    """明天 9:30, written as two words."""
    return _moment(f"{day} {hour}", at, zone) if _DAY.search(day) and not _HOUR.search(day) else None


def _moment(text: str, at: datetime, zone: tzinfo) -> datetime | None:
    """The moment that these words, and nothing else, name; None for a mere day or a span."""
    found = when.find(text, at=at, zone=zone)
    if found is None or found.start is None or found.end is not None or found.duration_s is not None:
        return None
    return found.start if found.text.strip() == text and _HOUR.search(text) else None
