"""What is due is found by index among very many rows that wait, and planning reads what planning wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.models import board, database, plain
from gridbot.models.board import Plan
from gridbot.models.database import connection, moment, parameters
from gridbot.models.duty import visits
from gridbot.models.duty.duties import Due, Visit

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WAITING, DAY = 5000, date(2026, 3, 2)


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def filled(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[None]:
    """Both databases, with many rows that wait."""
    url = f"sqlite://{tmp_path / 'g.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    async with database.opened(url):
        await Due.all().delete()
        await Visit.all().delete()
        await board.put(*(Plan("visit", f"h{n}", AT + timedelta(minutes=n)) for n in range(WAITING)))
        await connection().execute_query("ANALYZE")
        yield
        await Due.all().delete()
        await Visit.all().delete()


async def test_due_rows_are_found_by_index(filled: None) -> None:
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite() else "EXPLAIN"
    sql = parameters(f"{explain} SELECT * FROM due WHERE due_at <= ? ORDER BY due_at, id LIMIT ?")
    rows = await connection().execute_query_dict(sql, [moment(AT + timedelta(minutes=9)), 200])
    told = " ".join(str(value) for row in rows for value in dict(row).values())
    assert "idx_due_due_at" in told
    assert "Seq Scan" not in told
    assert len(await board.due(AT + timedelta(minutes=9), 200)) == 10


async def test_planned_visits_are_read_as_they_were_stored(filled: None) -> None:
    new = plain.new(Visit, household="h1", grid="g1", worker="w1", due_on=DAY, why="困难")
    await visits.store([new], [])
    (found,) = (await visits.owed(["g1"]))["g1"]
    assert (found.household, found.due_on, found.why) == ("h1", DAY, "困难")
    found.due_on, found.worker = DAY + timedelta(days=2), "w2"
    await visits.store([], [found])
    assert await visits.load("w2", DAY) == {DAY + timedelta(days=2): 1}
    assert (await Visit.get(household="h1")).told == []


async def test_a_row_read_plainly_is_what_the_model_reads(filled: None) -> None:
    (plainly,) = await plain.rows(Due, "WHERE what = ?", "h7")
    slowly = await Due.get(what="h7")
    for name in Due._meta.fields_db_projection:
        assert getattr(plainly, name) == getattr(slowly, name)


async def test_what_was_settled_long_ago_is_forgotten_page_by_page(
    filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "PAGE", 70)
    await board.done(await board.due(AT + timedelta(minutes=999), 1000), AT)
    await board.done(await board.due(AT + timedelta(minutes=1009), 10), AT + timedelta(days=1))
    await board.forget(AT + timedelta(hours=1))
    assert await Due.all().count() == WAITING - 1000
    assert await Due.filter(due_at__isnull=True).count() == 10


async def test_visits_of_a_grid_that_everybody_left_are_found(filled: None) -> None:
    here, gone, done = (
        plain.new(Visit, household=f"h{n}", grid=f"g{n}", worker="w", due_on=DAY, why="普通")
        for n in range(3)
    )
    done.done_at = AT
    await visits.store([here, gone, done], [])
    assert await visits.forsaken(["g0"]) == ["g1"]
    assert await plain.different("visit", "grid") == ["g0", "g1", "g2"]
