"""What is said to nobody in a group and may be about an announcement that hangs there."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntFlag

from gridbot.models.duty.duties import Announcement
from gridbot.nlp import noticed
from gridbot.nlp.asks import Ask, only
from gridbot.nlp.slots import attending

LONGEST = 40  # characters of what is said to an announcement in passing
LONGEST_NOD = 10


class Passing(IntFlag):
    """What the words may be, as far as they tell by themselves; several at once, or nothing."""

    QUESTION = 1  # 几点停啊
    OF_AN_EVENT = 2  # 要带身份证吗
    COMING = 4  # 算我一个, 我去不了
    NOD = 8  # 好的


def heard(text: str) -> int:
    """The signs of `Passing` in a text: a quick look, since all talk of a group is given it."""
    if len(text) > LONGEST:
        return 0
    found = 0
    if noticed.question(text) is not None:
        found |= Passing.QUESTION
    if noticed.of_an_event(text):
        found |= Passing.OF_AN_EVENT
    if attending.hint(text):
        found |= Passing.COMING
    if len(text) <= LONGEST_NOD and only(text, Ask.NOD):
        found |= Passing.NOD
    return int(found)


def about_one(text: str, signs: int, here: Sequence[Announcement]) -> bool:
    """Whether words with these signs are about one of the announcements that hang in the group."""
    if not here or signs & Passing.OF_AN_EVENT:
        return bool(here)
    asked = noticed.question(text) if signs & Passing.QUESTION else None
    if asked is not None and (asked.bare or any(noticed.about(asked, one.text) for one in here)):
        return True
    if signs & Passing.NOD and any(one.receipt for one in here):
        return True
    return bool(signs & Passing.COMING) and (attending.coming(text) is not None or attending.not_coming(text))
