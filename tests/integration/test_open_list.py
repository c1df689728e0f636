"""A leader's list of what is open, among very many tickets that are closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.models import database, plain
from gridbot.models.cases import workload
from gridbot.models.cases.tickets import Ticket
from gridbot.models.database import connection, parameters
from gridbot.models.reckoning import overview
from gridbot.models.territory.org import Node

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CLOSED, OPEN, GRIDS = 4000, 40, 20


def ticket(no: int, state: str) -> Ticket:
    grid = f"g{no % GRIDS}"
    return plain.new(
        Ticket, no=no, kind="issue", category="other", state=state, node=grid, grid=grid, transport="t",
        opened_at=AT + timedelta(minutes=no), due_at=AT + timedelta(days=1, minutes=-no),
    )  # fmt: skip


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def filled(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[None]:
    """Both databases, with many closed tickets, few open ones, and statistics."""
    url = f"sqlite://{tmp_path / 'g.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    async with database.opened(url):
        await Ticket.all().delete()
        await Node.all().delete()
        await plain.add([ticket(no, "closed") for no in range(1, CLOSED + 1)])
        await plain.add([ticket(no, "open") for no in range(CLOSED + 1, CLOSED + OPEN + 1)])
        await plain.add([plain.new(Node, code=f"g{n}", name=f"{n}网格") for n in range(GRIDS)])
        await connection().execute_query("ANALYZE")
        yield
        await Ticket.all().delete()
        await Node.all().delete()


async def plan_of(sql: str, *values: object) -> str:
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite() else "EXPLAIN"
    rows = await connection().execute_query_dict(f"{explain} {parameters(sql)}", list(values))
    return "\n".join(str(value) for row in rows for value in dict(row).values())


async def test_the_list_is_found_by_index_and_never_by_reading_every_ticket(filled: None) -> None:
    here, values = workload.open_here(["g1", "g2", "g3"])
    plan = await plan_of(f"SELECT * FROM ticket {here} ORDER BY due_at, no LIMIT 20", *values)
    assert "idx_ticket_state" in plan.lower()
    assert "SCAN ticket" not in plan and "Seq Scan" not in plan


async def test_the_nearest_deadlines_come_first_with_the_number_of_all(
    filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = [f"g{n}" for n in range(5)]
    few, count = await workload.open_at(nodes, 4)
    assert count == OPEN // GRIDS * 5
    assert [row.due_at for row in few] == sorted(row.due_at for row in few)
    monkeypatch.setattr(workload, "MANY_NODES", 2)
    monkeypatch.setattr(workload, "PAGE", 7)
    many, same = await workload.open_at(nodes, 4)
    all_of_them = await workload.open_at([f"g{n}" for n in range(GRIDS)], 4, everything=True)
    assert all_of_them[1] == OPEN
    assert ([row.no for row in many], same) == ([row.no for row in few], count)


async def test_whoever_leads_everything_has_the_same_list_on_his_page(
    filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = [f"g{n}" for n in range(GRIDS)]
    wanted = overview.Wanted(state="live")
    named = await overview.tickets(nodes, wanted, AT, 1)
    monkeypatch.setattr(overview, "MANY_NODES", 2)
    whole = await overview.tickets(nodes, wanted, AT, 1)
    assert [row.no for row in whole[0]] == [row.no for row in named[0]]
    assert whole[1] == named[1] == OPEN
