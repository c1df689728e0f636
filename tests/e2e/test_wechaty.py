"""What is WeChat's own on the way through the official Node gateway: kinds, quotes, names, renaming."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gridbot.errors import TransportError
from gridbot.messages import Address, Attachment, Incoming, Media, Outgoing, Say
from gridbot.transports.wechaty import WechatyTransport
from tests.gateway.driver import TOKEN, Gateway, running_gateway
from tests.integration.transports.listener import Listener, listening, until

ROOM = "lou3@chatroom"
GROUP = Address("wechaty", "bot", room=ROOM)

Scene = tuple[Gateway, WechatyTransport, Listener]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with running_gateway("extended") as gateway:
        transport = WechatyTransport(gateway.endpoint, TOKEN)
        async with listening(transport) as listener:
            await until(lambda: transport.state == "up")
            yield gateway, transport, listener


async def raw(gateway: Gateway, kind: int, text: str) -> str:
    return str(await gateway.order("raw", **{"from": "zhang"}, to=ROOM, type=kind, text=text))


async def hears(listener: Listener, message_id: str) -> Incoming:
    return await listener.hears(Incoming, lambda event: event.id == message_id)


async def test_every_kind_of_message_is_heard_and_only_what_people_wrote_is_text(scene: Scene) -> None:
    gateway, _, listener = scene
    expected = {1: Media.FILE, 2: Media.VOICE, 6: Media.IMAGE, 8: Media.LOCATION, 15: Media.VIDEO}
    for kind in (*range(17), 99):
        if kind == 13:
            continue
        heard = await hears(listener, await raw(gateway, kind, "<msg>某某</msg>"))
        if kind in (7, 10):
            assert (heard.text, heard.media) == ("<msg>某某</msg>", ())
        else:
            assert heard.text == ""
            assert [one.kind for one in heard.media] == [expected.get(kind, Media.OTHER)]


async def test_a_location_brings_its_address_along(scene: Scene) -> None:
    gateway, transport, listener = scene
    heard = await hears(listener, await raw(gateway, 8, ""))
    (place,) = heard.media
    assert "成府路45号" in place.name
    told = json.loads(await transport.fetch(place))
    assert told["latitude"] == pytest.approx(39.99512)


async def test_a_quoted_message_is_told_apart_from_the_answer_to_it(scene: Scene) -> None:
    gateway, _, listener = scene
    text = "「张阿姨：电梯又停了」\n- - - - - - - - - - - - - - -\n转工单"
    heard = await hears(listener, await raw(gateway, 7, text))
    assert heard.text == "转工单"
    assert heard.quote is not None
    assert (heard.quote.text, heard.quote.sender) == ("电梯又停了", None)


async def test_the_bot_is_addressed_by_its_name_even_where_the_wire_names_nobody(scene: Scene) -> None:
    gateway, _, listener = scene
    by_name = await hears(listener, await raw(gateway, 7, "@网格小助手\u2005进度"))
    longer = await hears(listener, await raw(gateway, 7, "@网格小助手小李 进度"))
    await gateway.order("alias", room=ROOM, who="bot", alias="三号楼管家")
    await gateway.order("join", room=ROOM, who=["wang"], by="li")  # what was known of the group is asked anew
    by_alias = await hears(listener, await raw(gateway, 7, "@三号楼管家 进度"))
    assert by_name.mentions_bot and by_name.mentions == ("bot",)
    assert not longer.mentions_bot
    assert by_alias.mentions_bot


async def test_a_member_is_called_what_the_group_calls_him(scene: Scene) -> None:
    gateway, _, listener = scene
    await gateway.order("alias", room=ROOM, who="zhang", alias="3-502张")
    heard = await hears(listener, await raw(gateway, 7, "在"))
    assert heard.sender_name == "3-502张"


async def test_a_mention_is_shown_by_the_name_in_the_group(scene: Scene) -> None:
    gateway, transport, _ = scene
    say = Say(to=GROUP, text="请看一下", mentions=("zhang", "li"))
    await transport.send(Outgoing("o1", say))
    said = await gateway.said(0)
    assert said["text"] == "@张阿姨\u2005@李网格员\u2005请看一下"
    assert said["mentions"] == ["zhang", "li"]


async def test_words_and_a_file_are_two_messages_and_a_failed_half_is_not_said_twice(
    scene: Scene, tmp_path: Path
) -> None:
    gateway, transport, _ = scene
    path = tmp_path / "日报.pdf"
    out = Outgoing("o1", Say(to=GROUP, text="今日日报", media=(Attachment(Media.FILE, ref=str(path)),)))
    with pytest.raises(TransportError) as caught:
        await transport.send(out)
    assert not caught.value.retryable
    path.write_bytes(b"%PDF-1.7")
    receipt = await transport.send(out)
    assert [(await gateway.said(n))["type"] for n in range(2)] == [7, 0]
    assert gateway.said_so_far() == 2
    assert receipt.id == (await gateway.said(0))["id"]


async def test_eight_megabytes_go_out_in_pieces(scene: Scene, tmp_path: Path) -> None:
    _, transport, _ = scene
    content = bytes(range(256)) * 4 * 8 * 1024
    (tmp_path / "台账.xlsx").write_bytes(content)
    out = Say(to=GROUP, text="", media=(Attachment(Media.FILE, ref=str(tmp_path / "台账.xlsx")),))
    sent = await transport.send(Outgoing("o1", out))
    assert await transport.fetch(Attachment(Media.FILE, ref=str(sent.id))) == content


async def test_a_file_that_is_only_an_address_is_not_fetched(scene: Scene) -> None:
    gateway, transport, listener = scene
    await gateway.order("link", **{"from": "zhang"}, to=ROOM, url="http://127.0.0.1:9/secret.png")
    heard = await listener.hears(Incoming, lambda event: bool(event.media))
    with pytest.raises(TransportError) as caught:
        await transport.fetch(heard.media[0])
    assert not caught.value.retryable


async def test_the_bot_takes_back_renames_and_announces(scene: Scene) -> None:
    gateway, transport, _ = scene
    receipt = await transport.send(Outgoing("o1", Say(to=GROUP, text="发错了")))
    assert await transport.recall(str(receipt.id))
    assert (await gateway.event("recalled"))["id"] == receipt.id
    await transport.topic(ROOM, "3号楼邻里群")
    await gateway.event("topic", room=ROOM, topic="3号楼邻里群")
    await transport.announce(ROOM, "明早停水")
    await gateway.event("announcement", room=ROOM, text="明早停水")


async def test_a_neighbours_message_is_not_taken_back(scene: Scene) -> None:
    gateway, transport, listener = scene
    heard = await hears(listener, await raw(gateway, 7, "说错了"))
    assert not await transport.recall(heard.id)


async def test_the_same_message_told_twice_keeps_its_id(scene: Scene) -> None:
    gateway, _, listener = scene
    message_id = await raw(gateway, 7, "一次")
    await gateway.order("repeat", id=message_id)
    await until(lambda: len([event for event in listener.all(Incoming) if event.id == message_id]) == 2)
    first, second = (event for event in listener.all(Incoming) if event.id == message_id)
    assert first == second
