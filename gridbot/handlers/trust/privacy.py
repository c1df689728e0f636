"""What residents may ask of their data: see it, have it deleted, be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.acts import change
from gridbot.models.cases import reported
from gridbot.models.neighbours import keeping, traces

routes = Routes()

UNNAMED = ("别说", "不要说", "莫说", "别讲", "别告诉", "别提", "别透露", "不要透露", "匿名")
JUST_SAID = timedelta(hours=2)


@routes.on("my_data")
async def my_data(turn: Turn) -> Sequence[Say]:
    """我的数据: what is kept of the speaker, and for how long."""
    held = await keeping.held(turn.heard.sender)
    home = turn.person.home
    more = await traces.of(turn.heard.sender, home.id if home else None)
    return [
        turn.whisper(
            "privacy.my_data",
            home=home.address if home else turn.texts.say("privacy.not_bound"),
            tickets=held.tickets,
            messages=held.messages,
            points=more.points,
            signups=more.signups,
            voices=more.voices,
            days=turn.world.conduct.keep_text.days,
        )
    ]


@routes.on("erase")
async def erase(turn: Turn) -> Sequence[Say]:
    """删除: asked once more, because it cannot be taken back."""
    await turn.ask(turn.heard.sender, "erase", where=turn.private_with(turn.heard.sender))
    return [turn.whisper("privacy.erase_sure", buttons=(("确认", "确认"),))]


@routes.on("?erase")
async def erase_confirmed(turn: Turn) -> Sequence[Say]:
    """确认: the words of the speaker's matters are blanked; their facts stay."""
    command, question = turn.reading.command, turn.asked
    await question.delete()
    if command is None or command.name not in ("confirm", "yes"):
        return [turn.whisper("privacy.erase_not")]
    await keeping.erase(turn.heard.sender)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "erase")
    return [turn.whisper("privacy.erased")]


@routes.on("leave")
async def leave(turn: Turn) -> Sequence[Say]:
    """退出: what the speaker writes in groups is unread from now on."""
    await keeping.opt_out(turn.act, turn.heard.where.transport, turn.heard.sender)
    turn.world.org_changed = True
    await acts.record(turn.person.who, turn.now, "opt_out")
    return [turn.whisper("privacy.left")]


@routes.on("privacy_how")
async def how(turn: Turn) -> Sequence[Say]:
    """那我跟你说的别人能看到吗: who reads it, how long it is kept, how to have it deleted or to leave.

    别说是我说的, after a report: nothing of that matter is said to a group from now on.
    """
    if any(word in turn.heard.text for word in UNNAMED):
        ticket = await reported.last_of_person(turn.heard.sender, turn.now - JUST_SAID)
        if ticket is not None and not ticket.sensitive:
            await change(turn.act, ticket, sensitive=True)
    return [turn.whisper("privacy.how", days=turn.world.conduct.keep_text.days)]


@routes.on("neighbour_phone")
async def neighbour_phone(turn: Turn) -> Sequence[Say]:
    """楼上502的电话有吗: nobody's telephone is given away; a colleague can pass a word on."""
    return [turn.whisper("privacy.neighbour_phone")]
