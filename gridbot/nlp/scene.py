"""Where a text was said: all that the reader may know besides the words."""

from __future__ import annotations

from gridbot.nlp.reading import Speaker
from gridbot.nlp.slots.place import Gazetteer
from gridbot.values import value


@value(frozen=True, slots=True)
class Scene:
    """What the reader may know about where a text was said.

    `private`: to the bot alone, or to it by name among colleagues. `addressed`: the bot is mentioned,
    the chat is private, or the text starts with '#'; suppressors are off then. `nickname`: the sender's
    name in the group (3-502张三). `media`: a picture or a voice note came along.
    """

    speaker: Speaker = Speaker.RESIDENT
    addressed: bool = False
    private: bool = False
    nickname: str = ""
    gazetteer: Gazetteer | None = None
    media: bool = False
    node: str = ""  # code of the node of the group it was said in, "" where unknown
