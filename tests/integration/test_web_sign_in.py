"""The web chat outside the demo: a binding code lets in, nothing else does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from gridbot.config import Settings
from gridbot.models.territory import binding
from gridbot.models.territory.org import Resident
from tests.web_office import Office, open_office


@pytest_asyncio.fixture
async def office(tmp_path: Path, settings: Settings) -> AsyncIterator[Office]:
    async with open_office(settings, tmp_path, demo=False) as one:
        yield one


async def enter(office: Office, **of: str) -> int:
    """Type a code made for somebody; returns the status of the page that comes of it."""
    code = await binding.issue_code(now=office.clock.now(), **of)
    async with office.http.post(f"{office.url}/chat/in", data={"code": f" {code.lower()} "}) as answer:
        return answer.status


async def me(office: Office) -> dict[str, object]:
    async with office.http.get(f"{office.url}/chat/me") as answer:
        assert answer.status == 200
        found: dict[str, object] = await answer.json()
    return found


async def refused(office: Office, query: str) -> int:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await office.http.ws_connect(f"{office.url}/chat/ws?{query}")
    return caught.value.status


async def test_nobody_is_let_in_by_merely_saying_who_he_is(office: Office) -> None:
    assert await refused(office, "contact=li") == 401
    assert await refused(office, "contact=li&room=r1") == 401
    for path in ("/chat/me?contact=li", "/chat/media/x"):
        async with office.http.get(office.url + path) as answer:
            assert answer.status == 401
    async with office.http.get(f"{office.url}/chat/people") as answer:
        assert answer.status == 404
    async with office.http.get(f"{office.url}/chat?as=li") as answer:
        assert "绑定码" in await answer.text()


async def test_a_households_code_makes_a_neighbour_without_showing_his_name(office: Office) -> None:
    assert await enter(office, household="h4") == 200
    found = await me(office)
    contact = str(found["contact"])
    assert contact.startswith("w") and len(contact) > 12
    assert "何叔" not in str(found) and "5号楼居民" in str(found["name"])
    assert [group["room"] for group in found["groups"]] == ["r1"]  # type: ignore[attr-defined]
    assert (await Resident.filter(contact=contact).get()).household == "h4"


async def test_whoever_is_in_may_sit_in_his_groups_only_and_as_nobody_else(office: Office) -> None:
    await enter(office, household="h4")
    contact = str((await me(office))["contact"])
    async with office.sits(contact, "r1") as sitter:
        await sitter.says("大家好", id="a1")
        assert (await sitter.sees(id="a1"))["from"] == contact
    assert await refused(office, "room=r2") == 403
    assert await refused(office, "room=w1") == 403
    assert await refused(office, "contact=wang&room=r1") == 401


async def test_a_worker_with_his_code_gets_his_cards(office: Office) -> None:
    assert await enter(office, staff="s1") == 200
    contact = str((await me(office))["contact"])
    async with office.sits(contact) as worker:
        await worker.says("待办")
        assert await worker.sees(**{"from": "bot"})


async def test_a_wrong_code_and_a_used_one_are_refused_politely(office: Office) -> None:
    code = await binding.issue_code(now=office.clock.now(), household="h4")
    data = {"code": code}
    async with office.http.post(f"{office.url}/chat/in", data={"code": "WRONG"}) as answer:
        assert answer.status == 403
        assert "绑定码不对" in await answer.text()
    async with office.http.post(f"{office.url}/chat/in", data=data) as answer:
        assert answer.status == 200
    office.http.cookie_jar.clear()
    async with office.http.post(f"{office.url}/chat/in", data=data) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("cookie", ["x", "1.d2FuZw==.00", "..", "1.x." + "0" * 64])
async def test_a_made_up_cookie_is_nobodys(office: Office, cookie: str) -> None:
    async with office.http.get(
        f"{office.url}/chat/me", headers={"Cookie": f"gridbot_chat={cookie}"}
    ) as answer:
        assert answer.status == 401
