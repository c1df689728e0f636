"""The console: one-time links, sessions, and who may see what."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio

from gridbot.config import Settings
from gridbot.models import acts
from gridbot.models.audit import Audit, ConsoleLink
from gridbot.models.territory import links
from gridbot.models.territory.org import Household, Resident
from tests.web_office import Office, open_office

REPORT = "3号楼2单元电梯又停了 老人下不去楼"
PHONE = "13900001111"


@pytest_asyncio.fixture
async def office(tmp_path: Path, settings: Settings) -> AsyncIterator[Office]:
    async with open_office(settings, tmp_path) as one:
        await Household.filter(id="h1").update(phone=PHONE)
        yield one


async def link_of(office: Office, contact: str) -> str:
    """The link that the bot sends to somebody who asks for the console."""
    async with office.sits(contact) as sitter:
        await sitter.says("后台")
        found = re.search(r"http://\S+/console/in\?t=\S+", (await sitter.reads("登录"))["text"])
    assert found
    return found[0]


async def sign_in(office: Office, contact: str) -> None:
    """The office's browser becomes this person's console."""
    office.http.cookie_jar.clear()
    token = (await link_of(office, contact)).split("t=")[1]
    async with office.http.post(f"{office.url}/console/in", data={"t": token}) as answer:
        assert answer.status == 200, await answer.text()


async def page(office: Office, path: str) -> tuple[int, str]:
    async with office.http.get(office.url + path) as answer:
        return answer.status, await answer.text()


async def reported(office: Office, contact: str = "wang", room: str = "r1", text: str = REPORT) -> None:
    async with office.sits(contact, room) as sitter:
        await sitter.says(text)
        await sitter.sees(**{"from": "bot"})


async def test_without_a_session_the_console_says_how_to_get_in(office: Office) -> None:
    for path in ("/console", "/console/tickets", "/console/tickets/1", "/console/visits"):
        status, text = await page(office, path)
        assert status == 401
        assert "后台" in text and "工单" not in text


async def test_looking_at_the_link_does_not_use_it_up_and_signing_in_does(office: Office) -> None:
    url = await link_of(office, "li")
    for _ in range(2):  # a chat app's preview, then the person
        async with office.http.get(url) as answer:
            assert answer.status == 200
            assert "登录" in await answer.text()
    data = {"t": url.split("t=")[1]}
    async with office.http.post(f"{office.url}/console/in", data=data, allow_redirects=False) as answer:
        assert answer.status == 303
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/console" in cookie
    async with office.http.post(f"{office.url}/console/in", data=data) as answer:
        assert answer.status == 403
    async with office.http.get(url) as answer:
        assert answer.status == 403
    assert (await page(office, "/console"))[0] == 200


async def test_a_link_lives_a_quarter_of_an_hour_and_a_session_twelve_hours(office: Office) -> None:
    token = (await link_of(office, "li")).split("t=")[1]
    office.clock.pass_by(timedelta(minutes=16))
    async with office.http.post(f"{office.url}/console/in", data={"t": token}) as answer:
        assert answer.status == 403
    await sign_in(office, "li")
    office.clock.pass_by(timedelta(hours=11))
    assert (await page(office, "/console"))[0] == 200
    office.clock.pass_by(timedelta(hours=2))
    assert (await page(office, "/console"))[0] == 401


async def test_only_hashes_of_tokens_and_cookies_are_kept(office: Office) -> None:
    token = (await link_of(office, "li")).split("t=")[1]
    session = await links.sign_in(token, office.clock.now())
    (row,) = await ConsoleLink.all()
    assert session is not None and row.session is not None
    assert {len(row.token), len(row.session)} == {64}
    assert token not in (row.token, row.session) and session not in (row.token, row.session)


async def test_a_link_is_never_written_in_a_group(office: Office) -> None:
    async with office.sits("li", "w1") as group, office.sits("li") as private:
        await group.says("后台")
        assert "console/in" in (await private.reads("登录"))["text"]
        await group.says("嗯", id="end")
        assert (await group.sees(id="end"))["from"] == "li"


async def test_a_resident_gets_no_link(office: Office) -> None:
    async with office.sits("wang") as wang:
        await wang.says("后台")
        answer = await wang.sees(**{"from": "bot"})
    assert "console" not in answer["text"]
    assert await ConsoleLink.all().count() == 0


async def test_a_page_of_another_site_cannot_sign_anybody_in_or_out(office: Office) -> None:
    token = (await link_of(office, "li")).split("t=")[1]
    foreign = {"Origin": "https://evil.example"}
    for path in ("/console/in", "/console/out"):
        async with office.http.post(office.url + path, data={"t": token}, headers=foreign) as answer:
            assert answer.status == 403
    assert await links.good(token, office.clock.now())


async def test_signing_out_ends_the_session(office: Office) -> None:
    await sign_in(office, "li")
    cookie = office.http.cookie_jar.filter_cookies(aiohttp.client.URL(f"{office.url}/console"))
    async with office.http.post(f"{office.url}/console/out", allow_redirects=False) as answer:
        assert answer.status == 303
    old = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookie.items())}
    async with office.http.get(f"{office.url}/console", headers=old) as answer:
        assert answer.status == 401


async def test_the_worker_sees_his_ticket_with_whom_to_call(office: Office) -> None:
    await reported(office)
    await sign_in(office, "li")
    status, text = await page(office, "/console")
    assert status == 200 and "#1" in text and "今日新增" in text
    status, text = await page(office, "/console/tickets/1")
    assert status == 200
    for words in ("电梯", "3号楼2单元", "王大妈", PHONE, REPORT, "登记", "李网"):
        assert words in text, words


async def test_each_look_at_a_ticket_is_recorded(office: Office) -> None:
    await reported(office)
    await sign_in(office, "li")
    await page(office, "/console/tickets/1")
    await page(office, "/console/tickets/1")
    looks = await Audit.filter(what="console.look")
    assert [(row.by, row.subject) for row in looks] == [("s1", "ticket:1")] * 2
    assert await acts.chain_ok()


async def test_another_grids_worker_sees_neither_the_ticket_nor_its_number(office: Office) -> None:
    await reported(office)
    await sign_in(office, "wu")
    assert "没有在办的事" in (await page(office, "/console"))[1]
    status, text = await page(office, "/console/tickets/1")
    assert status == 404 and "3号楼" not in text and PHONE not in text
    assert "共 0 件" in (await page(office, "/console/tickets?grid=g1"))[1]
    assert await Audit.filter(what="console.look").count() == 0


async def test_a_leader_above_sees_all_his_grids(office: Office) -> None:
    await reported(office)
    await reported(office, "luo", "r2", "@网格小助手 8号楼路灯坏了")
    await sign_in(office, "sun")
    _, text = await page(office, "/console/tickets")
    assert "共 2 件" in text and "第一网格" in text and "第二网格" in text


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("", 2),
        ("state=live", 2),
        ("state=closed", 0),
        ("state=overdue", 0),
        ("category=public_facility", 2),
        ("category=dispute", 0),
        ("grid=g2", 1),
        ("grid=nowhere", 2),
        ("words=%231", 1),
        ("words=3号楼", 1),
        ("words='%20OR%201=1", 0),
        ("page=99", 2),
        ("page=x", 2),
    ],
)
async def test_tickets_can_be_filtered(office: Office, query: str, many: int) -> None:
    await reported(office)
    await reported(office, "luo", "r2", "@网格小助手 8号楼路灯坏了")
    await sign_in(office, "sun")
    status, text = await page(office, f"/console/tickets?{query}")
    assert status == 200
    assert f"共 {many} 件" in text


async def test_what_is_past_its_deadline_is_shown_as_overdue(office: Office) -> None:
    await reported(office)
    office.clock.pass_by(timedelta(days=10))
    await sign_in(office, "li")
    _, text = await page(office, "/console/tickets?state=overdue")
    assert "共 1 件" in text and "已超期" in text


async def test_whoever_loses_his_post_loses_the_console(office: Office) -> None:
    from gridbot.models.territory.org import Post

    await sign_in(office, "wu")
    await Post.filter(staff="s6").delete()
    office.app.world.directory = await office.app.reload()
    assert (await page(office, "/console"))[0] == 401


async def test_what_a_resident_wrote_cannot_become_part_of_the_page(office: Office) -> None:
    async with office.sits("wang") as wang:
        await wang.says("报事 3号楼2单元电梯坏了 <script>alert(1)</script>")
        await wang.reads("#1")
    await sign_in(office, "li")
    _, text = await page(office, "/console/tickets/1")
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


async def test_visits_owed_are_listed_for_whoever_covers_them(office: Office) -> None:
    from gridbot.models.duty.duties import Visit

    day = office.clock.now().date()
    await Visit.create(household="h2", worker="s1", due_on=day, why="独居老人")
    await Visit.create(household="h5", worker="s6", due_on=day - timedelta(days=3), why="困难")
    await Visit.create(household="h3", worker="s1", due_on=day + timedelta(days=30), why="普通")
    await sign_in(office, "li")
    _, text = await page(office, "/console/visits")
    assert "七天内应走访 1 户" in text and "3号楼2单元502" in text and "陈师傅" in text
    await sign_in(office, "sun")
    _, text = await page(office, "/console/visits")
    assert "七天内应走访 2 户" in text and "逾期" in text


async def test_a_volunteer_sees_tickets_but_no_names_and_no_telephones(office: Office) -> None:
    from gridbot.models.territory.org import Post

    await reported(office)
    await Post.create(staff="s9", name="郑楼长", role="楼长", node="g1", contact="zheng")
    office.app.world.directory = await office.app.reload()
    await sign_in(office, "zheng")
    status, text = await page(office, "/console/tickets/1")
    assert status == 200
    assert "王大妈" not in text and PHONE not in text and "不显示居民信息" in text


async def test_the_public_page_of_a_grid_names_staff_and_no_resident(office: Office) -> None:
    office.http.cookie_jar.clear()
    status, text = await page(office, "/g/g1")
    assert status == 200
    assert "李网" in text and "钱长" in text and "13800000001" not in text
    names = [row.name for row in await Resident.all()]
    assert names and not any(name in text for name in names)
    assert (await page(office, "/g/nowhere"))[0] == 404
    status, text = await page(office, "/")
    assert status == 200 and "/g/g1" in text and "/g/g2" in text


async def test_tickets_of_a_period_are_listed_and_read_by_programs_too(office: Office) -> None:
    await reported(office)
    await sign_in(office, "qian")
    day = office.clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    for query, count in (
        (f"since={day}&until={day}", 1),
        (f"since={day + timedelta(days=1)}", 0),
        (f"until={day - timedelta(days=1)}", 0),
        ("since=2026-02-30", 1),  # no such day: nothing is left out
        ("category=public_facility&state=live&grid=g1", 1),
    ):
        status, text = await page(office, f"/console/tickets?format=json&{query}")
        found = json.loads(text)
        assert (status, found["count"]) == (200, count)
    assert found["tickets"][0]["what"] == "电梯" and found["tickets"][0]["no"] == 1
    assert "王大妈" not in text and "3-1-101" not in text


async def test_a_leader_sees_the_digest_drawn_and_a_worker_does_not(office: Office) -> None:
    await reported(office)
    await sign_in(office, "qian")
    for period, title in (
        ("day", "日报 第一网格"),
        ("year", "年报 第一网格"),
        ("week&day=nonsense", "周报 "),
    ):
        status, text = await page(office, f"/console/reports?period={period}")
        assert status == 200 and "<svg" in text and title in text
    await sign_in(office, "li")
    assert (await page(office, "/console/reports"))[0] == 404


PICTURE = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 8


async def test_a_tickets_pictures_are_shown_to_whoever_may_read_it(office: Office) -> None:
    async with office.http.post(f"{office.url}/chat/upload?contact=wang", data=PICTURE) as answer:
        picture = (await answer.json())["id"]
    async with office.sits("wang", "r1") as wang:
        await wang.says("", media=[picture], id="a0")
        await wang.says(REPORT, id="a1")
        await wang.sees(**{"from": "bot"})
        await wang.says("就是这样", media=[picture], id="a2")
    await sign_in(office, "qian")
    found: list[str] = []
    async with asyncio.timeout(5):
        while len(found) < 2:
            _, html = await page(office, "/console/tickets/1")
            found = re.findall(r'<img src="(/console/tickets/[^"]+)"', html)
    for url in found:
        async with office.http.get(office.url + url) as answer:
            assert (answer.content_type, await answer.read()) == ("image/png", PICTURE)
    office.http.cookie_jar.clear()
    assert (await page(office, found[0]))[0] == 401
