"""民情日志: in one's own words, or a draft of the day accepted with one word."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import reporting
from gridbot.profiles import Period

routes = Routes()

WHOLE_MONTH = frozenset({"本月", "这个月", "当月"})


@routes.on("diary")
async def diary(turn: Turn) -> Sequence[Say]:
    """日志 今天调解了两家纠纷: kept for the speaker and those above him; 日志 本月: all of the month."""
    post = turn.require_staff()
    day = turn.world.local(turn.now).date()
    if not turn.rest or turn.rest in WHOLE_MONTH:
        first, last = Period.MONTH.window(day)
        rows = await reporting.diaries(turn.person.who, first, last)
        if not rows:
            raise Refusal("diary.how")
        lines = "\n".join(
            turn.texts.say("diary.line", month=row.day.month, day=row.day.day, text=row.text) for row in rows
        )
        return [turn.whisper("diary.month", lines=lines)]
    await reporting.write(turn.act, post.node, day, turn.rest)
    return [turn.reply("diary.kept")]


@routes.on("?diary")
async def accepted(turn: Turn) -> Sequence[Say]:
    """好: the draft is the day's entry."""
    command, question = turn.reading.command, turn.asked
    yes = command is not None and (command.name == "yes" or command.choice == 1)
    if not yes or question.subject is None:
        return []
    row = await reporting.accept(turn.act, question.subject)
    await question.delete()
    return [turn.whisper("diary.accepted")] if row is not None else []
