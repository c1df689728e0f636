"""The story of the start page, played in a browser as its people would play it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from gridbot import demo
from gridbot.config import Settings
from tests.e2e.browser import DESK, PHONE, Window, chromium, window
from tests.web_office import Office, open_office

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "3号楼2单元电梯又停了 老人下不去楼"
SMALL_PHONE = (360, 740)

NAMELESS = """[...document.querySelectorAll('button, a, input, textarea, select')]
    .filter((one) => one.offsetParent !== null)
    .filter((one) => !(one.innerText.trim() || one.ariaLabel || one.labels?.length || one.title))
    .map((one) => one.outerHTML)"""

PALE = """(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const over = (top, below) => {
    const alpha = top.length > 3 ? top[3] : 1;
    return [0, 1, 2].map((at) => top[at] * alpha + below[at] * (1 - alpha));
  };
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) layers.unshift(parse(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const pale = [];
  for (const one of document.querySelectorAll('body *')) {
    const texts = [...one.childNodes].filter((node) => node.nodeType === 3);
    const words = texts.map((node) => node.data.trim()).join('');
    const style = getComputedStyle(one);
    if (!words || one.offsetParent === null || style.clipPath !== 'none') continue;
    if (style.visibility === 'hidden' || style.opacity === '0') continue;
    const below = ground(one);
    const [a, b] = [light(over(parse(style.color), below)), light(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) pale.push(`${words} ${style.color} on ${below}`);
  }
  return pale;
})()"""


@dataclass
class Cast:
    """Windows onto a running office with the demo community."""

    office: Office
    browser: Browser

    async def window(self, query: str = "", size: tuple[int, int] = DESK) -> Window:
        return await window(self.browser, f"{self.office.url}/chat{query}", size)

    async def people(self) -> dict[str, str]:
        """The suggested three: resident, worker and leader, as the address of their page."""
        async with self.office.http.get(f"{self.office.url}/chat/people") as answer:
            three = (await answer.json())["suggested"]
        parts = ("resident", "worker", "leader")
        return {part: f"?as={one['contact']}#{one['room']}" for part, one in zip(parts, three, strict=True)}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def cast(browser: Browser, tmp_path: Path, settings: Settings) -> AsyncIterator[Cast]:
    """An office of its own; of the browser nothing stays but that it runs."""
    async with open_office(settings, tmp_path, org=demo.ORG) as office:
        yield Cast(office, browser)
        for context in browser.contexts:
            await context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_an_elevator_stands_still_and_is_mended(cast: Cast, size: tuple[int, int]) -> None:
    people = await cast.people()
    resident = await cast.window(people["resident"], size)
    await resident.page.locator("#room .empty").get_by_role("button", name=STORY).click()
    await resident.page.press("#room textarea", "Enter")
    await resident.reads("已登记")
    answers = resident.page.locator("#room .line:not(.mine) .bubble")
    assert await answers.count() == 1
    answer = await answers.first.inner_text()
    assert re.fullmatch(r"收到，已登记 #1，.*\d\d:\d\d前回复您。", answer)
    assert len(answer) <= 40

    worker = await cast.window(people["worker"].split("#")[0] + "#bot", size)
    card = worker.page.locator("#bot .card").filter(has_text="新事件 #1")
    await card.get_by_text("3号楼2单元", exact=True).wait_for()
    assert STORY in await card.inner_text()
    await card.get_by_role("button", name="接单").click()
    await worker.reads("已接单", "#bot")
    assert await worker.page.locator("#bot .mine .bubble").last.inner_text() == "1"
    assert await card.get_by_role("button", name="接单").is_disabled()
    await worker.says("办结 1 维保换了继电器", "#bot")
    await worker.reads("已告知居民", "#bot")

    await resident.reads("#1 已办结：维保换了继电器")
    if size == PHONE:
        await resident.page.locator("#room .back .dot").wait_for()
        await resident.page.locator("#room .back").tap()
        assert await resident.page.locator("#seats .count").first.inner_text() >= "1"
        await resident.page.locator("#seats .seat").first.tap()
    verdict = resident.page.locator("#bot .card").last
    await verdict.get_by_role("button", name="满意", exact=True).click()
    await resident.reads("谢谢您的评价", "#bot")
    assert resident.faults == [] and worker.faults == []


async def test_the_first_page_of_the_demo_is_a_resident_in_the_group_of_building_three(cast: Cast) -> None:
    start = await cast.window()
    await start.page.get_by_role("heading", name="3号楼居民群", exact=True).wait_for()
    await start.page.get_by_role("heading", name="网格小助手", exact=True).wait_for()
    assert "3号楼居民" in await start.page.locator("#me small").inner_text()
    assert await start.page.locator("#cast a").count() == 3
    assert start.faults == []


async def test_the_demo_marks_whom_the_bot_has_told_and_turns_into_him_in_the_same_window(cast: Cast) -> None:
    seen = await cast.window()
    await seen.says(STORY)
    await seen.reads("已登记")
    worker = seen.page.locator("#cast a").nth(1)
    await worker.locator(".news").wait_for()
    assert await worker.locator(".news").inner_text() == "1"
    await worker.click()
    card = seen.page.locator("#bot .card").filter(has_text="新事件 #1")
    await card.get_by_role("button", name="接单").click()
    resident = seen.page.locator("#cast a").first
    await resident.locator(".news").wait_for()
    await check(seen)
    await resident.click()
    await seen.reads("网格员已接手", "#bot")
    assert await seen.page.locator("#room .try").count() == 0  # it has been tried
    assert len(seen.page.context.pages) == 1 and seen.faults == []


async def test_a_telephone_turns_from_the_group_into_the_worker_with_his_card(cast: Cast) -> None:
    phone = await cast.window(size=PHONE)
    await phone.says(STORY)
    await phone.reads("已登记")
    await phone.page.locator("#room .who-else .dot").wait_for()
    await phone.page.locator("#room .who-else").tap()
    await phone.page.locator("#suggested .persona").filter(has_text="网格员").first.tap()
    await phone.page.locator("#bot .card").get_by_role("button", name="接单").tap()
    await phone.reads("已接单", "#bot")
    assert phone.faults == []


async def test_a_desk_begins_in_the_group_where_somebody_spoke_last(cast: Cast) -> None:
    people = await cast.people()
    resident = await cast.window(people["resident"])
    await resident.says("楼下的桂花开了")
    await resident.page.locator("#room .line.mine:not(.sending)").wait_for()
    worker = await cast.window(people["worker"].split("#")[0])
    await worker.reads("楼下的桂花开了")
    await worker.page.get_by_role("heading", name="3号楼居民群", exact=True).wait_for()
    first = worker.page.locator("#seats .seat").nth(1)
    assert "3号楼居民群" in await first.inner_text() and await first.get_attribute("aria-current") == "true"
    assert worker.faults == []


async def test_several_windows_are_several_people(cast: Cast) -> None:
    people = await cast.people()
    wide = await cast.window(people["resident"])
    await wide.page.locator("#switch").click()
    await wide.page.fill("#find", "3号楼")
    await wide.page.locator("#everybody li").nth(3).wait_for()
    href = await wide.page.locator("#everybody .persona").nth(3).get_attribute("href")
    other = await cast.window(str(href).removeprefix("/chat"), SMALL_PHONE)
    await other.says("楼下的桂花开了")
    await wide.page.get_by_role("button", name="关闭").click()
    await wide.reads("楼下的桂花开了")
    await wide.page.locator(".line").filter(has_text="桂花").click(button="right")
    await wide.page.get_by_role("menuitem", name="引用").click()
    await wide.says("真香")
    await other.reads("真香")
    assert "楼下的桂花开了" in await other.page.locator(".line .quoted").inner_text()
    await other.page.locator(".line.mine").first.locator(".more").click(force=True)
    await other.page.get_by_role("menuitem", name="撤回").click()
    await wide.reads("撤回了一条消息")
    assert await wide.page.locator(".line").filter(has_text="桂花开了").count() == 1  # in the quote
    assert wide.faults == [] and other.faults == []


async def test_a_picture_is_shown_to_the_neighbours(cast: Cast, tmp_path: Path) -> None:
    people = await cast.people()
    resident, worker = await cast.window(people["resident"]), await cast.window(people["worker"])
    shot = tmp_path / "shot.png"
    await resident.page.screenshot(path=shot)
    await resident.page.set_input_files("#room input[type=file]", shot)
    await resident.page.locator("#room .picture img").wait_for()
    await resident.page.locator("#room .send").click()
    shown = worker.page.locator("#room .photo img")
    await shown.wait_for()
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == DESK[0]


async def test_what_was_written_during_an_outage_arrives_afterwards_once(cast: Cast) -> None:
    people = await cast.people()
    resident = await cast.window(people["resident"])
    await resident.says("甲")
    await resident.page.locator("#room .line.mine:not(.sending)").wait_for()
    cast.office.chat.down("cable cut")
    await resident.says("乙")
    again = resident.page.locator("#room .failed .status")
    await again.wait_for()
    cast.office.chat.up()
    await again.click()
    await resident.page.locator("#room .line.mine:not(.sending):not(.failed)").nth(1).wait_for()
    worker = await cast.window(people["worker"])
    await worker.reads("乙")
    assert await worker.page.locator("#room .line").filter(has_text="乙").count() == 1


async def test_nothing_on_the_page_is_wider_than_the_telephone(cast: Cast) -> None:
    people = await cast.people()
    phone = await cast.window(people["worker"], SMALL_PHONE)
    await phone.says("很长的一句话" * 30 + "verylongwordwithoutanyblank" * 10)
    await phone.page.locator(".line.mine").wait_for()
    for path in (f"/chat{people['worker'].split('#')[0]}", "/", "/console", "/g/wh-dy-2"):
        await phone.page.goto(cast.office.url + path)
        widths = await phone.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], path


async def test_every_control_has_a_name_and_every_text_contrast_enough(cast: Cast) -> None:
    people = await cast.people()
    resident = await cast.window(people["resident"], PHONE)
    await resident.says(STORY)
    await resident.reads("已登记")
    worker = await cast.window(people["worker"])
    await worker.page.locator("#bot .card button").first.wait_for()
    await check(worker)
    await worker.page.locator("#switch").click()
    await worker.page.locator("#everybody li").first.wait_for()
    await check(worker)
    for path in ("/", "/g/wh-dy-2", "/console"):
        await worker.page.goto(cast.office.url + path)
        await check(worker)
    await check(resident)


async def check(seen: Window) -> None:
    """Every control has a name; text stands out at least 4.5 to 1 (3 to 1 where it is large)."""
    assert await seen.page.evaluate(NAMELESS) == []
    assert await seen.page.evaluate(PALE) == []


async def test_a_worker_opens_the_console_from_the_chat(cast: Cast) -> None:
    people = await cast.people()
    resident = await cast.window(people["resident"])
    await resident.says(STORY)
    await resident.reads("已登记")
    worker = await cast.window(people["worker"].split("#")[0] + "#bot", PHONE)
    await worker.page.locator("#bot .chips").get_by_role("button", name="后台").tap()
    link = worker.page.locator("#bot .bubble a").last
    await link.wait_for()
    assert "/console/in?t=" in str(await link.get_attribute("href"))
    await worker.page.goto(str(await link.get_attribute("href")))
    await worker.page.get_by_role("button", name="登录").click()
    await worker.page.get_by_text("今日新增").wait_for()
    await worker.page.locator(".rows a").first.click()
    await worker.page.get_by_role("heading", name="#1").wait_for()
    assert STORY in await worker.page.locator("main").inner_text()
    assert await worker.page.locator(".tabs").inner_text() == "今日\n工单\n走访"  # reports are for who leads
    for path in ("", "/tickets", "/tickets/1", "/visits"):
        await worker.page.goto(f"{cast.office.url}/console{path}")
        widths = await worker.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], path
    tall = await worker.page.locator(".scroll tbody tr").first.evaluate("row => row.offsetHeight")
    assert tall < 140  # an address is read along, not down
    assert worker.faults == []
