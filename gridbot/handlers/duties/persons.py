"""Whom words name of those who are looked in on, and how somebody was: 王奶奶今晚挺好."""

from __future__ import annotations

from gridbot.handlers.duties import homes
from gridbot.handlers.turn import Turn
from gridbot.models.duty import visits
from gridbot.nlp.rounds import Round, tells, words

GOOD, UNWELL, NOBODY = "好", "不适", "无人"
STATES = {Round.NOBODY: NOBODY, Round.UNWELL: UNWELL, Round.GOOD: GOOD}  # in this order: 不太好 is not 好
SHORT = 16  # characters of an answer


def state_in(text: str) -> str:
    """How she was, in the words of 平安; "" where the text does not tell."""
    state = next((state for one, state in STATES.items() if tells(text, one)), "")
    return state or (GOOD if text.rstrip(homes.PUNCTUATION).endswith(GOOD) else "")


async def name_in(turn: Turn, text: str) -> str:
    """Whom of the speaker's area a text without blanks names: 王奶奶今晚挺好; "" where nobody, or several."""
    return await looked_after(turn, text) or await visits.name_in(homes.area(turn), text)


async def looked_after(turn: Turn, text: str) -> str:
    """Who of those that are still to be looked in on today is named; "" where none is, or several are."""
    today = turn.world.local(turn.now).date()
    rows = await visits.look_ins_of(homes.area(turn), today)
    names = {one.person for one in rows if one.person and one.done_at is None}
    if text.startswith(words(Round.FOUND)) and (found := await _found(turn)):
        return found
    only = len(names) == 1 and len(text) <= SHORT
    if only and (text.startswith(words(Round.SEEN)) or tells(text, Round.OLD)):
        return next(iter(names))  # 看了 都好, 老太太有点发烧: of the only one there is
    if only and tells(text, Round.KNOCKED) and tells(text, Round.NOBODY) and homes.address_in(text) is None:
        return next(iter(names))  # 今早敲门没人应
    named = [name for name in names if name in text]
    named = named or [
        name for name in names if any(f"{name[0]}{title}" in text for title in words(Round.TITLE))
    ]
    return named[0] if len(named) == 1 else ""


async def _found(turn: Turn) -> str:
    """看到了，在楼下晒太阳呢: the only one of today of whom the last word was a bad one; "" for none."""
    told = await visits.told_of_since(homes.area(turn), turn.world.midnight(turn.now))
    missed = [name for name, how in told.items() if how.startswith((NOBODY, UNWELL))]
    return missed[0] if len(missed) == 1 else ""
