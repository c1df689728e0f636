"""Where a matter is, told bit by bit: 3号楼 first, then 二单元的, then 504."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.turn import Turn
from gridbot.models.cases import casework, reported
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Kind, Place
from gridbot.nlp.slots import house_words

REACHES = timedelta(days=1)
BESIDES = 8  # signs of a message that tells a place and nothing else: 我是…的啊


async def told_later(turn: Turn) -> Ticket | None:
    """The speaker's own matter here that a message of nothing but a place belongs to: 3-2-204, later."""
    reading, text = turn.reading, turn.heard.text.strip()
    numbered = reading.command is not None and reading.command.choice is not None
    if (
        turn.person.is_staff
        or reading.kind is not Kind.NONE
        or (reading.command is not None and not numbered)
    ):
        return None
    place = said(turn)
    if place is None or len(text) > len(place.text) + BESIDES or house_words.of_another(text):
        return None
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, turn.now - REACHES)
    return ticket if ticket is not None and (not ticket.place or closer(ticket, place)) else None


def said(turn: Turn) -> Place | None:
    """The place that the words themselves tell; a bare 504 is a room."""
    place, text = turn.reading.place, turn.heard.text.strip()
    if place is not None and place.text:
        return place
    if house_words.bare_room(text):
        return Place(room=text, text=text)
    near = house_words.spot(text) if house_words.points_there(text) else ""
    return Place(landmark=near, text=near) if near else None


def closer(ticket: Ticket, place: Place) -> str:
    """The ticket's place with what is said of it now; "" where that is nothing new, or another place."""
    known, building = ticket.place, ticket.building or ""
    if place.landmark and known and not (ticket.landmark or ticket.household or house_words.unit_in(known)):
        return place.text or place.landmark  # 小广场那个, of what was said in a group of two buildings
    if not known or not building or ticket.household or place.landmark or place.row or place.estate:
        return ""
    if place.building not in (None, building) or (ticket.unit and place.unit not in (None, ticket.unit)):
        return ""
    if not _tells_more(ticket, place):
        return ""
    unit = ticket.unit or place.unit or house_words.unit_in(known)
    below = place.room or (f"{place.floor}层" if place.floor else house_words.below_unit(known))
    return f"{building}号楼" + (f"{unit}单元" if unit else "") + below


def _tells_more(ticket: Ticket, place: Place) -> bool:
    known = ticket.place
    unit = bool(place.unit) and not ticket.unit and not house_words.unit_in(known)
    room = place.room is not None and place.room not in known
    return unit or room or (bool(place.floor) and not house_words.has_floor(known))


async def noted(turn: Turn, ticket: Ticket) -> bool:
    """Write down what the message tells of the place of the speaker's own ticket; whether it did."""
    place = said(turn)
    if place is None or turn.heard.sender != ticket.reporter:
        return False
    where = closer(ticket, place)
    if not where:
        return False
    await casework.move(
        ticket, "locate", turn.act, place=where, building=ticket.building,
        unit=ticket.unit or place.unit, landmark=ticket.landmark or place.landmark,
    )  # fmt: skip
    return True
