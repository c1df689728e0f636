"""The chat in the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from gridbot.errors import TransportError
from gridbot.messages import Address, Button, Event, Incoming, Outgoing, Say
from gridbot.transports import Transport
from gridbot.transports.console import Console, chat


@dataclass
class Terminal:
    """A terminal with somebody in front of it."""

    shown: list[str] = field(default_factory=list)
    heard: list[Event] = field(default_factory=list)
    refuse: int = 0

    def __post_init__(self) -> None:
        self.console = Console(self.shown.append)
        self.transports: dict[str, Transport] = {"console": self.console}

    async def receive(self, event: Event) -> None:
        if self.refuse:
            self.refuse -= 1
            raise OSError("the disk is full")
        self.heard.append(event)

    async def types(self, *lines: str) -> list[Incoming]:
        """The person types these lines, beginning as li in private."""

        async def typed() -> AsyncIterator[str]:
            for line in lines:
                yield line

        await chat(self, "li", lines=typed())
        return [event for event in self.heard if isinstance(event, Incoming)]


@asynccontextmanager
async def at_a_terminal() -> AsyncIterator[Terminal]:
    terminal = Terminal()
    running = asyncio.create_task(terminal.console.run(terminal.receive))
    await asyncio.sleep(0)  # noqa: TID251
    try:
        yield terminal
    finally:
        running.cancel()
        await asyncio.wait([running])


async def test_what_is_typed_is_heard_as_that_person_in_private() -> None:
    async with at_a_terminal() as terminal:
        (heard,) = await terminal.types("待办\n")
    assert (heard.sender, heard.text) == ("li", "待办")
    assert heard.where == Address("console", "bot", None, "li")


async def test_one_can_go_to_a_group_and_be_somebody_else() -> None:
    async with at_a_terminal() as terminal:
        first, second = await terminal.types(
            "/人 wang", "/群 r1", "电梯又停了", "/私聊", "你好", "/退出", "还在吗"
        )
    assert (first.sender, first.where.room) == ("wang", "r1")
    assert (second.sender, second.where.contact) == ("wang", "wang")


async def test_the_bots_words_are_shown_with_where_they_were_said_and_the_answers_one_may_give() -> None:
    async with at_a_terminal() as terminal:
        to = Address("console", "bot", None, "li")
        say = Say(to, "【新事件 #1】电梯\n位置：3号楼", buttons=(Button("1 接单", "1"),))
        receipt = await terminal.console.send(Outgoing("7", say))
    assert terminal.shown == ["〔私聊 li〕网格小助手：【新事件 #1】电梯\n    位置：3号楼\n    ［1］"]
    assert receipt.id == "7"


async def test_what_cannot_be_stored_is_told_to_the_person(capsys: pytest.CaptureFixture[str]) -> None:
    async with at_a_terminal() as terminal:
        terminal.refuse = 3
        heard = await terminal.types("甲", "乙")
    assert [event.text for event in heard] == ["乙"]
    assert "没有存下来" in capsys.readouterr().out


async def test_a_switched_off_terminal_neither_sends_nor_hears() -> None:
    async with at_a_terminal() as terminal:
        assert terminal.console.state == "up"
        terminal.console.down("maintenance")
        assert terminal.console.state == "down: maintenance"
        with pytest.raises(TransportError):
            await terminal.console.send(Outgoing("1", Say(Address("console", "bot", None, "li"), "您好")))
        with pytest.raises(TransportError):
            await terminal.console.hear("li", None, "在吗")
