"""巡查 and 转: a round of the grid in one line. No place is asked, no hour is checked, nobody is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.reports import finding
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import patrols

routes = Routes()

WEEK = timedelta(days=7)
NOTHING_FOUND = (
    "没什么",
    "没啥",
    "没问题",
    "没有问题",
    "没发现",
    "未发现",
    "没异常",
    "没有异常",
    "无异常",
    "都正常",
    "都好",
)
QUIET = ("无异常", "正常", "无事", "没事", "一切正常", "平安")


@routes.on("patrol")
async def patrol(turn: Turn) -> Sequence[Say]:
    """巡查 东区 无异常: counted as work; what was found is reported with it."""
    post = turn.require_staff()
    words = turn.rest.split()
    if not words:
        raise Refusal("patrol.how")
    last = words[-1].strip(homes.PUNCTUATION)
    quiet = last in QUIET or any(word in turn.rest for word in NOTHING_FOUND)
    area = words[0] if len(words) > 1 else ""
    note = " ".join(words[1:] if area else words)
    await patrols.note(turn.act, grid=post.node, worker=post.staff, area=area, words=note)
    count = await patrols.count([post.node], turn.now - WEEK, turn.now + timedelta(seconds=1))
    noted = turn.reply("patrol.noted", count=count)
    if quiet:
        return [noted]
    if (found := await finding.seen(turn, turn.rest)) is not None:
        return [noted, *found]
    more = turn.whisper("patrol.report_too")
    return [replace(noted, text=f"{noted.text}\n{more.text}") if noted.to == more.to else noted]


@routes.on("stay")
async def round_done(turn: Turn) -> Sequence[Say]:
    """转 无事: a light note, once a day is plenty; nobody is reminded of it."""
    post = turn.require_staff()
    command = turn.reading.command
    if turn.discreet or command is None or not (command.options or command.marked):
        return await which.handlers["talk"](turn)
    today = turn.world.midnight(turn.now)
    if await patrols.lately(post.staff, today, light=True) is not None:
        return [turn.reply("patrol.light_again")]
    note = turn.rest or next(iter(command.options), "")
    await patrols.note(turn.act, grid=post.node, worker=post.staff, area="", words=note, light=True)
    return [turn.reply("patrol.light")]
