"""One moment at one place of a text: a year, month, week, day, part of a day or clock time.

All arithmetic is on the wall clock of the place (naive datetimes); the caller attaches the zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gridbot.nlp.slots import almanac
from gridbot.nlp.slots.quantity import number

HAN = "零〇一二三四五六七八九十廿卅两"
N2 = rf"(?:[0-9]{{1,2}}|[{HAN}]{{1,3}})"
_TO = r"\s?(?:-+|—+|–|~+|到|至)\s?"

PARTS: dict[str, tuple[int, int]] = {
    **{"凌晨": (0, 5), "清晨": (5, 8), "清早": (5, 9), "大清早": (5, 9), "一大早": (6, 10), "一早": (6, 10)},
    **{"早上": (6, 10), "早晨": (6, 10), "早间": (6, 10), "朝早": (6, 10), "早起": (6, 10), "早": (6, 10)},
    **{
        "上午": (7, 12),
        "上昼": (7, 12),
        "前晌": (7, 12),
        "中午": (12, 14),
        "正午": (12, 13),
        "午间": (12, 14),
    },
    **{
        "晌午": (12, 14),
        "晏昼": (12, 18),
        "下午": (13, 18),
        "午后": (13, 18),
        "后晌": (13, 18),
        "下昼": (13, 18),
    },
    **{
        "傍晚": (17, 19),
        "黄昏": (17, 19),
        "傍黑": (17, 19),
        "晚上": (18, 24),
        "晚间": (18, 24),
        "夜晚": (18, 24),
    },
    **{
        "晚黑": (18, 24),
        "晚": (18, 24),
        "夜里": (20, 24),
        "夜间": (20, 24),
        "黑了": (18, 24),
        "深夜": (23, 24),
    },
    **{
        "半夜": (0, 5),
        "半夜里": (0, 5),
        "大半夜": (0, 5),
        "午夜": (0, 1),
        "后半夜": (2, 5),
        "下半夜": (2, 5),
    },
    **{"前半夜": (20, 24), "白天": (6, 19), "大白天": (6, 19)},
}
_PM = frozenset(
    {
        "下午",
        "午后",
        "后晌",
        "下昼",
        "晏昼",
        "傍晚",
        "黄昏",
        "傍黑",
        "晚上",
        "晚间",
        "夜晚",
        "晚黑",
        "晚",
        "夜里",
        "夜间",
        "深夜",
        "前半夜",
        "午夜",
    }
)
_NIGHT = frozenset({"晚上", "晚间", "夜晚", "晚黑", "晚", "夜里", "夜间", "深夜", "午夜"})
_NOON = frozenset({"中午", "晌午", "午间", "正午"})

_DAY_WORDS = {
    **{
        "大大后天": 4,
        "大后天": 3,
        "大后日": 3,
        "后天": 2,
        "后日": 2,
        "后儿": 2,
        "明天": 1,
        "明日": 1,
        "明儿个": 1,
        "明儿": 1,
    },
    **{
        "听日": 1,
        "次日": 1,
        "翌日": 1,
        "今天": 0,
        "今日": 0,
        "今儿个": 0,
        "今儿": 0,
        "今个": 0,
        "当天": 0,
        "当日": 0,
    },
    **{
        "昨天": -1,
        "昨日": -1,
        "昨儿个": -1,
        "昨儿": -1,
        "夜儿个": -1,
        "夜个儿": -1,
        "寻日": -1,
        "琴日": -1,
        "噚日": -1,
    },
    **{"前天": -2, "前日": -2, "前儿个": -2, "前儿": -2, "大前天": -3, "大大前天": -4},
}
_DAY_PARTS = {
    **{
        "今早": (0, "早上"),
        "今晨": (0, "早上"),
        "今朝": (0, "早上"),
        "今晚": (0, "晚上"),
        "今夜": (0, "晚上"),
        "今午": (0, "中午"),
    },
    **{
        "当晚": (0, "晚上"),
        "当夜": (0, "晚上"),
        "昨晚": (-1, "晚上"),
        "昨夜": (-1, "晚上"),
        "昨早": (-1, "早上"),
    },
    **{
        "寻晚": (-1, "晚上"),
        "琴晚": (-1, "晚上"),
        "夜儿黑": (-1, "晚上"),
        "夜黑": (-1, "晚上"),
        "前晚": (-2, "晚上"),
    },
    **{
        "明早": (1, "早上"),
        "明晨": (1, "早上"),
        "明朝": (1, "早上"),
        "听朝": (1, "早上"),
        "明晚": (1, "晚上"),
        "明夜": (1, "晚上"),
    },
    **{"后晚": (2, "晚上"), "听晚": (1, "晚上"), "明午": (1, "中午"), "昨午": (-1, "中午")},
}
_WEEK = {
    "上上": -2,
    "上": -1,
    "上一": -1,
    "上个": -1,
    "上一个": -1,
    "这": 0,
    "这个": 0,
    "这一": 0,
    "本": 0,
    "今": 0,
    "今个": 0,
    "当": 0,
}
_WEEK |= {"下": 1, "下个": 1, "下一": 1, "下一个": 1, "下下": 2, "下下个": 2, "上上个": -2}
_YEAR_WORDS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "这一年": 0,
    "当年": 0,
    "明年": 1,
    "下年": 1,
    "来年": 1,
    "后年": 2,
    "每年": 0,
}


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_R = re.compile
_YMD = _R(
    r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])|((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])|((?:19|20)[0-9]{2}) ([0-9]{1,2}) ([0-9]{1,2})(?![0-9])"
)
_MDY = _R(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})(?![0-9])")
_MD = _R(
    r"([0-9]{1,2})/([0-9]{1,2})(?:[日号]|(?=\s?[早上中下晚凌]|\s[0-9]{1,2}:)|(?<=/1[3-9])|(?<=/2[0-9])|(?<=/3[01]))(?![0-9/])|([0-9]{2})-([0-9]{2})(?=\s[0-9]{1,2}:)"
)
_YM = _R(r"((?:19|20)[0-9]{2})\.([0-9]{1,2})(?=\s?[-~—到至]|$)")
_YEAR_GOES_ON = (
    rf"{N2}月|第{N2}(?:个月|周|天|个?季)|[初底末春夏秋冬]|上半|下半|首?季|[一二三四1-4]季|[前后]{N2}个?月|农历|正月|腊月"
    rf"|{_any(almanac.NAMES)}"
)
_YEAR = _R(
    rf"(?:([12][0-9]{{3}}|[一二][零〇一二三四五六七八九]{{3}})(?:年(?:度|的)?|(?={_TO}[12][0-9]{{3}}年))"
    rf"|([0-9]{{2}}|[零〇一二三四五六七八九]{{2}})年的?(?={_YEAR_GOES_ON})"
    rf"|({_any(_YEAR_WORDS)})的?)(?!级)"
)
_MONTH = _R(rf"({N2})月(?:份|的)?(?![饼嫂球季票卡])|(闰)({N2})月")
_MONTH_WORD = _R(r"(每|上上个?|上一?个?|下下个?|下一?个?|这一?个?|本|当|今个?)月(?:份|的)?")
_MONTHS = _R(rf"({N2}){_TO}({N2})月(?:份)?(?![0-9{HAN}])")
_LUNAR_MONTH = _R(rf"(农历|阴历|旧历)?(闰)?(正|腊|冬|{N2})月(初?[{HAN}]{{1,3}}|[0-9]{{1,2}})?(?:日|号)?")
_DAY = _R(rf"({N2})(?:[日号])(?![线楼院公馆店机门码称召桥井坑库厂车船站岗街路栋宿网球衣常用单])")
_DAYS = _R(rf"({N2})(?:{_TO}|、)({N2})[日号](?![线楼院栋])")
_BARE_DAY = _R(
    r"([0-9]{1,2})(?=$|[\s,，。到至早上下中晚凌])(?!\s?[0-9点:时])|(三十一|二十[一二三四六七八九]|三十)(?=$|[\s,，。到至])"
)
_LUNAR_DAY = _R(
    r"(初[一二三四五六七八九十]|廿[一二三四五六七八九]?|十五|十六|二十[一二三四五六七八九]?)(?![日号点时年月个户分块元])"
)
_THIRD_OF_MONTH = _R(r"(上旬|中旬|下旬|月?初|月?底|月?末|月?中)(?![级])")
_BARE_MONTH_END = _R(r"(月初|月中|月底|月末)")
_YEAR_END = _R(r"(年初|年中|年底|年末|岁末)|([初底末])(?![一二三四五六七八九十])")
_NTH_WEEK = _R(rf"第?({N2})(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天末])")
_NTH_WEEKDAY = _R(rf"(?:的)?第({N2})个?(?:周|星期|礼拜)([一二三四五六日天])")
_QUARTER = _R(r"第?([一二三四1-4首])季度?|[Qq]([1-4])(?:季度)?|前([两二三])个?季度|(上|下)半年")
_FIRST_MONTHS = _R(rf"(前|后)({N2})个?月|第({N2})个?月|第({N2})天")
_QUARTER_WORD = _R(r"(上个?|上一个?|这个?|本|下个?|下一个?)季度")
_SEASON = _R(r"(春|夏|秋|冬)(?:天|季|里)|(暑|寒)假(?:期间)?|(?<=年)([春夏秋冬])(?![节运天])")
_WEEKDAY = _R(rf"({_any(_WEEK)})?(?:周|星期|礼拜)(?:([一二三四五六日天])(?![年月刊报岁])|(末))")
_WEEK_ALONE = _R(rf"({_any(_WEEK)})(?:周|星期|礼拜)(?![一二三四五六日天末])")
_DAY_WORD = _R(rf"({_any(_DAY_PARTS)})|({_any(_DAY_WORDS)})(?!星期|礼拜|周|月)")
_WEEK_AND_DAY = _R(rf"({_any(_WEEK)})(?:周|星期|礼拜)(?:的)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAY_NOTE = _R(r"\s?[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?(?![前后])")
_COMMA = _R(r"[\s,，、(（]{1,3}")
_TODAY_WEEKDAY = _R(r"今(?:周|星期|礼拜)([一二三四五六日天])")
_FESTIVAL = _R(
    rf"(?:农历)?({_any(almanac.NAMES)})(?:当天|那天|期间|假期)?(?![中北南东西]?[路街巷村厂]|广场|小区|社区|公园|大道|学校|小学|桥|年级)"
)
_PART = _R(rf"({_any(k for k in PARTS if len(k) > 1)})|([早晚])(?=\s?{N2}\s?[点时:])")
_PART_AFTER_DAY = _R(rf"({_any(PARTS)})(?![餐饭班会])")
_CLOCK = _R(
    rf"({N2})(?:点钟?|时(?![候间刻常代不效段而髦尚光机速]))"
    rf"(?:(半|[踏搭]半)|([一三1-3])刻|[踏搭]?({N2})(分(?:钟)?|个字)?(?![0-9点天个月日号户人块元次楼栋家位]))?"
    r"(?:([0-9]{1,2}|[一二三四五六七八九十]{1,3})秒)?(?:左右|许|多钟|多|整|钟|正)?"
)
_CLOCK_COLON = _R(
    r"([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])\s?(?:([aApP])[mM]?(?![A-Za-z]))?(?:左右|许)?"
)
_CLOCK_AMPM = _R(r"([0-9]{1,2})\s?([aApP])[mM](?![A-Za-z])")
_CLOCKS = _R(rf"({N2}){_TO}(?={N2}(?:点|时(?!候|间)))")
_NOT_A_TIME = _R(
    r"(?:水|电|气|都|也|儿|吧|反|动|消|好|不|声|信|没|办|事|点|钱|用|意|建议|要求|说明|问题|原因|疑问|看法|想法|以上|一线|小|就)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A moment with its grain; `end` is exclusive. `text_end`: where it ends in the text."""

    start: datetime
    end: datetime
    grain: str  # year month week day part hour minute second
    text_end: int
    part: str = ""
    dated: bool = True  # False: a clock time or part of a day without its day
    ranged: bool = False  # written with its own end, as in 9~12点


