"""The web chat protocol, spoken by a program over a real socket to the running office."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from gridbot.config import Settings
from gridbot.models.cases.tickets import Ticket
from tests.web_office import Office, open_office, until

PICTURE = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 8
REPORT = "3号楼2单元电梯又停了 老人下不去楼"


@pytest_asyncio.fixture
async def office(tmp_path: Path, settings: Settings) -> AsyncIterator[Office]:
    async with open_office(settings, tmp_path) as one:
        yield one


async def test_neighbours_in_a_group_hear_each_other(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        await wang.says("今天太阳真好", id="a1")
        own, heard = await wang.sees(id="a1"), await chen.sees(id="a1")
        assert own == heard
        assert (heard["from"], heard["text"], heard["name"]) == ("wang", "今天太阳真好", "3-101王大妈")
        assert heard["quote"] is None and heard["mentions"] == [] and heard["media"] == []


async def test_a_private_chat_is_heard_by_nobody_else(office: Office) -> None:
    async with office.sits("wang") as wang, office.sits("chen") as chen, office.sits("wang", "r1") as group:
        await wang.says("帮助", id="p1")
        assert (await wang.sees(id="p1"))["from"] == "wang"
        await wang.sees(**{"from": "bot"})
        await chen.says("你好", id="c1")
        await group.says("大家好", id="g1")
        assert (await chen.sees())["id"] == "c1"
        assert (await group.sees())["id"] == "g1"


async def test_a_report_in_the_group_is_answered_there_and_carded_to_the_worker(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("li") as li:
        await wang.says(REPORT)
        answer = await wang.sees(**{"from": "bot"})
        card = await li.sees(**{"from": "bot"})
        assert "#1" in answer["text"] and answer["about"] == {"ticket": 1}
        assert "3号楼2单元" in card["text"]
        assert [button["says"] for button in card["buttons"]][:2] == ["1", "2"]


async def test_the_senders_own_frame_comes_back_only_once_it_is_stored(office: Office) -> None:
    stored: list[str] = []
    receive = office.app.inbox.receive

    async def slow(event: object) -> None:
        await asyncio.sleep(0.2)  # noqa: TID251
        await receive(event)  # type: ignore[arg-type]
        stored.append("yes")

    office.chat._receive = slow
    async with office.sits("wang", "r1") as wang:
        await wang.says("一", id="a1")
        await wang.sees(id="a1")
        assert stored == ["yes"]


async def test_the_same_id_again_is_acknowledged_again_and_has_one_effect(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        await wang.says(REPORT, id="a1")
        await wang.sees(id="a1")
        await wang.sees(**{"from": "bot"})
        await wang.says(REPORT, id="a1")
        await wang.sees(id="a1")
        await wang.says("好", id="a2")
        assert (await chen.sees(id="a1"))["text"] == REPORT
        assert (await chen.sees())["from"] == "bot"
        assert (await chen.sees())["id"] == "a2"
    assert await Ticket.all().count() == 1


async def test_the_same_id_of_a_neighbour_is_another_message(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        await wang.says("早", id="1")
        await wang.sees(id="1", **{"from": "wang"})
        await chen.says("早啊", id="1")
        assert (await wang.sees(id="1", **{"from": "chen"}))["text"] == "早啊"


async def test_many_frames_of_one_socket_keep_their_order(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        for number in range(300):
            await wang.says(f"第{number}句", id=f"n{number}")
        assert [(await chen.sees())["id"] for _ in range(300)] == [f"n{number}" for number in range(300)]


async def test_a_quote_brings_the_quoted_words_along(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        await wang.says("谁家的猫跑出来了", id="cat")
        await wang.sees(id="cat")
        await chen.says("像是我家的", quote="cat")
        heard = await wang.sees(text="像是我家的")
        assert heard["quote"] == {"id": "cat", "text": "谁家的猫跑出来了", "from": "wang"}


async def test_quoting_the_bots_card_says_which_ticket_is_meant(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("li") as li:
        await wang.says(REPORT)
        card = await li.sees(**{"from": "bot"})
        await li.says("1", quote=card["id"])
        assert "#1" in (await li.reads("接单"))["text"]


async def test_a_mention_of_the_bot_by_name_is_heard_as_one(office: Office) -> None:
    async with office.sits("luo", "r2") as luo:  # this group listens to mentions only
        await luo.says("8号楼路灯坏了", id="a1")
        await luo.says("@网格小助手 8号楼路灯坏了", id="a2")
        answer = await luo.sees(**{"from": "bot"})
        assert "#1" in answer["text"]
    assert await Ticket.all().count() == 1


async def test_a_line_can_be_taken_back_within_two_minutes_by_whoever_wrote_it(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        await wang.says("说错话了", id="a1")
        await chen.sees(id="a1")
        await chen.sends(recall="a1")
        assert (await chen.sees(id="a1"))["error"] == "只能撤回自己两分钟内的消息。"
        await wang.sends(recall="a1")
        assert (await chen.sees(recalled="a1"))["from"] == "wang"
        await wang.says("这句不收了", id="a2")
        await wang.sees(id="a2")
        office.clock.pass_by(timedelta(minutes=3))
        await wang.sends(recall="a2")
        assert "两分钟" in (await wang.sees(id="a2"))["error"]


async def test_recalling_a_report_withdraws_it(office: Office) -> None:
    async with office.sits("wang", "r1") as wang:
        await wang.says(REPORT, id="a1")
        await wang.sees(**{"from": "bot"})
        await wang.sends(recall="a1")
        await wang.sees(recalled="a1")
        await until(lambda: office.app.engine.counts["intent.!recalled"] == 1)
    assert (await Ticket.get(no=1)).state == "withdrawn"


async def test_a_page_that_is_opened_later_reads_what_was_said(office: Office) -> None:
    async with office.sits("wang", "r1") as wang:
        await wang.says("早上好", id="a1")
        await wang.says("又说错了", id="a2")
        await wang.sees(id="a2")
        await wang.sends(recall="a2")
        await wang.sees(recalled="a2")
    async with office.sits("chen", "r1", history="1") as chen:
        assert (await chen.sees())["text"] == "早上好"
        taken_back = await chen.sees()
        assert (taken_back["text"], taken_back["recalled"]) == ("", True)
        assert await chen.sees() == {"history": "end"}


async def test_after_a_restart_the_bots_words_are_read_back_and_the_neighbours_are_not(
    tmp_path: Path, settings: Settings
) -> None:
    async with open_office(settings, tmp_path) as before, before.sits("wang", "r1") as wang:
        await wang.says(REPORT, id="a1")
        answer = await wang.sees(**{"from": "bot"})
        await wang.says("今天太阳真好", id="a2")
        await until(lambda: before.app.outbox.counts["sent"] >= 2)
    async with (
        open_office(settings, tmp_path, org=None) as after,
        after.sits("wang", "r1", history="1") as wang,
    ):
        again = await wang.sees()
        assert (again["id"], again["text"], again["from"]) == (answer["id"], answer["text"], "bot")
        assert await wang.sees() == {"history": "end"}


async def test_chatter_never_reaches_the_disk(tmp_path: Path, settings: Settings) -> None:
    async with open_office(settings, tmp_path) as office, office.sits("wang", "r1") as wang:
        await wang.says("今天天气真好 下午去公园下象棋", id="a1")
        await wang.sees(id="a1")
        await until(lambda: office.app.inbox.counts["none"] == 1)
    assert not holding(tmp_path, "下象棋")
    assert holding(tmp_path, "李网")


def holding(data: Path, words: str) -> list[Path]:
    """The files below a directory that hold these words."""
    return [file for file in data.rglob("*") if file.is_file() and words.encode() in file.read_bytes()]


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ("{", "消息格式不对"),
        ("[1, 2]", "消息格式不对"),
        ('{"text": 5}', "消息格式不对"),
        ('{"text": "a", "mentions": "bot"}', "消息格式不对"),
        ('{"text": "a", "id": {"x": 1}}', "消息格式不对"),
        ('{"text": "  "}', "没有内容"),
        ('{"text": "a", "media": ["no-such-upload"]}', "图片已失效"),
        ('{"text": "' + "长" * 5001 + '"}', "内容太长"),
        ("[" * 5000, "消息格式不对"),
    ],
)
async def test_a_frame_that_cannot_be_read_gets_a_sentence_and_costs_nothing_else(
    office: Office, frame: str, sentence: str
) -> None:
    async with office.sits("wang", "r1") as wang:
        await wang.socket.send_str(frame)
        assert sentence in (await wang.sees())["error"]
        await wang.says("还在", id="a1")
        assert (await wang.sees())["id"] == "a1"


async def test_any_text_survives(office: Office) -> None:
    odd = "末尾换行\n\t“引号” \\ 👩‍👩‍👧 𠮷 \u202e倒\x7f <script>alert(1)</script> \ud800"
    async with office.sits("wang", "r1") as wang:
        await wang.says(odd, id="a1")
        assert (await wang.sees(id="a1"))["text"] == odd


async def test_a_picture_is_uploaded_shown_and_fetched(office: Office) -> None:
    url = f"{office.url}/chat/upload?contact=wang"
    async with office.http.post(url, data=PICTURE) as answer:
        assert answer.status == 201
        picture = await answer.json()
    async with office.sits("wang", "r1") as wang:
        await wang.says("", media=[picture["id"]], id="a1")
        (shown,) = (await wang.sees(id="a1"))["media"]
    assert shown == {"kind": "image", "url": picture["url"], "name": ""}
    async with office.http.get(office.url + shown["url"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PICTURE)
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "status"), [(b"<svg onload=alert(1)>", 415), (b"\xff\xd8\xff" + bytes(5 * 1024 * 1024), 413)]
)
async def test_what_is_no_picture_or_too_large_is_not_taken(
    office: Office, content: bytes, status: int
) -> None:
    async with office.http.post(f"{office.url}/chat/upload?contact=wang", data=BytesIO(content)) as answer:
        assert answer.status == status


async def test_a_page_of_another_site_can_open_no_socket_and_change_nothing(office: Office) -> None:
    foreign = {"Origin": "https://evil.example"}
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await office.http.ws_connect(f"{office.url}/chat/ws?contact=wang", headers=foreign)
    assert caught.value.status == 403
    async with office.http.post(
        f"{office.url}/chat/upload?contact=wang", data=PICTURE, headers=foreign
    ) as answer:
        assert answer.status == 403


async def test_a_group_that_is_none_is_told(office: Office) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await office.http.ws_connect(f"{office.url}/chat/ws?contact=wang&room=nowhere")
    assert caught.value.status == 404


async def test_the_demo_offers_a_resident_his_worker_and_their_leader(office: Office) -> None:
    async with office.http.get(f"{office.url}/chat/people") as answer:
        people = await answer.json()
    assert [one["contact"] for one in people["suggested"]] == ["wang", "li", "qian"]
    assert {one["contact"] for one in people["everybody"]} >= {"wang", "chen", "li", "sun", "wuye"}
    async with office.http.get(f"{office.url}/chat/me?contact=li") as answer:
        me = await answer.json()
    assert (me["name"], me["about"], me["kind"]) == ("网格员 李网", "第一网格", "staff")
    assert [group["room"] for group in me["groups"]] == ["r1", "w1"]


async def test_pages_carry_nothing_a_stranger_could_slip_in(office: Office) -> None:
    async with office.http.get(f"{office.url}/chat") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        page = await answer.text()
    assert "<script>" not in page and "style=" not in page and "http://" not in page.replace(office.url, "")
