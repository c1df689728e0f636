"""Pages and turns in processes of their own, on one PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from gridbot.clock import sleep

ORG = Path(__file__).parents[1] / "small_org"
TOKEN = "two-processes"
DUTIES = 2000
pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@contextmanager
def gridbot(log: Path, environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gridbot", *arguments], env=environment, stdout=out, stderr=out
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


async def ready(log: Path) -> str:
    """Wait for a process to say that it is ready; returns where its pages are."""
    for _ in range(400):
        for line in log.read_text("utf-8").splitlines() if log.exists() else ():
            if "已就绪" in line:
                return line.partition("：")[2].removesuffix("/chat")
        await sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


async def emptied(postgres_url: str) -> str:
    """A database of its own on the test server."""
    admin = await asyncpg.connect(postgres_url)
    await admin.execute("DROP DATABASE IF EXISTS two_processes")
    await admin.execute("CREATE DATABASE two_processes")
    await admin.close()
    return postgres_url.replace("/postgres?", "/two_processes?")


@dataclass(frozen=True, slots=True)
class Office:
    """A process with the pages and two that take turns, running on one database."""

    database: str
    pages: str  # their address


@pytest.fixture(scope="module")
def office(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    database = asyncio.run(emptied(postgres_url))
    environment = os.environ | {
        "GRIDBOT_DATABASE__URL": database, "GRIDBOT_WEB__TOKEN": TOKEN, "GRIDBOT_WEB__PORT": "0",
        "GRIDBOT_OUTBOX__ACCOUNT_PER_MINUTE": "60000", "GRIDBOT_OUTBOX__ROOM_GAP_S": "0",
    }  # fmt: skip
    data = ["--data", str(folder)]
    command = [sys.executable, "-m", "gridbot", "import", str(ORG), *data]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    web, workers = folder / "web.log", [folder / "worker1.log", folder / "worker2.log"]
    with (
        gridbot(web, environment, "web", *data),
        gridbot(workers[0], environment, "worker", *data),
        gridbot(workers[1], environment, "worker", *data),
    ):
        for worker in workers:
            asyncio.run(ready(worker))
        yield Office(database, asyncio.run(ready(web)))


async def test_a_worker_process_answers_what_the_web_process_heard(office: Office) -> None:
    before = await last_number(office)
    await report(office.pages, range(40))
    db = await asyncpg.connect(office.database)
    mine = f"FROM outbox WHERE key = 'intake.registered' AND ticket > {before}"
    await becomes(db, 40, f"SELECT COUNT(*) {mine} AND state = 'sent'")
    answered = await db.fetch(f"SELECT attempts {mine} AND state = 'sent'")
    tickets = await db.fetch("SELECT no FROM ticket WHERE no > $1 ORDER BY no", before)
    in_group = await db.fetchval(f"SELECT COUNT(*) {mine} AND room = 'r1'")
    await db.close()
    assert [row["attempts"] for row in answered] == [1] * 40
    assert in_group <= 6
    assert [row["no"] for row in tickets] == list(range(before + 1, before + 41))


async def test_two_processes_do_every_duty_once(office: Office) -> None:
    before = await last_number(office)
    await report(office.pages, range(40, 50))
    db = await asyncpg.connect(office.database)
    await becomes(db, 10, f"SELECT COUNT(*) FROM ticket WHERE no > {before}")
    await db.execute("UPDATE ticket SET promised_at = now() WHERE no > $1", before)
    await db.execute(
        "INSERT INTO due (kind, what, occurrence, due_at, data, outcome) "
        "SELECT 'promise', 'ticket:' || no, 'n' || n, now(), '{}', '' "
        "FROM ticket, generate_series(1, $1) AS n WHERE no > $2",
        DUTIES // 10,
        before,
    )
    await becomes(db, DUTIES, "SELECT COUNT(*) FROM due WHERE occurrence LIKE 'n%' AND due_at IS NULL")
    outcomes = await db.fetch("SELECT DISTINCT outcome FROM due WHERE occurrence LIKE 'n%'")
    said = await db.fetchval("SELECT COUNT(*) FROM outbox WHERE key = 'chase.promised'")
    await db.close()
    assert [row["outcome"] for row in outcomes] == ["done"]
    assert said == DUTIES


async def last_number(office: Office) -> int:
    """The number of the newest ticket, 0 without any."""
    db = await asyncpg.connect(office.database)
    try:
        return int(await db.fetchval("SELECT COALESCE(MAX(no), 0) FROM ticket"))
    finally:
        await db.close()


async def becomes(db: asyncpg.Connection, count: int, sql: str) -> None:
    """Wait until a count is reached, for a minute and a half at most."""
    for _ in range(900):
        if await db.fetchval(sql) >= count:
            return
        await sleep(0.1)
    raise AssertionError(sql)


async def report(address: str, numbers: Iterable[int]) -> None:
    """As many people each report a broken lift in a building of its own."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        for n in numbers:
            body = {
                "room": "r1",
                "from": f"p{n}",
                "id": f"m{n}",
                "text": f"{n + 1}号楼电梯又停了，老人下不去楼，麻烦来人修",
            }
            async with http.post(f"{address}/api/v1/messages", json=body) as answer:
                assert answer.status == 202, await answer.text()