class _Cursor:
    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found and found.end() > self.at:
            self.at = found.end()
            return found
        return None

    def blanks(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "的") and self.at < len(self.text):
            self.at += 1


def read(text: str, at: int, now: datetime, *, after: Span | None = None) -> Span | None:
    """The moment written at `at`, as said at `now` (wall clock); `after`: the first half of a range."""
    try:
        return _read(_Cursor(text, at), now, after)
    except (ValueError, OverflowError):
        return None


def begins_with_year(text: str, at: int) -> bool:
    """Whether what is written at `at` is a year ('2025年前'), not a number of years ('3年前')."""
    return text[at : at + 1] not in ("今", "明", "去") and _YEAR.match(text, at) is not None


def _read(cur: _Cursor, now: datetime, after: Span | None) -> Span | None:
    begun = cur.at
    day = _date(cur, now, after)
    if day is not None and day.grain in ("year", "month", "week"):
        return day
    dated_end = cur.at
    cur.blanks()
    if day is not None:
        cur.take(_WEEKDAY_NOTE)
        cur.blanks()
        dated_end = cur.at
    clock = _clock(cur, day, now, after, begun)
    if clock is not None:
        return clock
    cur.at = dated_end
    return day if cur.at > begun else None


# -- days and longer -----------------------------------------------------------------------------


