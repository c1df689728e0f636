"""Opening a ticket from a reading: its grid, its owner, its deadlines, its cards. Used by every way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from gridbot.handlers.duties import must_visit
from gridbot.handlers.errands import errand
from gridbot.handlers.reports import assigning, listing, living, owning
from gridbot.handlers.reports.assigning import Assigned
from gridbot.handlers.reports.said import Said, heard, keep
from gridbot.handlers.tickets import cards, planning
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, routing
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import households
from gridbot.models.territory.people import Home, Person, Post
from gridbot.nlp import Kind, Place, Reading, Urgency
from gridbot.nlp.slots import house_words
from gridbot.nlp.slots import place as places
from gridbot.profiles import OTHER

FOUND = "发现"  # the first stage of a hazard
# Matters that happen somewhere outside a home: without a place nobody can go there.
NOWHERE = frozenset({"dispute", "other", "property_mgmt"})


def grid_of(turn: Turn, said: Said, place: Place | None) -> str:
    """The grid a matter belongs to: the named place's, else the speaker's own, else the group's."""
    directory = turn.world.directory
    if place is not None and place.node and place.node in directory.nodes:
        return directory.grid(place.node)
    group = directory.group(said.where.transport, said.where.room)
    here = group.node if group is not None else said.node
    homes = [said.person.home.node] if said.person.home else [post.node for post in said.person.posts]
    for home in homes:
        if not here or directory.inside(home, here):
            return directory.grid(home)
    return directory.grid(here)


async def find_grid(turn: Turn, said: Said, place: Place | None) -> str:
    """The same, where only a community or nothing is known: by the building that is named; never nowhere."""
    directory = turn.world.directory
    found = grid_of(turn, said, place)
    if found and not directory.children.get(found):
        return found
    building = (place.building or (f"{place.row}排" if place.row else None)) if place is not None else None
    if building:
        nodes = directory.under(found) if found else list(directory.nodes)
        only = await households.node_of_building(nodes, building)
        if only is not None:
            return directory.grid(only)
    return _stairwell(turn, found, place) or found or directory.top()


async def next_door(turn: Turn, found: str, place: Place | None) -> str:
    """The grid beside this one that has the building named: 4号楼, said in the group of 3号楼."""
    if place is None or place.node or not place.building or not _has_building(place.text):
        return ""
    directory = turn.world.directory
    above = directory.nodes[found].parent
    only = await households.node_of_building(directory.under(above), place.building) if above else None
    return directory.grid(only) if only is not None else ""


def _stairwell(turn: Turn, found: str, place: Place | None) -> str:
    """The node below a building whose name tells the stairwell that was named: 1单元."""
    if place is None or not place.unit or not found:
        return ""
    directory = turn.world.directory
    below = (directory.nodes[code] for code in directory.children.get(found, ()))
    named = ((node.code, places.find(node.name)) for node in below)
    return next((code for code, known in named if known is not None and known.unit == place.unit), "")


def said_place(place: Place | None) -> str:
    """A place as staff read it; where only a nickname told it, its building and unit."""
    if place is None:
        return ""
    if not place.text and not place.landmark:
        row = f"{place.row}排" if place.row else ""
        building = f"{place.building}号楼" if place.building else ""
        room = f"{place.room}号" if row and place.room else place.room or ""
        return building + row + (f"{place.unit}单元" if place.unit else "") + room
    if place.building and place.text and not _has_building(place.text):
        return f"{place.building}号楼{place.text}"  # 2单元, said by somebody of building 3
    if place.landmark and place.landmark not in place.text:
        return f"{place.text}（{place.landmark}）" if place.text else place.landmark
    return place.text


@lru_cache(maxsize=1024)
def _has_building(text: str) -> bool:
    found = places.find(text)
    return found is not None and bool(found.building or found.row)


def _written(said: Said, place: Place | None, near: Home | None, here: Place | None) -> str:
    """What staff read: the place that was said, else the speaker's home, else what his nickname tells."""
    named = (_below_home(place, near) or _below_group(place, here)) + said_place(place)
    if near is not None and (place is None or not (place.text or place.landmark)):
        if spot := house_words.spot(said.text):
            return spot
        if (house_words.beside(said.text) or house_words.shared(said.text)) and near.building.isdigit():
            return _stairwell_of(near)
    if place is not None and not place.text and not place.landmark and near is not None:
        return home_place(said.person) or named
    return named or (home_place(said.person) if near is not None else "")


def _stairwell_of(home: Home) -> str:
    """Whose door it is beside stays untold: 对门, of somebody at 3-1-502, is in 3号楼1单元."""
    return f"{home.building}号楼" + (f"{home.unit}单元" if home.unit else "")


