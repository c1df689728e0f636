"""The composition root: the only module that knows everyone. Start order, stop order, and nothing else."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta, tzinfo
from enum import Flag, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gridbot import profiles
from gridbot.clock import Clock, SystemClock, sleep
from gridbot.config import Settings
from gridbot.engine import Engine
from gridbot.errors import BadInput
from gridbot.handlers.all import ALL as ROUTES
from gridbot.inbox.receiving import Inbox
from gridbot.messages import Address, Event, Incoming, LoggedIn
from gridbot.models import database, letters
from gridbot.models.reckoning import overview
from gridbot.models.territory import reached
from gridbot.models.territory.directory import Directory, stored_version
from gridbot.models.territory.org import CalendarDay
from gridbot.nlp import Bookshelf, Reader, warm
from gridbot.outbox import Outbox, Pace
from gridbot.schedules import runner, timetable
from gridbot.schedules.ticker import Ticker
from gridbot.services import load as load_services
from gridbot.texts import Texts
from gridbot.transports import Transport
from gridbot.transports.webchat import WebChat
from gridbot.workdays import WorkCalendar
from gridbot.world import Conduct, Office, World

if TYPE_CHECKING:  # the pages are a third of all that is loaded, and only what runs for long has any
    from gridbot.web.server import WebServer

TICK = timedelta(seconds=1)
WARM_AFTER_S = 1.0  # after the start
COLLECT_AFTER = 5_000  # things made and not yet gone, where Python has 700
log = logging.getLogger(__name__)

FOLLOW = timedelta(seconds=3)


class Parts(Flag):
    """What of gridbot runs in this process; separate processes share one PostgreSQL."""

    TRANSPORTS = auto()  # hear and send
    TURNS = auto()  # take turns, do what is due
    WEB = auto()  # the pages and the API


EVERYTHING = Parts.TRANSPORTS | Parts.TURNS | Parts.WEB
GATEWAY = Parts.TRANSPORTS
WORKER = Parts.TURNS
WEB = Parts.WEB | Parts.TRANSPORTS


@dataclass(slots=True)
class App:
    """Everything that runs, wired together."""

    settings: Settings
    clock: Clock
    world: World
    inbox: Inbox
    engine: Engine
    outbox: Outbox
    ticker: Ticker
    transports: Mapping[str, Transport]
    reload: Callable[[], Awaitable[Directory]]
    bookshelf: Bookshelf
    tasks: list[asyncio.Task[None]] = field(default_factory=list)  # run until they are stopped
    warming: asyncio.Task[None] | None = None  # ends by itself

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """What was counted since the start, by part."""
        return {
            "inbox": self.inbox.counts,
            "engine": self.engine.counts,
            "outbox": self.outbox.counts,
            "ticker": self.ticker.counts,
        }

    async def receive(self, event: Event) -> None:
        """What transports are handed: returns once the event is durable."""
        if isinstance(event, Incoming) and event.own:
            await self.outbox.heard_own(event)
            return
        if isinstance(event, LoggedIn):
            self.world.accounts[event.transport] = event.account
            if event.transport == self.world.primary.transport:
                self.world.primary = Address(event.transport, event.account)
        await self.inbox.receive(event)

    async def tick(self) -> None:
        """Do everything that is due."""
        while await self.ticker.tick(self.clock.now()):
            pass

    async def follow(self) -> None:
        """Notice, within seconds, that another process (or an import) changed the org."""
        if await stored_version() != self.world.directory.version:
            self.world.directory = await self.reload()
            await timetable.replant(self.world, self.clock.now())
        if self.bookshelf.changed():
            await self.reread()

    async def reread(self) -> bool:
        """Read the rule packs again; a broken one is named in the log and the old rules go on."""
        try:
            everybody = await asyncio.to_thread(self.bookshelf.everybody)
            local = await asyncio.to_thread(self.bookshelf.local)
        except BadInput as fault:
            log.error("the rules stay as they were: %s", fault)
            return False
        self.world.read_by(everybody, local)
        log.info("the rules were read again")
        return True

    async def recover(self) -> None:
        """Pick up what the last stop, however hard, left open."""
        await self.inbox.recover()
        await self.outbox.recover()

    async def start(self, parts: Parts = EVERYTHING) -> None:
        """Start taking in, taking turns, ticking, sending and listening, in this order."""
        loops: list[Coroutine[None, None, None]] = [self.inbox.run(), runner.run(FOLLOW, self.follow)]
        if Parts.TURNS in parts:
            await timetable.plant(self.world, self.clock.now())
            loops += [self.engine.run(), runner.run(TICK, self.tick)]
        if Parts.TRANSPORTS in parts:
            await self.recover()
            loops.append(self.outbox.run())
            loops += [transport.run(self.receive) for transport in self.transports.values()]
        self.warming = asyncio.create_task(_warm())
        self.tasks = [asyncio.create_task(loop) for loop in loops]

    async def stop(self) -> None:
        """Stop listening first, sending last."""
        for task in reversed(self.tasks):
            task.cancel()
        if self.warming is not None:
            self.warming.cancel()
        await asyncio.gather(*self.tasks, *filter(None, [self.warming]), return_exceptions=True)
        self.tasks, self.warming = [], None


@asynccontextmanager
async def opened(
    settings: Settings,
    data: Path,
    transports: Sequence[Transport] = (),
    *,
    clock: Clock | None = None,
    pace: Pace | None = None,
    any_transport: bool = False,
) -> AsyncIterator[App]:
    """Open the database and build the App on it; nothing runs until `start`.

    `any_transport` (replay): groups are found by their room id, whatever transport rooms.csv names.
    """
    async with database.opened(database_url(settings, data), synchronous=settings.database.synchronous):
        yield await build(settings, transports, clock=clock, pace=pace, any_transport=any_transport)


def database_url(settings: Settings, data: Path) -> str:
    """The configured database, else SQLite in the data directory."""
    return settings.database.url or f"sqlite://{(data / 'gridbot.db').absolute()}"


async def build(
    settings: Settings,
    transports: Sequence[Transport],
    *,
    clock: Clock | None = None,
    pace: Pace | None = None,
    any_transport: bool = False,
) -> App:
    """Wire everything together on the open database."""
    clock = clock or SystemClock()
    profiles.use([Path(folder) for folder in settings.profiles])
    by_name = {transport.name: transport for transport in transports}

    async def load() -> Directory:
        return await Directory.load(default_profile=settings.bot.profile, any_transport=any_transport)

    async def directory() -> Directory:
        world.calendar = await _calendar(settings)
        return await load()

    world = await _world(settings, transports, await load())
    stored = asyncio.Event()
    inbox = Inbox(world, clock, stored.set)
    outbox = Outbox(world, clock, by_name, pace or _pace(settings))
    engine = Engine(world, clock, inbox, outbox, ROUTES, directory, stored)
    ticker = Ticker(world, outbox, timetable.ALL)
    return App(
        settings, clock, world, inbox, engine, outbox, ticker, by_name, directory, _bookshelf(settings)
    )


async def _warm() -> None:
    """Load what reading needs and starting does not, once the pages are open and nobody waits yet."""
    await sleep(WARM_AFTER_S)
    await asyncio.to_thread(warm)
    settle()


def settle() -> None:
    """What is loaded by now stays: the collector need not go through it, 0.1 s, again and again.

    Nearly all that a burst makes goes as soon as it is done with, so the collector may come seldom.
    """
    gc.collect()
    gc.freeze()
    youngest, *older = gc.get_threshold()
    gc.set_threshold(max(youngest, COLLECT_AFTER), *older)


@cache
def _reader(packs: tuple[str, ...], zone: tzinfo) -> Reader:
    """One reader a process for each set of rule packs: it is pure, and a second to make."""
    return Reader.load([Path(pack) for pack in packs], zone=zone)


def _bookshelf(settings: Settings) -> Bookshelf:
    packs_at = {node: [Path(pack) for pack in packs] for node, packs in settings.rules_at.items()}
    return Bookshelf([Path(pack) for pack in settings.rules], packs_at, zone=settings.zoneinfo)


async def _world(settings: Settings, transports: Sequence[Transport], directory: Directory) -> World:
    zone = settings.zoneinfo
    conduct = settings.conduct
    web = settings.web
    return World(
        directory=directory,
        texts=Texts.load(zone),
        calendar=await _calendar(settings),
        reader=_reader(tuple(settings.rules), zone),
        local_readers=_bookshelf(settings).local(),
        conduct=Conduct(
            quiet_from=time.fromisoformat(conduct.quiet_from),
            quiet_until=time.fromisoformat(conduct.quiet_until),
            group_messages_a_day=conduct.group_messages_a_day,
            two_agree_from=conduct.two_agree_from,
            act_at=conduct.act_at,
            ask_at=conduct.ask_at,
            burst=timedelta(minutes=conduct.burst_minutes),
            undo=timedelta(minutes=conduct.undo_minutes),
            keep_text=timedelta(days=conduct.keep_text_days),
        ),
        office=Office(
            bot=settings.bot.name,
            office=settings.bot.office,
            phone=settings.bot.phone,
            url=web.public_url or f"http://{web.host}:{web.port}",
        ),
        zone=zone,
        primary=await _primary(settings, transports),
        accounts=await _accounts(settings, transports),
        reached=await reached.everybody(),
        services=load_services(tuple(settings.services)),
    )


async def _primary(settings: Settings, transports: Sequence[Transport]) -> Address:
    """Where the bot speaks of its own accord: the first transport, by the account it last had there."""
    name = transports[0].name if transports else next(iter(settings.transports.enabled), "webchat")
    account = transports[0].account if transports else ""
    return Address(name, account or await letters.last_account(name) or "bot")


async def _accounts(settings: Settings, transports: Sequence[Transport]) -> dict[str, str]:
    """The bot's account on each transport of the installation, as far as it is known."""
    known = {transport.name: transport.account for transport in transports}
    names = known or dict.fromkeys(settings.transports.enabled, "")
    return {name: own or await letters.last_account(name) or "bot" for name, own in names.items()}


