"""The gateway client among the faults of real networks, against the official Node gateway."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from gridbot.clock import sleep
from gridbot.errors import FatalAuth, TransportError
from gridbot.messages import Address, Gap, Incoming, LoggedIn, LoggedOut, Outgoing, Say
from gridbot.transports.wechaty import Deadlines, Pace, WechatyTransport
from tests.gateway.cable import cable_to
from tests.gateway.driver import HERE, TOKEN, Gateway, running_gateway
from tests.integration.transports.listener import Listener, listening, until

ROOM = "lou3@chatroom"
QUICK = Pace(connect_s=3, ding_every_s=1, dong_within_s=2, retry_from_s=0.1, retry_to_s=0.5)
NOTICED_S = QUICK.ding_every_s + QUICK.dong_within_s


def transport_to(
    endpoint: str, *, pace: Pace = QUICK, deadlines: Deadlines | None = None
) -> WechatyTransport:
    return WechatyTransport(endpoint, TOKEN, pace=pace, deadlines=deadlines)


async def up(transport: WechatyTransport) -> None:
    await until(lambda: transport.state == "up")


async def down(transport: WechatyTransport, *, within_s: float = 15) -> None:
    await until(lambda: transport.state.startswith("down"), within_s=within_s)


async def say(gateway: Gateway, text: str) -> None:
    await gateway.order("say", **{"from": "zhang"}, text=text, to=ROOM)


async def hears(listener: Listener, text: str) -> Incoming:
    return await listener.hears(Incoming, lambda event: event.text == text)


def answer(text: str = "已登记") -> Outgoing:
    return Outgoing(id=f"o-{text}", say=Say(to=Address("wechaty", "bot", room=ROOM), text=text))


@pytest.mark.parametrize("suite", ["pure", "extended"])
async def test_a_killed_gateway_is_found_again_and_the_time_without_it_is_told(suite: str) -> None:
    async with running_gateway(suite) as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await say(gateway, "之前")
            before = await hears(listener, "之前")
            await gateway.kill()
            await down(transport, within_s=3)
            await sleep(1)
            await gateway.start()
            await up(transport)
            gap = await listener.hears(Gap)
            await say(gateway, "之后")
            after = await hears(listener, "之后")
    assert gap.since < gap.until <= gap.at
    assert gap.since >= before.at and gap.until <= after.at
    assert len(listener.all(LoggedIn)) == 2


async def test_what_was_said_while_the_line_was_down_is_had_back_from_the_journal() -> None:
    async with running_gateway("extended") as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await gateway.order("unserve")
            await down(transport, within_s=5)
            for n in range(3):
                await say(gateway, f"断线时{n}")
            await gateway.order("serve")
            await up(transport)
            await say(gateway, "恢复后")
            await hears(listener, "恢复后")
            missed = [await hears(listener, f"断线时{n}") for n in range(3)]
            assert all(event.late for event in missed)
            await until(lambda: len(listener.all(Incoming)) >= 4)
            assert listener.all(Gap) == []


async def test_a_gateway_that_is_not_there_yet_is_waited_for() -> None:
    async with running_gateway("pure") as gateway:
        await gateway.kill()
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await down(transport)
            with pytest.raises(TransportError) as caught:
                await transport.send(answer())
            assert caught.value.retryable and not caught.value.uncertain
            await gateway.start()
            await up(transport)
            assert listener.all(Gap) == []  # nothing was listened to before


async def test_a_line_that_goes_silent_is_noticed_and_replaced() -> None:
    async with running_gateway("pure") as gateway, cable_to(gateway.port) as cable:
        transport = transport_to(cable.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await sleep(QUICK.ding_every_s + 1.5)  # long enough for the first Dong
            cable.cut(far_end_is_told=True)
            began = monotonic()
            await down(transport)
            assert monotonic() - began < NOTICED_S + 2
            await up(transport)
            await listener.hears(Gap)
            await say(gateway, "又通了")
            await hears(listener, "又通了")


async def test_a_gateway_that_still_holds_the_dead_line_is_taken_over_only_where_that_was_asked() -> None:
    async with running_gateway("pure") as gateway, cable_to(gateway.port) as cable:
        patient = transport_to(cable.endpoint)
        async with listening(patient):
            await up(patient)
            cable.cut(far_end_is_told=False)
            await until(lambda: "another client" in patient.state)
            await sleep(1)
            assert "another client" in patient.state
        taking = Pace(**{**pace_fields(QUICK), "takeover_after_s": 1.0})
        asking = transport_to(gateway.endpoint, pace=taking)
        async with listening(asking) as listener:
            await up(asking)
            await say(gateway, "接管了")
            await hears(listener, "接管了")


def pace_fields(pace: Pace) -> dict[str, float]:
    return {name: getattr(pace, name) for name in Pace.__slots__}  # type: ignore[attr-defined]


async def test_a_frozen_gateway_is_noticed_and_used_again_when_it_thaws() -> None:
    async with running_gateway("pure") as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await sleep(QUICK.ding_every_s + 1.5)
            gateway.freeze()
            began = monotonic()
            await down(transport)
            assert monotonic() - began < NOTICED_S + 2
            gateway.thaw()
            await up(transport)
            await listener.hears(Gap)
            await say(gateway, "醒了")
            await hears(listener, "醒了")


async def test_a_send_to_a_gateway_that_does_not_answer_may_have_arrived() -> None:
    async with running_gateway("extended") as gateway:
        calm = Pace(ding_every_s=30)
        transport = transport_to(gateway.endpoint, pace=calm, deadlines=Deadlines(send_s=0.5))
        async with listening(transport) as listener:
            await up(transport)
            gateway.freeze()
            with pytest.raises(TransportError) as caught:
                await transport.send(answer("也许到了"))
            assert caught.value.uncertain
            gateway.thaw()
            echo = await hears(listener, "也许到了")
            assert echo.own


async def test_a_send_on_a_line_that_breaks_under_it_may_have_arrived() -> None:
    async with running_gateway("extended") as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport):
            await up(transport)
            gateway.freeze()
            sending = asyncio.create_task(transport.send(answer()))
            await sleep(0.2)
            await gateway.kill()
            with pytest.raises(TransportError) as caught:
                await sending
            assert caught.value.retryable and caught.value.uncertain


async def test_a_wrong_token_ends_the_transport_and_is_not_quoted() -> None:
    async with running_gateway("pure") as gateway:
        transport = WechatyTransport(gateway.endpoint, "not-the-token", pace=QUICK)
        with pytest.raises(FatalAuth) as caught:
            async with asyncio.timeout(10):
                await transport.run(Listener().receive)
        assert "not-the-token" not in str(caught.value)
        assert transport.state == "down: the gateway refuses the token"


def community_authority(tmp_path: Path) -> str:
    """The authority that signed the published server's own certificate."""
    source = HERE / "node_modules/wechaty-puppet-service/dist/esm/src/auth/ca.js"
    found = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", source.read_text(), re.S)
    assert found is not None
    (tmp_path / "ca.pem").write_text(found[0] + "\n")
    return str(tmp_path / "ca.pem")


