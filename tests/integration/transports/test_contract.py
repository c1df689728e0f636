"""What every transport keeps, shown on each of them: see STAGES for which, and for adding one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.clock import SystemClock
from gridbot.errors import TransportError
from gridbot.messages import (
    Address,
    Attachment,
    Incoming,
    Joined,
    Left,
    LoggedIn,
    Media,
    Outgoing,
    Recalled,
    Say,
    TopicChanged,
)
from gridbot.transports import Capability
from tests.integration.transports.listener import Listener, listening, until
from tests.integration.transports.stages import LI, ROOM, STAGES, WANG, ZHANG, Opening, Stage, World

pytestmark = pytest.mark.asyncio(loop_scope="module")

PICTURE = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 8
LARGE = bytes(range(256)) * 1200  # 300 kB

Scene = tuple[Stage, Listener]


def on(*needs: Capability, moves: bool = False, mends: bool = False) -> pytest.MarkDecorator:
    """Run the test on every transport that declares these and whose suite can show them."""
    worlds = [world for world in STAGES if world.stage.can.issuperset(needs)]
    worlds = [world for world in worlds if world.stage.mends or not mends]
    worlds = [world for world in worlds if world.stage.moves or not moves]
    ids = [world.stage.name for world in worlds]
    return pytest.mark.parametrize("world", worlds, ids=ids, indirect=True, scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(request: pytest.FixtureRequest) -> AsyncIterator[Opening]:
    made: World = request.param
    async with made.open() as opening:
        yield opening


@pytest_asyncio.fixture(loop_scope="module")
async def scene(world: Opening) -> AsyncIterator[Scene]:
    async with world() as stage, listening(stage.transport) as listener:
        await until(lambda: stage.transport.state == "up")
        yield stage, listener


def group(stage: Stage) -> Address:
    return Address(stage.transport.name, stage.transport.account, room=ROOM)


def private(stage: Stage, contact: str) -> Address:
    return Address(stage.transport.name, stage.transport.account, contact=contact)


def out(to: Address, text: str = "", **fields: object) -> Outgoing:
    return Outgoing(id=f"o-{text}", say=Say(to=to, text=text, **fields))  # type: ignore[arg-type]


@on()
async def test_a_running_transport_is_up_and_knows_its_account(scene: Scene) -> None:
    stage, listener = scene
    assert stage.transport.state == "up"
    assert stage.transport.account == "bot"
    for event in listener.all(LoggedIn):
        assert (event.transport, event.account) == (stage.transport.name, "bot")


@on()
async def test_a_suite_shows_no_more_than_its_transport_declares(scene: Scene) -> None:
    stage, _ = scene
    assert stage.can <= stage.transport.capabilities


@on()
async def test_words_in_a_group_are_heard_with_who_where_and_when(scene: Scene) -> None:
    stage, listener = scene
    await stage.say(ZHANG, "3号楼2单元电梯又停了")
    heard = await listener.hears(Incoming, lambda event: event.sender == ZHANG)
    assert heard.text == "3号楼2单元电梯又停了"
    assert heard.where == group(stage)
    assert heard.sender_name == "张阿姨"
    assert heard.id
    assert heard.at.tzinfo is UTC
    assert abs(heard.at - SystemClock().now()) < timedelta(minutes=1)
    assert not heard.own and not heard.late and not heard.mentions_bot and not heard.media


@on()
async def test_a_private_message_is_heard_in_the_private_chat_with_its_sender(scene: Scene) -> None:
    stage, listener = scene
    await stage.say(WANG, "你好", to="bot")
    heard = await listener.hears(Incoming, lambda event: event.sender == WANG)
    assert heard.where == private(stage, WANG)
    assert heard.where.private


@on()
async def test_a_mention_of_the_bot_is_told_from_one_of_a_neighbour(scene: Scene) -> None:
    stage, listener = scene
    await stage.say(ZHANG, "@网格小助手 路灯坏了", mentions=("bot",))
    await stage.say(ZHANG, "@李网格员 路灯坏了", mentions=(LI,))
    to_bot = await listener.hears(Incoming, lambda event: event.mentions == ("bot",))
    to_li = await listener.hears(Incoming, lambda event: event.mentions == (LI,))
    assert to_bot.mentions_bot
    assert not to_li.mentions_bot


@on()
async def test_messages_of_one_group_are_heard_in_the_order_they_were_said(scene: Scene) -> None:
    stage, listener = scene
    for n in range(30):
        await stage.say(ZHANG, f"第{n}句")
    await listener.hears(Incoming, lambda event: event.text == "第29句")
    heard = [event for event in listener.all(Incoming) if event.sender == ZHANG]
    assert [event.text for event in heard] == [f"第{n}句" for n in range(30)]
    assert len({event.id for event in heard}) == 30


@on()
async def test_any_text_survives_the_way_in(scene: Scene) -> None:
    stage, listener = scene
    odd = "末尾换行\n\t“引号” \\ 👩‍👩‍👧 𠮷 \u202e倒\x7f <msg>&amp;"
    await stage.say(ZHANG, odd)
    assert (await listener.hears(Incoming, lambda event: event.sender == ZHANG)).text == odd


@on()
async def test_an_answer_is_seen_in_the_group(scene: Scene) -> None:
    stage, _ = scene
    receipt = await stage.transport.send(out(group(stage), "已登记，编号1024，18:00前回复您。"))
    seen = await stage.sees()
    assert (seen.to, seen.text) == (ROOM, "已登记，编号1024，18:00前回复您。")
    assert receipt.certain
    assert bool(receipt.id) == stage.tells_ids


@on()
async def test_a_private_answer_is_seen_by_that_person_only(scene: Scene) -> None:
    stage, _ = scene
    await stage.transport.send(out(private(stage, WANG), "您好"))
    assert (await stage.sees()).to == WANG


@on(Capability.MENTION)
async def test_a_sent_mention_names_the_person(scene: Scene) -> None:
    stage, _ = scene
    await stage.transport.send(out(group(stage), "请看一下", mentions=(ZHANG,)))
    seen = await stage.sees()
    assert seen.mentions == (ZHANG,)
    assert seen.text.endswith("请看一下")


@on(Capability.ECHO)
async def test_the_bots_own_words_come_back_as_its_own(scene: Scene) -> None:
    stage, listener = scene
    await stage.transport.send(out(group(stage), "我是机器人"))
    await stage.transport.send(out(private(stage, WANG), "我也是"))
    in_group = await listener.hears(Incoming, lambda event: event.text == "我是机器人")
    in_private = await listener.hears(Incoming, lambda event: event.text == "我也是")
    assert in_group.own and in_group.where == group(stage)
    assert in_private.own and in_private.where == private(stage, WANG)


@on(Capability.MEDIA_IN)
@pytest.mark.parametrize(
    ("name", "content", "kind"), [("灯.png", PICTURE, Media.IMAGE), ("表.pdf", LARGE, Media.FILE)]
)
async def test_a_file_that_was_heard_can_be_fetched_whole(
    scene: Scene, name: str, content: bytes, kind: Media
) -> None:
    stage, listener = scene
    await stage.show(ZHANG, name, content)
    heard = await listener.hears(Incoming, lambda event: bool(event.media))
    (attachment,) = heard.media
    assert attachment.kind is kind
    assert attachment.name in ("", name)
    assert await stage.transport.fetch(attachment) == content


@on(Capability.MEDIA_IN)
async def test_a_file_that_is_not_there_is_an_error_of_the_transport(scene: Scene) -> None:
    stage, _ = scene
    with pytest.raises(TransportError):
        await stage.transport.fetch(Attachment(Media.IMAGE, ref="no-such-message"))


@on(Capability.MEDIA_OUT)
@pytest.mark.parametrize(("name", "content"), [("日报.png", PICTURE), ("台账.pdf", LARGE)])
async def test_a_file_is_sent_whole(scene: Scene, tmp_path: Path, name: str, content: bytes) -> None:
    stage, _ = scene
    (tmp_path / name).write_bytes(content)
    picture = Attachment(Media.FILE, ref=str(tmp_path / name), name=name)
    await stage.transport.send(out(group(stage), media=(picture,)))
    assert (await stage.sees()).file == content


@on(moves=True)
async def test_people_coming_and_going_are_told(scene: Scene) -> None:
    stage, listener = scene
    await stage.join(WANG)
    came = await listener.hears(Joined)
    await stage.leave(WANG)
    went = await listener.hears(Left)
    assert (came.where, came.who, came.names) == (group(stage), (WANG,), ("王大爷",))
    assert (went.where, went.who) == (group(stage), (WANG,))


@on(moves=True)
async def test_a_groups_new_name_is_told(scene: Scene) -> None:
    stage, listener = scene
    await stage.rename("3号楼邻里群")
    renamed = await listener.hears(TopicChanged)
    assert (renamed.where, renamed.topic) == (group(stage), "3号楼邻里群")


@on(Capability.RECALL_HEARD)
async def test_a_message_that_was_taken_back_is_told_by_its_id(scene: Scene) -> None:
    stage, listener = scene
    await stage.say(ZHANG, "说错了")
    said = await listener.hears(Incoming, lambda event: event.sender == ZHANG)
    await stage.take_back(ZHANG, said.id)
    recalled = await listener.hears(Recalled)
    assert (recalled.message_id, recalled.where, recalled.sender) == (said.id, group(stage), ZHANG)
    assert len([event for event in listener.all(Incoming) if event.sender == ZHANG]) == 1


@on()
async def test_an_event_that_was_not_taken_is_offered_again_and_stops_nothing(scene: Scene) -> None:
    stage, listener = scene
    listener.refuse = 2
    await stage.say(ZHANG, "甲")
    await stage.say(ZHANG, "乙")
    await listener.hears(Incoming, lambda event: event.text == "乙")
    assert [event.text for event in listener.all(Incoming) if event.sender == ZHANG] == ["甲", "乙"]


@on()
async def test_what_cannot_be_taken_at_all_is_given_up_and_the_next_is_heard(scene: Scene) -> None:
    stage, listener = scene
    listener.refuse = 3
    await stage.say(ZHANG, "甲")
    await stage.say(ZHANG, "乙")
    await listener.hears(Incoming, lambda event: event.text == "乙")
    assert [event.text for event in listener.all(Incoming) if event.sender == ZHANG] == ["乙"]


@on(mends=True)
async def test_while_the_platform_is_away_a_send_fails_surely_and_afterwards_all_is_well(
    scene: Scene,
) -> None:
    stage, listener = scene
    await stage.cut()
    assert stage.transport.state.startswith("down: ")
    with pytest.raises(TransportError) as caught:
        await stage.transport.send(out(group(stage), "听得到吗"))
    assert caught.value.retryable and not caught.value.uncertain
    await stage.mend()
    await until(lambda: stage.transport.state == "up")
    await stage.say(ZHANG, "回来了")
    await listener.hears(Incoming, lambda event: event.text == "回来了")
    await stage.transport.send(out(group(stage), "听得到"))
