"""Debian's Chromium driven by Playwright; skipped with its reason where either is missing."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
DESK = (1280, 800)
PHONE = (390, 844)


def missing() -> str:
    """Why there is no browser here; "" where there is one."""
    if not CHROMIUM.exists():
        return "Chromium is not installed (apt-get install chromium)"
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed (pip install playwright)"
    return ""


def needed() -> None:
    """Skip the test where there is no browser; fail instead where everything has to run."""
    if why := missing():
        if os.environ.get("GRIDBOT_REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)


@dataclass
class Window:
    """Somebody's browser window; `faults` is what went wrong inside it."""

    page: Page
    faults: list[str]

    async def says(self, words: str, pane: str = "#room") -> None:
        await self.page.fill(f"{pane} textarea", words)
        await self.page.press(f"{pane} textarea", "Enter")

    async def reads(self, words: str, pane: str = "#room") -> None:
        """Wait until these words stand in a pane."""
        await self.page.locator(f"{pane} .lines").get_by_text(words).last.wait_for()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser of its own."""
    needed()
    from playwright.async_api import async_playwright

    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        try:
            yield browser
        finally:
            await browser.close()


async def window(browser: Browser, url: str, size: tuple[int, int] = DESK) -> Window:
    """A window at a page; a narrow one is a telephone with a touch screen."""
    phone = size[0] < 900
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2 if phone else 1,
        has_touch=phone,
        is_mobile=phone,
        locale="zh-CN",
    )
    page = await context.new_page()
    page.set_default_timeout(15_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto(url)
    return Window(page, faults)
