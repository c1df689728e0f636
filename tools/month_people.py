"""The people of the demo street in a month: what they say of themselves, and how they answer the bot."""

from __future__ import annotations

import csv
import heapq
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gridbot import demo

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 3, 2, 6, 30, tzinfo=ZONE)  # a Monday
TALK = tomllib.loads((Path(__file__).parent / "month_talk.toml").read_text("utf-8"))
HINT = "如：3 路灯"  # the card's own example
WORK, EVENING = (8, 18), (8, 22)


def _sheet(name: str) -> list[dict[str, str]]:
    with (demo.ORG / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


HOMES = {row["id"]: row for row in _sheet("households")}
DEPARTMENTS = {row["contact"] for row in _sheet("departments") if row["contact"]}
STAFF = {row["contact"] for row in _sheet("staff") if row["contact"]}
ROOMS = {row["node"]: row["room"] for row in _sheet("rooms") if row["audience"] == "residents"}


def residents() -> list[dict[str, str]]:
    """The residents of the street, as its org has them."""
    return _sheet("residents")


def _neighbours() -> dict[str, list[tuple[str, str, str]]]:
    """By group: (contact, building, stairwell) of whoever writes there."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in residents():
        home = HOMES[row["household"]]
        if row["contact"]:
            found.setdefault(ROOMS[home["node"]], []).append((row["contact"], home["building"], home["unit"]))
    return found


NEIGHBOURS = _neighbours()


@dataclass(order=True, slots=True)
class Writing:
    """Somebody is going to write; `room` None is the private chat."""

    at: datetime
    number: int
    room: str | None = field(compare=False)
    who: str = field(compare=False)
    text: str = field(compare=False)
    quote: str | None = field(compare=False, default=None)


class People:
    """`waiting` is what is still to be said, earliest first; `answer` adds what the bot's messages bring."""

    def __init__(self, days: int, seed: int = 20260302) -> None:
        self.waiting: list[Writing] = []
        self._chance = random.Random(seed)
        self._count = 0
        self._ending: set[int] = set()
        self._results: dict[int, str] = {}
        self._cards: dict[int, str] = {}
        for day in range(days):
            self._day(BEGIN + timedelta(days=day))
        for one in TALK["planned"]:
            if one["day"] < days:
                hour, minute = map(int, one["at"].split(":"))
                at = (BEGIN + timedelta(days=one["day"])).replace(hour=hour, minute=minute)
                self.says(at, one.get("room"), one["who"], one["text"])

    def says(self, at: datetime, room: str | None, who: str, text: str, quote: str | None = None) -> None:
        self._count += 1
        heapq.heappush(self.waiting, Writing(at, self._count, room, who, text, quote))

    # --- by themselves ------------------------------------------------------------------------------------

    def _day(self, morning: datetime) -> None:
        chance = self._chance
        for room, people in NEIGHBOURS.items():
            for _ in range(chance.randint(1, 4)):
                at = morning + timedelta(seconds=chance.randint(0, 15 * 3600))
                self.says(at, room, chance.choice(people)[0], chance.choice(TALK["chatter"]))
            if chance.random() < (0.30 if morning.weekday() < 5 else 0.18):
                who, building, unit = chance.choice(people)
                matter = chance.choice(TALK["report"])
                text = chance.choice(matter["says"]).format(b=building, u=unit or "1")
                if not building.isdigit():  # rows of old houses have neither
                    text = text.replace("号楼", "").replace("1单元", "")
                self.says(morning + timedelta(seconds=chance.randint(1800, 14 * 3600)), room, who, text)

    # --- answers ------------------------------------------------------------------------------------------

    def answer(self, at: datetime, who: str, text: str, message: str) -> None:
        """The bot wrote to somebody in private."""
        for sign, reaction in REACTIONS:
            if found := re.search(sign, text):
                reaction(self, Got(at, who, text, message, found))
                return

    def soon(
        self, now: datetime, low: int, high: int, hours: tuple[int, int] = WORK, *, weekend: bool = True
    ) -> datetime:
        """Some minutes later, within the hours in which this person writes."""
        at = now + timedelta(minutes=self._chance.randint(low, high), seconds=self._chance.randint(0, 59))
        while not hours[0] <= at.astimezone(ZONE).hour < hours[1] or (
            not weekend and at.astimezone(ZONE).weekday() > 4
        ):
            at += timedelta(minutes=37)
        return at

    def chance(self, share: float) -> bool:
        return self._chance.random() < share

    def result(self, text: str) -> str:
        """How the matter told in a card is ended."""
        text = text.replace(HINT, "")
        for matter in (*TALK["ending"], *TALK["report"]):
            if any(word in text for word in matter["about"]):
                return str(self._chance.choice(matter["done"]))
        return "到现场看过，已经处理好了，有问题再联系"

    def knows(self, ticket: int, text: str) -> None:
        """What a ticket is about, as its card told."""
        self._cards.setdefault(ticket, text)

    def told(self, ticket: int) -> str:
        """The card of a ticket, "" where nobody got one."""
        return self._cards.get(ticket, "")

    def leaves_to_others(self, ticket: int) -> None:
        """Somebody else is going to end it."""
        self._ending.add(ticket)

    def begins_anew(self, ticket: int) -> None:
        """Nobody has it in hand any more: whoever gets it now ends it."""
        self._ending.discard(ticket)

    def ends(self, now: datetime, who: str, ticket: int, text: str) -> None:
        """Whoever took a ticket ends it some hours later, once."""
        if ticket not in self._ending:
            self._ending.add(ticket)
            urgent = "【紧急" in text
            at = self.soon(now, *((20, 70) if urgent else (60, 1500)), weekend=urgent or self.chance(0.3))
            if urgent:
                at = min(at, now + timedelta(minutes=80))
            self.says(at, None, who, f"办结 {ticket} {self._results.setdefault(ticket, self.result(text))}")


@dataclass(frozen=True, slots=True)
class Got:
    """A message of the bot that somebody read in private; `found` is what its sign matched."""

    at: datetime
    who: str
    text: str
    id: str
    found: re.Match[str]


Reaction = Callable[[People, Got], None]


def _card(people: People, got: Got) -> None:
    number = int(got.found[1])
    urgent = "【紧急" in got.text
    low, high = (1, 5) if urgent else (4, 28)
    at = people.soon(got.at, low, high, (0, 24) if urgent else (8, 20))
    if got.who not in STAFF or (people.chance(0.06) and not urgent):
        return
    people.says(at, None, got.who, f"接单 {number}")
    people.knows(number, got.text)


def _late_card(people: People, got: Got) -> None:
    """A reminder that nobody has answered yet: most take it now."""
    if people.chance(0.8):
        at = people.soon(got.at, 3, 25, (8, 21))
        people.says(at, None, got.who, f"接单 {got.found[1]}")


def _again(people: People, got: Got) -> None:
    """What is to be done anew, or has come up because nobody ended it."""
    number = int(got.found[1])
    people.begins_anew(number)
    if "接单请回" in got.text:
        people.says(people.soon(got.at, 10, 60, (8, 20)), None, got.who, f"接单 {number}")
    people.ends(got.at, got.who, number, people.told(number) or got.text)


def _unhappy(people: People, got: Got) -> None:
    at = people.soon(got.at, 20, 120)
    people.says(at, None, got.who, f"退回 {got.found[1]} 请当面再问问居民")


def _meeting(people: People, got: Got) -> None:
    at = people.soon(got.at, 10, 50)
    people.says(at, None, got.who, f"决议 {got.found[1]} 孙志强 4月3日 把3号楼电梯的大修计划问清楚")


def _candidate(people: People, got: Got) -> None:
    at = people.soon(got.at, 5, 60, (8, 20))
    chatter = any(words in got.text for words in TALK["chatter"])
    people.says(at, None, got.who, "2" if chatter else "1", got.id)


def _taken(people: People, got: Got) -> None:
    number = int(got.found[1] or got.found[2])
    if "下水道" in people.told(number) and people.chance(0.6):
        people.says(got.at + timedelta(minutes=9), None, got.who, f"吹哨 {number} 物业")
        people.leaves_to_others(number)
    else:
        people.ends(got.at, got.who, number, people.told(number) or got.text)


def _department(people: People, got: Got) -> None:
    at = people.soon(got.at, 15, 70)
    people.says(at, None, got.who, f"报到 {got.found[1]}")
    people.says(people.soon(at, 60, 400), None, got.who, f"办结 {got.found[1]} {people.result(got.text)}")


def _desk(people: People, got: Got) -> None:
    people.says(people.soon(got.at, 5, 40), None, got.who, f"报告 {got.found[1]} 已通知，今天到场")


def _verdict(people: People, got: Got) -> None:
    if people.chance(0.5):
        word = "不满意 还是老样子" if people.chance(0.08) else "基本满意" if people.chance(0.2) else "满意"
        people.says(people.soon(got.at, 5, 240, EVENING), None, got.who, word, got.id)


def _morning(people: People, got: Got) -> None:
    at = got.at
    for door in re.findall(r"^· (\S+?)（(?!#)", got.text, re.M):
        if people.chance(0.8):
            at = people.soon(at, 20, 60)
            word = "不在家" if people.chance(0.1) else "正常"
            people.says(at, None, got.who, f"走访 {door} {word}")
    for number, line in re.findall(r"^· #(\d+) (.*)$", got.text, re.M):
        people.ends(got.at, got.who, int(number), people.told(int(number)) or line)


def _look_in(people: People, got: Got) -> None:
    for name in re.findall(r"[\u4e00-\u9fff]{2,4}(?=[（、，\n]|$)", got.found[1])[:3]:
        if people.chance(0.95):
            at = people.soon(got.at, 5, 24, (7, 22))
            people.says(at, None, got.who, f"平安 {name} 好")


def _simply(word: str, low: int = 5, high: int = 90, share: float = 1.0) -> Reaction:
    """The same words whenever this comes, quoting it."""

    def reaction(people: People, got: Got) -> None:
        if people.chance(share):
            people.says(people.soon(got.at, low, high, (8, 22)), None, got.who, word, got.id)

    return reaction


REACTIONS: tuple[tuple[str, Reaction], ...] = (
    (r"【(?:新事件|紧急|转来) #(\d+)】[\s\S]*回复 1", _card),
    (r"#(\d+)（.*）(?:.*尚未回复，请您接手|已到首次回复时间)", _late_card),
    (r"#(\d+)（.*居民评价不满意", _unhappy),
    (r"会议 #(\d+) 开完了吗", _meeting),
    (r"【待确认 \d+】", _candidate),
    (r"#(\d+) 已接单。办完回复|已登记为 #(\d+)", _taken),
    (r"#(\d+)(?: 需要重新办理|（.*自动转到您这里)", _again),
    (r"#(\d+) (?:已由您|.*由您接单)", _taken),
    (r"【吹哨 #(\d+)】", _desk),
    (r"【协同处置 #(\d+)】", _department),
    (r"请问满意吗", _verdict),
    (r"【今日安排】", _morning),
    (r"】请去看看：(.+)", _look_in),
    (r"【平安未报】.*：(.+)", _look_in),
    (r"日志草稿", _simply("好", share=0.9)),
    (r"【请签字", _simply("签字", 10, 200)),
    (r"【公告预览", _simply("确认", 1, 4)),
    (r"【请您复核】公告", _simply("同意", 3, 20)),
    (r"【动员[\s\S]*请(?:马上)?回复：到", _simply("到", 1, 18, 0.85)),
    (r"请评价", _simply("1", 20, 200)),
    (r"【请您核实 ", _simply("2 社区没有安排人收费", 3, 10)),
    (r"【复核 #", _simply("1", 30, 200)),
    (r"没有就发：零报告", _simply("零报告", 10, 100, 0.85)),
)  # fmt: skip

__all__: list[str] = ["BEGIN", "DEPARTMENTS", "NEIGHBOURS", "STAFF", "ZONE", "People", "Writing"]