def _date(cur: _Cursor, now: datetime, after: Span | None) -> Span | None:
    return (
        _numeric(cur, now)
        or _with_year(cur, now)
        or _relative(cur, now)
        or _in_month(cur, now, None)
        or _festival(cur, now, None)
        or _day_alone(cur, now, after)
    )


def _numeric(cur: _Cursor, now: datetime) -> Span | None:
    if not cur.text[cur.at : cur.at + 1].isdigit():
        return None
    if found := cur.take(_YMD):
        year, month, day = (int(g) for g in found.groups() if g)
        return _day(date(year, month, day), cur)
    if found := cur.take(_MDY):
        year = int(found[3])
        return _day(date(_full_year(year, now), int(found[1]), int(found[2])), cur)
    if found := cur.take(_MD):
        month, day = (int(g) for g in found.groups() if g)
        return _day(_near(month, day, now), cur)
    if found := cur.take(_YM):
        return _months(int(found[1]), int(found[2]), 1, cur)
    return None


def _full_year(year: int, now: datetime) -> int:
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= now.year + 10 else 1900 + year


_DECADE = _R(
    r"(上世纪|二十世纪|20世纪|本世纪|二十一世纪|21世纪)?([0-9]{2}|[一二三四五六七八九]十)年代(初|中|末)?期?"
)


