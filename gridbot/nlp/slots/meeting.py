"""A meeting in its convener's words: when and where it is to be, to when it moves. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from gridbot.nlp.slots import when

_CALLING = re.compile(
    r"(?:请|麻烦|帮我|给我|你|先)*(?:定|约|安排|召集|组织|召?开)(?:一?个|一下|次|一次)?"
    r"[\u4e00-\u9fff]{0,4}?会(?!议?室)议?[吧啊]?[，,：: ]*"
)
_TO = re.compile(
    r"(?:改|挪|移|推迟?|延[后期]?|换|提前|调[整]?|放|往[后前][推挪])(?:到|在|成|为|至)(?P<to>.+)$"
)
_LATER, _EARLIER = re.compile(r"推|往后|延"), re.compile(r"提前|往前")
_DAY = re.compile(r"今|明|后天|大后|周|星期|礼拜|月|日|[0-9一二三十]号|天后")
_ENDS = re.compile(r"[吧啊呀了。！,，、 ]+$|^[,，、 ]+|^在")
_MORNING = time(7)  # a meeting at an hour before this one is meant in the afternoon


@dataclass(frozen=True, slots=True)
class Moved:
    """To when (aware) and where a meeting moves; None and "" where that stays."""

    at: datetime | None
    place: str


def arranged(text: str) -> str:
    """What stands besides 定个会: 后天上午9点 社区会议室."""
    return _CALLING.sub(" ", text.strip(), count=1).strip(" ，,。")


def moved(text: str, was: datetime, *, at: datetime, zone: tzinfo) -> Moved | None:
    """会改到下午3点 of the day it `was` on; 会推迟半小时; None where neither time nor place is said."""
    to = _TO.search(text)
    if to is None:
        return _shifted(text, was, at=at, zone=zone)
    said = to["to"]
    found = when.find(said, at=at, zone=zone)
    if found is None or found.start is None:
        place = _ENDS.sub("", said)
        return Moved(None, place) if place else None
    place = _ENDS.sub("", said.replace(found.text, " ", 1).strip())
    start, before = found.start.astimezone(zone), was.astimezone(zone)
    if not _DAY.search(found.text):
        start = datetime.combine(before.date(), start.time(), zone)
    elif start.time() == time() and not re.search(r"[点时:：]", found.text):
        start = datetime.combine(start.date(), before.time(), zone)
    if start.time() < _MORNING:
        start += timedelta(hours=12)
    return Moved(start, place)


def _shifted(text: str, was: datetime, *, at: datetime, zone: tzinfo) -> Moved | None:
    found = when.find(text, at=at, zone=zone)
    if found is None or found.duration_s is None:
        return None
    by = timedelta(seconds=found.duration_s)
    if _EARLIER.search(text):
        return Moved(was - by, "")
    return Moved(was + by, "") if _LATER.search(text) else None