async def _calendar(settings: Settings) -> WorkCalendar:
    """The working calendar with the exceptions the org has imported."""
    exceptions = {row.day: row.kind == "work" for row in await CalendarDay.all()}
    hours = profiles.load(settings.bot.profile).office_hours
    return WorkCalendar(settings.zoneinfo, exceptions, hours=hours)


def _pace(settings: Settings) -> Pace:
    return Pace(
        account_gap_s=60 / settings.outbox.account_per_minute,
        room_gap_s=settings.outbox.room_gap_s,
        tries=settings.outbox.tries,
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A started installation; `address` is where its pages are ("" without pages)."""

    app: App
    chat: WebChat | None = None
    address: str = ""


@asynccontextmanager
async def serving(
    settings: Settings, data: Path, parts: Parts = EVERYTHING, *, demo: bool = False
) -> AsyncIterator[Running]:
    """Run the named parts until the context ends; what was being written is finished then."""
    transports = (
        [TRANSPORTS[name](settings) for name in _enabled(settings)] if Parts.TRANSPORTS in parts else []
    )
    chat = next((t for t in transports if isinstance(t, WebChat)), None)
    async with opened(settings, data, transports) as app:
        if chat is not None:
            chat.history = overview.said
        pages = _pages(app, chat, data, demo) if Parts.WEB in parts else None
        await app.start(parts)
        try:
            if pages is not None:
                await pages.start()
            yield Running(app, chat, pages.address if pages else "")
        finally:
            if pages is not None:
                await pages.stop()
            await app.stop()


def _enabled(settings: Settings) -> list[str]:
    for name in settings.transports.enabled:
        if name not in TRANSPORTS:
            known = "、".join(TRANSPORTS)
            raise BadInput(f"transports.enabled：没有「{name}」这种通道", hint=f"可写 {known}")
    return settings.transports.enabled


def _pages(app: App, chat: WebChat | None, data: Path, demo: bool) -> WebServer:
    from gridbot.web.needs import WebApp
    from gridbot.web.server import WebServer

    web = app.settings.web
    needs = WebApp(
        world=app.world, clock=app.clock, chat=chat, transports=app.transports, counts=app.counts, data=data,
        host=web.host, port=web.port, token=web.token, public_url=web.public_url, demo=demo,
        wake=app.engine.wake,
    )  # fmt: skip
    return WebServer(needs)


def _webchat(settings: Settings) -> Transport:
    return WebChat(bot_name=settings.bot.name)


def _wechaty(settings: Settings) -> Transport:
    from gridbot.transports.wechaty import WechatyTransport

    wechaty = settings.wechaty
    if not wechaty.endpoint or not wechaty.token:
        raise BadInput("wechaty 通道缺少网关地址或令牌", hint="写 [wechaty] endpoint 和 token")
    return WechatyTransport(
        wechaty.endpoint, wechaty.token,
        tls=wechaty.tls, ca_file=wechaty.ca_file, server_name=wechaty.server_name,
    )  # fmt: skip


TRANSPORTS: Mapping[str, Callable[[Settings], Transport]] = {"webchat": _webchat, "wechaty": _wechaty}
