"""gridbot inside a python-wechaty bot: what the package's own ways would otherwise do to us."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from gridbot.errors import TransportError
from gridbot.messages import Address, Gap, Incoming, Outgoing, Say
from gridbot.transports.wechaty import Deadlines, Pace
from gridbot.transports.wechaty.plugin import PluginTransport
from tests.gateway.driver import Gateway, running_gateway
from tests.integration.transports.bots import running_bot
from tests.integration.transports.listener import listening, until

ROOM = "lou3@chatroom"
QUICK = Pace(ding_every_s=0.5, dong_within_s=1.5)
ROOT = Path(__file__).parents[2]

SCRIPT = """
import asyncio, sys
from gridbot.messages import Incoming
from gridbot.transports.wechaty.plugin import PluginTransport
from tests.integration.transports.bots import running_bot
from tests.integration.transports.listener import listening

async def main(endpoint):
    transport = PluginTransport()
    async with listening(transport) as listener, running_bot(endpoint, transport):
        await listener.hears(Incoming)
        print("heard")

asyncio.run(main(sys.argv[1]))
"""


async def say(gateway: Gateway, text: str) -> None:
    await gateway.order("say", **{"from": "zhang"}, text=text, to=ROOM)


def answer() -> Outgoing:
    return Outgoing("o1", Say(to=Address("wechaty", "bot", room=ROOM), text="已登记"))


async def up(transport: PluginTransport) -> None:
    await until(lambda: transport.state == "up")


async def test_a_bot_with_the_plugin_writes_nothing_where_it_stands_and_names_nobody(tmp_path: Path) -> None:
    async with running_gateway("pure") as gateway:
        kept = {name: value for name, value in os.environ.items() if name not in ("CACHE_DIR", "WECHATY_LOG")}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-c", SCRIPT, gateway.endpoint),
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            await gateway.event("started")
            speaking = asyncio.create_task(keep_saying(gateway))
            printed, _ = await asyncio.wait_for(process.communicate(), 30)
            speaking.cancel()
            await asyncio.wait([speaking])
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    assert printed.decode().startswith("heard\n")
    assert not any(word in printed.decode() for word in ("张", "漏水", "3号楼"))
    assert os.listdir(tmp_path) == []  # noqa: PTH208


async def keep_saying(gateway: Gateway) -> None:
    while True:
        await say(gateway, "3号楼张秀英家漏水")
        await asyncio.sleep(0.2)  # noqa: TID251


async def test_a_gateway_that_freezes_is_noticed_and_heard_again_when_it_thaws() -> None:
    async with running_gateway("extended") as gateway:
        transport = PluginTransport(pace=QUICK)
        async with listening(transport) as listener, running_bot(gateway.endpoint, transport):
            await up(transport)
            gateway.freeze()
            await until(lambda: transport.state == "down: the gateway gives no sign of life")
            gateway.thaw()
            await up(transport)
            await say(gateway, "醒了")
            await listener.hears(Incoming, lambda event: event.text == "醒了")
            assert listener.all(Gap) == []  # this gateway keeps a journal


async def test_a_gateway_that_dies_is_noticed_and_a_send_fails_surely() -> None:
    async with running_gateway("pure") as gateway:
        transport = PluginTransport(pace=QUICK)
        async with listening(transport), running_bot(gateway.endpoint, transport):
            await up(transport)
            await gateway.kill()
            await until(lambda: transport.state.startswith("down"))
            with pytest.raises(TransportError) as caught:
                await transport.send(answer())
            assert caught.value.retryable and not caught.value.uncertain


async def test_a_send_that_is_not_answered_may_have_arrived() -> None:
    async with running_gateway("extended") as gateway:
        transport = PluginTransport(deadlines=Deadlines(send_s=0.5))
        async with listening(transport) as listener, running_bot(gateway.endpoint, transport):
            await up(transport)
            gateway.freeze()
            with pytest.raises(TransportError) as caught:
                await transport.send(answer())
            assert caught.value.retryable and caught.value.uncertain
            gateway.thaw()
            await listener.hears(Incoming, lambda event: event.own)


async def test_an_error_of_the_puppet_does_not_end_the_bot() -> None:
    async with running_gateway("pure") as gateway:
        transport = PluginTransport()
        async with listening(transport) as listener, running_bot(gateway.endpoint, transport):
            await up(transport)
            await gateway.order("error")
            await say(gateway, "照常")
            await listener.hears(Incoming, lambda event: event.text == "照常")


async def test_a_bot_that_dials_again_is_listened_to_again() -> None:
    async with running_gateway("pure") as gateway:
        transport = PluginTransport(pace=QUICK)
        async with listening(transport) as listener, running_bot(gateway.endpoint, transport) as bot:
            await up(transport)
            dialling = asyncio.create_task(redial(bot))
            await listener.hears(Gap)
            await up(transport)
            await say(gateway, "又来了")
            await listener.hears(Incoming, lambda event: event.text == "又来了")
            await asyncio.sleep(0.3)  # noqa: TID251
            assert len([event for event in listener.all(Incoming) if event.text == "又来了"]) == 1
            dialling.cancel()
            await asyncio.wait([dialling])


async def redial(bot: Any) -> None:
    """What the package does after a lost connection, without its minute of waiting."""
    await bot.restart()
