"""The HTTP interface and what a watchman asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.models.cases.tickets import Ticket
from gridbot.web.needs import WebApp
from gridbot.web.server import WebServer
from tests.web_office import Office, open_office, until

TOKEN = "a-token-of-this-test"
REPORT = {"room": "r1", "from": "wang", "text": "3号楼2单元电梯又停了 老人下不去楼", "id": "a1"}


@pytest_asyncio.fixture
async def office(tmp_path: Path, settings: Settings) -> AsyncIterator[Office]:
    async with open_office(settings, tmp_path, token=TOKEN) as one:
        yield one


async def post(office: Office, body: object, token: str | None = TOKEN) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with office.http.post(f"{office.url}/api/v1/messages", json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_message_given_to_the_api_is_answered_like_any_other(office: Office) -> None:
    async with office.sits("chen", "r1") as chen:
        assert await post(office, REPORT) == (202, {"id": "a1", "stored": True})
        assert (await chen.sees(id="a1"))["name"] == "3-101王大妈"
        assert "#1" in (await chen.sees(**{"from": "bot"}))["text"]


async def test_the_same_message_twice_has_one_effect(office: Office) -> None:
    assert (await post(office, REPORT))[0] == 202
    assert (await post(office, REPORT))[0] == 202
    await until(lambda: office.app.engine.counts["turns"] == 1)
    assert await Ticket.all().count() == 1


async def test_a_private_message_has_no_room(office: Office) -> None:
    async with office.sits("wang") as wang:
        status, _ = await post(office, {"room": None, "from": "wang", "text": "帮助"})
        assert status == 202
        assert (await wang.sees(text="帮助"))["id"]
        assert await wang.sees(**{"from": "bot"})


@pytest.mark.parametrize(
    ("token", "status"), [(None, 401), ("wrong", 401), ("", 401), ("密码".encode().decode("latin-1"), 401)]
)
async def test_without_the_token_nothing_is_taken(office: Office, token: str | None, status: int) -> None:
    found, body = await post(office, REPORT, token)
    assert found == status
    assert "Bearer" in str(body["error"])
    assert office.app.inbox.counts["received"] == 0


async def test_the_api_is_closed_where_no_token_is_set(tmp_path: Path, settings: Settings) -> None:
    async with open_office(settings, tmp_path) as closed:
        assert (await post(closed, REPORT))[0] == 403
        assert (await post(closed, REPORT, ""))[0] == 403


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ([], "JSON 对象"),
        ({"text": "电梯坏了"}, "from"),
        ({"from": "bot", "text": "我是机器人"}, "from"),
        ({"from": "wang", "room": "nowhere", "text": "在吗"}, "rooms.csv"),
        ({"from": "wang", "text": ""}, "没有内容"),
        ({"from": "wang", "text": "a", "at": "2026-03-01T08:00:00"}, "时区"),
        ({"from": "wang", "text": "a", "at": "昨天"}, "时区"),
        ({"from": "wang", "text": "a", "media": ["x"]}, "图片"),
        ({"from": 7, "text": "a"}, "类型不对"),
    ],
)
async def test_a_wrong_body_is_told_what_to_write(office: Office, body: object, sentence: str) -> None:
    status, answer = await post(office, body)
    assert status == 400
    assert sentence in str(answer["error"])


async def test_the_description_names_what_there_is(office: Office) -> None:
    async with office.http.get(f"{office.url}/api/openapi.json") as answer:
        document = await answer.json()
    assert document["openapi"].startswith("3.1")
    schema = document["paths"]["/api/v1/messages"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert set(schema["required"]) == {"from", "text"}


async def test_alive_and_ready(office: Office) -> None:
    async with office.http.get(f"{office.url}/healthz") as answer:
        assert answer.status == 200
    async with office.http.get(f"{office.url}/readyz") as answer:
        assert answer.status == 200
        assert await answer.json() == {"status": "ok", "database": "up", "transports": {"webchat": "up"}}


async def test_a_transport_that_is_down_makes_it_unready_but_not_dead(office: Office) -> None:
    office.chat.down("cable cut")
    async with office.http.get(f"{office.url}/readyz") as answer:
        assert answer.status == 503
        assert (await answer.json())["transports"] == {"webchat": "down: cable cut"}
    async with office.http.get(f"{office.url}/healthz") as answer:
        assert answer.status == 200


async def test_metrics_can_be_read_by_prometheus(office: Office) -> None:
    await post(office, REPORT)
    await until(lambda: office.app.outbox.counts["sent"] >= 2)
    async with office.http.get(f"{office.url}/metrics") as answer:
        assert answer.content_type == "text/plain"
        text = await answer.text()
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["gridbot_inbox_total", "received"] == 1
    assert found["gridbot_engine_intents_total", "found"] == 1
    assert found["gridbot_outbox_total", "sent"] >= 2
    assert found["gridbot_transport_up", "webchat"] == 1
    assert found["gridbot_tickets", "open"] == 1
    assert found["gridbot_inbox_waiting",] == 0
    assert found["gridbot_due_lag_seconds",] >= 0
    assert "王大妈" not in text and "wang" not in text


async def test_a_taken_port_is_said_in_one_sentence(office: Office, tmp_path: Path) -> None:
    world, clock = office.app.world, office.clock
    second = WebServer(
        WebApp(
            world=world, clock=clock, chat=None, transports={}, counts={}, data=tmp_path,
            port=office.server.port,
        )
    )  # fmt: skip
    with pytest.raises(BadInput, match=rf"127\.0\.0\.1:{office.server.port}"):
        await second.start()
    await second.stop()


async def test_without_the_web_chat_its_pages_are_not_there(office: Office, tmp_path: Path) -> None:
    server = WebServer(
        WebApp(
            world=office.app.world, clock=office.clock, chat=None, transports={}, counts={}, data=tmp_path,
            port=0, token=TOKEN,
        )
    )  # fmt: skip
    await server.start()
    try:
        for path in ("/chat", "/chat/ws", "/chat/media/x"):
            async with office.http.get(f"http://127.0.0.1:{server.port}{path}") as answer:
                assert answer.status == 404
        async with office.http.get(f"http://127.0.0.1:{server.port}/") as answer:
            assert answer.status == 200
    finally:
        await server.stop()
