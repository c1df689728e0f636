"""Rows of a batch wait and go out together; what fails takes its own along and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.models import database, plain, recent
from gridbot.models.batch import BatchFailed
from gridbot.models.cases import casework, questions
from gridbot.models.cases.tickets import History, Question
from gridbot.models.database import batched, transaction
from gridbot.models.duty.duties import Due
from gridbot.models.territory.org import OptOut

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[None]:
    """An empty database of each kind."""
    url = f"sqlite://{tmp_path / 'one.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_postgres")
    async with database.opened(url):
        yield


def line(note: str) -> History:
    return plain.new(History, ticket=1, at=NOW, what="add", by="bot", was="open", now="open", note=note)


async def notes() -> list[str]:
    return [row.note for row in await History.all().order_by("id")]


class Wrong(Exception):
    """Something failed in a part."""


@pytest.mark.usefixtures("opened")
async def test_whoever_asks_sees_what_waits() -> None:
    async with batched():
        await plain.add([line("a")])
        assert await notes() == ["a"]
        await plain.add([line("b")])
    assert await notes() == ["a", "b"]


@pytest.mark.usefixtures("opened")
async def test_a_part_that_fails_takes_only_its_own_rows_along() -> None:
    async with batched():
        await plain.add([line("before")])
        with suppress(Wrong):
            async with transaction():
                await plain.add([line("lost")])
                raise Wrong
        await plain.add([line("after")])
    assert await notes() == ["before", "after"]


@pytest.mark.usefixtures("opened")
async def test_what_was_written_already_is_undone_too() -> None:
    async with batched():
        await plain.add([line("before")])
        with suppress(Wrong):
            async with transaction():
                await plain.add([line("lost")])
                async with transaction():
                    await History.all().update(note="changed")
                    await plain.add([line("lost as well")])
                assert await notes() == ["changed", "changed", "lost as well"]
                raise Wrong
        assert await notes() == ["before"]
        async with transaction():
            await History.all().update(note="kept")
    assert await notes() == ["kept"]


@pytest.mark.usefixtures("opened")
async def test_what_is_made_where_it_is_missing_is_undone_as_well() -> None:
    async def silent() -> int:
        return await OptOut.filter(contact="chen").count()

    async with batched():
        with suppress(Wrong):
            async with transaction():
                await OptOut.get_or_create(transport="t", contact="chen", defaults={"at": NOW})
                assert await silent() == 1
                raise Wrong
        assert await silent() == 0
        async with transaction():
            await OptOut.get_or_create(transport="t", contact="chen", defaults={"at": NOW})
            await OptOut.get_or_create(transport="t", contact="chen", defaults={"at": NOW})
    assert await silent() == 1


@pytest.mark.usefixtures("opened")
async def test_no_number_is_lost_or_given_twice() -> None:
    async with batched():
        assert await casework.next_number() == 1
        async with transaction():
            assert await casework.next_number() == 2
        with suppress(Wrong):
            async with transaction():
                assert await casework.next_number() == 3
                raise Wrong
        assert await casework.next_number() == 3
    assert await casework.next_number() == 4


@pytest.mark.usefixtures("opened")
async def test_what_cannot_be_written_fails_the_whole_batch() -> None:
    with pytest.raises(BatchFailed):
        async with batched():
            await plain.add([line("fine")])
            with suppress(Exception):
                async with transaction():
                    await plain.add([plain.new(History, ticket=None, at=NOW, what="add", by="", now="")])
                    await notes()
            await plain.add([line("fine too")])
    assert await notes() == []


@pytest.mark.usefixtures("opened")
async def test_the_same_thing_planned_twice_is_there_once() -> None:
    async def again(hours: int) -> None:
        row = plain.new(Due, kind="k", what="w", occurrence="o", due_at=NOW + timedelta(hours=hours))
        conflict = "ON CONFLICT (kind, what, occurrence) DO UPDATE SET due_at = excluded.due_at"
        await plain.add([row], conflict)

    async with batched():
        await again(1)
        await again(2)
    assert [row.due_at for row in await Due.all()] == [NOW + timedelta(hours=2)]


@pytest.mark.usefixtures("opened")
async def test_a_batch_forgets_what_others_change() -> None:
    async with batched():
        await recent.look(["chen", "lin"])
        assert recent.asked_nothing("chen", "lane")
        await questions.ask("chen", "lane", "place", NOW, timedelta(minutes=30))
        assert not recent.asked_nothing("chen", "lane")
        assert recent.asked_nothing("lin", "lane")
        found = await questions.newest("chen", "lane", NOW)
        assert found is not None
        await Question.filter(id=found.id).update(contact="lin")
        assert not recent.asked_nothing("lin", "lane")


@pytest.mark.usefixtures("opened")
async def test_a_text_no_database_takes_fails_where_it_is_said() -> None:
    async with batched():
        with pytest.raises(ValueError, match="NUL"):
            await plain.add([line("a\x00b")])
        with pytest.raises(UnicodeEncodeError):
            await plain.add([line("a\ud800b")])
        await plain.add([line("fine")])
    assert await notes() == ["fine"]
