"""What a batch knows of the board is what the database would have said, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.models import board, database
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger
from gridbot.models.cases.tickets import Ticket
from gridbot.models.database import batched, transaction
from gridbot.models.duty.duties import Due

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LATE = NOW + timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("opened")


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[None]:
    """Each kind of database, with nothing on the board."""
    url = f"sqlite://{tmp_path / 'one.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    async with database.opened(url):
        await Due.all().delete()
        await Ticket.all().delete()
        yield
        await Due.all().delete()
        await Ticket.all().delete()


def plan(what: str, minutes: int, occurrence: str = "") -> Plan:
    return Plan("k", what, NOW + timedelta(minutes=minutes), occurrence)


async def waiting() -> list[str]:
    return [row.what for row in await Due.filter(due_at__isnull=False).order_by("due_at", "id")]


async def taken() -> list[str]:
    return [row.what for row in await board.due(LATE, 100)]


async def test_what_is_read_ahead_is_taken_in_order_and_once() -> None:
    await board.put(plan("b", 20), plan("a", 10), plan("later", 90))
    async with batched():
        assert [row.what for row in await board.look(LATE)] == ["a", "b"]
        assert await board.next_by(LATE) == NOW + timedelta(minutes=10)
        rows = await board.due(NOW + timedelta(minutes=10), 100)
        assert [row.what for row in rows] == ["a"]
        await board.done(rows, NOW)
        assert await taken() == ["b"]
        assert await board.next_by(LATE) is None
    assert await waiting() == ["b", "later"]


async def test_what_is_planned_meanwhile_is_found_in_its_place() -> None:
    await board.put(plan("a", 10), plan("c", 30))
    async with batched():
        await board.look(LATE)
        await board.put(plan("b", 20))
        assert not board.known_until(LATE)
        assert await taken() == ["a", "b", "c"]


async def test_what_is_cancelled_or_moved_meanwhile_is_not_taken() -> None:
    await board.put(plan("a", 10), plan("b", 20), plan("c", 30))
    async with batched():
        await board.look(LATE)
        await board.cancel("a")
        await board.again(plan("c", 90))
        assert await taken() == ["b"]
    assert await waiting() == ["b", "c"]


async def test_what_was_planned_in_a_part_that_failed_is_not_there() -> None:
    await board.put(plan("a", 10))
    async with batched():
        (row,) = await board.look(LATE)
        with suppress(ZeroDivisionError):
            async with transaction():
                await board.done([row], NOW)
                await board.put(plan("b", 20))
                raise ZeroDivisionError
        assert await taken() == ["a"]
    assert await waiting() == ["a"]


async def test_done_stays_done_unless_it_is_planned_again() -> None:
    async with batched():
        await board.put(plan("a", 10), plan("b", 20))
        rows = await board.due(LATE, 100)
        await board.done(rows, NOW)
        await board.put(plan("a", 10))
        await board.settle(plan("a", 15))
        await board.again(plan("b", 25))
    assert await waiting() == ["b"]


async def test_an_occurrence_that_rests_is_settled_anew() -> None:
    await board.put(plan("a", 10))
    async with batched():
        await board.done(await board.due(LATE, 100), NOW, board.REST)
    async with batched():
        await board.settle(plan("a", 40))
    assert await waiting() == ["a"]


async def test_a_ticket_that_changes_twice_in_a_batch_is_as_it_was_left() -> None:
    act = Act("bot", NOW)
    async with batched():
        draft = casework.draft(
            kind="issue", category="road", node="g", grid="g", transport="t", account="a", reporter="wang"
        )
        ticket = await casework.open_ticket(draft, act)
        await casework.move(ticket, "escalate", act, assignee="one", node="s")
        known = await ledger.ticket(ticket.no)
        assert known is not None
        assert (known.state, known.assignee, known.node) == ("open", "one", "s")
        await casework.move(known, "accept", act, first_reply_at=NOW)
        await casework.move(known, "reassign", act, assignee="two")
    left = await Ticket.get(no=ticket.no)
    assert (left.state, left.assignee, left.node, left.first_reply_at) == ("open", "two", "s", NOW)


async def test_of_what_was_read_ahead_only_what_was_planned_since_is_read_again() -> None:
    await board.put(plan("a", 10), plan("c", 30), plan("d", 40))
    async with batched():
        await board.look(LATE)
        await board.put(plan("b", 20))
        assert board.known_until(NOW + timedelta(minutes=19))
        assert not board.known_until(NOW + timedelta(minutes=20))
        new = await board.look(LATE)
        if database.is_sqlite():
            assert [row.what for row in new] == ["b"]
        assert board.known_until(LATE)
        await board.cancel("c")
        assert await taken() == ["a", "b", "d"]


async def test_what_moves_within_what_was_read_ahead_has_its_new_place_alone() -> None:
    await board.put(plan("a", 10), plan("b", 20), plan("c", 30), plan("done", 5))
    async with batched():
        await board.look(LATE)
        first = await board.due(NOW + timedelta(minutes=5), 100)
        await board.done(first, NOW)
        await board.again(plan("done", 25), plan("c", 15))
        await board.look(LATE)
        assert await taken() == ["a", "c", "b", "done"]


async def test_what_is_done_beyond_something_newly_planned_stays_done() -> None:
    await board.put(plan("a", 10), plan("c", 30), plan("d", 40))
    async with batched():
        rows = await board.look(LATE)
        await board.put(plan("b", 20))
        await board.done([row for row in rows if row.what == "c"], NOW)
        await board.put(plan("e", 35))
        await board.look(LATE)
        assert await taken() == ["a", "b", "e", "d"]
    assert await waiting() == ["a", "b", "e", "d"]
