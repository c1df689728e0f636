"""The demo street lives a month: `python -m tools.demo_month FOLDER [DAYS]` writes what five people got.

People write in their groups by chance (seeded), and answer what the bot sends them as people would: a
worker takes a card and ends it some hours later, a department checks in, a resident gives a verdict. What
they wrote is kept as a chat log too (chat.jsonl), which `gridbot replay` plays again.
"""

from __future__ import annotations

import asyncio
import heapq
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from gridbot import demo
from gridbot.clock import SetClock
from gridbot.config import load
from gridbot.messages import Incoming
from gridbot.replay import says as written
from gridbot.replay.platform import Left, Platform
from gridbot.replay.report import Report
from gridbot.replay.stage import Stage
from tools.month_people import BEGIN, ZONE, People, Writing

MONTH = 30
FIVE = {
    "resident": "wang-xiumei",
    "worker": "zhang-lei",
    "leader": "sun-zhiqiang",
    "department": "dongyuan-wuye",
    "head": "shen-zhenhua",
}
GROUPS = {
    "resident": {"room-dy2"},
    "worker": {"room-dy2", "staff-dy"},
    "leader": {"staff-dy"},
    "department": set[str](),
    "head": {"staff-wh"},
}


class Everything(frozenset[str]):
    """Any message may be quoted later."""

    def __contains__(self, one: object) -> bool:
        return True


@dataclass
class Month:
    """What the bot said (as lines of a `--say` file) and what people wrote (as lines of a chat log)."""

    said: list[dict[str, str]] = field(default_factory=list)
    heard: list[dict[str, object]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)

    def to(self, who: str) -> list[dict[str, str]]:
        """What somebody got in private, in order."""
        return [line for line in self.said if line.get("to") == who]


async def lived(days: int = MONTH) -> Month:
    """Let the street live some days and the morning after; the same every time."""
    month, people = Month(), People(days)

    def told(left: Left) -> None:
        line = json.loads(written.line(left, ZONE))
        month.said.append(line)
        if "to" in line:
            people.answer(left.at.astimezone(ZONE), line["to"], line["text"], line["id"])

    with TemporaryDirectory() as scratch:
        clock = SetClock(BEGIN)
        platform = Platform(clock, Everything(), told)
        stage = Stage(load(), f"sqlite://{scratch}/month.db", clock, platform, synchronous="OFF")
        await stage.open()
        try:
            await stage.import_org(demo.ORG)
            await stage.begin()
            await _play(stage, platform, people, month, BEGIN + timedelta(days=days, hours=3))
            with (Path(scratch) / "report.json").open("w+", encoding="utf-8") as file:
                await Report(stage.app.world).write(file)
                file.seek(0)
                month.report = json.load(file)
        finally:
            await stage.close()
    return month


async def _play(stage: Stage, platform: Platform, people: People, month: Month, end: datetime) -> None:
    """Whatever comes first, what falls due or what somebody writes, until the end."""
    while True:
        due = await stage.next_due()
        following = people.waiting[0].at if people.waiting else end
        if due is not None and due <= min(following, end):
            await stage.advance(due)
        elif following <= end and people.waiting:
            await _say(stage, platform, heapq.heappop(people.waiting), month)
        else:
            return


async def _say(stage: Stage, platform: Platform, one: Writing, month: Month) -> None:
    at, message = max(one.at, stage.now), f"p{one.number}"
    where = stage.where(one.room, one.who)
    quote = platform.quoted(where, one.quote) if one.quote else None
    platform.remember(where, message, one.text, one.who)
    moment = at.astimezone(ZONE).isoformat()
    line = {"at": moment, "room": one.room, "from": one.who, "text": one.text, "id": message}
    month.heard.append({**line, "quote": one.quote} if one.quote else line)
    await stage.hear(Incoming(at, where, one.who, message, one.text, sender_name=one.who, quote=quote))


def write(month: Month, folder: Path) -> None:
    """Each of the five as a file to read, counts.txt, chat.jsonl and say.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    begun: dict[str, object] = {"at": BEGIN.isoformat(), "event": "gateway", "state": "up"}
    for name, lines in (("chat", [begun, *month.heard]), ("say", month.said)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    for part, contact in FIVE.items():
        with (folder / f"{part}.txt").open("w", encoding="utf-8") as out:
            _story(month, part, contact, out)
    with (folder / "counts.txt").open("w", encoding="utf-8") as out:
        _counts(month, out)


def _story(month: Month, part: str, contact: str, out: IO[str]) -> None:
    lines = [(str(one["at"]), f"   -> {one['text']}") for one in month.heard if one["from"] == contact]
    for one in month.said:
        if one.get("to") == contact:
            lines.append((one["at"], f"<- {one['text']}"))
        elif one.get("room") in GROUPS[part]:
            lines.append((one["at"], f"<- [{one['room']}] {one['text']}"))
    for at, text in sorted(lines, key=lambda line: line[0]):
        out.write(f"{at[5:16]} {text.replace(chr(10), chr(10) + ' ' * 15)}\n")


def unasked(month: Month) -> dict[str, Counter[str]]:
    """The same without what answers somebody at once: what the bot began by itself."""
    writing = {(str(line["from"]), str(line["at"])[:19]) for line in month.heard}
    found: dict[str, Counter[str]] = {}
    for line in month.said:
        if "to" in line and (line["to"], line["at"][:19]) not in writing:
            found.setdefault(line["to"], Counter())[line["at"][:10]] += 1
    return found


def counts(month: Month) -> dict[str, Counter[str]]:
    """Messages a day that each account got in private."""
    found: dict[str, Counter[str]] = {}
    for line in month.said:
        if "to" in line:
            found.setdefault(line["to"], Counter())[line["at"][:10]] += 1
    return found


def _counts(month: Month, out: IO[str]) -> None:
    begun = unasked(month)
    for who, days in sorted(counts(month).items(), key=lambda item: -sum(item[1].values())):
        own = begun.get(who, Counter())
        busiest, most = max(own.items(), key=lambda item: item[1], default=("", 0))
        mean = sum(own.values()) / max(len(own), 1)
        out.write(
            f"{who:<20} {sum(days.values()):>5} in all, unasked {sum(own.values()):>4}: "
            f"{mean:4.1f} a day, most {most} on {busiest}\n"
        )
    for part, contact in FIVE.items():
        out.write(f"\n{part} {contact}\n")
        out.writelines(f"  {day} {count}\n" for day, count in sorted(counts(month).get(contact, {}).items()))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("month")
    month = asyncio.run(lived(int(sys.argv[2]) if len(sys.argv) > 2 else MONTH))
    write(month, folder)
    print(f"{len(month.heard)} messages written, {len(month.said)} said by the bot; see {folder}")


if __name__ == "__main__":
    main()
