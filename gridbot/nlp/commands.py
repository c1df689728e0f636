"""Which command a text is, by the words of rules/commands.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from gridbot.nlp import command_pack, rounds
from gridbot.nlp.command_ids import PUNCTUATION, UNIT, ids, lone_id, over_gap, trimmed
from gridbot.nlp.command_pack import Entry
from gridbot.nlp.reading import Command, Speaker
from gridbot.nlp.slots import place

_MENTIONS = re.compile(r"(?:@[^\s@]{1,32}\s+)+")
_CHOICE = re.compile(r"(?:选|第|我选|选择)?\s?#?([0-9]{1,7})(?:号|个|项)?[\s.。、,，!！⃣️)]*")
_CHOICE_THEN = re.compile(rf"([1-3])(?!\s?{UNIT}|\s?号)[\s.。、,，:：]{{1,2}}([^\s0-9#][^\n]{{0,15}})")
_TOKEN = re.compile(r"[^\s,，。;；、]+")
_COUNTED = re.compile(r"[0-9]+\s?(?:块|元|万|户|家|次|人|个(?!小时|月)|趟|遍|名)")
_EMOJI = r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]|\[[^\[\]\s]{1,6}\]"
_BREAK = re.compile(rf"$|[\x00-\x7f{re.escape(PUNCTUATION)}（【「“]|{_EMOJI}")
_OPENING = "# 【[「『《("  # signs before the word of a command
_FEW = 16  # characters that may stand before a word at the end
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
        self._between = _run_of(talk.get("between", ()))
        self._particles = _run_of(talk.get("particles", ()))
        self._thanks = re.compile(
            rf"(?:[{re.escape(PUNCTUATION)}]|{_EMOJI}|{_alternatives(talk.get('thanks', ()))}){{0,12}}"
        )
        self._lead_in = re.compile(rf"(?:{_alternatives(talk.get('polite', ()))})\s?")
        self._by_initial: dict[str, list[_Word]] = {}
        for word in sorted(_words(entries), key=lambda w: -len(w.text)):
            self._by_initial.setdefault(word.text[0], []).append(word)
        self._begins = {
            initial: tuple([word.text for word in words]) for initial, words in self._by_initial.items()
        }
        homely = [word for word in _words(entries) if word.entry.home]
        self._homely = sorted(homely, key=lambda w: -len(w.text))
        tails = [word for word in _words(entries) if word.entry.tail]
        self._tails = sorted(tails, key=lambda w: -len(w.text))
        self._homely_seen = re.compile(_alternatives(tuple(w.text for w in homely)))

    @classmethod
    def load(cls, file: Path | None = None) -> Grammar:
        """The grammar of `file` (the packaged one if None); BadInput names file, line and what to write."""
        return cls(*command_pack.load(file))

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Each id with its Chinese words, the one for help texts first."""
        return MappingProxyType({e.id: e.zh for e in self.entries})

    @cached_property
    def homely(self) -> frozenset[str]:
        """The words that a household may stand before: 3-502收到."""
        return frozenset(word.text for word in self._homely)

    def may_begin(self, text: str) -> bool:
        """Whether `text` begins with the word of a command."""
        begun = text.lstrip(_OPENING)
        return begun.startswith(self._begins.get(begun[:1], ()))

    @property
    def numbered(self) -> frozenset[str]:
        """The commands that are about one or more numbers."""
        return frozenset(entry.id for entry in self.entries if entry.number)

    def read(self, text: str, *, speaker: Speaker, addressed: bool) -> Command | None:
        """The command `text` is, or None for ordinary talk; `addressed`: in private or naming the bot."""
        text = text.strip()
        if addressed and (mention := _MENTIONS.match(text)):
            text = text[mention.end() :]
        if not text:
            return None
        heard = _Heard(speaker, addressed, text[0] == "#" or text.startswith(("【#", "[#")))
        return (
            _choice(text, heard)
            or self._spelled(text.lstrip(_OPENING), heard)
            or (_choice_with_words(text) if heard.addressed else None)
        )

    # -- words ---------------------------------------------------------------------------------

    def _spelled(self, text: str, heard: _Heard) -> Command | None:
        found = self._at(text, 0, (), heard) or self._number_first(text, 0, heard)
        if found is None and (heard.direct or heard.speaker is not Speaker.RESIDENT):
            for start in self._after_courtesies(text) if heard.direct else ():
                found = found or self._at(text, start, (), heard) or self._number_first(text, start, heard)
            found = found or self._inside(text, heard) or self._last(text, heard)
        return found or self._received(text, heard)

    def _after_courtesies(self, text: str) -> list[int]:
        """Where the text may begin in earnest: '我要请假' at 请假, '麻烦帮我催一下' at 催."""
        starts: list[int] = []
        at = 0
        while len(starts) < 6 and (polite := self._lead_in.match(text, at)):
            at = polite.end()
            starts.append(at)
        return starts

    def _received(self, text: str, heard: _Heard) -> Command | None:
        """'3-502收到': a household before the word of a receipt."""
        if self._homely_seen.search(text, 0, 28) is None:
            return None
        for word in self._homely:
            at = text.rfind(word.text, 0, 28)
            if at < 2 or self._thanks.fullmatch(text, at + len(word.text)) is None:
                continue
            home = text[:at].strip(PUNCTUATION)
            found = place.parse_home(home) if len(home) <= 16 else None
            if found and home.startswith(found.text):
                return self._command(word, (), home, heard, alone=False)
        return None

    def _number_first(self, text: str, start: int, heard: _Heard) -> Command | None:
        if not text[start : start + 1].isdigit() and text[start : start + 1] != "#":
            return None
        numbers, at = ids(text, start, "many")
        if not numbers:
            return None
        at = over_gap(text, at)
        found = self._at(text, at, numbers, heard)
        between = self._between.match(text, at)
        if found is None and between and between.end() > at:
            found = self._at(text, over_gap(text, between.end()), numbers, heard)
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
                    f"{text[: token.start()].rstrip(PUNCTUATION)} {text[token.end() :].lstrip(PUNCTUATION)}"
                )
                numbers, rest = _any_id(joined) if entry.number else ((), joined)
                if entry.number and not numbers:
                    continue
                if entry.number or entry.id in ("visit", "call_visit"):
                    return self._command(word, numbers, rest.strip(PUNCTUATION), heard, alone=False)
        return None

    def _last(self, text: str, heard: _Heard) -> Command | None:
        """'3号楼最近有什么事': a few words of a place, and the command's own at the end."""
        body = text.rstrip(PUNCTUATION)
        for word in self._tails:
            before = body.removesuffix(word.text)
            if before != body and len(before) <= _FEW and word.entry.belongs_to(heard.speaker):
                return self._command(word, (), before.strip(PUNCTUATION), heard, alone=False)
        return None

    def _starting(self, text: str, at: int) -> Iterator[_Word]:
        for word in self._by_initial.get(text[at : at + 1], ()):
            if text.startswith(word.text, at):
                yield word

    def _at(self, text: str, at: int, numbers: tuple[int, ...], heard: _Heard) -> Command | None:
        """The command of the longest word written at `at`; words of the speaker's own trade come first."""
        words = [w for w in self._starting(text, at) if not (w.entry.context and at)]  # 您好 is no 好
        longest = [word for word in words if len(word.text) == len(words[0].text)]
        for word in sorted(longest, key=lambda w: (not w.entry.belongs_to(heard.speaker), not w.entry.who)):
            if found := self._shape(word, text, at + len(word.text), numbers, heard):
                return found
        return None

    def _shape(
        self, word: _Word, text: str, at: int, numbers: tuple[int, ...], heard: _Heard
    ) -> Command | None:
        """The command `word` makes with what stands before and after it, if it has a command's shape."""
        entry, own = word.entry, word.entry.belongs_to(heard.speaker)
        if not own and (word.manner in ("spoken", "numbered") or entry.others == "text"):
            return None
        if numbers and not entry.number:
            return None
        start, at = at, self._after_word(entry, text, at)
        if not heard.marked and self._is_talk(word, text, start, at, heard):
            return None
        split = _BREAK.match(text, at) is not None
        after: tuple[int, ...] = ()
        if entry.number:
            after, at = ids(text, over_gap(text, at), entry.number)
        rest = text[at:]
        numbers += after
        if entry.number and not numbers:
            numbers, rest = lone_id(rest)
        if not (own or numbers or heard.marked) and not _bluntly_said(word, text, start):
            return None
        rest, written = _unjoined(trimmed(rest), entry), rest.strip(PUNCTUATION)
        if self._thanks.fullmatch(rest):
            rest = ""
        if not self._fits(word, numbers, rest, written, heard, own=own, split=split):
            return None
        return self._command(word, numbers, rest, heard, alone=not numbers and not rest)

    def _is_talk(self, word: _Word, text: str, start: int, at: int, heard: _Heard) -> bool:
        """What follows the word at once makes it part of a sentence: 退回我的钱, 走访了20户, 公告在哪."""
        unless = word.entry.unless
        if unless and (text.startswith(unless, start) or text.startswith(unless, at)):
            return True
        if _COUNTED.match(text, at):
            return True
        if word.entry.context and not word.entry.home and text[at : at + 1].isalnum() and text[at].isascii():
            return True  # 对A市…的建议
        return _BREAK.match(text, at) is None and (
            not heard.direct
            or len(word.text) == 1
            or text.startswith(self._after, at)
            or text.startswith(self._after, start)
        )

    def _after_word(self, entry: Entry, text: str, at: int) -> int:
        if particles := self._particles.match(text, at):
            at = particles.end()
        for joint in entry.joints:
            if text.startswith(joint, at):
                return at + len(joint)
        return at

    def _fits(
        self,
        word: _Word,
        numbers: tuple[int, ...],
        rest: str,
        written: str,
        heard: _Heard,
        *,
        own: bool,
        split: bool,
    ) -> bool:
        """Whether the shape is one that this speaker, in this place, may be taken to mean as a command."""
        entry = word.entry
        if word.manner == "numbered" and not numbers:
            return False
        if heard.marked:
            return True
        if entry.context:
            if rest and rounds.tells(rest, *entry.not_of):
                return False
            return _answers(entry, numbers, rest, written, heard, split=split)
        if entry.body == "none" and rest and not numbers:
            return False
        if heard.addressed:
            return own or bool(numbers) or not entry.number
        if word.manner == "loose":
            return not rest
        if word.manner == "spoken":
            return bool(numbers)
        if own and heard.speaker is not Speaker.RESIDENT:
            return not rest or split
        return _plain(entry, numbers, rest, split=split)

    def _command(
        self, word: _Word, numbers: tuple[int, ...], rest: str, heard: _Heard, *, alone: bool
    ) -> Command:
        entry = word.entry
        options, rest = _options(word, rest)
        if entry.context:
            sure = heard.marked
        elif word.manner == "spoken":
            sure = bool(numbers) or heard.marked
        elif word.manner == "loose" or alone:
            sure = heard.direct or entry.bare
        else:
            sure = heard.direct or bool(numbers) or not entry.number
        name = entry.with_number if entry.with_number and numbers else entry.id
        return Command(name, numbers, rest, options, sure=sure, marked=heard.marked)


