"""A leader has his draft changed before it goes out: 时间改成3点, 要回执, 只发3号楼; he sees it again."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import announce
from gridbot.handlers.spreading.audience import Audience, audience_of, knows
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements
from gridbot.nlp.slots import redraft
from gridbot.nlp.slots.redraft import Edit

routes = Routes()


@routes.on("announce_changed")
async def changed(turn: Turn) -> Sequence[Say]:
    """The changed draft, or how to change it where that was not understood; nothing for other talk."""
    said, question = turn.heard.text.strip(), turn.question
    draft = await announcements.get(question.subject or 0) if question is not None else None
    if draft is None:
        return []
    edit = _edit(turn, draft)
    if edit is None:
        return [turn.whisper("announce.how_to_change", number=draft.no)] if redraft.perhaps(said) else []
    if edit.send:
        return await announce.sent_as_it_stands(turn, draft)
    if question is not None:
        await questions.answered(question)  # the preview asks anew
    to = await audience_of(turn, edit.scope) if edit.scope else _audience(turn, draft)
    await announcements.redrafted(turn.act, draft, **_values(turn, edit, to))
    return [await announce.preview(turn, draft, to)]


async def understood(turn: Turn) -> bool:
    """Whether the words change the draft of which the speaker has just read the preview."""
    question = turn.question
    if question is None or question.kind != "announce" or not turn.private:
        return False
    draft = await announcements.get(question.subject or 0)
    waits = draft is not None and draft.state == announcements.DRAFT and draft.by == turn.person.who
    return draft is not None and waits and _edit(turn, draft) is not None


def _edit(turn: Turn, draft: Announcement) -> Edit | None:
    edit = redraft.read(turn.heard.text.strip(), draft.text, turn.heard.at, turn.world.zone)
    return None if edit is None or (edit.scope and not knows(turn, edit.scope)) else edit


def _audience(turn: Turn, draft: Announcement) -> Audience:
    nodes = turn.world.directory.nodes
    names = "、".join(nodes[code].name for code in draft.audience if code in nodes)
    return Audience(tuple(draft.audience), announce.building_said(draft) or names, draft.building)


def _values(turn: Turn, edit: Edit, to: Audience) -> dict[str, object]:
    values: dict[str, object] = {"audience": list(to.nodes), "building": to.building}
    if edit.text:
        values |= {"text": edit.text, "expires_at": announce.over_at(turn, edit.text)}
    if edit.receipt is not None:
        values["receipt"] = edit.receipt
    if edit.urgent is not None:
        values["urgent"] = edit.urgent
    if edit.at is not None:
        values["send_at"] = edit.at
    return values
