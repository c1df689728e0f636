"""停发日报, 恢复日报, 免打扰: what a colleague wants to read unasked, and when the bot is silent."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import pauses
from gridbot.profiles import Rank

routes = Routes()

PERIODS = ("day", "week", "month")
READERS = (Rank.LEADER, Rank.PATRON, Rank.MEMBER)


@routes.on("digest_off")
async def off(turn: Turn) -> Sequence[Say]:
    """停发日报 [周报 月报]: these digests come no more until 恢复日报; on asking, they are still shown."""
    today = turn.world.local(turn.now).date()
    named = _named(turn)
    if not any(post.rank in READERS for post in turn.person.posts):
        raise Refusal("reading.none", what=_words(turn, named))
    for period in named:
        what = pauses.of_digest(turn.person.staff or "", period)
        if not await pauses.resting((what,), today):
            await pauses.pause(turn.act, what, today, None, "")
    one = _words(turn, named[:1])
    return [turn.whisper("reading.off", what=_words(turn, named), one=one)]


@routes.on("digest_on")
async def on(turn: Turn) -> Sequence[Say]:
    """恢复日报 [周报 月报]."""
    today = turn.world.local(turn.now).date()
    turn.require_staff(*READERS)
    named = _named(turn)
    found = [
        await pauses.resume(turn.act, pauses.of_digest(turn.person.staff or "", p), today) for p in named
    ]
    if not any(found):
        raise Refusal("reading.not_off", what=_words(turn, named))
    return [turn.whisper("reading.on", what=_words(turn, named))]


def _named(turn: Turn) -> list[str]:
    """The periods that the words name; the day's where they name none."""
    said = turn.heard.text
    return [one for one in PERIODS if turn.texts.say(f"reading.{one}") in said] or [PERIODS[0]]


def _words(turn: Turn, periods: Sequence[str]) -> str:
    return "、".join(turn.texts.say(f"reading.{one}") for one in periods)


@routes.on("quiet_how")
async def quiet(turn: Turn) -> Sequence[Say]:
    """免打扰: when nobody is written to, and what comes all the same."""
    post = turn.require_staff()
    begins, ends = turn.world.quiet_hours(post.node)
    return [turn.whisper("reading.quiet", begins=f"{begins:%H:%M}", ends=f"{ends:%H:%M}")]
