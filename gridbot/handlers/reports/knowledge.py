"""Answers an office keeps for the next who asks: 登记问答 question answer 来源 source."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import knowing
from gridbot.profiles import Rank

routes = Routes()


@routes.on("known_answer")
async def keep(turn: Turn) -> Sequence[Say]:
    """登记问答 社区周六上班吗 周六上午有人值班 来源 社区公告: told from now on, with source and day."""
    post = turn.require_staff(Rank.LEADER, Rank.WORKER, Rank.DESK)
    words = turn.rest.split()
    mark = turn.texts.say("faq.source_word")
    at = next((n for n, word in enumerate(words) if word.startswith(mark)), len(words))
    question, answer = words[0] if words else "", " ".join(words[1:at])
    source = " ".join(words[at:]).removeprefix(mark).lstrip(" ：:")
    if len(question) < 4 or not answer:
        raise Refusal("faq.how")
    day = turn.world.local(turn.now).date()
    source = source or turn.world.office.office
    await knowing.keep_answer(turn.act, post.node, question[:100], answer, source, day)
    return [turn.reply("faq.kept", question=question, answer=answer, source=source, day=day)]
