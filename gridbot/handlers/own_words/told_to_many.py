"""What is told to many and who has heard it; who is called out; what is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.own_words import to_residents
from gridbot.handlers.own_words.ways import Way, leads, run
from gridbot.handlers.spreading import among_us, receipts
from gridbot.handlers.spreading.audience import knows
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements, calling
from gridbot.nlp import Command
from gridbot.nlp.slots import meeting as meeting_words
from gridbot.nlp.slots import telling

CALLED = ("到位", "动员")
ANNOUNCED = ("通知", "公告", "发错")
CORRECTABLE = ("时间", "日期", "地点", "楼号", "电话")
TITLE = 24  # characters
LEAVE = "假"
JUST_SENT = timedelta(minutes=30)
CORRECTED_WITHIN = timedelta(days=1)
DRILL = "演练"


async def _announce(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Only a leader's; the preview waits for his 确认."""
    if not leads(turn):
        return None
    if (of_one := await to_residents.of_a_leader(turn)) is not None:
        return of_one
    if (among := await among_us.proposed(turn)) is not None:
        return among
    return await run(turn, command, rest=telling.told(turn.heard.text.strip()))


async def _channels(turn: Turn, command: Command) -> Sequence[Say]:
    """多少人看到了: who has acknowledged, nobody is reminded; without receipts, who is reached how."""
    found = await _sent_first(await receipts.sent_one(turn, any_newest=True))
    return [await receipts.standing(turn, found)] if found.receipt else await run(turn, command, rest="")


async def _chase(turn: Turn, command: Command) -> Sequence[Say] | None:
    """没回的再催催: of the newest announcement, whose answer says so where it asked for no receipt.

    While his call is on, of those who were called: they are called again by themselves.
    """
    made = await calling.newest(turn.person.who)
    if made is not None and made.closed_at is None and made.called_at <= turn.now:
        return await run(turn, command, "muster_standing", rest="")
    found = await _sent_first(await receipts.sent_one(turn, any_newest=True))
    return await run(turn, command, numbers=(found.no,), rest="")


async def _sent_first(found: Announcement) -> Announcement:
    """What a correction corrects: that one asked for receipts."""
    before = await announcements.get(found.corrects) if found.corrects is not None else None
    return found if before is None or found.receipt else before


async def _mobilise(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Nobody is called out on a guess: one question first."""
    if not leads(turn):
        return None
    text = turn.heard.text.strip()
    scope, why, place = telling.called(text)
    known = scope if scope and knows(turn, scope) else ""
    told = why and (place or known)
    rest = " ".join(filter(None, (known, why.replace("，", "、"), place))) if told else text
    options = [DRILL] if any(word in text for word in telling.DRILL) else []
    data = {"intent": command.name, "rest": rest, "options": options}
    await turn.ask(turn.heard.sender, "meant", data=data)
    return [turn.whisper("own.mobilise", text=turn.heard.text.strip())]


async def _muster_standing(turn: Turn, command: Command) -> Sequence[Say] | None:
    """谁还没到: of the speaker's own call; whoever has called nobody speaks of something else."""
    clear = any(word in turn.heard.text for word in CALLED)
    known = clear or await calling.newest(turn.person.who) is not None
    return await run(turn, command, rest="") if known else None


async def _undo(turn: Turn, command: Command) -> Sequence[Say]:
    """The last act; an announcement that has not left, where that is what waits."""
    question = turn.question
    draft = question.subject if question is not None and question.kind == "announce" else None
    text = turn.heard.text
    wrong = draft is None and (any(word in text for word in ANNOUNCED) or await _just_sent(turn, text))
    if wrong and (amended := await _amended(turn, command)) is not None:
        return amended
    try:
        return await run(turn, command, numbers=(draft,) if draft else (), rest="")
    except Refusal:
        if LEAVE not in text:
            raise
        return await run(turn, command, "back", numbers=(), rest="")  # 假不请了, said an hour later


async def _just_sent(turn: Turn, text: str) -> bool:
    """刚才那个地点错了，是二楼, right after a notice of his has gone out."""
    newest = await announcements.newest_by(turn.person.who)
    lately = newest is not None and newest.sent_at is not None and turn.now - newest.sent_at <= JUST_SENT
    return lately and any(word in text for word in CORRECTABLE) and bool(telling.corrected(text))


async def _moved(turn: Turn, command: Command) -> Sequence[Say] | None:
    """停水改到下午两点到四点了: what he has announced lately is corrected, after a preview."""
    found, newest = telling.moved(turn.heard.text.strip()), await announcements.newest_by(turn.person.who)
    if found is None or newest is None or newest.state != announcements.SENT or not newest.sent_at:
        return None
    what, to = found
    if what[-2:] not in newest.text or turn.now - newest.sent_at > CORRECTED_WITHIN:
        return None
    timed = turn.world.reader.read(to, at=turn.heard.at).when is not None
    text = turn.texts.say(
        "own.amended", title=_title(newest.text), what=CORRECTABLE[0 if timed else 2], said=to
    )
    return await run(turn, command, numbers=(newest.no,), rest=text)


def _title(text: str) -> str:
    return text.splitlines()[0].split("，")[0][:TITLE]


async def _amended(turn: Turn, command: Command) -> Sequence[Say] | None:
    """刚才那个通知时间错了，是下午两点: what has left is corrected, after a preview; None for none of his."""
    newest = await announcements.newest_by(turn.person.who)
    if newest is None or newest.state != announcements.SENT or not newest.sent_at:
        return None
    if turn.now - newest.sent_at > CORRECTED_WITHIN:
        return None
    what = next((word for word in CORRECTABLE if word in turn.heard.text), "")
    said = telling.corrected(turn.heard.text.strip()) if what else ""
    if not said:
        raise Refusal("own.amend_how", no=newest.no)
    text = turn.texts.say("own.amended", title=_title(newest.text), what=what, said=said)
    return await run(turn, command, "amend", numbers=(newest.no,), rest=text)


async def _meeting(turn: Turn, command: Command) -> Sequence[Say] | None:
    """定个会 后天上午9点 社区会议室: a leader's; of anybody else it is talk."""
    return await run(turn, command, rest=meeting_words.arranged(turn.heard.text)) if leads(turn) else None


async def _own_meeting(turn: Turn, command: Command) -> Sequence[Say] | None:
    """会改到下午3点, 会不开了: of a meeting a leader has called."""
    return await run(turn, command) if leads(turn) else None


async def _over(turn: Turn, command: Command) -> Sequence[Say] | None:
    """散了吧: of whoever has called somebody out; else it is talk."""
    return await run(turn, command, rest="") if await calling.newest(turn.person.who) is not None else None


WAYS: Mapping[str, Way] = {
    "amend": _moved, "muster_over": _over,
    "analysis_meeting": _meeting, "meeting_move": _own_meeting, "meeting_off": _own_meeting,
    "announce": _announce, "channels": _channels, "chase": _chase, "mobilise": _mobilise,
    "muster_standing": _muster_standing, "undo": _undo,
}  # fmt: skip
