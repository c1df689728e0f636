"""帮助: what the bot is and what can be said to it, for residents, workers, leaders."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.profiles import Rank

routes = Routes()

MENU = tuple((word, word) for word in ("进度", "办事指南", "网格员", "附近"))  # one tap each
STAFF_MENU = (("待办", "待办"), ("全部用法", "帮助 全部"))


@routes.on("hello")
async def hello(turn: Turn) -> Sequence[Say]:
    """你好, 你是机器人吗: who this is, honestly, and that one may simply say what is the matter."""
    if not turn.private and not turn.heard.mentions_bot:
        return []
    key = "help.hello_staff" if turn.person.is_staff else "help.hello"
    return [turn.reply(key, bot=turn.world.office.bot, office=turn.world.office.office)]


@routes.on("help")
async def help_(turn: Turn) -> Sequence[Say]:
    """The page for whoever asks; colleagues get the daily six first, and all of it by 帮助 全部."""
    office = turn.world.office
    says = []
    if turn.person.is_staff:
        leads = Rank.LEADER in turn.person.ranks
        if not (command := turn.reading.command) or not command.options:
            return [turn.reply("help.leader_first" if leads else "help.worker_first", buttons=STAFF_MENU)]
        key = "help.leader" if leads else "help.worker"
        more = ("help.errands_leader", "help.people_leader") if leads else ()
        pages = (key, "help.errands", "help.people", *more)
        says.append(turn.reply("help.pages", text="\n".join(turn.texts.say(page) for page in pages)))
    elif turn.person.department is not None:
        says.append(turn.reply("help.department"))
    else:
        phone = turn.texts.say("rooms.phone", phone=office.phone) if office.phone else ""
        page = {"bot": office.bot, "office": office.office, "phone": phone}
        says.append(turn.reply("help.resident", buttons=MENU, **page))
    return says
