"""Which command a text is, by the words of rules/commands.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from gridbot.nlp import command_pack
from gridbot.nlp.command_pack import Entry
from gridbot.nlp.reading import Command, Speaker

_PUNCTUATION = " \t\r\n,，。.!！?？:：;；、~～…—-#"
_MENTIONS = re.compile(r"(?:@[^\s@]{1,32}\s+)+")
_UNIT = r"(?:[点时分元块天个人户月日年楼栋幢座层室排岁斤度万名位次%米条]|单元|小时|\s(?:元|块|天|个|小时))"
_NUMBER = re.compile(
    rf"(?:#\s?([0-9]{{1,7}})(?![0-9])|([0-9]{{1,7}})(?![0-9]|[-:.:/][0-9]|号?{_UNIT}|号[楼线院店门]))"
    r"(?:号工单|号单|号事件|号)?"
)
_LONE = re.compile(
    r"(?:(?<=[\s,，、。;；])|#)([0-9]{1,7})(?:号工单|号单|号)?(?=$|[\s,，、。;；!！])(?!\s(?:元|块|天|个|小时|分))"
)
_JOINED = re.compile(r"\s?[、,，和/&]\s?(?=#?[0-9])")
_SPACED = re.compile(r"[\s、,，和与到/&#]{1,3}(?=#?[0-9])")
_CHOICE = re.compile(r"(?:选|第|我选|选择)?\s?#?([0-9]{1,7})(?:号|个|项)?[\s.。、,，!！⃣️)]*")
_CHOICE_THEN = re.compile(r"([1-9])[\s.。、,，:：]{1,2}([^\s0-9#][^\n]{0,60})")
_TOKEN = re.compile(r"[^\s,，。;；、]+")
_FAR = 400  # a command's word stands near the beginning or at the very end of a short text


@dataclass(frozen=True, slots=True)
class _Heard:
    """How a text reached the bot."""

    speaker: Speaker
    addressed: bool
    marked: bool

    @property
    def direct(self) -> bool:
        return self.addressed or self.marked


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    entry: Entry
    manner: str  # zh, spoken, numbered, loose


class Grammar:
    """The commands of one pack, compiled; reading is pure and never raises."""

    def __init__(self, entries: tuple[Entry, ...], talk: Mapping[str, tuple[str, ...]]) -> None:
        self.entries = entries
        self._after = talk.get("after", ())
        self._polite = _run_of(talk.get("polite", ()))
        self._between = _run_of(talk.get("between", ()))
        self._particles = _run_of(talk.get("particles", ()))
        self._thanks = re.compile(
            rf"(?:[{re.escape(_PUNCTUATION)}]|{_alternatives(talk.get('thanks', ()))})*", re.DOTALL
        )
        self._by_initial: dict[str, list[_Word]] = {}
        for word in sorted(_words(entries), key=lambda w: -len(w.text)):
            self._by_initial.setdefault(word.text[0], []).append(word)

    @classmethod
    def load(cls, file: Path | None = None) -> Grammar:
        """The grammar of `file` (the packaged one if None); BadInput names file, line and what to write."""
        return cls(*command_pack.load(file))

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Each id with its Chinese words, the one for help texts first."""
        return MappingProxyType({e.id: e.zh for e in self.entries})

    def read(self, text: str, *, speaker: Speaker, addressed: bool) -> Command | None:
        """The command `text` is, or None for ordinary talk; `addressed`: in private or naming the bot."""
        text = text.strip()
        if addressed and (mention := _MENTIONS.match(text)):
            text = text[mention.end() :]
        if not text:
            return None
        heard = _Heard(speaker, addressed, text[0] == "#")
        return self._choice(text, heard) or self._spelled(text.lstrip("# "), heard)

    # -- numbers alone -------------------------------------------------------------------------

    def _choice(self, text: str, heard: _Heard) -> Command | None:
        """'1', '选2', '1024', '#1024', '3 路灯'."""
        if not (text[0].isdigit() or text[0] in "#选第我"):
            return None
        if alone := _CHOICE.fullmatch(text):
            number = int(alone[1])
            if heard.marked:
                return Command("progress", (number,), sure=False, marked=True)
            return Command("choice", (number,), choice=number, sure=False)
        then = _CHOICE_THEN.fullmatch(text)
        if then and then[1] == "3" and (heard.addressed or heard.speaker is Speaker.STAFF):
            return Command("correct", (), then[2].strip(_PUNCTUATION), choice=3, sure=False)
        return None

    # -- words ---------------------------------------------------------------------------------

    def _spelled(self, text: str, heard: _Heard) -> Command | None:
        found = self._at(text, 0, (), heard)
        if found is None and (heard.direct or heard.speaker is not Speaker.RESIDENT):
            polite = self._polite.match(text)
            start = polite.end() if polite else 0
            found = self._at(text, start, (), heard) if start else None
            return found or self._number_first(text, start, heard) or self._inside(text, heard)
        return found or self._number_first(text, 0, heard)

    def _number_first(self, text: str, start: int, heard: _Heard) -> Command | None:
        numbers, at = _numbers(text, start, "many")
        if not numbers:
            return None
        at = _skip(text, at)
        found = self._at(text, at, numbers, heard)
        between = self._between.match(text, at)
        if found is None and between and between.end() > at:
            found = self._at(text, _skip(text, between.end()), numbers, heard)
        return found

    def _inside(self, text: str, heard: _Heard) -> Command | None:
        """'换了灯泡 1024 办结', '3-502 走访 正常': the word as a token of its own, later in a short text."""
        if len(text) > _FAR:
            return None
        for token in _TOKEN.finditer(text):
            if token.start() == 0:
                continue
            for word in self._starting(text, token.start()):
                entry = word.entry
                if (
                    word.manner != "zh"
                    or entry.context
                    or not entry.belongs_to(heard.speaker)
                    or not entry.who
                ):
                    continue
                if token[0].removesuffix("了") != word.text:
                    continue
                joined = (
                    f"{text[: token.start()].rstrip(_PUNCTUATION)} {text[token.end() :].lstrip(_PUNCTUATION)}"
                )
                numbers, rest = _lone_numbers(" " + joined, entry)
                if entry.number and not numbers:
                    continue
                if entry.number or entry.id in ("visit", "call_visit"):
                    return self._command(word, numbers, rest.strip(_PUNCTUATION), heard, alone=False)
        return None

    def _starting(self, text: str, at: int) -> Iterator[_Word]:
        for word in self._by_initial.get(text[at : at + 1], ()):
            if text.startswith(word.text, at):
                yield word

    def _at(self, text: str, at: int, numbers: tuple[int, ...], heard: _Heard) -> Command | None:
        words = sorted(
            self._starting(text, at), key=lambda w: (-len(w.text), not w.entry.belongs_to(heard.speaker))
        )
        for word in words:
            if found := self._shape(word, text, at + len(word.text), numbers, heard):
                return found
        return None

    def _shape(
        self, word: _Word, text: str, at: int, numbers: tuple[int, ...], heard: _Heard
    ) -> Command | None:
        """The command `word` makes with what stands before and after it, if it has a command's shape."""
        entry, own = word.entry, word.entry.belongs_to(heard.speaker)
        if word.manner in ("spoken", "numbered") and not own:
            return None
        if text.startswith(entry.unless, at) and entry.unless:
            return None
        at = self._after_word(entry, text, at)
        glued = at < len(text) and not (text[at] in _PUNCTUATION or text[at].isdigit() or text[at].isascii())
        if glued and not heard.marked and (not heard.direct or text.startswith(self._after, at)):
            return None
        after: tuple[int, ...] = ()
        if entry.number:
            after, at = _numbers(text, _skip(text, at), entry.number)
        rest = text[at:]
        numbers += after
        if entry.number and not numbers:
            numbers, rest = _lone_numbers(rest, entry)
        rest = _trim(rest)
        if self._thanks.fullmatch(rest):
            rest = ""
        if not self._fits(word, numbers, rest, heard, own=own, split=not glued):
            return None
        return self._command(word, numbers, rest, heard, alone=not numbers and not rest)

    def _after_word(self, entry: Entry, text: str, at: int) -> int:
        if particles := self._particles.match(text, at):
            at = particles.end()
        for joint in entry.joints:
            if text.startswith(joint, at):
                return at + len(joint)
        return at

    def _fits(
        self, word: _Word, numbers: tuple[int, ...], rest: str, heard: _Heard, *, own: bool, split: bool
    ) -> bool:
        entry = word.entry
        if word.manner == "numbered" and not numbers:
            return False
        if heard.marked:
            return True
        if entry.context:
            return (not rest and not numbers) or (heard.addressed and split and len(rest) <= 40)
        if entry.body == "none" and rest and not numbers:
            return False
        if heard.addressed:
            return True
        if word.manner == "loose":
            return not rest
        if word.manner == "spoken":
            return bool(numbers)
        if own and entry.who and heard.speaker is not Speaker.RESIDENT:
            return not rest or split
        return _plain(entry, numbers, rest, split=split)

    def _command(
        self, word: _Word, numbers: tuple[int, ...], rest: str, heard: _Heard, *, alone: bool
    ) -> Command:
        entry = word.entry
        options, rest = _options(word, rest)
        if entry.context:
            sure = heard.marked
        elif word.manner == "loose" or alone:
            sure = heard.direct or entry.bare
        else:
            sure = True
        if word.manner == "spoken" and not numbers and entry.id == "rate":
            sure = False
        name = entry.with_number if entry.with_number and numbers else entry.id
        return Command(name, numbers, rest, options, sure=sure, marked=heard.marked)


