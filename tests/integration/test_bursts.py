"""More falls due than one transaction does: each person gets one message, nothing is lost or told twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.config import load
from gridbot.models import board, plain
from gridbot.models.board import Plan
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.mail import Outbox
from gridbot.schedules import bursts
from tests.conftest import MONDAY, Community, community_on

STAFF = ("s1", "s6")
TICKETS = 24


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def crowded(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Community]:
    """Two workers with a dozen tickets each, all near their deadline, no two of one worker side by side."""
    for name, most in (("ROWS", 4), ("REMINDERS", 5), ("ONE_PERSON", 20)):
        monkeypatch.setattr(bursts, name, most)
    url = request.getfixturevalue("empty_postgres") if request.param == "postgres" else ""
    async with community_on(load(database={"url": url}), tmp_path) as community:
        at = MONDAY
        await plain.add([_ticket(n) for n in range(1, TICKETS + 1)])
        await board.put(
            *(Plan("deadline_warning", f"ticket:{n}", at, "test") for n in range(1, TICKETS + 1)),
            *(Plan("no_such_kind", f"ticket:{n}", at + timedelta(seconds=1)) for n in range(9)),
        )
        yield community


def _ticket(no: int) -> Ticket:
    return plain.new(
        Ticket, no=no, kind="issue", category="public_facility", state="accepted", node="g1", grid="g1",
        transport="memory", account="bot", assignee=STAFF[no % 2], opened_at=MONDAY, first_reply_at=MONDAY,
        due_at=MONDAY + timedelta(hours=2),
    )  # fmt: skip


async def _ticked(community: Community) -> list[int]:
    """How many rows each tick did until nothing was left."""
    ticker, now, counts = community.stage.app.ticker, MONDAY + timedelta(minutes=1), list[int]()
    while count := await ticker.tick(now):
        counts.append(count)
    return counts


async def test_in_a_burst_each_person_gets_one_message_with_all_that_is_his(crowded: Community) -> None:
    await _ticked(crowded)
    rows = await Outbox.filter(key="chase.due_soon")
    told = {row.contact: [int(no) for no in re.findall(r"#(\d+)", row.text)] for row in rows}
    assert len(rows) == len(told) == len(STAFF)
    for numbers in told.values():
        assert len(numbers) == TICKETS / len(STAFF) and numbers == sorted(numbers)
    assert Counter(no for numbers in told.values() for no in numbers) == Counter(range(1, TICKETS + 1))
    assert not await Due.filter(kind="deadline_warning", due_at__isnull=False).exists()


async def test_what_cannot_wait_goes_before_reminders(crowded: Community) -> None:
    ticker = crowded.stage.app.ticker
    assert await ticker.tick(MONDAY + timedelta(minutes=1)) == bursts.ROWS
    assert await Due.filter(outcome="dropped", kind="no_such_kind").count() == bursts.ROWS
    assert not await Outbox.filter(key="chase.due_soon").exists()


async def test_what_was_dropped_meanwhile_is_not_told(crowded: Community) -> None:
    ticker, now = crowded.stage.app.ticker, MONDAY + timedelta(minutes=1)
    await ticker.tick(now)  # the order of the burst is made
    await board.cancel("ticket:7")
    await board.move(Plan("deadline_warning", "ticket:8", MONDAY + timedelta(days=1), "test"))
    while await ticker.tick(now):
        pass
    texts = " ".join([row.text for row in await Outbox.filter(key="chase.due_soon")])
    assert "#6（" in texts and "#7（" not in texts and "#8（" not in texts
    (later,) = await Due.filter(kind="deadline_warning", due_at__isnull=False)
    assert later.what == "ticket:8"


async def test_a_transaction_that_fails_costs_nobody_his_reminder(
    crowded: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> list[Due]:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(board, "named", fails)
        with pytest.raises(OSError, match="full"):
            await crowded.stage.app.ticker.tick(MONDAY + timedelta(minutes=1))
    await _ticked(crowded)
    assert await Outbox.filter(key="chase.due_soon").count() == len(STAFF)
    assert not await Due.filter(kind="deadline_warning", due_at__isnull=False).exists()