async def test_an_encrypted_gateway_is_spoken_to_when_its_authority_is_known(tmp_path: Path) -> None:
    async with running_gateway("extended", tls=True) as gateway:
        ca = community_authority(tmp_path)
        transport = WechatyTransport(
            gateway.endpoint, TOKEN, tls=True, ca_file=ca, server_name="insecure", pace=QUICK
        )
        async with listening(transport) as listener:
            await up(transport)
            await say(gateway, "加密的")
            await hears(listener, "加密的")
            assert (await transport.send(answer())).id


@pytest.mark.parametrize("tls", [True, False])
async def test_a_gateway_whose_certificate_is_unknown_or_that_wants_encryption_is_not_spoken_to(
    tls: bool,
) -> None:
    async with running_gateway("pure", tls=True) as gateway:
        transport = WechatyTransport(gateway.endpoint, TOKEN, tls=tls, pace=QUICK)
        async with listening(transport):
            await down(transport)
            await sleep(1)
            assert transport.state.startswith("down")


async def test_a_logout_is_told_and_the_time_until_the_next_login_is_a_gap() -> None:
    async with running_gateway("pure") as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await gateway.order("logout")
            out = await listener.hears(LoggedOut)
            assert (out.account, out.why) == ("bot", "kicked off line")
            with pytest.raises(TransportError) as caught:
                await transport.send(answer())
            assert caught.value.retryable and not caught.value.uncertain
            await gateway.order("login")
            await up(transport)
            gap = await listener.hears(Gap)
            assert gap.since == out.at


async def test_a_second_client_is_told_that_the_gateway_is_taken() -> None:
    async with running_gateway("pure") as gateway:
        first, second = transport_to(gateway.endpoint), transport_to(gateway.endpoint)
        async with listening(first) as listener:
            await up(first)
            async with listening(second):
                await until(lambda: "another client" in second.state)
                await say(gateway, "第一个还在")
                await hears(listener, "第一个还在")


async def test_an_error_of_the_puppet_stops_nothing() -> None:
    async with running_gateway("pure") as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await gateway.order("error")
            await say(gateway, "照常")
            await hears(listener, "照常")


async def test_a_message_that_cannot_be_read_is_a_gap_and_stops_nothing() -> None:
    async with running_gateway("pure") as gateway:
        transport = transport_to(gateway.endpoint)
        async with listening(transport) as listener:
            await up(transport)
            await gateway.order("repeat", id="no-such-message")
            await say(gateway, "照常")
            await hears(listener, "照常")
            await listener.hears(Gap)


async def test_an_ended_transport_hangs_up_so_that_another_may_listen() -> None:
    async with running_gateway("pure") as gateway:
        for _ in range(2):
            transport = transport_to(gateway.endpoint)
            async with listening(transport):
                await up(transport)
        with suppress(TransportError):
            await transport.send(answer())
