"""What a mini-program, a platform and a screen read back over HTTP; GeoReport v2."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest_asyncio

from gridbot.clock import sleep
from gridbot.config import Settings
from gridbot.models.cases.tickets import Ticket
from tests.web_office import Office, open_office

TOKEN = "a-token-of-this-test"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest_asyncio.fixture
async def office(tmp_path: Path, settings: Settings) -> AsyncIterator[Office]:
    async with open_office(settings, tmp_path, token=TOKEN) as one:
        yield one


async def get(office: Office, path: str, *, token: bool = True) -> tuple[int, Any]:
    headers = BEARER if token else {}
    async with office.http.get(f"{office.url}{path}", headers=headers) as answer:
        return answer.status, await answer.json()


async def report(office: Office, text: str, who: str = "mini-1", message: str = "x1") -> None:
    body = {"room": None, "from": who, "id": message, "text": text}
    async with office.http.post(f"{office.url}/api/v1/messages", json=body, headers=BEARER) as answer:
        assert answer.status == 202


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(15):
        while not await holds():
            await sleep(0.05)


async def tickets(count: int) -> None:
    async def there() -> bool:
        return await Ticket.all().count() == count

    await eventually(there)


async def test_a_mini_program_files_a_report_once_and_reads_its_progress_and_answers(office: Office) -> None:
    for _ in range(2):
        await report(office, "报事 3号楼2单元楼道灯不亮了")
    await tickets(1)
    status, body = await get(office, "/api/v1/progress?from=mini-1")
    assert status == 200
    (mine,) = body["tickets"]
    assert (mine["no"], mine["state_zh"], mine["what"]) == (1, "待接单", "楼道灯")
    assert mine["opened_at"].endswith("+08:00")
    assert (await get(office, "/api/v1/progress?from=somebody"))[1] == {"tickets": []}

    async def answered() -> bool:
        _, said = await get(office, "/api/v1/messages?from=mini-1")
        return any("#1" in line["text"] and line["about"] == {"ticket": 1} for line in said["messages"])

    await eventually(answered)
    _, said = await get(office, "/api/v1/messages?from=mini-1")
    last = said["messages"][-1]["id"]
    assert (await get(office, f"/api/v1/messages?from=mini-1&after={last}"))[1] == {"messages": []}


async def test_nothing_is_read_without_the_token(office: Office) -> None:
    paths = ("progress?from=a", "messages?from=a", "tickets", "feed", "villages")
    for path in paths:
        status, body = await get(office, f"/api/v1/{path}", token=False)
        assert status == 401 and "Bearer" in body["error"]
    assert (await get(office, "/api/v1/progress"))[0] == 400


async def test_a_platform_takes_tickets_and_gives_its_number_back(office: Office) -> None:
    await report(office, "报事 3号楼2单元楼道灯不亮了")
    await tickets(1)
    _, body = await get(office, "/api/v1/tickets?new=1")
    assert body["tickets"][0]["事件小类"] == "楼道灯" and body["after"] == 1 and body["more"] is False
    for status in (200, 200):
        async with office.http.post(
            f"{office.url}/api/v1/tickets/1/number", json={"number": "QJ-1"}, headers=BEARER
        ) as answer:
            assert answer.status == status
    assert (await Ticket.get(no=1)).exported_no == "QJ-1"
    assert (await get(office, "/api/v1/tickets?new=1"))[1]["tickets"] == []
    assert (await get(office, "/api/v1/tickets?since=yesterday"))[0] == 400


async def test_a_screen_gets_counts_and_nobody_in_them(office: Office) -> None:
    await report(office, "报事 3号楼2单元楼道灯不亮了")
    await tickets(1)
    _, body = await get(office, "/api/v1/feed")
    assert body["now"]["live"] == 1 and body["grids"] == {"g1": 1}
    assert "楼道灯" not in str(body) and "mini-1" not in str(body)
    _, listed = await get(office, "/api/v1/villages")
    assert [(village["code"], village["connected"]) for village in listed["villages"]] == [("sq", True)]


async def test_georeport_lists_services_and_public_requests_without_words(office: Office) -> None:
    await report(office, "报事 3号楼2单元楼道灯不亮了 我是502的")
    await tickets(1)
    status, found = await get(office, "/open311/v2/services.json", token=False)
    assert status == 200
    codes = {one["service_code"] for one in found}
    assert "public_facility.corridor_light" in codes and "dispute" not in codes
    (public,) = (await get(office, "/open311/v2/requests.json", token=False))[1]
    assert public["service_request_id"] == "1" and public["status"] == "open"
    assert public["description"] is None and "502" not in str(public)
    (known,) = (await get(office, "/open311/v2/requests/1.json"))[1]
    assert "不亮" in known["description"]
    async with office.http.get(f"{office.url}/open311/v2/requests.xml?status=open") as answer:
        page = ElementTree.fromstring(await answer.text())
    assert page.tag == "service_requests" and page.findtext("request/service_request_id") == "1"
    assert (await get(office, "/open311/v2/requests.json?status=closed", token=False))[1] == []
    assert (await get(office, "/open311/v2/requests/9.json", token=False))[0] == 404


async def test_georeport_takes_a_report_in_and_its_token_becomes_a_number(office: Office) -> None:
    form = {
        "api_key": TOKEN, "service_code": "public_facility.street_light", "account_id": "u7",
        "address_string": "3号楼", "description": "门口路灯不亮",
    }  # fmt: skip
    async with office.http.post(f"{office.url}/open311/v2/requests.json", data=form) as answer:
        assert answer.status == 201
        (made,) = await answer.json()
    await tickets(1)
    (found,) = (await get(office, f"/open311/v2/tokens/{made['token']}.json", token=False))[1]
    assert found["service_request_id"] == "1"
    assert (await Ticket.get(no=1)).sub == "street_light"
    async with office.http.post(
        f"{office.url}/open311/v2/requests.json", data={**form, "api_key": "x"}
    ) as answer:
        assert answer.status == 403
