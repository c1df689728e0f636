"""Who says something where, and whether that place is read along: from memory alone."""

from __future__ import annotations

from gridbot.messages import Incoming
from gridbot.models.territory.directory import Group
from gridbot.nlp import Scene, Speaker
from gridbot.world import World


def scene_of(world: World, event: Incoming) -> Scene:
    """What the reader may know about where a text was said, from memory alone."""
    directory = world.directory
    group = directory.group(event.where.transport, event.where.room)
    posts = directory.posts_by_contact(event.sender)
    department = directory.department_by_contact(event.sender)
    speaker = Speaker.STAFF if posts else Speaker.DEPARTMENT if department else Speaker.RESIDENT
    quotes_bot = event.quote is not None and event.quote.sender == event.where.account
    addressed = event.mentions_bot or event.where.private or quotes_bot or event.text.lstrip()[:1] in "#＃"
    return Scene(
        speaker=speaker,
        addressed=addressed and bool(event.text.strip() or event.mentions_bot or event.where.private),
        private=event.where.private or (event.mentions_bot and group is not None and not group.residents),
        nickname=event.sender_name if event.where.room is not None else "",
        gazetteer=world.gazetteer(group.node if group else ""),
        media=bool(event.media),
        node=group.node if group else "",
    )


def listens(group: Group, speaker: Speaker) -> bool:
    """Whether the group is read along: staff groups to staff, residents' groups once 启用 was said."""
    if group.residents:
        return group.listen == "keywords"
    return group.listen != "off" and speaker is not Speaker.RESIDENT


def borrows_a_name(world: World, event: Incoming) -> bool:
    """Whether an account in a residents' group that is read along goes by the name of a member of staff."""
    group = world.directory.group(event.where.transport, event.where.room)
    if group is None or not group.residents or group.listen != "keywords" or not event.sender_name:
        return False
    if world.directory.posts_by_contact(event.sender):
        return False
    return world.namesake(group.node, event.sender_name) is not None
