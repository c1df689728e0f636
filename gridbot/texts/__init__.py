"""Every sentence the bot says, by key. `{name}` in a text is filled from the parameters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from gridbot.errors import BadInput, unreadable

FILE = Path(__file__).with_name("zh.toml")
_WEEKDAYS = "一二三四五六日"

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_BY_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff”）]) ?[,;:?!()] ?|[,;:?!()] ?(?=[\u4e00-\u9fff“（])")


def typeset(text: str) -> str:
    """What somebody typed (or reading folded), with full-width punctuation beside Chinese characters."""
    return _BY_CHINESE.sub(lambda found: _FULL[found[0].strip()], text)


class Texts:
    """The sentences of one language. Keys are `section.name`; a text may be several lines."""

    def __init__(self, sentences: Mapping[str, str], zone: tzinfo) -> None:
        self._sentences = dict(sentences)
        self.zone = zone

    @classmethod
    def load(cls, zone: tzinfo, file: Path = FILE) -> Texts:
        """Read the sentences; raises BadInput naming the key that is no text."""
        return cls(_sentences(file), zone)

    def say(self, key: str, **params: object) -> str:
        """The sentence with its parameters filled in; KeyError where there is no such sentence."""
        return self._sentences[key].format(**params)

    def has(self, key: str) -> bool:
        return key in self._sentences

    def keys(self) -> tuple[str, ...]:
        return tuple(self._sentences)

    def fields(self, key: str) -> frozenset[str]:
        """The parameters that a sentence wants."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self._sentences[key]) if name)

    def moment(self, at: datetime, now: datetime) -> str:
        """A moment as people say it, seen from `now`: 15:30, 明天09:00, 周五09:00, 3月12日09:00."""
        return _moment(self, at, now)

    @staticmethod
    def on(day: date) -> str:
        """A day with its month: 3月12日."""
        return f"{day.month}月{day.day}日"

    def lasted(self, minutes: int) -> str:
        """How long something took: 55 分钟, 15 小时, 3 天."""
        for unit, length in (("days", 48 * 60), ("hours", 120)):
            if minutes >= length:
                return self.say(f"lasted.{unit}", count=minutes // {"days": 1440, "hours": 60}[unit])
        return self.say("lasted.minutes", count=minutes)

    def day(self, day: date, today: date) -> str:
        """A day as people say it: "" for today, 明天, 后天, 周五 within a week, else 3月12日."""
        ahead = (day - today).days
        if ahead in (-1, 0, 1, 2):
            return {-1: "昨天", 0: "", 1: "明天", 2: "后天"}[ahead]
        same_week = 0 < ahead < 7 and day - timedelta(days=day.weekday()) == today - timedelta(
            days=today.weekday()
        )
        return f"周{_WEEKDAYS[day.weekday()]}" if same_week else f"{day.month}月{day.day}日"


@lru_cache(maxsize=1024)  # what falls due together is said in the same words
def _moment(texts: Texts, at: datetime, now: datetime) -> str:
    local, today = at.astimezone(texts.zone), now.astimezone(texts.zone).date()
    return f"{texts.day(local.date(), today)}{local.hour:02}:{local.minute:02}"


@cache
def _sentences(file: Path) -> Mapping[str, str]:
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise unreadable(file, error) from error
    flat: dict[str, str] = {}
    for section, entries in sections.items():
        if not isinstance(entries, dict):
            raise BadInput(f"「{section}」不是一节", file=file, hint=f"请先写 [{section}]，再在下面写它的话")
        for name, text in entries.items():
            if not isinstance(text, str):
                raise BadInput(f"「{section}.{name}」不是文字", file=file, hint='请写成 名字 = "…"')
            flat[f"{section}.{name}"] = text
    return flat
