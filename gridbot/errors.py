"""Everything that can go wrong, as one tree.

GridbotError
├── Refusal                an answer to a person, not a fault: a key of texts/zh.toml and its parameters
│   ├── NotAllowed         the speaker has no role that covers this
│   ├── Unclear            two things could be meant: the speaker is asked once, with numbers
│   └── IllegalMove        the ticket is not in a state from which this can be done
├── BadInput               a file or a call is wrong: where, what, and what to write instead (exit 2)
├── TransportError         a send failed: retryable? uncertain (it may have arrived)?
│   └── FatalAuth          the gateway will never accept us with this token
└── DatabaseUnready        the database cannot be reached or is of another version
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tomllib import TOMLDecodeError


class GridbotError(Exception):
    """The root of every error gridbot raises on purpose."""


class Refusal(GridbotError):
    """A polite "no" that the speaker reads; whatever the turn had written is undone."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params: Mapping[str, object] = params


class NotAllowed(Refusal):
    """The speaker is a stranger here or has no role that covers the node; recorded in the audit."""

    def __init__(self, key: str = "refuse.not_allowed", **params: object) -> None:
        super().__init__(key, **params)


class Unclear(Refusal):
    """Two things could be meant: the question is saved as `kind` with `data`, and its answer completes it."""

    def __init__(self, key: str, kind: str, data: Mapping[str, object], **params: object) -> None:
        super().__init__(key, **params)
        self.kind, self.data = kind, data


class IllegalMove(Refusal):
    """The table of lawful moves has no such move from the ticket's state."""


class BadInput(GridbotError):
    """A file or a call that cannot be used: where, what is wrong, what to write instead."""

    def __init__(
        self, what: str, *, file: Path | str | None = None, line: int | None = None, hint: str = ""
    ) -> None:
        self.what, self.file, self.line, self.hint = what, file, line, hint
        where = "" if file is None else f"{file}:{line}: " if line is not None else f"{file}: "
        super().__init__(f"{where}{what}" + (f" — {hint}" if hint else ""))


def unreadable(file: Path, error: OSError | ValueError) -> BadInput:
    """Why a TOML file could not be read: not there, no UTF-8, no TOML (with the line, where it is told)."""
    if isinstance(error, FileNotFoundError):
        return BadInput("没有这个文件", file=file, hint="请检查路径")
    if isinstance(error, OSError):
        return BadInput("读不了这个文件", file=file, hint="请检查它是不是文件、有没有读的权限")
    if isinstance(error, UnicodeDecodeError):
        return BadInput("认不出文字编码", file=file, hint="请另存为 UTF-8")
    if not isinstance(error, TOMLDecodeError):
        return BadInput("读不了这个文件", file=file, hint=str(error))
    said = re.search(r"at line (\d+)", str(error))
    line = int(said[1]) if said else file.read_text(encoding="utf-8-sig").rstrip().count("\n") + 1
    twice = "overwrite" in str(error) or "twice" in str(error)
    hint = "同一个名字写了两次，请只留一个" if twice else "请检查这里的引号、括号和等号"
    return BadInput("不是能读的 TOML", file=file, line=line, hint=hint)


class TransportError(GridbotError):
    """A message did not (or may not) leave.

    `retryable`: trying again later may help. `uncertain`: it may have arrived all the same.
    """

    def __init__(self, what: str, *, retryable: bool, uncertain: bool = False) -> None:
        super().__init__(what)
        self.retryable, self.uncertain = retryable, uncertain


class FatalAuth(TransportError):
    """The gateway refuses the token; trying again cannot help until a person changes it."""

    def __init__(self, what: str) -> None:
        super().__init__(what, retryable=False)


class DatabaseUnready(GridbotError):
    """The database cannot be opened, or was written by a newer gridbot."""
