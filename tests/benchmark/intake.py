"""Group chatter: read, recognised as no redelivery, durable (SQLite, synchronous=FULL).

Against one Tortoise transaction of three creates a message on the same disk, and against what two
well-known bot frameworks merely dispatch in memory.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot import app as root
from gridbot.clock import SystemClock
from gridbot.config import load
from gridbot.messages import Address, Incoming
from gridbot.models import database
from gridbot.models.cases.tickets import History, TicketMessage
from gridbot.models.mail import Seen
from gridbot.org import import_org
from gridbot.transports.memory import MemoryTransport
from tests.benchmark import city
from tests.benchmark.figures import compare, rate, ratio

MESSAGES = 20_000
IN_FLIGHT = 200
GRIDS = 200
CREATES = 1_000
PEERS = Path(".bench/bin/python")


async def run() -> None:
    """Print the rates and the two ratios."""
    parts = {
        "gridbot: chatter taken in": _taken_in,
        "Tortoise: three creates, one transaction": _three_creates,
    }
    if PEERS.exists():
        parts |= {"NoneBot2: dispatch only": _peer("nonebot"), "aiogram: dispatch only": _peer("aiogram")}
    else:
        print("   peers are not measured: .bench is missing (make bench makes it)")
    taken = await compare(parts)
    ratio(taken, "gridbot: chatter taken in", "Tortoise: three creates, one transaction", 10)
    for peer in ("NoneBot2: dispatch only", "aiogram: dispatch only"):
        if peer in taken:
            ratio(taken, "gridbot: chatter taken in", peer, 1)


@asynccontextmanager
async def started(grids: int = GRIDS, *, households: int = 4, workers: int = 1) -> AsyncIterator[root.App]:
    """An App on a fresh SQLite with a city of some grids; nothing runs yet."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        async with root.opened(load(), folder, [MemoryTransport()], any_transport=True) as app:
            await import_org(city.make_org(folder / "org", grids, households=households, workers=workers))
            await app.follow()
            yield app


def chatter(count: int, seed: int = 1) -> list[Incoming]:
    """Messages of many people in many groups, none of them a report."""
    chance = random.Random(seed)
    now = SystemClock().now()
    return [
        Incoming(
            at=now + timedelta(milliseconds=n),
            where=Address("memory", "bot", f"room-{chance.randrange(GRIDS)}"),
            sender=f"p{chance.randrange(5_000)}",
            id=f"m{n}",
            text=chance.choice(city.CHATTER),
        )
        for n in range(count)
    ]


async def _taken_in() -> float:
    async with started() as app:
        # Turns are taken beside it, as always: a conversation whose turn waits keeps whatever is said in it.
        running = [asyncio.create_task(loop) for loop in (app.inbox.run(), app.engine.run())]
        queue = iter(chatter(MESSAGES))

        async def sender() -> None:
            for event in queue:
                await app.inbox.receive(event)

        async def all_senders() -> None:
            await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))

        result = await rate(MESSAGES, all_senders)
        for task in running:
            task.cancel()
        assert app.inbox.counts["received"] == MESSAGES
        return result


async def _three_creates() -> float:
    with TemporaryDirectory() as scratch:
        url = f"sqlite://{scratch}/three.db"
        async with database.opened(url, engine=database.THREADED):
            now = SystemClock().now()

            async def work() -> None:
                for n in range(CREATES):
                    async with database.transaction():
                        await Seen.create(key=n, at=1)
                        await TicketMessage.create(ticket=n, contact="a", message="m", text="早上好", at=now)
                        await History.create(ticket=n, at=now, what="open", by="a", now="open")

            return await rate(CREATES, work)


def _peer(name: str):  # type: ignore[no-untyped-def]
    async def measure() -> float:
        script = Path(__file__).with_name("peers.py")
        done = await asyncio.to_thread(
            subprocess.run, [str(PEERS), str(script), name], capture_output=True, text=True, check=True
        )
        return float(json.loads(done.stdout.splitlines()[-1]))

    return measure
