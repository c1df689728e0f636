"""The words of time: parts of a day, days, weeks and years relative to now, north and south."""

from __future__ import annotations

import re
from collections.abc import Iterable

HAN = "零〇一二三四五六七八九十廿卅两"
N2 = rf"(?:[0-9]{{1,2}}|[{HAN}]{{1,3}})"
"""A number up to two digits, in either writing."""
TO = r"\s?(?:-+|—+|–|~+|到|至)\s?"
INSIDE = r"内(?![部容河涝外墙侧环街径存衣饰科功])"
"""Within, where it is no 内河, 内墙, 内部."""
WEEKDAYS = "一二三四五六日"
WEEK = r"(?:周|星期|礼拜)"


def either(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _offsets(lines: str) -> dict[str, int]:
    """'-1 昨天 昨日' a line."""
    rows = (line.split() for line in lines.strip().splitlines())
    return {word: int(row[0]) for row in rows for word in row[1:]}


def _parts(lines: str) -> dict[str, tuple[int, int]]:
    """'6-10 早上 早晨' a line: from hour to hour."""
    rows = (line.split() for line in lines.strip().splitlines())
    return {word: (int(row[0].split("-")[0]), int(row[0].split("-")[1])) for row in rows for word in row[1:]}


PARTS = _parts("""
0-5   凌晨 半夜 半夜里 大半夜 深更半夜 三更半夜
0-1   午夜
2-5   后半夜 下半夜
4-6   拂晓 黎明
5-8   清晨
5-9   清早 大清早 一清早
6-10  早上 早晨 早间 朝早 早起 大早上 一大早 一早 早
7-9   早高峰 早饭后
7-12  上午 上昼 前晌 头晌 上半晌 上晌 上半天
12-14 中午 午间 晌午 大中午 午饭后
12-13 正午
12-18 晏昼
13-18 下午 午后 后晌 下昼 下晌 下半晌 下半天
17-19 傍晚 黄昏 傍黑 天擦黑 擦黑 晚高峰
18-24 晚上 晚间 夜晚 晚黑 大晚上 晚饭后 晚
20-24 夜里 夜间 前半夜
23-24 深夜
6-19  白天 大白天
""")
_EVENING = ["晚上", "晚间", "夜晚", "晚黑", "大晚上", "晚饭后", "晚"]
DEEP_NIGHT = frozenset(["夜里", "夜间", "深夜", "午夜"])
"""Five o'clock in these is before dawn; in the evening it is 17:00."""
NIGHT = frozenset(_EVENING) | DEEP_NIGHT
NOON = frozenset(["中午", "晌午", "午间", "正午", "大中午"])
MIDNIGHT = frozenset(["半夜", "半夜里", "大半夜", "深更半夜", "三更半夜"])
SMALL_HOURS = MIDNIGHT | {"凌晨"}
_DUSK = ["傍晚", "黄昏", "傍黑", "天擦黑", "擦黑", "晚高峰", "前半夜"]
PM = NIGHT | frozenset(["下午", "午后", "午饭后", "后晌", "下昼", "下晌", "下半晌", "下半天", "晏昼", *_DUSK])

DAYS = _offsets("""
-4 大大前天
-3 大前天
-2 前天 前日 前儿 前儿个 前个儿
-1 昨天 昨日 昨儿 昨儿个 昨个 昨个儿 夜儿个 夜个儿 夜里个 夜个 夜来个 昨朝 寻日 琴日 噚日 头天 头一天 前一天
0  今天 今日 今儿 今儿个 今个 今个儿 当天 当日 同日 即日
1  明天 明日 明儿 明儿个 明个 明个儿 听日 次日 翌日
2  后天 后日 后儿 后儿个 后个儿
3  大后天 大后日
4  大大后天
""")
_EVENINGS = _offsets("""
-2 前晚 前晚上
-1 昨晚 昨夜 昨晚上 昨夜里 昨儿晚上 昨下晚 寻晚 琴晚 夜儿黑 夜黑 昨儿黑 昨儿黑里 昨黑
0  今晚 今儿黑 今儿黑里 今黑 今夜 今晚上 今夜里 当晚 当夜 每晚 每夜
1  明晚 明儿黑 明儿黑里 明黑 明夜 明晚上 听晚
2  后晚
""")
_MORNINGS = _offsets("""
-1 昨早 昨早上 昨早晨
0  今早 今早上 今早晨 今晨 今朝 每早
1  明早 明早上 明早晨 明晨 明朝 听朝 次晨 翌晨
""")
_NOONS = _offsets("""
-1 昨午 昨中午
0  今午 今中午
1  明午 明中午
""")
DAY_PARTS = {
    word: (offset, part)
    for words, part in ((_EVENINGS, "晚上"), (_MORNINGS, "早上"), (_NOONS, "中午"))
    for word, offset in words.items()
}
WEEKS = _offsets("""
-2 上上 上上个
-1 上 上个 上一 上一个
0  这 这个 这一 本 今 今个 当
1  下 下个 下一 下一个
2  下下 下下个
""")
YEARS = _offsets("""
-3 大前年
-2 前年
-1 去年 上年 上一年
0  今年 本年 这一年 当年 每年
1  明年 下年 来年 次年 翌年 下一年
2  后年
3  大后年
""")
