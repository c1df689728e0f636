"""The facts behind a digest are the same on both databases, and however many grids are asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.models import board, database, plain
from gridbot.models.board import Plan
from gridbot.models.cases.tickets import Candidate, Supporter, Ticket
from gridbot.models.duty import reporting
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.duty.owed import Duty
from gridbot.models.duty.reporting import Owed
from gridbot.models.mail import Outbox
from gridbot.models.reckoning import figures
from gridbot.models.reckoning.figures import Facts, Span

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SPAN = Span(NOW - DAY, NOW, NOW - 2 * DAY, NOW + DAY, NOW.date(), NOW.date())
GRIDS = [f"g{n}" for n in range(4)]
MODELS = (Ticket, Supporter, Candidate, Visit, Duty, Due, Outbox)


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def filled(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[None]:
    """Both databases, with a little of everything that digests count."""
    url = f"sqlite://{tmp_path / 'g.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    async with database.opened(url):
        for model in MODELS:
            await model.all().delete()
        await _tickets()
        await _rest()
        yield
        for model in MODELS:
            await model.all().delete()


async def _tickets() -> None:
    made = []
    for no in range(1, 41):
        opened = NOW - timedelta(hours=3 * no)
        done = NOW - timedelta(hours=no) if no % 3 == 0 else None
        made.append(
            plain.new(
                Ticket, no=no, kind="issue", category="noise", state="closed" if done else "open",
                grid=(grid := GRIDS[no % 4]), node=grid, transport="t", opened_at=opened, resolved_at=done,
            )
        )  # fmt: skip
    await plain.add(made)
    await plain.add(
        [
            plain.new(Supporter, ticket=no, contact=f"p{no}", at=NOW - timedelta(hours=no))
            for no in range(1, 41)
        ]
    )


async def _rest() -> None:
    hours = [timedelta(hours=n) for n in range(1, 41)]
    await plain.add(
        [
            plain.new(Visit, household=f"h{n}", grid=GRIDS[n % 4], due_on=(NOW - DAY).date(), why="困难",
                      done_at=NOW - ago if n % 2 else None)
            for n, ago in enumerate(hours)
        ] + [plain.new(Visit, household="h", grid="g1", due_on=NOW.date(), why="晨间看望")]
    )  # fmt: skip
    for n in range(6):
        await Candidate.create(transport="t", contact=f"p{n}", grid=GRIDS[n % 2], kind="issue", at=NOW - DAY)
    await reporting.owe(Owed("排查", NOW.date(), NOW.date(), NOW.date()), GRIDS)
    await board.put(Plan("a", "b", NOW - DAY), Plan("a", "c", NOW - DAY))
    await board.done(await board.due(NOW, 10), NOW - timedelta(hours=1), "skipped")
    await Outbox.create(lane="l", transport="t", room="r1", text="…", state="dead", made_at=NOW - DAY / 2)


def _plainly(facts: Facts) -> object:
    rounds = {grid: sorted(found, key=str) for grid, found in facts.rounds.items()}
    return replace(facts, rounds=rounds)


async def test_all_grids_by_name_are_what_is_read_without_names(filled: None) -> None:
    everything = await figures.gather(SPAN)
    assert _plainly(everything) == _plainly(await figures.gather(SPAN, GRIDS))


async def test_a_city_is_read_in_slices(filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = await figures.gather(SPAN)
    monkeypatch.setattr(figures, "SLICE", 3)
    assert await figures.gather(SPAN) == at_once


async def test_each_kind_of_fact_is_counted(filled: None) -> None:
    found = figures.figures(await figures.gather(SPAN, ["g1"]), ["g1"], ["g1"], ["r1"])
    mine = [no for no in range(1, 41) if no % 4 == 1]
    assert [case.no for case in found.opened] == [no for no in mine if 3 * no <= 24]
    assert found.live == sum(1 for no in mine if no % 3)
    assert found.flow.joined == sum(1 for no in mine if no <= 24)
    assert found.candidates == 3
    assert (found.look_ins_missed, found.unsent, found.skipped) == (1, 1, 2)
    assert found.said["排查"].total() == 1
    assert found.flow.visits == 6 and found.visits_missed == 0
