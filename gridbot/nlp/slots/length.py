"""Lengths of time and what they reach: 三天了, 半小时后, 两周前, 未来7天, 这几天.

Arithmetic is on the wall clock of the place (naive datetimes).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, time, timedelta

from gridbot.nlp.slots.quantity import number
from gridbot.nlp.slots.timewords import INSIDE
from gridbot.values import value

_HAN = "零〇一二三四五六七八九十百两俩仨"
_COUNT = rf"[0-9]{{1,5}}(?:\.[0-9]{{1,2}})?万?|[{_HAN}]{{1,4}}|半|好[几多些]|几[十百]?|数十?|多|[十百]几|个把"
_UNITS = (
    r"秒钟?|分钟|分(?=半钟?)|刻钟|小时|钟头|钟(?![头点表楼声])"
    r"|工作日(?![志程报])|自然日|整?天(?![气花然线桥燃台井沟窗空猫安]|两头|到晚)|日(?![常用子照光夜益期历出落])"
    r"|整?晚上?(?![0-9报班会饭餐点些])|宿(?![舍管迁])|整?夜(?![里间市宵班晚])"
    r"|周(?![一二三四五六日末围边到年])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])"
    r"|月(?![初底末中份饼嫂球季票卡板牙形])|年(?![级纪龄轻终夜底初末代报])|季度"
)
_LENGTH = re.compile(
    rf"(?P<n>{_COUNT})(?:多|来|拉)?(?P<ge>个)?(?P<half>半(?!夜))?多?\s?(?P<unit>{_UNITS})(?P<half2>半(?!夜))?钟?多?"
)
_MORE = re.compile(
    rf"[零又]?(?P<n>{_COUNT})(?P<ge>个)?(?P<half>半)?(?P<unit>{_UNITS}|分(?!之|[钟]))(?P<half2>半)?"
)
_RANGE = re.compile(rf"(?:{_COUNT})\s?(?:-|~|到|至|、)\s?(?=(?:{_COUNT})(?:多|来)?个?半?(?:{_UNITS}))")
_THESE = re.compile(
    r"(?:这|近|最近|最近这)(几|两|三|些|俩)(?:天|日子?)|(?:最近|近)(一)(?:周|段时间)|前(些)(?:天|日子?)"
)
_AHEAD = re.compile(
    r"再过|(?<![经不通超路已])过|再有|再等|还要等?|未来|今后|接下来|之后的?|(?<![楼以之])下|(?<![以之])后"
)
_BEHIND = re.compile(r"过去的?|最近的?|近|前|(?<![楼路马网手晚早床车])上|这")
_NTH = re.compile(r"第([0-9]{1,3}|[一二三四五六七八九十]{1,3})(天|周|个星期|个月|年)了")
_NIGHTS = re.compile(rf"[0-9{_HAN}]{{1,3}}[夜晚宿](?![里间上])")
_AFTER = re.compile(r"\s?(之后|以后|过后|后(?![天面门半晌续悔果窗]))")
_BEFORE = re.compile(r"\s?(之前|以前|前(?![天面门半晌台往期提进景]|夜(?![里间晚])))")
_WITHIN = re.compile(rf"\s?(?:之内|以内|{INSIDE})")
_MAY_END = re.compile(r"\s?[之以过后前内来]")  # what the four above and below begin with
_SINCE = re.compile(r"\s?(?:以来|来(?=$|[\s,，。;；]|一直|都|总|没|天天|每|不断|反复|连续|多次|已|第))")
_GOING_ON = re.compile(
    r"(?:已经?|都|快|停|(?<!再)等|坏|断|堵|(?<!地)漏|连续|连着|接连|一连|好|吵|堆|拖|缺|超过|足足|整整)(?:了|着|有)?\s?$"
)
_DONE = re.compile(r"\s?(?:了|没|还没|都没|还不|都不|不)")

_ROUND_THE_CLOCK = re.compile(r"(?:24|二十四)小时(?:都|一直)?(?:不|没有?停)")
_ONE_OF = re.compile(r"[每新有那某哪此同头的这整]")
_ONES = "一二两三四五六七八九"

_SECONDS = {"秒": 1, "分": 60, "刻": 900, "小": 3600, "钟": 3600, "天": 86400, "日": 86400, "晚": 86400}
_SECONDS |= {"周": 604800, "星": 604800, "礼": 604800, "月": 30 * 86400, "年": 365 * 86400, "季": 91 * 86400}
_SECONDS |= {"工": 86400, "自": 86400, "整": 86400, "宿": 86400, "夜": 86400}
_VAGUE = {"半": 0.5, "个把": 1.0, "几": 3.0, "数": 3.0, "多": 3.0, "好几": 4.0, "好多": 4.0, "好些": 4.0}
_VAGUE |= {"十几": 15.0, "几十": 30.0, "数十": 30.0, "百几": 100.0, "几百": 300.0}


_LEADS = frozenset("再过还未今接之最近前上下后这第")
_FIRST = _LEADS | frozenset(f"0123456789{_HAN}半好几数十个多")


@value(frozen=True, slots=True)
class Reach:
    """What a length reaches from now: a start, an end, or only its seconds."""

    start: datetime | None
    end: datetime | None
    seconds: int
    begin: int  # where it stands in the text
    text_end: int
    unit: str = ""  # 天 周 月 年: of what lies so many of them before or behind now


@value(frozen=True, slots=True)
class _Length:
    amount: float
    unit: str  # the first character of the unit

    @property
    def seconds(self) -> int:
        return int(self.amount * _SECONDS[self.unit])


def read(text: str, at: int, now: datetime) -> Reach | None:
    """The length written at `at` with what it is said to reach, as said at `now` (wall clock)."""
    if text[at : at + 1] not in _FIRST:
        return None
    try:
        return _read(text, at, now)
    except (ValueError, OverflowError):
        return None


def _read(text: str, at: int, now: datetime) -> Reach | None:
    lead = None
    if text[at] in _LEADS:
        if (these := _THESE.match(text, at)) is not None:
            return _of_these(these, now)
        if (nth := _NTH.match(text, at)) is not None:
            return _for_the_nth_time(nth, now)
        lead = _BEHIND.match(text, at) or _AHEAD.match(text, at)
    start = lead.end() if lead else at
    if text[max(0, start - 1) : start] == "第":
        return None
    found = _LENGTH.match(text, start)
    if found is None and lead is None:
        ranged = _RANGE.match(text, at)
        found = _LENGTH.match(text, ranged.end()) if ranged else None
    if found is None:
        return None
    length = _length(found)
    if length is None:
        return None
    end = found.end()
    if length.unit == "天" and (nights := _NIGHTS.match(text, end)):  # 三天三夜
        end = nights.end()
    while (more := _MORE.match(text, end)) and (rest := _length(more)) and rest.seconds < length.seconds:
        length, end = _Length(length.seconds + rest.seconds, "秒"), more.end()
    return _reach(text, at, found.start(), end, length, now, lead[0] if lead else "")


def _of_these(found: re.Match[str], now: datetime) -> Reach:
    """'这几天', '最近一周': from so many days ago on."""
    days = {"几": 3, "两": 2, "俩": 2, "三": 3, "些": 3, "一": 7}[found[found.lastindex or 1]]
    back = days - 1 if days == 2 else days
    return Reach(_midnight(now) - timedelta(days=back), None, days * 86400, found.start(), found.end())


def _length(found: re.Match[str]) -> _Length | None:
    written, ge, named, half, half2 = found.group("n", "ge", "unit", "half", "half2")
    unit = named[0]
    if written == "一" and unit == "天" and _ONE_OF.match(found.string, found.start() - 1):
        return None
    if ge and unit in "天日年秒分刻宿夜":
        return None  # 一个天下为公
    if unit in "晚夜宿整" and (written == "半" or "." in written):
        return None  # 半夜, 5.20晚上
    if unit == "天" and written in ("三九", "四九"):
        return None
    if len(written) == 3 and written[2] in "十百" and _ONES.find(written[0]) < _ONES.find(written[1]):
        written = written[0] + written[2]  # 二三十年
    if len(written) == 2 and 0 <= _ONES.find(written[0]) < _ONES.find(written[1]):
        written = written[0]  # 两三天, 三五天: two, three, at least
    if unit == "钟" and not ge and not named.startswith("钟头"):
        return None
    if unit == "日" and not _is_length_of_days(written, found.string, found.end()):
        return None
    if unit == "月" and not (ge or half or written in ("两", "俩", "仨", "半", "个把")):
        return None
    if unit == "季" and (not ge or found.string[found.start() - 1 : found.start()] == "前"):
        return None  # 一季度, 前三个季度: quarters of the year
    if written[0].isdigit():
        amount = float(written.rstrip("万")) * (10_000 if written[-1] == "万" else 1)
    elif written in _VAGUE:
        amount = _VAGUE[written]
    else:
        counted = number(written)
        if counted is None:
            return None
        amount = float(counted)
    return _Length(amount + (0.5 if half or half2 else 0.0), unit)


def _is_length_of_days(written: str, text: str, end: int) -> bool:
    """'两日', '90日' and '三日内', but not '25日', '25日之前'."""
    if written in _VAGUE or written in ("两", "俩") or (number(written) or 0) > 31:
        return True
    return bool(_WITHIN.match(text, end) or _AFTER.match(text, end)) or (
        not written.isdigit() and _BEFORE.match(text, end) is not None
    )


def _reach(
    text: str, at: int, begin: int, end: int, length: _Length, now: datetime, lead: str
) -> Reach | None:
    if _MAY_END.match(text, end) and (ended := _ended(text, at, end, length, now, lead)):
        return ended
    if lead in ("再过", "过", "再有", "再等", "还要", "还要等"):
        return Reach(_floored(_shift(now, length, 1), length), None, length.seconds, at, end)
    if lead in ("未来", "今后", "接下来"):
        return Reach(now, _shift(now, length, 1), length.seconds, at, end)
    if lead in ("下", "后"):
        return _next_ones(length, now, at, end) if length.amount >= 2 else None
    if lead in ("前", "上"):
        start = _floored(_shift(now, length, -1), length)
        spoken = lead == "前" and length.unit in "星礼月"  # 前一个礼拜
        return Reach(start, None, length.seconds, at, end) if length.amount >= 2 or spoken else None
    if lead in ("过去", "过去的", "近", "最近", "最近的") or (lead == "这" and _more_than_one(length)):
        start = _shift(now, length, -1)
        whole = length.unit in "月年季" or (lead == "这" and length.unit in "天晚夜周星礼")
        return Reach(_midnight(start) if whole else start, now, length.seconds, at, end)
    if _is_going_on(text, begin, end):
        start = _shift(now, length, -1)
        days = length.unit not in "秒分刻小钟" and length.amount >= 1
        return Reach(_midnight(start) if days else start, None, length.seconds, begin, end)
    return Reach(None, None, length.seconds, begin, end) if begin == at else None


def _ended(text: str, at: int, end: int, length: _Length, now: datetime, lead: str) -> Reach | None:
    """What a length reaches by the word behind it: 三天后, 三天前, 三天内, 三天以来."""
    if after := _AFTER.match(text, end):
        start = _floored(_shift(now, length, 1), length)
        return Reach(start, None, length.seconds, at, after.end(), _whole(length))
    if before := _BEFORE.match(text, end):
        start = _floored(_shift(now, length, -1), length)
        return Reach(start, None, length.seconds, at, before.end(), _whole(length))
    if within := _WITHIN.match(text, end):
        return Reach(now, _shift(now, length, 1), length.seconds, at, within.end())
    if not lead and (since := _SINCE.match(text, end)):
        return Reach(_shift(now, length, -1), None, length.seconds, at, since.end())
    return None


def _whole(length: _Length) -> str:
    """The unit of so many whole days, weeks, months or years; "" of anything else."""
    if length.amount != int(length.amount):
        return ""
    return {"日": "天", "星": "周", "礼": "周"}.get(
        length.unit, length.unit if length.unit in "天周月年" else ""
    )


def _for_the_nth_time(found: re.Match[str], now: datetime) -> Reach | None:
    """'第三天了': it began two days ago."""
    before = _Length((number(found[1]) or 1) - 1.0, found[2].lstrip("个")[0])
    start = _midnight(_shift(now, before, -1))
    return Reach(start, None, before.seconds, found.start(), found.end())


def _more_than_one(length: _Length) -> bool:
    return length.amount >= 2 or length.amount == 0.5


def _is_going_on(text: str, begin: int, end: int) -> bool:
    """Whether a length is told of as just behind us: 停了三天, 三天没水; but not 24小时不停."""
    if text.startswith("半天", begin) or _ROUND_THE_CLOCK.match(text, begin):
        return False
    return bool(_GOING_ON.search(text, max(0, begin - 4), begin) or _DONE.match(text, end))


def _next_ones(length: _Length, now: datetime, at: int, end: int) -> Reach:
    one = _Length(1, length.unit)
    start = _floored(_shift(now, one, 1), one)
    if length.unit in "分小钟":
        start = start.replace(second=0, microsecond=0)
    if length.unit in "小钟":
        start = start.replace(minute=0)
    return Reach(start, _shift(start, length, 1), length.seconds, at, end)


def _shift(now: datetime, length: _Length, sign: int) -> datetime:
    """Months and years by the calendar, the rest by the clock."""
    if length.unit in "月年季":
        months = length.amount * {"月": 1, "季": 3, "年": 12}[length.unit] * sign
        whole = int(months)
        index = now.year * 12 + now.month - 1 + whole
        year, month = divmod(index, 12)
        day = min(now.day, monthrange(year, month + 1)[1])
        return now.replace(year=year, month=month + 1, day=day) + timedelta(days=30 * (months - whole))
    if length.unit == "工":
        return _working_days(now, int(length.amount) * sign)
    return now + timedelta(seconds=length.seconds * sign)


def _working_days(moment: datetime, days: int) -> datetime:
    """So many days from Monday to Friday further; the calendar of holidays is not known here."""
    one = timedelta(days=1 if days > 0 else -1)
    while days:
        moment += one
        if moment.weekday() < 5:
            days -= 1 if days > 0 else -1
    return moment


def _floored(moment: datetime, length: _Length) -> datetime:
    """The beginning of the day, week, month or year reached; hours and less stay exact."""
    if length.unit in "秒分刻小钟" or length.amount < 1:
        return moment
    day = _midnight(moment)
    if length.unit in "周星礼":
        return day - timedelta(days=day.weekday())
    if length.unit in "月季":
        return day.replace(day=1)
    if length.unit == "年":
        return day.replace(month=1, day=1) if length.amount == int(length.amount) else day.replace(day=1)
    return day


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment, time())