def _bluntly_said(word: _Word, text: str, end: int) -> bool:
    """Another's command in its own form, '公告 …', which is refused; '请排查一下…' is a neighbour's wish."""
    return end == len(word.text) and text[end : end + 1] in ("", " ", "\n", ":", "：")


def _unjoined(rest: str, entry: Entry) -> str:
    """转派 1024 给李四: the little word before what follows goes."""
    joint = next((j for j in entry.joints if rest.startswith(j)), "") if entry.number else ""
    return rest.removeprefix(joint).lstrip() if joint else rest


def _any_id(text: str) -> tuple[tuple[int, ...], str]:
    """The id `text` begins with, or the first that stands alone in it."""
    numbers, at = ids(text, 0, "one")
    return (numbers, text[at:]) if numbers else lone_id(" " + text)


def _choice(text: str, heard: _Heard) -> Command | None:
    """A number alone: '1', '选2', '1024'; '#1024' asks how the ticket stands."""
    if not (text[0].isdigit() or text[0] in "#选第我") or not (alone := _CHOICE.fullmatch(text)):
        return None
    number = int(alone[1])
    if heard.marked:
        return Command("progress", (number,), sure=False, marked=True)
    return Command("choice", (number,), choice=number, sure=False)


def _choice_with_words(text: str) -> Command | None:
    """'3 路灯' corrects; '1 马上去' and '2 不是我们的' take and drop."""
    then = _CHOICE_THEN.fullmatch(text)
    if not then:
        return None
    name = {"1": "yes", "2": "no", "3": "correct"}[then[1]]
    return Command(name, (), then[2].strip(PUNCTUATION), choice=int(then[1]), sure=False)


def _answers(
    entry: Entry, numbers: tuple[int, ...], rest: str, written: str, heard: _Heard, *, split: bool
) -> bool:
    """An answer to the bot: the word alone in a group, a few words more when the bot is addressed."""
    if heard.addressed:
        return split and len(rest) <= 40
    if entry.home and split and (home := place.parse_home(rest)) and rest.startswith(home.text):
        return True
    courteous = entry.home or heard.speaker is not Speaker.RESIDENT
    return not numbers and not (rest if courteous else written)


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
    tokens = re.split(r"([\s,，。;；]+)", head)
    for i, token in enumerate(tokens):
        bare = token.strip("【】[]()（）,，。.:：!！")
        option = next((s for w, s in entry.options if w == bare), None) if i < 16 and bare else None
        if option is None:
            kept.append(token)
        else:
            found.add(option)
    if not found and entry.ends and (last := next((p for p in entry.options if rest.endswith(p[0])), None)):
        return frozenset({last[1]}), rest.removesuffix(last[0]).strip()
    return frozenset(found), re.sub(r" {2,}", " ", "".join(kept)).strip() + newline + tail if found else rest


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
