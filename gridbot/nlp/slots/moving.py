"""Days that move by another calendar: 伏 and 九, Easter, the days of Islam."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from borax.calendars.lunardate import TERMS_CN, TermUtils

EASTER = {
    "圣灰日": -46,
    "棕枝主日": -7,
    "圣枝主日": -7,
    "耶稣受难日": -2,
    "受难日": -2,
    "复活节": 0,
    "耶稣升天节": 39,
    "五旬节": 49,
    "圣灵降临节": 49,
}
"""Days after Easter Sunday of the western churches."""
ISLAM = {
    "圣纪节": (3, 12),
    "登霄节": (7, 27),
    "斋月": (9, 1),
    "开斋节": (10, 1),
    "肉孜节": (10, 1),
    "尔代节": (10, 1),
    "古尔邦节": (12, 10),
    "宰牲节": (12, 10),
}
"""Month and day of the Islamic year; a mosque that looks for the moon may be a day later."""
_DOG_DAYS = {"入伏": 0, "头伏": 0, "初伏": 0, "三伏": 0, "三伏天": 0}
_DOG_DAYS |= {"中伏": 10, "二伏": 10, "末伏": 20}
_NINES = {"数九": 0, "数九天": 0, "三九天": 18, "四九天": 27}
_EPOCH = 227_015  # the ordinal of 1 Muharram of the year 1, 16 July 622 (Julian)
NAMES = (*EASTER, *ISLAM, *_DOG_DAYS, *_NINES)


@lru_cache(maxsize=256)
def day(name: str, year: int) -> date | None:
    """The day named `name` that falls in `year`, the first if there are two; None where there is none."""
    if name in EASTER:
        return easter(year) + timedelta(days=EASTER[name])
    if name in ISLAM:
        return _of_islam(*ISLAM[name], year)
    if name in _NINES:
        return term("冬至", year) + timedelta(days=_NINES[name])
    if name == "末伏":
        return _stem_day(term("立秋", year))
    return _stem_day(term("夏至", year)) + timedelta(days=20 + _DOG_DAYS[name])


def term(name: str, year: int) -> date:
    """The day of a solar term in `year`; ValueError or IndexError outside of the tables."""
    found: date = TermUtils.nth_term_day(year, TERMS_CN.index(name))
    return found


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    golden, century = year % 19, year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (skipped + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(days=epact - weekday)


def _stem_day(first: date) -> date:
    """The first day from `first` on whose heavenly stem is 庚: they come every ten days."""
    return first + timedelta(days=(6 - (first.toordinal() + 4)) % 10)


def _of_islam(month: int, day_of_month: int, year: int) -> date | None:
    """By the tabular calendar: thirty years have eleven leap days."""
    for islamic in range((year - 622) * 33 // 32, (year - 622) * 33 // 32 + 3):
        days = 354 * (islamic - 1) + (3 + 11 * islamic) // 30
        found = date.fromordinal(_EPOCH + days + (59 * (month - 1) + 1) // 2 + day_of_month - 1)
        if found.year == year:
            return found
    return None