def _below_home(place: Place | None, near: Home | None) -> str:
    """三楼, 2单元, said by somebody of a building there: what his words take for granted."""
    if place is None or near is None or not near.building.isdigit():
        return ""
    if place.building or place.row or place.landmark or place.estate or not (place.unit or place.floor):
        return ""
    unit = f"{near.unit}单元" if near.unit and not place.unit else ""
    return f"{near.building}号楼{unit}"


def _building(near: Home | None, place: Place | None, here: Place | None) -> str:
    """The building that goes without saying: of the speaker's home, else of the group."""
    return near.building if near is not None else _below_group(place, here).removesuffix("号楼")


def _below_group(place: Place | None, here: Place | None) -> str:
    """2单元, said by somebody of no known home in the group of one building."""
    if place is None or here is None or not here.building or place.building or place.row:
        return ""
    vague = not place.landmark and not place.estate and (place.unit or place.floor)
    return f"{here.building}号楼" if vague else ""


def home_in(turn: Turn, said: Said, grid: str) -> Home | None:
    """The home of whoever speaks, where it lies in the grid of the matter: elsewhere it tells nothing."""
    home = said.person.home
    return home if home is not None and turn.world.directory.inside(home.node, grid) else None


def home_place(person: Person) -> str:
    home = person.home
    return home.door if home else ""


def group_place(turn: Turn, said: Said) -> Place | None:
    """What the group's own name tells of the place: 3号楼居民群."""
    directory = turn.world.directory
    group = directory.group(said.where.transport, said.where.room)
    if group is None:
        return None
    node = directory.nodes.get(group.node)
    return places.find(group.name) or (places.find(node.name) if node is not None else None)


async def open_ticket(
    turn: Turn,
    reading: Reading,
    *,
    said: Said | None = None,
    note: str = "",
    taken_by: Post | None = None,
) -> tuple[Ticket, list[Say]]:
    """Open a ticket and return it with the cards for whoever has to act.

    First reply and deadline come from the profile in force; they are planned on the board.
    `taken_by`: somebody who answers for it already gets no card.
    """
    said = said or heard(turn)
    if reading.place is None and (spot := await living.spot(turn, said)) is not None:
        reading = replace(reading, place=spot)
    grid = await find_grid(turn, said, reading.place)
    reading, outside = listing.listed(turn, grid, reading)
    ticket, assigned = _ticket(turn, said, reading, grid)
    if taken_by is not None:
        ticket.assignee = taken_by.staff
    turn.act_as(grid, cards.called(turn, reading.category))
    note = note or "、".join(b.rule for b in reading.because)
    note = "；".join(filter(None, (note, outside, assigned.why)))
    await casework.open_ticket(ticket, turn.act, note, undoable=turn.person.is_staff)
    await keep(ticket, said, ticket.summary)
    await planning.plan(turn, ticket)
    await planning.relieve(turn, ticket, assigned.start.post)
    await planning.gathered(turn, ticket)
    papers = await errand.opened(turn, ticket)
    papers += await must_visit.of_ticket(turn, ticket)
    papers += _to_leader(turn, ticket)
    if taken_by is not None and ticket.urgency != Urgency.EMERGENCY:
        return ticket, papers
    if (called := await owning.first(turn, ticket)) and ticket.urgency != Urgency.EMERGENCY:
        return ticket, must_visit.joined([*papers, *called])
    others = await _cards(turn, ticket, said, assigned, but=turn.heard.sender if taken_by else "")
    return ticket, must_visit.joined([*papers, *called, *others])


def _ticket(turn: Turn, said: Said, reading: Reading, grid: str) -> tuple[Ticket, Assigned]:
    directory = turn.world.directory
    place = reading.place
    category = reading.category or OTHER
    profile = directory.profile(grid)
    assigned = assigning.first(turn, grid, category, reading.sub, reading.urgency, said.person.staff)
    start, worker = assigned.start, assigned.post
    home, near = said.person.home, home_in(turn, said, grid)
    here = group_place(turn, said) if near is None else None
    place = here if place is None else place
    kind, sub = _kind(reading, profile.category(category).kind), reading.sub
    level = profile.service_level(category, sub, reading.urgency)
    due = planning.due(turn, grid, level, reading.urgency, max(turn.now, assigned.since))
    ticket = casework.draft(
        kind=kind,
        category=category,
        sub=sub,
        urgency=reading.urgency,
        node=grid,
        grid=grid,
        transport=said.where.transport,
        account=said.where.account,
        room=said.where.room,
        reporter=said.contact,
        called=said.called,
        household=home.id if home else None,
        place=_written(said, place, near, here),
        building=(place.building if place else None) or _building(near, place, here) or None,
        unit=(place.unit if place else None) or None,
        landmark=place.landmark if place else None,
        summary=said.text,
        assignee=worker.staff if worker else None,
        sensitive=profile.category(category).sensitive or "anonymous" in reading.flags,
        confidence=reading.confidence,
        because=[because.rule for because in reading.because],
        first_reply_due_at=assigning.reply_by(turn, grid, assigned, level.first_reply, due.first_reply),
        due_at=due.deadline,
        route=start.route.id if start.route else "",
        step=start.step,
        scale="big" if start.route and start.route.big else "small",
        stage=FOUND if category in profile.routing.hazards else errand.first_stage(turn, kind, category, sub),
        vacancy=start.vacancy,
        own=said.person.is_staff,
        arrive_due_at=planning.arrival(turn, grid, start.route, start.step, assigned.since),
    )
    return ticket, assigned


