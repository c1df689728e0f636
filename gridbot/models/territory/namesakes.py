"""Whose name somebody goes by: an account's nickname that is, or is nearly, that of a member of staff."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

LONG, TITLE = 4, 2  # of a role from this length on people use the last characters: 社区书记 → 书记
SHORTEST = 2
NEARLY = 3  # leaders' names from this length on count with one character changed


def folded(name: str) -> str:
    """A nickname without what only looks: full-width forms, blanks, signs, emoji."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalpha())


def namesake(nickname: str, posts: Iterable[Post]) -> Post | None:
    """The first of the posts whose holder is, by name or by surname and title, who the nickname says."""
    said = folded(nickname)
    if len(said) < SHORTEST:
        return None
    return next((post for post in posts if _is(said, post)), None)


def _is(said: str, post: Post) -> bool:
    name = folded(post.name)
    if len(name) < SHORTEST:
        return False
    titled = name[0] + (post.role[-TITLE:] if len(post.role) >= LONG else post.role)
    near = post.rank is Rank.LEADER and len(name) >= NEARLY and _nearly(said, name)
    return name in said or titled in said or near or _claimed(said, name, folded(post.role))


def _claimed(said: str, name: str, role: str) -> bool:
    """网格员李小罔: the role of a colleague, and nearly his name beside it."""
    rest = said.replace(role, "", 1)
    return bool(role) and rest != said and len(rest) >= SHORTEST and _nearly(rest, name)


def _nearly(said: str, name: str) -> bool:
    """Whether one character was changed, added or left out; the surname stays."""
    if said[0] != name[0] or abs(len(said) - len(name)) > 1:
        return False
    if len(said) == len(name):
        return sum(a != b for a, b in zip(said, name, strict=True)) <= 1
    short, long = sorted((said, name), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
