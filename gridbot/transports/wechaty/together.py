"""Several things that run side by side and end together."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


async def until_first_ends(*running: Coroutine[object, object, None]) -> None:
    """Run all; when one ends or fails the rest are cancelled, and its failure is raised as it is."""
    tasks = [asyncio.ensure_future(one) for one in running]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
