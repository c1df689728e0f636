"""A question asked aloud in a group, answered from a notice that hangs there: careful, or not at all.

几点停啊 is answered from "后天下午2点到5点停水" because every word of it that tells stands in the notice and
the notice says what is asked: a time, a place, a thing. 孩子几点放学 has a word the notice has not. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gridbot.nlp.normalize import fold

LONGEST_ASKED = 20  # characters of a question somebody asks in passing
LONGEST_TOLD = 34  # characters of a notice that are told to a group


class Wanted(StrEnum):
    """What a question is after."""

    UNTIL = "until"
    HOUR = "hour"
    WHEN = "when"
    WHERE = "where"
    PRICE = "price"
    WHAT = "what"
    WHETHER = "whether"


_ASKS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (Wanted.UNTIL, re.compile(r"到(?:几|什么时候|啥时候|多会|多晚)(?:点钟|点|时|号)?|多久|多长时间")),
    (Wanted.HOUR, re.compile(r"几点钟?")),
    (
        Wanted.WHEN,
        re.compile(r"几时|几号|哪天|何时|多会儿?|(?:什么|啥)(?:时候|时间|辰光)|哪个?时间"),
    ),
    (
        Wanted.WHERE,
        re.compile(r"[在去到]?(?:哪儿|哪里|哪边|哪个地方|(?:什么|啥)(?:地方|位置))|[在去到]哪|哪(?=集合)"),
    ),
    (Wanted.PRICE, re.compile(r"多少钱|要钱|收费|收不收费|免费")),
    (Wanted.WHAT, re.compile(r"(?:什么|啥)(?:东西|材料|证件)?")),
    (Wanted.WHETHER, re.compile(r"[吗么嘛不没]$|(.)不(?=\1)|是不是|会不会|用不用|有没有")),
)
_HINTS = frozenset("几哪什啥多吗么嘛不没何免幾嗎麼沒")  # one of these is in every question
_TOLD = {
    Wanted.UNTIL: re.compile(r"[到至\-—~～].{0,6}?[点时日号:：]|恢复|结束|截止"),
    Wanted.HOUR: re.compile(r"[\d一二三四五六七八九十两半][点时:：]|中午|凌晨"),
    Wanted.WHEN: re.compile(
        r"[\d一二三四五六七八九十两半][点时日号:：]|[上下]午|今[天早晚]|[明后]天|明早|周[一二三四五六日末]"
    ),
    Wanted.WHERE: re.compile(r"[在于].{2,12}|地[点址]"),
    Wanted.PRICE: re.compile(r"免费|不收|[\d一二三五十百]元|\d块"),
}  # fmt: skip
_BETWEEN = re.compile(r"[\s,，、:：()（）\"“”'「」?？!！。.~～;；…]+")
_EMPTY = re.compile(
    r"今天|明天|后天|今晚|明晚|明早|今早|今儿|明儿|上午|下午|晚上|早上|中午|周[一二三四五六日末]"
    r"|请问一?下?|问一?下|有(?:谁|人)知道|谁知道|大家|各位|邻居们?|咱们|咱|我们|小区|那个|这个|这次|到底|具体"
    r"|开始|结束|大概|来着|是|的|了|要|得|会|从|还|又|都|啊|呀|呢|吧|哦|噢|哎|诶|吗|么|嘛|在|到|去"
)
_SAME = {
    "来水": "停水", "有水": "停水", "通水": "停水", "来电": "停电", "有电": "停电", "来气": "停气",
    "恢复": "停", "带上": "带", "办理": "办",
}  # fmt: skip
_MEETING = frozenset({"集合", "集中", "见面"})
_THE_TIME = re.compile(r"几[点号][了啦]|现在几|今[天儿]几号")  # what the clock or the calendar tells
_ALONE = "停带领开办打查修"  # what tells something as one character
_SENTENCES = re.compile(r"[。！？!?；;\n]+")
_CLAUSES = re.compile(r"[，,]")
_DAYS = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "大后天": 3, "后天": 2}
_PARTS = {"今早": (0, "早上"), "今晚": (0, "晚上"), "明早": (1, "早上"), "明晚": (1, "晚上")}
_RELATIVE = re.compile("大后天|" + "|".join([*_DAYS, *_PARTS]))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and the words that tell about what."""

    wanted: Wanted
    words: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether the words tell nothing of what it is about: 几点到几点啊, 在哪集合."""
        return all(word in _MEETING for word in self.words)


def question(said: str) -> Question | None:
    """The short question a text is; None for everything else. 几点到几点啊 has no words about what."""
    if len(said) > 2 * LONGEST_ASKED or _HINTS.isdisjoint(said):
        return None
    text = fold(said).strip()
    if not 2 < len(text) <= LONGEST_ASKED or "\n" in text:
        return None
    text = text.rstrip("?？!！。.~～ ").rstrip("啊呀呢哦噢吧")
    wanted: Wanted | None = None
    for kind, form in _ASKS:
        if form.search(text):
            wanted = wanted or kind
            text = form.sub(" ", text)
    if wanted is None:
        return None
    words = tuple(word for word in _BETWEEN.split(_EMPTY.sub(" ", text)) if word)
    return Question(wanted, words) if words or not _THE_TIME.search(fold(said)) else None


_EVENT_SIGNS = frozenset("带费钱几多能可")  # one of these is in each of them
_OF_AN_EVENT = re.compile(
    r"^(?:要不要|用不用|需不需要|需要|得|要|用)带.{1,8}[吗么不没]?[?？]?$|^(?:要带|带)(?:什么|啥|哪些).{0,6}$"
    r"|^(?:要钱|收费|收钱|免费|花钱)(?:吗|不|么|的吗)?[?？]?$|^(?:能|可以|可不可以|能不能)带.{1,6}(?:吗|么|来|去)?[?？]?$"
    r"|^.{1,4}(?:给|发|领|有)(?:几个|多少|几斤|几份)[啊呀]?[?？]?$|^(?:谁|什么人|哪些人|啥人)(?:都)?(?:能|可以)(?:去|来|参加|领)[啊呀吗]?[?？]?$"
)


def of_an_event(said: str) -> bool:
    """Whether somebody asks what one asks of an event just announced: 要带身份证吗, 收费吗, 鸡蛋给几个."""
    if len(said) > LONGEST_ASKED or _EVENT_SIGNS.isdisjoint(said):
        return False
    return _OF_AN_EVENT.match(fold(said).strip()) is not None


def asks_when(said: str, verb: str) -> bool:
    """Whether a text asks when something will happen and nothing else: 几点停电."""
    asked = question(said)
    if asked is None or asked.wanted not in (Wanted.HOUR, Wanted.WHEN) or not asked.words:
        return False
    return all(word.startswith(verb) for word in asked.words)


def answer(asked: Question, notice: str) -> str | None:
    """The few words of a notice that answer; None where it lacks a word of the question, or the answer.

    They are the shortest run of clauses of one sentence that holds both.
    """
    parts = [_pieces(_SAME.get(word, word), notice) for word in asked.words]
    words = [piece for part in parts for piece in part]
    if not all(parts):
        return None
    told = _TOLD.get(asked.wanted)
    best: str | None = None
    for sentence in _SENTENCES.split(notice):
        clauses = [clause.strip() for clause in _CLAUSES.split(sentence) if clause.strip()]
        for part in _runs(clauses):
            fits = all(word in part for word in words) and (told is None or told.search(part))
            if fits and (best is None or len(part) < len(best)):
                best = part
    return best


def about(asked: Question, notice: str) -> bool:
    """Whether a question is about a notice though the notice may not say what is asked."""
    return bool(asked.words) and all(_pieces(_SAME.get(word, word), notice) for word in asked.words)


def _pieces(word: str, notice: str) -> list[str]:
    """The parts of 打疫苗带 that stand in a notice, the longest first; none where a rest is left."""
    if word in notice:
        return [word] if len(word) > 1 or word in _ALONE else []
    for cut in range(len(word) - 1, 0, -1):
        head, rest = word[:cut], word[cut:]
        if head in notice and (cut > 1 or head in _ALONE) and (pieces := _pieces(rest, notice)):
            return [head, *pieces]
    return []


def _runs(clauses: Sequence[str]) -> list[str]:
    spans = ((a, b) for a in range(len(clauses)) for b in range(a + 1, len(clauses) + 1))
    return ["，".join(clauses[a:b]) for a, b in spans]


def dated(text: str, said_on: date, today: date) -> str:
    """明天 of a text written on another day, as it has to be called today."""
    if said_on == today:
        return text

    def renamed(found: re.Match[str]) -> str:
        ahead, part = _PARTS.get(found[0]) or (_DAYS[found[0]], "")
        day = said_on + timedelta(days=ahead)
        near = {timedelta(0): "今天", timedelta(days=1): "明天"}.get(day - today)
        return (near or f"{day.month}月{day.day}日") + part

    return _RELATIVE.sub(renamed, text)