def _kind(reading: Reading, of_category: str) -> str:
    if reading.kind in (Kind.ISSUE, Kind.SERVICE):
        return reading.kind
    if reading.command is not None and reading.command.name == "request":
        return Kind.SERVICE
    return of_category or Kind.ISSUE


def asked_where(turn: Turn, ticket: Ticket) -> str:
    """How people of a grid of this kind are asked for a place: 几号楼几单元, 第几排几号, 哪家店."""
    directory = turn.world.directory
    node, kinds = directory.nodes.get(ticket.grid), directory.profile(ticket.grid).territory
    return kinds.kind(node.kind if node is not None else "").where or turn.texts.say("places.where")


def lacks_place(ticket: Ticket) -> bool:
    """Whether nobody could find the spot, so that it has to be asked for, once."""
    return ticket.kind == Kind.ISSUE and not ticket.place and ticket.category not in NOWHERE


async def _cards(turn: Turn, ticket: Ticket, said: Said, assigned: Assigned, *, but: str = "") -> list[Say]:
    """A card for whoever has it, when he is on duty; in an emergency deputy and leader get it at once too."""
    says: list[Say] = []
    for contact in who_acts(turn, ticket, assigned):
        if contact == but:
            continue
        found = await cards.ticket_card(turn, ticket, contact, said=said)
        if assigned.since > turn.now and assigned.post is not None and contact == assigned.post.contact:
            found = [
                replace(say, not_before=max(assigned.since, say.not_before or turn.now)) for say in found
            ]
        says += found
    return says


def _to_leader(turn: Turn, ticket: Ticket) -> list[Say]:
    """A hazard is told to the grid's leader at once, whoever works on it; of an emergency he has a card."""
    directory = turn.world.directory
    known = directory.profile(ticket.grid).categories.get(ticket.category)
    if known is None or not known.tell_leader or ticket.urgency == Urgency.EMERGENCY:
        return []
    leader, holder = directory.leader(ticket.grid, but=ticket.assignee), directory.staff(ticket.assignee)
    if leader is None or not leader.contact or leader.contact in (turn.heard.sender, _contact(holder)):
        return []
    say = turn.tell(
        leader.contact,
        "card.to_leader",
        no=ticket.no,
        what=cards.called(turn, ticket.category, ticket.sub),
        place=ticket.place or turn.texts.say("places.unknown"),
        name=holder.name if holder is not None else turn.texts.say("card.no_holder"),
        by=cards.moment(turn, ticket.first_reply_due_at, ticket.urgency),
    )
    return [cards.held(turn, say, ticket.urgency)]


def _contact(post: Post | None) -> str:
    return post.contact if post is not None else ""


def who_acts(turn: Turn, ticket: Ticket, assigned: Assigned) -> Sequence[str]:
    directory, route = turn.world.directory, assigned.start.route
    people = [assigned.post]
    if ticket.urgency == Urgency.EMERGENCY:
        main = assigned.start.post.staff if assigned.start.post else None
        people += [
            assigned.start.post,
            directory.deputy(main) if main else None,
            directory.leader(ticket.grid, but=main),
        ]
    people += [routing.holder(directory, ticket.grid, step) for step in (route.at_once if route else ())]
    found = dict.fromkeys(post.contact for post in people if post is not None and post.contact)
    return list(found) or next_up(turn, ticket.grid)


def next_up(turn: Turn, node: str) -> list[str]:
    """Nobody bound at the grid: whoever leads above it and can be reached, never nowhere."""
    for above in turn.world.directory.up(node):
        reachable = [post.contact for post in turn.world.directory.at(above.code) if post.contact]
        if reachable:
            return reachable[:1]
    return []


def by(turn: Turn, ticket: Ticket) -> str:
    """Until when the resident may expect a first answer, as people say it."""
    due: datetime | None = ticket.first_reply_due_at
    assert due is not None
    return turn.when(due)
