"""When: moments, spans and durations, as people say them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from gridbot.nlp.reading import When
from gridbot.nlp.slots import quantity

_DAYS = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "今天": 0,
    "今早": 0,
    "今晚": 0,
    "明天": 1,
    "明早": 1,
    "明晚": 1,
    "后天": 2,
}
_SAID = re.compile(
    r"(?P<day>前天|昨天|昨日|昨晚|今天|今早|今晚|明天|明早|明晚|后天)?(?P<part>早上|上午|中午|下午|晚上|夜里)?"
    r"(?:(?P<hour>[0-9]{1,2}|[一二三四五六七八九十两]{1,3})(?:点|时|:(?P<minute>[0-5][0-9]))(?P<half>半)?)?"
)


def find(text: str, *, at: datetime, zone: tzinfo) -> When | None:
    """The first moment or span `text` speaks of, aware in `zone`; `at` (aware) is when it was said."""
    now = at.astimezone(zone)
    for found in _SAID.finditer(text):
        if not found[0] or not (found["day"] or found["hour"]):
            continue
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
            days=_DAYS.get(found["day"] or "", 0)
        )
        hour = quantity.number(found["hour"]) if found["hour"] else None
        if hour is None:
            hour = {"早": 8, "晚": 19}.get((found["day"] or "  ")[1], 0)
        elif hour < 12 and ((found["part"] or "") in ("下午", "晚上") or (found["day"] or "").endswith("晚")):
            hour += 12
        if hour > 23:
            continue
        minute = int(found["minute"] or (30 if found["half"] else 0))
        return When(start=day.replace(hour=hour, minute=minute), text=found[0])
    return None
