"""A chat log as lines: read from JSONL, checked one by one, faults named by file and line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path

from gridbot import jsons
from gridbot.errors import BadInput
from gridbot.messages import Media
from gridbot.values import value

Fields = Mapping[str, object]
ORDINARY = frozenset(("at", "room", "from", "name", "text", "id"))  # all that most messages have
MEDIA = tuple(kind.value for kind in Media)
EXAMPLE = '{"at": "2026-03-02T09:00:00+08:00", "room": "r1", "from": "wang", "id": "m1", "text": "……"}'
EVENTS = ("recall", "join", "leave", "gateway", "import", "crash", "send")


@value(frozen=True, slots=True)
class Line:
    """One line of a log: its number (from 1) and its moment (aware, as written)."""

    number: int
    at: datetime


@value(frozen=True, slots=True)
class Message(Line):
    """Somebody wrote; `room` is None in the private chat with the bot."""

    room: str | None
    sender: str
    name: str
    text: str
    id: str
    mentions: tuple[str, ...] = ()
    to_bot: bool = False
    quote: str | None = None
    media: tuple[Media, ...] = ()
    redeliver: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether it is nothing but words in a group."""
        beside = self.mentions or self.to_bot or self.quote is not None or self.media or self.redeliver
        return self.room is not None and not beside


@value(frozen=True, slots=True)
class Recall(Line):
    """The message with this id was taken back."""

    id: str


@value(frozen=True, slots=True)
class Presence(Line):
    """Somebody came into a group or left it."""

    joined: bool
    room: str
    sender: str
    name: str = ""


@value(frozen=True, slots=True)
class Gateway(Line):
    """The connection broke or came back; `redeliver`: what was missed is delivered twice."""

    up: bool
    redeliver: bool = False


@value(frozen=True, slots=True)
class Import(Line):
    """The org at this path (made absolute) is imported on top of what is there."""

    org: Path


@value(frozen=True, slots=True)
class Crash(Line):
    """The process dies where it stands and starts again."""


@value(frozen=True, slots=True)
class Sends(Line):
    """The next `fails` sends fail; uncertain ones arrive all the same."""

    fails: int
    retryable: bool = True
    uncertain: bool = False


@value(frozen=True, slots=True)
class Survey:
    """What a first walk through a log found: a log without fault, and what will have to be remembered."""

    lines: int
    messages: int
    first_at: datetime | None
    last_at: datetime | None
    wanted: frozenset[str]  # ids of messages that are quoted or recalled later
    imports: tuple[Import, ...]


def survey(file: Path) -> Survey:
    """Walk through the whole log once; raises BadInput at the first fault. Keeps nothing but ids."""
    lines = messages = 0
    first = last = None
    wanted: set[str] = set()
    imports: list[Import] = []
    for line in read(file):
        lines += 1
        first, last = first or line.at, line.at
        if isinstance(line, Message):
            messages += 1
            if line.quote is not None:
                wanted.add(line.quote)
        elif isinstance(line, Recall):
            wanted.add(line.id)
        elif isinstance(line, Import):
            imports.append(line)
    return Survey(lines, messages, first, last, frozenset(wanted), tuple(imports))


def read(file: Path, after: int = 0) -> Iterator[Line]:
    """The lines of a log in order (those after a number), empty ones left out.

    Raises BadInput naming file and line.
    """
    try:
        source = file.open("rb")
    except OSError as error:
        raise BadInput(
            "读不了这个文件", file=file, hint=error.strerror or "请写一个 .jsonl 聊天记录"
        ) from error
    last: datetime | None = None
    with source:
        for number, raw in islice(enumerate(source, 1), after, None):
            if not raw.strip():
                continue
            line = _ordinary(number, raw) or _Fields(file, number, raw).line()
            if last is not None and line.at < last:
                raise BadInput(
                    f"时间倒退：{line.at.isoformat()} 早于上一行的 {last.isoformat()}",
                    file=file,
                    line=number,
                    hint="请把各行按 at 从早到晚排好",
                )
            last = line.at
            yield line


def _ordinary(number: int, raw: bytes) -> Line | None:
    """A line as most of a log are, in a third of the time; None for every other, right or wrong."""
    try:
        values = jsons.read(raw)
        if values.keys() != ORDINARY:
            return None
        at = datetime.fromisoformat(values["at"])
        room, sender, name, text, id = [values[key] for key in ("room", "from", "name", "text", "id")]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    words = type(room) is type(sender) is type(id) is type(name) is type(text) is str
    if not words or not (room and sender and id) or at.tzinfo is None:
        return None
    return Message(number, at, room, sender, name, text, id)