def _decade(cur: _Cursor, now: datetime) -> Span | None:
    found = cur.take(_DECADE)
    if not found:
        return None
    tens = number(found[2]) or 0
    century = (
        2000
        if found[1] in ("本世纪", "二十一世纪", "21世纪")
        else 1900
        if found[1] or tens > now.year % 100
        else 2000
    )
    first, years = {"初": (0, 3), "中": (4, 3), "末": (7, 3)}.get(found[3] or "", (0, 10))
    return _months(century + tens + first, 1, 12 * years, cur, grain="year")


def _with_year(cur: _Cursor, now: datetime) -> Span | None:
    if decade := _decade(cur, now):
        return decade
    found = cur.take(_YEAR)
    if not found:
        return _quarters(cur, now.year) or _season(cur, now.year) or _bare_year_end(cur, now)
    if found[3]:
        year = now.year + _YEAR_WORDS[found[3]]
    else:
        year = _full_year(number((found[1] or found[2]).replace("〇", "零")) or 0, now)
    inner = (
        _quarters(cur, year)
        or _first_months(cur, year)
        or _in_month(cur, now, year)
        or _festival(cur, now, year)
        or _season(cur, year)
        or _nth_week_of_year(cur, year)
    )
    if inner:
        return inner
    if end := cur.take(_YEAR_END):
        return _year_end(end[1] or end[2], year, cur)
    return _months(year, 1, 12, cur, grain="year")


def _bare_year_end(cur: _Cursor, now: datetime) -> Span | None:
    found = _YEAR_END.match(cur.text, cur.at)
    if not found or not found[1]:
        return None
    cur.at = found.end()
    return _year_end(found[1], now.year, cur)


def _year_end(word: str, year: int, cur: _Cursor) -> Span:
    if "初" in word:
        return _months(year, 1, 2, cur)
    return _months(year, 6, 2, cur) if "中" in word else _months(year, 11, 2, cur)


def _quarters(cur: _Cursor, year: int) -> Span | None:
    found = cur.take(_QUARTER)
    if not found:
        return None
    if found[4]:
        return _months(year, 1 if found[4] == "上" else 7, 6, cur)
    if found[3]:
        return _months(year, 1, 3 * (number(found[3]) or 1), cur)
    nth = 1 if found[1] == "首" else number(found[1] or found[2]) or 1
    months = 3
    if cur.take(_R("[初]")):
        months = 1
    return _months(year, 3 * nth - 2, months, cur)


def _first_months(cur: _Cursor, year: int) -> Span | None:
    found = cur.take(_FIRST_MONTHS)
    if not found:
        return None
    if found[4]:
        return _day(date(year, 1, 1) + timedelta(days=(number(found[4]) or 1) - 1), cur)
    if found[3]:
        return _months(year, number(found[3]) or 1, 1, cur)
    count = min(number(found[2]) or 1, 12)
    return _months(year, 1 if found[1] == "前" else 13 - count, count, cur)


def _season(cur: _Cursor, year: int) -> Span | None:
    found = cur.take(_SEASON)
    if not found:
        return None
    if found[2]:
        return _months(year, *((7, 2) if found[2] == "暑" else (1, 2)), cur)
    start, following = {
        "春": ("立春", "立夏"),
        "夏": ("立夏", "立秋"),
        "秋": ("立秋", "立冬"),
        "冬": ("立冬", "立春"),
    }[found[1] or found[3]]
    first = almanac.festival(start, year)
    last = almanac.festival(following, year + (following == "立春"))
    return _span(first, last, "month", cur) if first and last else None


