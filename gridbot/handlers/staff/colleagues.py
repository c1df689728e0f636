"""Whom a colleague names in words of his own: 李晓梅, 老李, 刘姐, 物业."""

from __future__ import annotations

from gridbot.errors import Refusal
from gridbot.handlers.turn import Turn
from gridbot.models.territory.directory import Department
from gridbot.models.territory.people import Post
from gridbot.nlp.slots import telling
from gridbot.profiles import Rank

BEFORE, AFTER = "老小阿", "姐哥叔姨工总师婶妹弟"


def named(turn: Turn, text: str, node: str) -> Post | Department | None:
    """The colleague or the department these words give something to; raises Refusal where two could be."""
    for post in turn.world.directory.posts:
        if post.name and post.name in text and post.staff != turn.person.staff:
            return _one(turn, [each for each in _others(turn) if each.name == post.name], node, post.name)
    for words in telling.whom(text):
        found = [post for post in _others(turn) if _called(post.name, words)]
        if found:
            return _one(turn, found, node, words[:2])
        if (body := _body(turn, words[:2], node)) is not None:
            return body
    return None


def by_name(turn: Turn, text: str) -> Post | None:
    """The only colleague below the speaker whose whole name stands in a text."""
    directory = turn.world.directory
    found = {
        post.staff: post
        for post in _others(turn)
        if post.name
        and post.name in text
        and any(directory.inside(post.node, up.node) for up in turn.person.posts)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _others(turn: Turn) -> list[Post]:
    posts = turn.world.directory.posts
    return [post for post in posts if post.staff != turn.person.staff and post.rank is not Rank.DEPARTMENT]


def _called(name: str, words: str) -> bool:
    """老李, 小李, 李姐, 李师傅, 晓梅 of 李晓梅."""
    if not name:
        return False
    if words[0] in BEFORE and len(words) > 1:
        return words[1] == name[0] or name[-1] == words[1]
    if len(name) > 2 and words.startswith(name[1:]):
        return True
    return words[0] == name[0] and len(words) > 1 and words[1] in AFTER


def _one(turn: Turn, found: list[Post], node: str, name: str) -> Post:
    directory = turn.world.directory
    near = [post for post in found if directory.inside(node, post.node)] or [
        post for post in found if any(directory.inside(post.node, up.node) for up in turn.person.posts)
    ]
    near = near or found
    if len({post.staff for post in near}) > 1:
        ids = "、".join(dict.fromkeys(f"{post.name}（{post.staff}）" for post in near))
        raise Refusal("refuse.two_colleagues", name=name, ids=ids)
    return near[0]


def _body(turn: Turn, word: str, node: str) -> Department | None:
    """The department with this word in its name, the nearest first."""
    directory = turn.world.directory
    above = [each.code for each in directory.up(node)]
    found = [d for d in directory.departments if word in d.name and (not d.node or d.node in above)]
    found.sort(key=lambda d: above.index(d.node) if d.node in above else len(above))
    return next(iter(found), None)
