"""Words of a resident that nobody understands: how to go on, and that the worker reads them if he likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Media, Say
from gridbot.models.cases import questions
from gridbot.models.cases.tickets import Question
from gridbot.nlp.slots.quantity import mask_identity

ONCE = timedelta(minutes=2)  # whoever writes in pieces is not told after each that it says nothing
MOST, LONGEST = 6, 200  # messages kept together, and characters of each
GREETINGS = ("你好", "您好", "大家好", "不好意思", "打扰")  # whoever begins so is greeted: he goes on
NO_WORDS = ("", "[语音]", "[位置]")
WANTED = ("是", "是的", "转", "转吧", "转给他", "帮我转", "要", "需要", "请转", "转一下")
TO_WORKER: Buttons = (("1 转给网格员", "1"),)


async def offered(turn: Turn) -> list[Say]:
    """Nothing is guessed and nobody sent out; a resident may have his words passed on by 1."""
    if turn.person.is_staff:
        return [turn.whisper("help.unknown_staff")]
    before = await _before(turn)
    words = [*_words(before), mask_identity(turn.heard.text.strip())[:LONGEST]][-MOST:]
    if before is not None:
        await questions.answered(before)
    await turn.ask(turn.heard.sender, "unclear", data={"words": words})
    burst = int(turn.now.timestamp() // ONCE.total_seconds())
    office = turn.world.office
    if before is None and turn.heard.text.strip().startswith(GREETINGS):
        say = turn.whisper("help.hello", bot=office.bot, office=office.office)
    else:
        say = turn.whisper("help.unknown", buttons=TO_WORKER)
    return [replace(say, once=f"unclear:{turn.heard.sender}:{burst}")]


def unheard(turn: Turn) -> list[Say]:
    """A voice note or a map alone: nobody here can read it, and he is told so; [] for all else."""
    kinds = {item.kind for item in turn.media}
    told = turn.heard.text.strip() in NO_WORDS and bool(kinds) and kinds <= {Media.VOICE, Media.LOCATION}
    return [turn.whisper("help.unknown_media")] if told else []


async def _before(turn: Turn) -> Question | None:
    asked = await questions.waiting(turn.heard.sender, turn.heard.where.lane, turn.now, "unclear")
    return next(iter(asked), None)


def _words(question: Question | None) -> Sequence[str]:
    words = question.data.get("words") if question is not None else None
    return [str(word) for word in words] if isinstance(words, list) else []


def joined(question: Question) -> str:
    """What he had written, as one text."""
    return "，".join(_words(question))


def wanted(turn: Turn) -> bool:
    """Whether he says that it be passed on, by the digit or in words (转吧); 好的 only ends the talk."""
    command = turn.reading.command
    return (command is not None and command.choice == 1) or turn.heard.text.strip(" 。！!，,") in WANTED