def _relative(cur: _Cursor, now: datetime) -> Span | None:
    today = now.date()
    if found := cur.take(_TODAY_WEEKDAY):
        return _weekday(today, 0, found[1], cur)
    if found := cur.take(_DAY_WORD):
        if found[2]:
            return _day(today + timedelta(days=_DAY_WORDS[found[2]]), cur)
        offset, part = _DAY_PARTS[found[1]]
        return _part_of(today + timedelta(days=offset), part, cur, offset=offset)
    if found := cur.take(_WEEK_AND_DAY):
        return _weekday(today, _WEEK[found[1]], found[2], cur)
    if found := cur.take(_WEEK_ALONE):
        monday = today - timedelta(days=today.weekday() - 7 * _WEEK[found[1]])
        return _span(monday, monday + timedelta(days=7), "week", cur)
    if found := cur.take(_WEEKDAY):
        return _any_weekday(cur, found, now)
    if found := cur.take(_QUARTER_WORD):
        offset = {"上": -1, "下": 1}.get(found[1][0], 0)
        first = (today.month - 1) // 3 * 3 + 3 * offset
        return _months(today.year + first // 12, first % 12 + 1, 3, cur)
    if found := cur.take(_MONTH_WORD):
        word = found[1]
        offset = {"上": -1, "下": 1}.get(word[0], 0) * (2 if word[:2] in ("上上", "下下") else 1)
        months = today.year * 12 + today.month - 1 + offset
        return _inside_month(cur, months // 12, months % 12 + 1)
    if found := cur.take(_BARE_MONTH_END):
        return _third(found[1], today.year, today.month, cur)
    return None


_PAST = _R(r"[^,，。]{0,6}?(?:就|已经|那天|报过|起|开始停|停的|坏的|到现在|至今)")


def _any_weekday(cur: _Cursor, found: re.Match[str], now: datetime) -> Span:
    today = now.date()
    if found[3]:
        monday = today - timedelta(days=today.weekday() - 7 * _WEEK.get(found[1] or "", 0))
        return _span(monday + timedelta(days=5), monday + timedelta(days=7), "week", cur)
    weekday = "一二三四五六日".find(found[2].replace("天", "日"))
    if found[1]:
        return _weekday(today, _WEEK[found[1]], found[2], cur)
    weekday_end = cur.at
    if cur.take(_COMMA) and (dated := _in_month(cur, now, None)) and dated.grain == "day":
        return dated
    cur.at = weekday_end
    ahead = (weekday - today.weekday()) % 7 or 7
    if _PAST.match(cur.text, cur.at):
        ahead -= 7
    return _day(today + timedelta(days=ahead), cur)


def _weekday(today: date, week: int, name: str, cur: _Cursor) -> Span:
    weekday = "一二三四五六日".find(name.replace("天", "日"))
    return _day(today + timedelta(days=weekday - today.weekday() + 7 * week), cur)


def _in_month(cur: _Cursor, now: datetime, year: int | None) -> Span | None:
    lunar = _lunar(cur, now, year)
    if lunar:
        return lunar
    if found := cur.take(_MONTHS):
        first, last = number(found[1]) or 0, number(found[2]) or 0
        if 1 <= first < last <= 12:
            span = _months(year or now.year, first, last - first + 1, cur)
            return Span(span.start, span.end, "month", span.text_end, ranged=True)
        return None
    begun = cur.at
    found = cur.take(_MONTH)
    if not found or found[2]:
        cur.at = begun
        return None
    month = number(found[1]) or 0
    if not 1 <= month <= 12:
        cur.at = begun
        return None
    if year is None:
        return _guess_month(cur, now, month)
    return _inside_month(cur, year, month)


def _guess_month(cur: _Cursor, now: datetime, month: int) -> Span:
    """A month without a year: the one nearest to now, looking nine months either way."""
    at = cur.at
    span = _inside_month(cur, now.year, month)
    if span.start.date() < now.date() - timedelta(days=270):
        cur.at = at
        return _inside_month(cur, now.year + 1, month)
    if span.start.date() > now.date() + timedelta(days=270):
        cur.at = at
        return _inside_month(cur, now.year - 1, month)
    return span


def _inside_month(cur: _Cursor, year: int, month: int) -> Span:
    if found := cur.take(_DAYS):
        first, last = (number(g) or 0 for g in found.groups())
        return _span(
            date(year, month, first), date(year, month, last) + timedelta(days=1), "day", cur, ranged=True
        )
    if found := cur.take(_DAY) or cur.take(_BARE_DAY):
        return _day(date(year, month, number(found[1] or found[2]) or 0), cur)
    if found := cur.take(_THIRD_OF_MONTH):
        return _third(found[1], year, month, cur)
    if found := cur.take(_NTH_WEEKDAY):
        weekday = "一二三四五六日".find(found[2].replace("天", "日"))
        return _day(almanac.nth_weekday(year, month, number(found[1]) or 1, weekday), cur)
    if found := cur.take(_NTH_WEEK):
        monday = almanac.nth_weekday(year, month, number(found[1]) or 1, 0)
        return _span(monday, monday + timedelta(days=7), "week", cur)
    return _months(year, month, 1, cur)


def _third(word: str, year: int, month: int, cur: _Cursor) -> Span:
    if word == "上旬" or word.endswith("初"):
        first, last = 1, 10 if word == "上旬" else 5
    elif word == "中旬" or word.endswith("中"):
        first, last = 11 if word == "中旬" else 10, 20
    else:
        first, last = (21 if word == "下旬" else 25), 0
    end = date(year, month, last) + timedelta(days=1) if last else _next_month(year, month)
    return _span(date(year, month, first), end, "month", cur)


_LUNAR_WINDOW = timedelta(days=120)
_FESTIVAL_WINDOW = timedelta(days=20)


def _lunar(cur: _Cursor, now: datetime, year: int | None) -> Span | None:
    found = _LUNAR_MONTH.match(cur.text, cur.at)
    if not found:
        return _lunar_day_alone(cur, now)
    calendar, leap, month_word, day_word = found.groups()
    named = month_word in ("正", "腊", "冬")
    lunar_day = day_word and _LUNAR_DAY.match(cur.text, found.start(4)) and found[0][-1] not in "日号"
    if not (calendar or leap or named or lunar_day):
        return None
    month = {"正": 1, "冬": 11, "腊": 12}.get(month_word) or number(month_word) or 0
    day = number(day_word.lstrip("初")) if day_word else None
    cur.at = found.end()
    years = [year] if year else [now.year - 1, now.year, now.year + 1]
    for candidate in years:
        span = _lunar_span(candidate, month, day, cur, leap=bool(leap))
        if span and (year or span.end.date() > now.date() - _LUNAR_WINDOW):
            return span
    return None


def _lunar_span(year: int, month: int, day: int | None, cur: _Cursor, *, leap: bool) -> Span | None:
    if day:
        found = almanac.lunar(year, month, day, leap=leap)
        return _day(found, cur) if found else None
    whole = almanac.lunar_month(year, month, leap=leap)
    return _span(whole[0], whole[1] + timedelta(days=1), "month", cur) if whole else None


_BARE_LUNAR = _R(
    r"(?:大年|农历|阴历)?(初[一二三四五六七八九十])(?![中高]|学|年级|毕业|班|的?孩子|级|步|期|次|级)"
)
_SCHOOL = _R(r"(?:读|上|念|孩子|儿子|女儿|小孩|娃)$")


def _lunar_day_alone(cur: _Cursor, now: datetime) -> Span | None:
    """'初三': the next such day of the moon, or the one just past."""
    found = _BARE_LUNAR.match(cur.text, cur.at)
    if not found or _SCHOOL.search(cur.text, max(0, cur.at - 2), cur.at):
        return None
    day = number(found[1][1:]) or 1
    for year in (now.year - 1, now.year, now.year + 1):
        for month in range(1, 13):
            when = almanac.lunar(year, month, day)
            if when and when >= now.date():
                cur.at = found.end()
                return _day(when, cur)
    return None


def _festival(cur: _Cursor, now: datetime, year: int | None) -> Span | None:
    found = _FESTIVAL.match(cur.text, cur.at)
    if not found:
        return None
    name = found[1]
    if (
        name in almanac.STREET_NAMES
        and found[0] == name
        and not _R("前|后|放假|晚|到|那|$").match(cur.text, found.end())
    ):
        return None
    cur.at = found.end()
    if year:
        when = almanac.festival(name, year + (name in ("小寒", "大寒")))
        return _day(when, cur) if when else None
    for candidate in (now.year - 1, now.year, now.year + 1):
        when = almanac.festival(name, candidate)
        if when and when >= now.date() - _FESTIVAL_WINDOW:
            return _day(when, cur)
    return None


def _nth_week_of_year(cur: _Cursor, year: int) -> Span | None:
    found = _R(rf"第({N2})(?:周|个星期)").match(cur.text, cur.at)
    if not found:
        return None
    cur.at = found.end()
    monday = almanac.nth_weekday(year, 1, number(found[1]) or 1, 0)
    return _span(monday, monday + timedelta(days=7), "week", cur)


_HOUSE_BEFORE = _R(rf"(?:排|单元|[楼层路街巷弄栋幢村组队区座院道第#])\s?$|[0-9A-Za-z{HAN}-]$")
_AFTER_DAY = _R(
    r"$|[\s,，。!！?？;；、]|前|之前|以前|后|之后|到|至|晚|早|上午|下午|中午|凌晨|停|来|去|那天|当天|开始|起|就|左右|交|要|以|夜|半夜|傍晚|止|给|能|会|才|可以|办"
)


def _day_alone(cur: _Cursor, now: datetime, after: Span | None) -> Span | None:
    if _HOUSE_BEFORE.search(cur.text, max(0, cur.at - 3), cur.at) and after is None:
        return None
    if found := _DAYS.match(cur.text, cur.at):
        first, last = number(found[1]) or 0, number(found[2]) or 0
        if 1 <= first < last <= 31 and _AFTER_DAY.match(cur.text, found.end()):
            cur.at = found.end()
            return _span(
                _near_day(first, now),
                _near_day(first, now) + timedelta(days=last - first + 1),
                "day",
                cur,
                ranged=True,
            )
    found = _DAY.match(cur.text, cur.at)
    day = number(found[1]) or 0 if found else 0
    if not found or not 1 <= day <= 31 or not _AFTER_DAY.match(cur.text, found.end()):
        return None
    cur.at = found.end()
    if after is not None:
        base = after.start.date()
        return _day(base.replace(day=day), cur)
    deadline = _R(r"前|之前|以前").match(cur.text, cur.at) is not None
    return _day(_near_day(day, now, ahead=deadline), cur)


def _near_day(day: int, now: datetime, *, ahead: bool = False) -> date:
    """The day of this month, or of the next where this month's is long past or cannot be meant."""
    today = now.date()
    if day < today.day and (ahead or today.day - day > 15):
        following = _next_month(today.year, today.month)
        return following.replace(day=day)
    return today.replace(day=day)


def _near(month: int, day: int, now: datetime) -> date:
    found = date(now.year, month, day)
    if found < now.date() - timedelta(days=270):
        return date(now.year + 1, month, day)
    return date(now.year - 1, month, day) if found > now.date() + timedelta(days=270) else found


# -- parts of a day and the clock ----------------------------------------------------------------


def _clock(cur: _Cursor, day: Span | None, now: datetime, after: Span | None, day_begun: int) -> Span | None:
    base = (day or after).start.date() if day or after else now.date()  # type: ignore[union-attr]
    part = day.part if day and day.part else ""
    begun = cur.at
    found = None if part else cur.take(_PART_AFTER_DAY if day else _PART)
    if found:
        part = found[1] or found.group(found.lastindex or 1)
    elif not part and day is None and after is not None:
        part = after.part if after.grain in ("hour", "minute") else ""
    cur.blanks()
    when = _face(cur, lone=day is None and not found and after is None)
    dated = day is not None or after is not None
    if when is None:
        if not found:
            cur.at = begun
            return None
        cur.at = found.end()
        tomorrow = day is not None and cur.text[day_begun] in "明后听次翌"
        return _part_of(base, part, cur, offset=int(tomorrow), dated=dated)
    hour, minute, second, grain, last = when
    if not part and day is None and after is None and grain == "hour":
        hour = _afternoon(hour, now)
    start = _at(base, part, hour, minute, second, written=day.part if day else "")
    if after is not None and day is None and start < after.start and not found and hour < 12:
        start += timedelta(hours=12) if start + timedelta(hours=12) > after.start else timedelta(days=1)
    elif after is not None and day is None and start <= after.start:
        start += timedelta(days=1)
    if last is not None:
        end_hour, end_minute = last
        end = _at(base, part, end_hour, end_minute, 0, written="")
        if end <= start:
            end += timedelta(hours=12)
        return Span(start, end, "hour", cur.at, part, dated=dated, ranged=True)
    length = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}[
        grain
    ]
    return Span(start, start + length, grain, cur.at, part, dated=dated)


def _afternoon(hour: int, now: datetime) -> int:
    """'三点' without more, said by day: three in the afternoon."""
    return hour + 12 if 1 <= hour <= 5 and now.hour > hour else hour


def _face(cur: _Cursor, *, lone: bool) -> tuple[int, int, int, str, tuple[int, int] | None] | None:
    """Hour, minute, second, grain, and (hour, minute) of the end of '9~12点半'."""
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
    first = cur.take(_CLOCKS)
    found = cur.take(_CLOCK)
    read_hour = _hour(found[1]) if found else None
    if not found or read_hour is None or (lone and not first and _no_time(cur.text, found)):
        cur.at = begun
        return None
    minute, grain = _minute(found)
    if first:
        first_hour = _hour(first[1])
        return (
            (first_hour, 0, 0, "hour", (read_hour[0], minute))
            if first_hour is None
            else (first_hour[0], 0, 0, "hour", (read_hour[0], minute))
        )
    last = (read_hour[1], minute) if read_hour[1] != read_hour[0] else None
    second = number(found[6]) or 0 if found[6] else 0
    return read_hour[0], minute, second, "second" if found[6] else grain, last


def _no_time(text: str, found: re.Match[str]) -> bool:
    """'有一点', '三点建议', '一点水都没有'."""
    if found[0] in ("一点", "1点", "两点", "2点", "三点", "3点", "几点", "四点", "4点", "五点", "5点"):
        if _NOT_A_TIME.match(text, found.end()):
            return True
        before = text[max(0, found.start() - 1) : found.start()]
        if found[0] in ("一点", "1点") and (
            before in tuple("有快慢早晚多少大小高低差好强近远便宜重轻了冷热亮点")
            or found.end() == len(text) > 2
        ):
            return True
    return (
        found[0].endswith("时")
        and not text[found.start()].isdigit()
        and text.startswith(("候", "间"), found.end())
    )


def _hour(written: str) -> tuple[int, int] | None:
    """First and last hour of '八', '七八'."""
    if len(written) == 2 and all(c in "一二三四五六七八九" for c in written):
        first, last = number(written[0]) or 0, number(written[1]) or 0
        return (first, last) if last == first + 1 else None
    value = number(written)
    return (value, value) if value is not None and value <= 24 else None


def _minute(found: re.Match[str]) -> tuple[int, str]:
    if found[2]:
        return 30, "minute"
    if found[3]:
        return 15 * (number(found[3]) or 1), "minute"
    if found[4]:
        value = number(found[4]) or 0
        spoken = found[5] == "个字" or (
            not found[5] and len(found[4]) == 1 and found[4] in "一二三四五六七八九"
        )
        value *= 5 if spoken else 1
        if value > 59:
            raise ValueError("no such minute")
        return value, "minute"
    return 0, "hour"


def _at(base: date, part: str, hour: int, minute: int, second: int, *, written: str) -> datetime:
    """The moment of a clock time in a part of a day: 下午3点 15:00, 晚上12点 and 今晚1点 in the night after."""
    days = 0
    if part in _NOON and hour <= 3:
        hour += 12
    elif part in _NIGHT and (hour == 12 or (hour <= 4 and written)):
        hour, days = hour % 12, 1
    elif part in _PM and 1 <= hour < 12:
        hour += 12
    elif part in ("半夜", "大半夜", "半夜里", "凌晨") and hour == 12:
        hour = 0
    if hour == 24:
        hour, days = 0, 1
    return datetime.combine(base + timedelta(days=days), time(hour, minute, second))


def _part_of(day: date, part: str, cur: _Cursor, *, offset: int = 0, dated: bool = True) -> Span:
    """A part of a day; tomorrow's morning as people promise it begins with the office, at 08:30."""
    first, last = PARTS[part]
    midnight = datetime.combine(day, time())
    start = midnight + timedelta(hours=first)
    if offset > 0 and dated and PARTS[part] == (6, 10):
        start = midnight + timedelta(hours=8, minutes=30)
    return Span(start, midnight + timedelta(hours=last), "part", cur.at, part, dated=dated)


# -- building spans ------------------------------------------------------------------------------


def _day(day: date, cur: _Cursor) -> Span:
    return _span(day, day + timedelta(days=1), "day", cur)


def _span(first: date, following: date, grain: str, cur: _Cursor, *, ranged: bool = False) -> Span:
    midnight = time()
    return Span(
        datetime.combine(first, midnight), datetime.combine(following, midnight), grain, cur.at, ranged=ranged
    )


def _months(year: int, month: int, count: int, cur: _Cursor, *, grain: str = "month") -> Span:
    end = year * 12 + month - 1 + count
    return _span(date(year, month, 1), date(end // 12, end % 12 + 1, 1), grain, cur)


def _next_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)
