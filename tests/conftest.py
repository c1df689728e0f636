"""What every test may ask for: a small community on a real database, played through the complete program."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from tortoise.apps import Apps
from tortoise.models import Model

from gridbot.config import Settings
from gridbot.config import load as load_settings
from gridbot.messages import Attachment, Incoming, Media, Outgoing, Quote
from gridbot.org import import_org
from gridbot.replay.stage import Stage, staged
from tests.postgres import empty_postgres, postgres_pattern, postgres_url

ZONE = ZoneInfo("Asia/Shanghai")
SMALL_ORG = Path(__file__).parent / "small_org"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)  # a working day


_made_for: dict[type[Model], type] = {}  # a model to the SQL dialect that its queries were made for
_make_querysets = Apps._build_initial_querysets


def _make_querysets_once(apps: Apps) -> None:
    """What Tortoise works out about the models at each opening stays true while the dialect does.

    It is a third of the price of opening a database, which most tests do.
    """
    models = [model for app in apps.apps.values() for model in app.values()]
    if any(_made_for.get(model) is not model._meta.db.query_class for model in models):
        _make_querysets(apps)
        _made_for.update((model, model._meta.db.query_class) for model in models)


Apps._build_initial_querysets = _make_querysets_once  # type: ignore[method-assign]


@dataclass
class Community:
    """Speak as anybody, read as anybody. `heard` is what one `says` made the bot say."""

    stage: Stage
    count: int = 0
    media: dict[str, Media] = field(default_factory=dict)

    async def says(
        self,
        contact: str,
        text: str = "",
        *,
        room: str | None = None,
        at: datetime | None = None,
        after: timedelta = timedelta(seconds=10),
        quote: str | Quote | None = None,
        media: tuple[str, ...] = (),
        mentions_bot: bool = False,
        name: str = "",
    ) -> list[Outgoing]:
        """Somebody writes; returns what the bot sent because of it (and what fell due before it)."""
        before = len(self.stage.sent)
        self.count += 1
        if isinstance(quote, str):
            quote = Quote(quote, self.text_of(quote), None)
        event = Incoming(
            at=at or self.stage.now + after,
            where=self.stage.where(room, contact),
            sender=contact,
            sender_name=name or contact,
            id=f"m{self.count}",
            text=text,
            quote=quote,
            media=tuple(Attachment(Media(kind)) for kind in media),
            mentions_bot=mentions_bot,
        )
        await self.stage.hear(event)
        return self.stage.sent[before:]

    async def waits(self, span: timedelta) -> list[Outgoing]:
        """Time passes; returns what the bot said of its own accord."""
        return await self.until(self.stage.now + span)

    async def until(self, moment: datetime) -> list[Outgoing]:
        before = len(self.stage.sent)
        await self.stage.advance(moment)
        return self.stage.sent[before:]

    def text_of(self, message_id: str) -> str:
        return next((o.say.text for n, o in enumerate(self.stage.sent, 1) if message_id == f"out-{n}"), "")

    def in_group(self, room: str) -> list[str]:
        """Everything the bot wrote in a group."""
        return [o.say.text for o in self.stage.sent if o.say.to.room == room]

    def to(self, contact: str) -> list[str]:
        """Everything the bot wrote to somebody in private."""
        return [o.say.text for o in self.stage.sent if o.say.to.contact == contact]


@pytest.fixture
def settings() -> Settings:
    return load_settings()


def texts(says: list[Outgoing]) -> list[str]:
    return [out.say.text for out in says]


def hasty(settings: Settings) -> Settings:
    """The same, with a SQLite that does not wait for the disk: the machine outlives what is played on it."""
    kept = settings.database.model_copy(update={"synchronous": "OFF"})
    return settings.model_copy(update={"database": kept})


@asynccontextmanager
async def community_on(settings: Settings, data: Path, org: Path = SMALL_ORG) -> AsyncIterator[Community]:
    """A community with an org, its clock at Monday nine o'clock."""
    async with staged(hasty(settings), data, at=MONDAY) as stage:
        await import_org(org)
        stage.app.world.org_changed = True
        await stage.settle()
        yield Community(stage)


@pytest_asyncio.fixture
async def community(tmp_path: Path, settings: Settings) -> AsyncIterator[Community]:
    """The small community on SQLite."""
    async with community_on(settings, tmp_path) as one:
        yield one


@pytest_asyncio.fixture
async def cautious(tmp_path: Path) -> AsyncIterator[Community]:
    """The small community with a line of confidence so high that the worker is asked about every report."""
    async with community_on(load_settings(conduct={"act_at": 1.0}), tmp_path) as one:
        yield one


__all__: Sequence[str] = ["empty_postgres", "postgres_pattern", "postgres_url"]
