"""The transport that lives in memory, as replay and every other test rely on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from gridbot.clock import sleep
from gridbot.errors import TransportError
from gridbot.messages import Address, Event, Incoming, Outgoing, Receipt, Say
from gridbot.transports.memory import MemoryTransport

AT = datetime(2026, 5, 6, 1, 0, tzinfo=UTC)
ROOM = Address("memory", "bot", room="r1")


def message(n: int) -> Incoming:
    return Incoming(at=AT, where=ROOM, sender="alice", id=f"m{n}", text=f"第{n}句")


def answer(n: int) -> Outgoing:
    return Outgoing(id=f"o{n}", say=Say(to=ROOM, text=f"回{n}"))


@asynccontextmanager
async def running(transport: MemoryTransport, heard: list[Event]) -> AsyncIterator[None]:
    async def receive(event: Event) -> None:
        heard.append(event)

    task = asyncio.create_task(transport.run(receive))
    await sleep(0)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_was_said_before_the_start_is_heard_in_order() -> None:
    transport, heard = MemoryTransport(), []
    for n in range(3):
        await transport.hear(message(n))
    async with running(transport, heard):
        assert [event.id for event in heard] == ["m0", "m1", "m2"]
        assert transport.state == "up"


async def test_an_outage_delays_what_was_said_and_marks_it_late() -> None:
    transport, heard = MemoryTransport(), []
    async with running(transport, heard):
        transport.down()
        await transport.hear(message(1))
        assert heard == [] and transport.state.startswith("down")
        with pytest.raises(TransportError) as caught:
            await transport.send(answer(1))
        assert caught.value.retryable and not caught.value.uncertain
        await transport.up()
    assert [(event.id, event.late) for event in heard] == [("m1", True)]


async def test_ids_of_sent_messages_count_up() -> None:
    transport = MemoryTransport()
    assert [await transport.send(answer(n)) for n in (1, 2)] == [Receipt("out-1"), Receipt("out-2")]


async def test_a_plain_failure_sends_nothing() -> None:
    transport = MemoryTransport()
    transport.fail_next(2)
    for _ in range(2):
        with pytest.raises(TransportError):
            await transport.send(answer(1))
    assert transport.sent == []
    assert await transport.send(answer(1)) == Receipt("out-1")


async def test_an_uncertain_send_arrives_and_comes_back_as_an_echo() -> None:
    transport, heard = MemoryTransport(), []
    async with running(transport, heard):
        transport.fail_next(uncertain=True)
        with pytest.raises(TransportError) as caught:
            await transport.send(answer(1))
        assert caught.value.uncertain
        await transport.settle()
    assert [out.id for out in transport.sent] == ["o1"]
    assert [(event.own, event.text, event.id) for event in heard] == [(True, "回1", "out-1")]


async def test_a_receiver_that_fails_once_is_offered_the_event_again() -> None:
    transport, calls = MemoryTransport(), []

    async def receive(event: Event) -> None:
        calls.append(event)
        if len(calls) == 1:
            raise OSError("disk full")

    task = asyncio.create_task(transport.run(receive))
    await sleep(0)
    await transport.hear(message(1))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(calls) == 2
