"""What the bot does. `pick` names the intent of a turn; routes.py's tables say who answers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.turn import Turn
from gridbot.messages import Gap, Incoming, Joined, Left, LoggedIn, LoggedOut, Recalled, TopicChanged
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.slots import choosing, redraft

# Commands that answer a question of this kind, however sure they are elsewhere.
_ANSWERS = {
    "called": ("answer_muster",),
    "must_visit": ("arrive",),
    "crisis_on": ("confirm",),
    "erase": ("confirm",),
    "verdict": ("rate",),
    "finish": ("resolve",),
    "award": ("confirm",),
    "hand_off": ("confirm",),
}

# Questions that any words answer, while they are fresh.
_TAKES_ALL = frozenset({"search", "suspicious"})
JUST_ASKED = timedelta(minutes=60)

# Unsure words that answer a call to everybody, whatever else the speaker was asked.
_CALLED = frozenset({"answer_muster"})

_EVENTS = {
    Joined: "!joined",
    Left: "!left",
    Recalled: "!recalled",
    TopicChanged: "!topic",
    LoggedIn: "!login",
    LoggedOut: "!logout",
    Gap: "!gap",
}

_LISTS = frozenset({"which", "which_card"})  # questions that showed numbered lines
JUST_LISTED = timedelta(minutes=10)
_DOUBTFUL = 0.3  # confidence below which a report may as well be the answer to a question


def _awaited(turn: Turn, command: str) -> bool:
    """Whether a word is the answer that the speaker's open question waits for."""
    return turn.question is not None and command in _ANSWERS.get(turn.question.kind, ())


def _any_words(turn: Turn) -> bool:
    """Whether the speaker was asked a moment ago for whatever he knows: a sighting is no report."""
    question = turn.question
    return question is not None and question.kind in _TAKES_ALL and turn.now - question.asked_at <= JUST_ASKED


def _names_a_line(turn: Turn) -> bool:
    """Whether a few words point at a line of the list just shown: 第二个, 漏水那家."""
    question, text = turn.question, turn.heard.text.strip()
    shown = question is not None and question.kind in _LISTS and turn.now - question.asked_at <= JUST_LISTED
    calm = turn.reading.urgency is not Urgency.EMERGENCY and not turn.media
    return shown and calm and choosing.points(text)


def _redrafts(turn: Turn) -> bool:
    """Whether a leader says how the draft he has just read is to be changed: 把会议室改成活动室."""
    question, command = turn.question, turn.reading.command
    if question is None or question.kind != "announce" or not turn.private:
        return False
    if command is not None and (command.marked or command.numbers):
        return False
    draft = str(question.data.get("text") or "")
    return redraft.read(turn.heard.text.strip(), draft, turn.heard.at, turn.world.zone) is not None


def _overheard(turn: Turn) -> bool:
    """A resident talking in his group, not to the bot: a word like 进度 may mean anything there."""
    heard = turn.heard
    to_bot = heard.mentions_bot or (heard.quote is not None and heard.quote.sender == heard.where.account)
    marked = turn.reading.command is not None and turn.reading.command.marked
    return not (heard.where.private or to_bot or marked or turn.person.is_staff)


def pick(turn: Turn) -> str:
    """The intent of a turn.

    `!joined` … for what is no message; a sure command by its id; `?kind` where the speaker answers a
    question he was asked here; an unsure command by its id; `report` for what is reported or requested;
    `talk` for the rest (a photo after a report, thanks, +1 …); `!own` for a command that a colleague
    says in words of his own.
    """
    if turn.event is not None and not isinstance(turn.event, Incoming):
        return _EVENTS[type(turn.event)]
    reading = turn.reading
    command = reading.command
    if "solicit" in reading.flags and not turn.person.is_staff and turn.group is not None:
        return "solicit"
    if _redrafts(turn):
        return "?announce"
    if command is not None and command.own and not _any_words(turn):
        return "!own"
    if turn.question is not None and (command is None or not command.sure) and _names_a_line(turn):
        return f"?{turn.question.kind}"
    sure = command is not None and command.sure and not command.own  # 没有看到 answers a search
    if command is not None and sure and not _awaited(turn, command.name):
        return command.name
    called = command is not None and command.name in _CALLED and not _awaited(turn, command.name)
    if command is not None and called and turn.person.is_staff:
        return command.name
    answers = reading.kind is Kind.NONE or command is not None or reading.confidence < _plainly(turn)
    if turn.question is not None and (answers or _any_words(turn)):
        return f"?{turn.question.kind}"
    if command is not None and reading.kind in (Kind.COMMAND, Kind.NONE):
        return "talk" if _overheard(turn) else command.name
    if _doubtful_word_of_a_colleague(turn):
        turn.reading = replace(reading, kind=Kind.NONE)
        return "talk"
    if reading.kind in (Kind.ISSUE, Kind.SERVICE):
        return "found"
    return "talk"


def _plainly(turn: Turn) -> float:
    """The confidence from which a report answers no open question: 帮我办 takes an offer."""
    offered = turn.question is not None and turn.question.kind == "errand_offer"
    return turn.world.conduct.act_at if offered else _DOUBTFUL


def _doubtful_word_of_a_colleague(turn: Turn) -> bool:
    """What a colleague says to the bot alone and is hardly a report may be a line of his rounds."""
    reading, alone = turn.reading, turn.private and turn.person.is_staff and not turn.media
    hardly = reading.kind in (Kind.ISSUE, Kind.SERVICE) and reading.confidence < _DOUBTFUL
    return alone and hardly and reading.urgency is not Urgency.EMERGENCY