def _plain(entry: Entry, numbers: tuple[int, ...], rest: str, *, split: bool) -> bool:
    """Unmistakable even from a resident who talks to the group."""
    match entry.plain:
        case "bare":
            return not rest and not numbers
        case "text":
            return bool(rest) and split
        case "number":
            return bool(numbers)
        case _:
            return bool(numbers) and bool(entry.who) and split


def _options(word: _Word, rest: str) -> tuple[frozenset[str], str]:
    """Option words standing alone before the text proper; a verdict may be the command's own word."""
    entry, found = word.entry, set[str]()
    for written, shown in entry.options:
        if written == word.text:
            found.add(shown)
            break
    if not entry.options:
        return frozenset(found), rest
    head, newline, tail = rest.partition("\n")
    kept: list[str] = []
    tokens = re.split(r"(\s+)", head)
    for i, token in enumerate(tokens):
        bare = token.strip("【】[]()（）,，。.:：!！")
        option = next((s for w, s in entry.options if w == bare), None) if i < 16 and bare else None
        if option is None:
            kept.append(token)
        else:
            found.add(option)
    return frozenset(found), re.sub(r" {2,}", " ", "".join(kept)).strip() + newline + tail if found else rest


def _numbers(text: str, at: int, mode: str) -> tuple[tuple[int, ...], int]:
    """The ids written from `at` on, and where they end."""
    found = _NUMBER.match(text, at)
    if not found:
        return (), at
    numbers = [int(found[1] or found[2])]
    at = found.end()
    between = {"list": _JOINED, "many": _SPACED}.get(mode)
    while between and (gap := between.match(text, at)) and (found := _NUMBER.match(text, gap.end())):
        numbers.append(int(found[1] or found[2]))
        at = found.end()
    return tuple(numbers), at


def _lone_numbers(text: str, entry: Entry) -> tuple[tuple[int, ...], str]:
    """The first number that stands alone in `text`, taken out of it: '换了灯泡 1024'."""
    if not entry.number:
        return (), text
    for found in _LONE.finditer(text):
        if text[: found.start()].rstrip()[-1:] in ("到", "至", "共", "前"):
            continue
        before = text[: found.start()].rstrip(" #,，、")
        return (int(found[1]),), f"{before} {text[found.end() :].lstrip(' ,，、')}".strip()
    return (), text


_GAP = re.compile(r"[ \t,，:：、.。!！—-]*(?:#(?![0-9])[ \t,，:：]*)?")


def _skip(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _trim(rest: str) -> str:
    return rest.strip().lstrip(" \t\r\n,，。.!！?？:：;；、~～…—#").rstrip()


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or r"(?!)"


def _run_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_alternatives(words)})\s?){{0,6}}")


def _words(entries: tuple[Entry, ...]) -> Iterator[_Word]:
    for entry in entries:
        for manner, words in (
            ("zh", entry.zh),
            ("loose", entry.loose),
            ("spoken", entry.spoken),
            ("numbered", entry.numbered),
        ):
            yield from (_Word(word, entry, manner) for word in words)
