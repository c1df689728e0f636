"""The real process, killed with SIGKILL in the middle of a stream of messages, again and again."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import aiohttp
import pytest

from gridbot.clock import sleep
from tests.e2e.loaded import Loaded

ORG = Path(__file__).parents[1] / "small_org"
MESSAGES = 5_000
KILLS = 20
TOKEN = "kill-test"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]


class Process:
    """`gridbot run` on a data directory, which may die at any moment."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = (data / "log").open("a")
        environment = os.environ | {
            "GRIDBOT_WEB__TOKEN": TOKEN,
            "GRIDBOT_OUTBOX__ACCOUNT_PER_MINUTE": "60000",
            "GRIDBOT_OUTBOX__ROOM_GAP_S": "0",
        }
        self.loaded = Loaded(environment, self.log)
        self.running = 0

    def start(self) -> None:
        self.running = self.loaded.start("run", "--data", str(self.data), "--port", str(self.port))

    def kill(self) -> None:
        os.kill(self.running, signal.SIGKILL)

    def end(self) -> None:
        self.loaded.end()
        self.log.close()

    @property
    def messages_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/messages"


def texts() -> list[str]:
    """One message in five is a report, each of its own building so that none joins another."""
    chatter = ["谁家的猫真可爱呀", "哈哈哈哈", "晚上一起打球", "这瓜好甜", "早上好"]
    buildings = [number for number in range(300, 1400) if "233" not in str(number)]  # 233 is laughter
    report = "{}号楼电梯又停了，老人下不去楼，麻烦来人修"
    return [report.format(buildings[n // 5]) if n % 5 == 0 else chatter[n % 5] for n in range(MESSAGES)]


async def stream(process: Process, acknowledged: set[int]) -> None:
    """Send every message until it is acknowledged, twenty at a time, whatever happens to the process."""
    waiting = asyncio.Queue[tuple[int, str]]()
    for number, text in enumerate(texts()):
        waiting.put_nowait((number, text))
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        await asyncio.gather(*(sender(http, process, waiting, acknowledged) for _ in range(20)))


async def sender(
    http: aiohttp.ClientSession,
    process: Process,
    waiting: asyncio.Queue[tuple[int, str]],
    acknowledged: set[int],
) -> None:
    while not waiting.empty():
        number, text = waiting.get_nowait()
        body = {"room": "r1", "from": f"p{number}", "id": f"m{number}", "text": text}
        while number not in acknowledged:
            try:
                async with http.post(process.messages_url, json=body) as answer:
                    if answer.status == 202:
                        acknowledged.add(number)
                        continue
            except (aiohttp.ClientError, OSError):
                pass
            await sleep(0.05)


async def killer(process: Process, acknowledged: set[int]) -> int:
    """Kill and restart the process at even steps of the stream, at a random moment of each."""
    chance = random.Random(7)
    kills = 0
    while kills < KILLS:
        step = MESSAGES * (kills + 1) // (KILLS + 1)
        while len(acknowledged) < step:
            await sleep(0.005)
        await sleep(chance.random() * 0.05)
        process.kill()
        kills += 1
        process.start()
    return kills


def rows(data: Path, sql: str) -> list[sqlite3.Row]:
    with sqlite3.connect(f"file:{data / 'gridbot.db'}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        return db.execute(sql).fetchall()


async def settled(data: Path) -> None:
    """Wait until nothing is queued any more."""
    for _ in range(600):
        waiting = rows(
            data,
            "SELECT (SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM outbox WHERE due_at IS NOT "
            "NULL AND state IN ('queued', 'sending', 'unknown') AND due_at < datetime('now', '+1 minute'))",
        )
        if waiting[0][0] == 0:
            return
        await sleep(0.2)
    raise AssertionError("the queues never drained")


async def test_every_acknowledged_message_has_exactly_one_effect_and_every_answer_is_sent(
    tmp_path: Path,
) -> None:
    await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "gridbot", "import", str(ORG), "--data", str(tmp_path)],
        check=True,
        capture_output=True,
    )
    process = Process(tmp_path)
    acknowledged: set[int] = set()
    try:
        process.start()
        _, kills = await asyncio.gather(stream(process, acknowledged), killer(process, acknowledged))
        await settled(tmp_path)
    finally:
        process.end()
    assert kills == KILLS
    assert len(acknowledged) == MESSAGES
    effects = Counter(row["message"] for row in rows(tmp_path, "SELECT message FROM ticket_message"))
    assert effects == Counter({f"m{n}": 1 for n in range(0, MESSAGES, 5)})
    tickets = rows(tmp_path, "SELECT no, reporter FROM ticket ORDER BY no")
    assert [row["no"] for row in tickets] == list(range(1, MESSAGES // 5 + 1))
    answers = rows(
        tmp_path, "SELECT state, attempts, key, contact, extra FROM outbox WHERE key LIKE 'intake.%'"
    )
    assert len(answers) == MESSAGES // 5
    assert Counter(row["state"] for row in answers) == {"sent": MESSAGES // 5}
    assert {json.loads(row["extra"])["about"]["ticket"] for row in answers} == {row["no"] for row in tickets}
    twice = rows(tmp_path, "SELECT attempts FROM outbox WHERE attempts > 1")
    assert sum(row["attempts"] - 1 for row in twice) <= KILLS