class _Fields:
    """One line's fields, with a complaint for each that is missing or of the wrong sort."""

    def __init__(self, file: Path, number: int, raw: bytes) -> None:
        self._file, self._number = file, number
        self._values = self._parsed(raw)

    def line(self) -> Line:
        at = self._moment()
        if "event" not in self._values:
            return self._message(at)
        event = self._values["event"]
        made = _MAKERS.get(event) if isinstance(event, str) else None
        if made is None:
            raise self.bad(f"不认识的 event：{event}", "可以写 " + "、".join(EVENTS))
        return made(self, at)

    def bad(self, what: str, hint: str) -> BadInput:
        return BadInput(what, file=self._file, line=self._number, hint=hint)

    def _parsed(self, raw: bytes) -> Fields:
        try:
            values = json.loads(raw.removeprefix(BOM_UTF8).decode())
        except UnicodeDecodeError as error:
            raise self.bad("不是 UTF-8 文字", "请把文件另存为 UTF-8") from error
        except (ValueError, RecursionError) as error:
            raise self.bad("不是 JSON", f"每行写一个对象，例如 {EXAMPLE}") from error
        if not isinstance(values, dict):
            raise self.bad("不是 JSON 对象", f"每行写一个对象，例如 {EXAMPLE}")
        return values

    def _moment(self) -> datetime:
        text = self._values.get("at")
        hint = '请写带时区的时间，例如 "at": "2026-03-02T09:00:00+08:00"'
        if not isinstance(text, str):
            raise self.bad("缺少 at" if text is None else "at 不是时间", hint)
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            raise self.bad(f"at 不是时间：{text}", hint) from error
        if at.tzinfo is None:
            raise self.bad(f"at 没有时区：{text}", hint)
        return at

    def _message(self, at: datetime) -> Message:
        if "room" not in self._values:
            raise self.bad("缺少 room", '请写群号，私聊写 "room": null')
        room = None if self._values["room"] is None else self._word("room", "请写群号")
        mentions = self._words("mentions", '请写成列表，例如 ["bot"]')
        media = self._words("media", '请写成列表，例如 ["image"]')
        if unknown := [kind for kind in media if kind not in MEDIA]:
            raise self.bad(f"不认识的 media：{unknown[0]}", "可以写 " + "、".join(MEDIA))
        if "text" not in self._values and not media:
            raise self.bad("缺少 text", '请写 "text": "……"，没有文字时写 "text": ""')
        return Message(
            self._number, at, room, self._word("from", "请写发送人的账号"), self._text("name"),
            self._text("text"), self._word("id", "请写消息编号"),
            tuple(word for word in mentions if word != "bot"), "bot" in mentions,
            None if self._values.get("quote") is None else self._word("quote", "请写被引用消息的 id"),
            tuple(Media(kind) for kind in media), self._yes("redeliver"),
        )  # fmt: skip

    def _recall(self, at: datetime) -> Recall:
        return Recall(self._number, at, self._word("id", "请写被撤回消息的 id"))

    def _presence(self, at: datetime) -> Presence:
        joined = self._values["event"] == "join"
        return Presence(
            self._number, at, joined, self._word("room", "请写群号"),
            self._word("from", "请写进出群的账号"), self._text("name"),
        )  # fmt: skip

    def _gateway(self, at: datetime) -> Gateway:
        state = self._values.get("state")
        if state not in ("up", "down"):
            raise self.bad(f"state 不对：{state}", '请写 "state": "down" 或 "state": "up"')
        return Gateway(self._number, at, state == "up", self._yes("redeliver"))

    def _import(self, at: datetime) -> Import:
        path = self._file.parent / self._word("org", "请写机构资料的路径（相对于这份记录）")
        if not path.exists():
            raise self.bad(f"找不到 {self._values['org']}", "路径从这份记录所在的目录算起")
        return Import(self._number, at, path)

    def _crash(self, at: datetime) -> Crash:
        return Crash(self._number, at)

    def _sends(self, at: datetime) -> Sends:
        fails = self._values.get("fails")
        if not isinstance(fails, int) or isinstance(fails, bool) or fails < 0:
            raise self.bad(f"fails 不对：{fails}", '请写次数，例如 "fails": 2')
        return Sends(self._number, at, fails, self._yes("retryable", True), self._yes("uncertain"))

    # --- one value ----------------------------------------------------------------------------------------

    def _word(self, name: str, hint: str) -> str:
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value:
            raise self.bad(f"缺少 {name}" if value in (None, "") else f"{name} 不是文字", hint)
        return value

    def _text(self, name: str) -> str:
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.bad(f"{name} 不是文字", f'请写 "{name}": "……"')
        return value

    def _words(self, name: str, hint: str) -> list[str]:
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.bad(f"{name} 不是列表", hint)
        return value

    def _yes(self, name: str, default: bool = False) -> bool:
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise self.bad(f"{name} 不对：{value}", f'请写 "{name}": true 或 false')
        return value


_MAKERS: Mapping[str, Callable[[_Fields, datetime], Line]] = {
    "recall": _Fields._recall,
    "join": _Fields._presence,
    "leave": _Fields._presence,
    "gateway": _Fields._gateway,
    "import": _Fields._import,
    "crash": _Fields._crash,
    "send": _Fields._sends,
}
