"""Whom a colleague names in words of his own: 李晓梅, 老李, 刘姐, 物业."""

from __future__ import annotations

from collections.abc import Collection

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
    return body_in(turn, text, node)


def all_named(turn: Turn, text: str) -> list[Post]:
    """The colleagues whose whole names stand in a text, in its order."""
    found = {post.staff: post for post in _others(turn) if post.name and post.name in text}
    return sorted(found.values(), key=lambda post: text.index(post.name))


def body_in(turn: Turn, text: str, node: str) -> Department | None:
    """The department of which a text holds the longest part of the name: 这个要物业来弄; None for two alike.

    What is the name of a place as well (东苑物业 in 东苑社区) names none.
    """
    directory = turn.world.directory
    above = [each.code for each in directory.up(node)]
    places = {each.name[:2] for each in directory.nodes.values()}
    near = [body for body in directory.departments if not body.node or body.node in above]
    shared = {body: _shared(text, body.name, places) for body in near}
    best = max(shared.values(), default=0)
    found = [body for body, length in shared.items() if length == best] if best else []
    nearest = min((above.index(body.node) for body in found if body.node), default=None)
    found = [body for body in found if nearest is None or (body.node and above.index(body.node) == nearest)]
    return found[0] if len(found) == 1 else None


def _shared(text: str, name: str, places: Collection[str]) -> int:
    """How long a part of a name stands in a text, a place's name apart."""
    parts = (name[at : at + size] for size in range(2, len(name) + 1) for at in range(len(name) - size + 1))
    return max((len(part) for part in parts if part in text and part[:2] not in places), default=0)


def by_name(turn: Turn, text: str) -> Post | None:
    """The only colleague below the speaker whose whole name stands in a text."""
    directory, tops = turn.world.directory, [post.node for post in turn.person.posts]
    named = [post for post in _others(turn) if post.name and post.name in text]
    below = {post.staff: post for post in named if any(directory.inside(post.node, top) for top in tops)}
    return next(iter(below.values())) if len(below) == 1 else None


def spoken_of(turn: Turn, text: str) -> Post | None:
    """老李, 晓梅 at the beginning of a text, where only one colleague near the speaker is called so."""
    found = {post.staff: post for post in _others(turn) if _called(post.name, text.strip())}
    tops = [node.code for up in turn.person.posts for node in turn.world.directory.up(up.node)][:2]
    near = [
        post for post in found.values() if any(turn.world.directory.inside(post.node, top) for top in tops)
    ]
    return near[0] if len(near) == 1 else None


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
