"""What a text means: the frozen values that reading produces and every handler consumes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from gridbot.values import value


class Kind(StrEnum):
    ISSUE = "issue"
    SERVICE = "service"
    COMMAND = "command"
    NONE = "none"


class Urgency(StrEnum):
    EMERGENCY = "emergency"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Speaker(StrEnum):
    """Which grammar a message is read with."""

    RESIDENT = "resident"
    STAFF = "staff"  # grid workers, leaders, the town's desk
    DEPARTMENT = "department"


@value(frozen=True, slots=True)
class Place:
    """Where. Numbers are digits in text ("3"); `node` is set where the org's gazetteer knows the name."""

    estate: str | None = None  # 小区
    building: str | None = None  # 楼, 栋, 幢, 号楼
    unit: str | None = None  # 单元, 门
    floor: str | None = None
    room: str | None = None
    row: str | None = None  # 平房的排; the number in the row is `room`
    landmark: str | None = None  # the org's name for it, nicknames resolved
    node: str | None = None  # node code
    text: str = ""  # as written

    def __bool__(self) -> bool:
        return bool(
            self.building or self.row or self.landmark or self.room or self.unit or self.floor or self.estate
        )


@value(frozen=True, slots=True)
class When:
    """A moment or a span, aware, in the installation's zone; `duration_s` for 三天了."""

    start: datetime | None = None
    end: datetime | None = None
    text: str = ""
    duration_s: int | None = None


@value(frozen=True, slots=True)
class Because:
    """One rule that decided, and the words it saw."""

    rule: str
    words: tuple[str, ...] = ()


@value(frozen=True, slots=True)
class Command:
    """Something said to the bot. `name` is an id of rules/commands.toml.

    `numbers`: ticket and other numbers in order of writing. `rest`: what remains as free text when
    the command's words and its numbers are taken out. `sure` is False where the words could as well
    be ordinary talk (a lone 好, 1, 收到): obey only where the context expects it.
    """

    name: str
    numbers: tuple[int, ...] = ()
    rest: str = ""
    options: frozenset[str] = frozenset()  # e.g. 回执, 紧急, 演练, 户主
    choice: int | None = None  # 1, 2, 3 … where a card or a question offers numbers
    sure: bool = True
    marked: bool = False  # written with #
    own: bool = False  # said in words of one's own (rules/said): the text may be something else


@value(frozen=True, slots=True)
class Reading:
    """What one text means, and why."""

    kind: Kind = Kind.NONE
    category: str | None = None
    sub: str | None = None
    urgency: Urgency = Urgency.NORMAL
    confidence: float = 0.0
    place: Place | None = None
    when: When | None = None
    contact: str | None = None  # a telephone number in the text, masked: 138****8888
    plus_one: bool = False  # 我家也是, +1
    resolved: bool = False  # 已经好了, 来电了
    matters: int = 1
    also: tuple[Reading, ...] = ()  # the second matter of a message with two
    because: tuple[Because, ...] = ()
    command: Command | None = None
    flags: frozenset[str] = frozenset()
    """Hints for handlers: question, thanks, retraction (发错群了), weak (a weak signal), hurry (快点啊),
    after (有人来看了吗), notice, advert, identity (an ID, card or phone number was seen), anonymous,
    money (asks for money or codes), solicit (does so in an office's name)."""
    people: int | None = None
    about: str | None = None  # "category.sub" asked about (有人家里没水吗) or working again (来水了)
    text: str = ""  # the normalised text
    evidence: tuple[tuple[str, tuple[str, ...]], ...] = ()  # signs of context, each with the words it saw


SILENCE = Reading()
