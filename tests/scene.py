"""A chat log written in a test, and what came of playing it."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gridbot.config import Settings, load
from gridbot.replay.report import Report
from gridbot.replay.run import Order, replayed
from gridbot.replay.says import Says
from tests.conftest import SMALL_ORG

ZONE = ZoneInfo("Asia/Shanghai")
Row = dict[str, Any]


@dataclass
class Played:
    """What everybody saw, and the report."""

    said: list[Row]
    report: Mapping[str, Any]

    def to(self, contact: str) -> list[str]:
        """What the bot wrote to somebody in private."""
        return [row["text"] for row in self.said if row.get("to") == contact]

    def in_group(self, room: str) -> list[str]:
        return [row["text"] for row in self.said if row.get("room") == room]

    def about(self, ticket: int) -> list[Row]:
        return [row for row in self.said if row["about"].get("ticket") == ticket]

    def ticket(self, no: int = 1) -> Row:
        return next(row for row in self.report["tickets"] if row["no"] == no)

    def rows(self, section: str, **wanted: object) -> list[Row]:
        """The rows of a list of the report that have these values."""
        return [
            row
            for row in self.report[section]
            if all(row.get(name) == value for name, value in wanted.items())
        ]


@dataclass
class Scene:
    """Lines of a log, in the order in which they are written down; times are those of the small town."""

    folder: Path
    org: Path = SMALL_ORG
    day: str = "2026-03-02"  # a Monday
    lines: list[Row] = field(default_factory=list)

    def says(self, time: str, who: str, text: str = "", room: str | None = "r1", **more: object) -> str:
        """Somebody writes; returns the message's id. `time`: "09:00", "09:00:30" or "2026-03-05 09:00"."""
        message = f"m{sum('text' in line for line in self.lines) + 1}"
        self._line(time, **{"room": room, "from": who, "text": text, "id": message, **more})
        return message

    def private(self, time: str, who: str, text: str, **more: object) -> str:
        """Somebody writes to the bot alone."""
        return self.says(time, who, text, None, **more)

    def happens(self, time: str, event: str, **more: object) -> None:
        """Any other event of a log."""
        self._line(time, event=event, **more)

    def moment(self, time: str) -> datetime:
        day, _, clock = time.rpartition(" ")
        return datetime.fromisoformat(f"{day or self.day} {clock}").replace(tzinfo=ZONE)

    def people(self, **sheets: str) -> None:
        """Another org: these sheets ("staff", "households" …) instead of the small town's, as CSV text."""
        if self.org == SMALL_ORG:
            self.org = self.folder / "org"
            shutil.copytree(SMALL_ORG, self.org)
        for name, text in sheets.items():
            (self.org / f"{name}.csv").write_text(textwrap.dedent(text).strip() + "\n", "utf-8")

    def write(self) -> Path:
        file = self.folder / "chat.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in self.lines), "utf-8")
        return file

    async def play(
        self, until: str | None = None, settings: Settings | None = None, **options: Any
    ) -> Played:
        """Replay what was written; the clock then runs on to `until`."""
        order = Order(
            self.write(), self.org, settings or load(), self.moment(until) if until else None, **options
        )
        return await play(order, self.folder)

    def _line(self, time: str, **values: object) -> None:
        self.lines.append({"at": self.moment(time).isoformat(), **values})


async def play(order: Order, folder: Path) -> Played:
    """Replay a log and read back what was said and reported."""
    say, report = folder / "say.jsonl", folder / "report.json"
    with say.open("w", encoding="utf-8") as out:
        async with replayed(order, Says(out, ZONE)) as stage:
            with report.open("w", encoding="utf-8") as file:
                await Report(stage.app.world).write(file)
    return Played(said(say), json.loads(report.read_text("utf-8")))


def said(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


__all__: Sequence[str] = ["Played", "Scene", "play", "said"]
