"""何桂兰今早有人看过没: who looked in on somebody on a day, when, and how it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import visits
from gridbot.models.duty.duties import Visit
from gridbot.nlp.rounds import Round, words
from gridbot.workdays import parse_hours

routes = Routes()

YESTERDAY = ("昨天", "昨晚", "昨日", "昨儿", "昨夜")


@routes.on("seen")
async def seen(turn: Turn) -> Sequence[Say]:
    """看望情况 赵淑芬: her look-ins of today (or yesterday), in private; raises Refusal for nobody known."""
    turn.require_staff()
    homes.in_private(turn)
    if (told := await of_day(turn, turn.rest)) is None:
        raise Refusal("visit.seen_how")
    return told


async def of_day(turn: Turn, text: str) -> list[Say] | None:
    """How the look-ins stand of whoever a text names; None where it names nobody who is looked in on."""
    back = any(word in text for word in YESTERDAY)
    day = turn.world.local(turn.now).date() - timedelta(days=back)
    start = turn.world.calendar.at(day, time())
    rows = await visits.look_ins_of(homes.area(turn), day)
    rows += await visits.seen_on_the_way(homes.area(turn), start, start + timedelta(days=1))
    named = _named(text, {row.person for row in rows if row.person})
    if not named:
        return None
    hers = sorted((row for row in rows if row.person == named), key=lambda row: row.done_at or turn.now)
    lines = "\n".join(_line(turn, row, back=back) for row in hers)
    word = turn.texts.say("visit.yesterday" if back else "visit.per_day")
    return [turn.whisper("visit.seen", name=named, day=word, lines=lines)]


def _named(text: str, names: set[str]) -> str:
    """Whose whole name, or whose family name with a title (王奶奶), stands in a text; "" for several."""
    titles = words(Round.TITLE)
    found = [name for name in names if name in text]
    found = found or [name for name in names if any(f"{name[0]}{title}" in text for title in titles)]
    return found[0] if len(found) == 1 else ""


def _line(turn: Turn, row: Visit, *, back: bool) -> str:
    if row.done_at is None:
        hours = turn.world.directory.profile(row.grid).pair.evening
        begins = parse_hours(hours)[0][0]
        early = row.why == visits.EVENING and not back and turn.world.local(turn.now).time() < begins
        return turn.texts.say("visit.seen_later" if early else "visit.seen_open", why=row.why)
    post = turn.world.directory.staff(row.worker)
    at = f"{turn.world.local(row.done_at):%H:%M}"
    name = post.name if post is not None else row.worker
    return turn.texts.say("visit.seen_done", why=row.why, at=at, name=name, outcome=row.outcome)
