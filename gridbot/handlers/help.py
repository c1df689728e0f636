"""帮助: what the bot is and what can be said to it, for residents, workers, leaders."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.profiles import Rank

routes = Routes()

MENU = tuple((word, word) for word in ("进度", "办事指南", "网格员", "附近"))  # one tap each


@routes.on("help")
async def help_(turn: Turn) -> Sequence[Say]:
    """The page for whoever asks."""
    office = turn.world.office
    says = []
    if turn.person.is_staff:
        key = "help.leader" if Rank.LEADER in turn.person.ranks else "help.worker"
        leads = Rank.LEADER in turn.person.ranks
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
