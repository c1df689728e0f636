"""What belongs to a ticket that is open already: a burst of one person's messages, a neighbour's "+1"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.handlers.reports import opening, sending, spot
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, planning, rating, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models.acts import change
from gridbot.models.cases import around, casework, ledger, passed_on, questions, reported, unjudged
from gridbot.models.cases.dangers import danger
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Kind, Reading, Urgency, noticed
from gridbot.nlp.asks import Ask, asks, is_word, only

UNDER_WAY = timedelta(days=1)
SAME_MATTER = timedelta(hours=2)
SMALL_TALK = 0.95  # so sure that it is talk: 明天天气咋样 is no part of a matter under way
AS_GOOD_AS_SURE = 0.9  # papers that are so surely another service are no papers of the one under way
FEW = 5  # characters: fewer tell nothing
SAME_DANGER = timedelta(minutes=30)
JUST_NOW = timedelta(minutes=10)  # 附议, 顶: to what the group has just read
ALARMED = timedelta(hours=1)  # so long whatever the reporter of an emergency writes is about it


async def burst_ticket(turn: Turn) -> Ticket | None:
    """The ticket this person opened here within the last five minutes."""
    since = turn.now - turn.world.conduct.burst
    return await reported.last_of(turn.heard.sender, turn.heard.where.room, since)


async def burst_candidate(turn: Turn) -> Candidate | None:
    """What this person said here within the last five minutes and a worker has not judged yet."""
    since = turn.now - turn.world.conduct.burst
    return await unjudged.last_of(turn.heard.sender, turn.heard.where.room, since)


def another_matter(turn: Turn, ticket: Ticket) -> bool:
    """Whether a clear report is about something else than the ticket before it."""
    reading = turn.reading
    if reading.urgency is Urgency.EMERGENCY and ticket.urgency != Urgency.EMERGENCY:
        return not _only_hurries(reading)
    if reading.category is None or reading.confidence < turn.world.conduct.act_at:
        return False
    if reading.category != ticket.category:
        return True
    return bool(reading.sub and ticket.sub and reading.sub != ticket.sub)


def _only_hurries(reading: Reading) -> bool:
    """快来人看看, behind a report that has been heard: no rule tells of a danger."""
    return "hurry" in reading.flags and not any(one.rule.startswith("emergency.") for one in reading.because)


async def add_to(turn: Turn, ticket: Ticket) -> list[Say]:
    """Keep this message with the ticket; its place is filled in if it was missing; its holder is told."""
    said = heard(turn)
    await casework.add_message(
        ticket,
        room=said.where.room,
        contact=said.contact,
        message=said.message,
        text=said.text,
        media=list(said.media),
        at=said.at,
    )
    if not ticket.place and turn.reading.place:
        await located(turn, ticket)
        if sent := await sending.there(turn, ticket):
            return sent
    placed = await spot.noted(turn, ticket) or spot.said(turn) is not None
    news = turn.reading.kind is not Kind.NONE or placed or turn.reading.contact
    danger = ticket.urgency == Urgency.EMERGENCY and turn.heard.sender == ticket.reporter
    if not said.text.strip() or not (news or turn.private or danger):
        return []
    return told_holder(turn, ticket, "card.added", text=cards.quoted(said.text))


def told_holder(turn: Turn, ticket: Ticket, key: str, **params: object) -> list[Say]:
    """A word to whoever has the ticket, unless he is the one speaking."""
    holder = turn.world.directory.staff(ticket.assignee)
    if holder is None or not holder.contact or holder.contact == turn.heard.sender:
        return []
    say = turn.written(turn.private_with(holder.contact), key, {"no": ticket.no, **params})
    return [cards.held(turn, say, ticket.urgency)]


async def words_on_result(turn: Turn) -> list[Say]:
    """Words about a result, without a verdict: kept with the ticket, its holder is told; else nothing."""
    question, reading = turn.question, turn.reading
    spoken = turn.private and turn.heard.text.strip() and reading.command is None
    if question is None or question.kind != "verdict" or not spoken or _only_thanks(turn):
        return []
    if asks(turn.heard.text, Ask.PROGRESS):
        return []  # 证下来没有 asks how it stands
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None or ticket.state != casework.State.RESOLVED:
        return []
    if reading.kind is not Kind.NONE and reading.category != ticket.category:
        return []
    if (verdict := rating.meant(turn.heard.text)) is not None:
        return await rating.rated(turn, ticket, verdict, turn.heard.text.strip())
    return [turn.reply("verdict.how"), *await add_to(turn, ticket)]


def _only_thanks(turn: Turn) -> bool:
    """谢谢 is no verdict, 谢谢 又快又好 is one."""
    return "thanks" in turn.reading.flags and rating.meant(turn.heard.text) is None


async def located(turn: Turn, ticket: Ticket) -> None:
    """Write down where it is; the question for the place is settled."""
    place = turn.reading.place
    if place is None:
        return
    await casework.move(
        ticket,
        "locate",
        turn.act,
        place=opening.said_place(place),
        building=place.building,
        unit=place.unit,
        landmark=place.landmark,
    )
    await questions.drop(ticket.no, "place")


async def add_to_candidate(turn: Turn, candidate: Candidate) -> list[Say]:
    """More words or a picture to something a worker has not judged yet: one matter, no second card."""
    said = heard(turn)
    await casework.add_candidate_message(
        candidate, media=list(said.media), text=said.text, message=said.message, at=said.at
    )
    return []


async def neighbours(turn: Turn) -> Ticket | None:
    """The ticket about the same thing in the same building within two hours, of somebody else."""
    reading = turn.reading
    apart = reading.kind not in (Kind.ISSUE, Kind.COMMAND) and reading.urgency is not Urgency.EMERGENCY
    if reading.matters > 1 or apart or reading.category is None:
        return None
    if turn.person.is_staff and turn.private:
        return None
    place, said = reading.place, heard(turn)
    grid = await opening.find_grid(turn, said, place)
    home = opening.home_in(turn, said, grid)
    building = (place.building if place else None) or (home.building if home else None)
    if reading.urgency is Urgency.EMERGENCY:
        return await _same_danger(turn, grid, building)
    since = turn.now - SAME_MATTER
    ticket = await around.same_matter(grid, reading.category, reading.sub, building, since)
    if ticket is None or ticket.sensitive or ticket.reporter == turn.heard.sender:
        return None
    return ticket


async def _same_danger(turn: Turn, grid: str, building: str | None) -> Ticket | None:
    """The emergency of a moment ago that a neighbour tells of as well; a fire is no gas leak."""
    now = danger([because.rule for because in turn.reading.because])
    for ticket in await around.alarms(grid, building, turn.now - SAME_DANGER):
        same = now == danger(ticket.because) if now else ticket.category == turn.reading.category
        if same and not ticket.sensitive and ticket.reporter != turn.heard.sender:
            return ticket
    return None


async def of_an_alarm(turn: Turn) -> list[Say] | None:
    """敲了没人开 灯亮着, of a neighbour while an alarm is on here: whoever goes there reads it; else None.

    Words that plainly name a matter are of it only where that is the same at no other place.
    """
    room = turn.heard.where.room
    if room is None or turn.heard.late or turn.person.is_staff:
        return None
    grid = await opening.find_grid(turn, heard(turn), turn.reading.place)
    found = await around.alarms(grid, None, turn.now - SAME_DANGER)
    here = next((each for each in found if each.room == room and not each.sensitive), None)
    if here is None or (turn.plainly_a_matter and not _of_the_same(turn, here)):
        return None
    await add_to(turn, here)
    return _told_who_goes(turn, here, "card.added", text=cards.quoted(heard(turn).text))


def _of_the_same(turn: Turn, ticket: Ticket) -> bool:
    said = turn.reading.place
    elsewhere = said is not None and said.building and ticket.building and said.building != ticket.building
    return turn.reading.category == ticket.category and not elsewhere


async def me_too(turn: Turn) -> Ticket | None:
    """The matter of the group that 我家也是 means: its newest, unless the words clearly tell of another."""
    reading, room = turn.reading, turn.heard.where.room
    if room is None:
        return None
    within = JUST_NOW if is_word(turn.heard.text, Ask.PLUS) else SAME_MATTER
    newest = await around.newest_in_room(room, turn.now - within)
    if newest is None or newest.sensitive:
        return None
    dangerous = any(because.rule.startswith("emergency.") for because in reading.because)
    if dangerous and newest.urgency != Urgency.EMERGENCY:
        return None
    clear = reading.kind is not Kind.NONE and reading.confidence >= turn.world.conduct.act_at
    return newest if not clear or reading.category == newest.category else None


async def me_too_unjudged(turn: Turn) -> Candidate | None:
    """What 我家也是 means where the newest matter of the group is one that no worker has judged yet."""
    room, since = turn.heard.where.room, turn.now - SAME_MATTER
    if room is None:
        return None
    waiting, newest = await unjudged.newest(room, since), await around.newest_in_room(room, since)
    if waiting is None or (newest is not None and newest.opened_at > waiting.at):
        return None
    clear = turn.reading.category is not None and turn.reading.confidence >= turn.world.conduct.act_at
    return waiting if not clear or turn.reading.category == waiting.category else None


async def join_unjudged(turn: Turn, candidate: Candidate) -> list[Say]:
    """The speaker's household joins once it is a ticket; nobody hears of it before."""
    home = turn.person.home
    await casework.join_candidate(candidate, turn.heard.sender, home.id if home else None)
    return []


async def carried_over(turn: Turn, candidate: Candidate, ticket: Ticket) -> list[Say]:
    """Who had joined before it became a ticket is counted, and hears of it in private."""
    says: list[Say] = []
    if ticket.sensitive:
        return says
    for count, (contact, household) in enumerate(casework.joined_to(candidate), 2):
        await casework.support(ticket, turn.act, contact, household, candidate.room)
        private = Address(candidate.transport, candidate.account, None, contact)
        says.append(turn.tell_at(private, "intake.joined", no=ticket.no, count=count))
    return says


async def join(turn: Turn, ticket: Ticket) -> list[Say]:
    """Add the speaker's household to a ticket; he hears of it in private and is told at the close."""
    known = await ledger.supporters(ticket.no)
    if any(s.contact == turn.heard.sender for s in known) or ticket.reporter == turn.heard.sender:
        return await add_to(turn, ticket)
    home = turn.person.home
    await casework.support(
        ticket, turn.act, turn.heard.sender, home.id if home else None, turn.heard.where.room
    )
    await add_to(turn, ticket)
    await planning.gathered(turn, ticket)
    urgent = ticket.urgency == Urgency.EMERGENCY and not turn.reading.plus_one
    words = {"text": cards.quoted(heard(turn).text)} if urgent else {}
    key = "card.joined_words" if urgent else "card.joined"
    tell = _told_who_goes if urgent else told_holder
    told = tell(turn, ticket, key, count=len(known) + 2, **words)
    return [turn.whisper("intake.joined", no=ticket.no, count=len(known) + 2), *told]


CURT = 12  # characters: a short "好了好了" can only mean what the group talks of; more words say of what


async def resolved_by_itself(turn: Turn, reading: Reading) -> Sequence[Say]:
    """Somebody writes that it works again: the worker is offered to close, once; nothing closes by itself.

    "来水了" speaks of the water and of nothing else; "好了好了" of the speaker's own matter, else of
    what the group talks of.
    """
    room = turn.heard.where.room
    since = turn.now - timedelta(days=7)
    if room is None:
        ticket = await reported.last_of(turn.heard.sender, None, since) or await _neighbours_at_home(turn)
    else:
        category, sub = _works_again(reading)
        ticket = await _own_or_named(turn, room, since) if category is None else None
        if ticket is None and (category is not None or len(reading.text) <= CURT):
            lately = since if category is not None else turn.now - UNDER_WAY
            ticket = await around.newest_in_room(room, lately, category, sub)
    if ticket is None:
        return []
    if ticket.urgency == Urgency.EMERGENCY:  # 已经报警了, 人救出来了: news for whoever goes there, no end
        return _told_who_goes(turn, ticket, "card.added", text=cards.quoted(heard(turn).text))
    what = cards.danger_called(turn, ticket)
    told = told_holder(turn, ticket, "intake.done_offer", what=what, text=cards.quoted(heard(turn).text))
    heard_of = [turn.reply("intake.done_noted")] if turn.private else []
    return [*heard_of, *(replace(say, once=f"offer:{ticket.no}") for say in told)]


async def calmed(turn: Turn) -> list[Say] | None:
    """她闺女刚才接走了, of whoever raised the alarm: news for all who were called, and no second alarm."""
    if not turn.reading.resolved or turn.person.is_staff:
        return None
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, turn.now - SAME_MATTER)
    if ticket is None or ticket.urgency != Urgency.EMERGENCY:
        return None
    await add_to(turn, ticket)
    news = _told_who_goes(turn, ticket, "card.added", text=cards.quoted(heard(turn).text))
    role = told.holder(turn, ticket)
    return [turn.whisper("bye.to_be_seen", no=ticket.no, role=role), *news] if turn.private else news


async def of_his_alarm(turn: Turn) -> list[Say] | None:
    """五岁, 在邻居家 吓死我了, of whoever raised an alarm within the hour: all who were called read it."""
    said = turn.heard.text.strip()
    if turn.person.is_staff or not said or turn.reading.command is not None:
        return None
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, turn.now - ALARMED)
    if ticket is None or ticket.urgency != Urgency.EMERGENCY or only(said, Ask.NOD):
        return None
    await add_to(turn, ticket)
    return _told_who_goes(turn, ticket, "card.added", text=cards.quoted(heard(turn).text))


def _told_who_goes(turn: Turn, ticket: Ticket, key: str, **params: object) -> list[Say]:
    """A word to all who were called to an emergency: whoever has it, the worker, who leads the grid."""
    directory = turn.world.directory
    worker = directory.worker(ticket.grid)
    posts = (
        directory.staff(ticket.assignee),
        worker,
        directory.deputy(worker.staff) if worker is not None else None,
        directory.leader(ticket.grid),
    )
    contacts = dict.fromkeys(post.contact for post in posts if post is not None and post.contact)
    return [
        cards.held(
            turn, turn.written(turn.private_with(each), key, {"no": ticket.no, **params}), ticket.urgency
        )
        for each in contacts
        if each != turn.heard.sender
    ]


async def _neighbours_at_home(turn: Turn) -> Ticket | None:
    """What a neighbour reported where the speaker lives, of the sort that he says is over: 纸箱我清走了."""
    home, reading = turn.person.home, turn.reading
    if home is None or reading.category is None:
        return None
    since = turn.now - UNDER_WAY
    return await around.same_matter(home.node, reading.category, reading.sub, home.building, since)


async def _own_or_named(turn: Turn, room: str, since: datetime) -> Ticket | None:
    """What a word of the list of matters names, else the speaker's own."""
    category, sub = turn.profile.category_word(turn.reading.text) or (None, None)
    named = await around.newest_in_room(room, since, category, sub) if category is not None else None
    return named or await reported.last_of(turn.heard.sender, room, since)


def _works_again(reading: Reading) -> tuple[str | None, str | None]:
    """The category and sub-category of what works again, as far as the words tell."""
    if reading.category is not None:
        return reading.category, reading.sub
    if reading.about is not None:
        category, _, sub = reading.about.partition(".")
        return category, sub or None
    return None, None


async def asked_about(turn: Turn, *, emergency: bool) -> list[Say] | None:
    """A vague word in private from somebody whose matter is under way (要带什么材料): it belongs to that."""
    reading = turn.reading
    said = reading.command is not None or reading.place is not None
    if not turn.private or emergency or said or reading.confidence >= turn.world.conduct.act_at:
        return None
    ticket = await reported.last_of_person(turn.heard.sender, turn.now - UNDER_WAY)
    if ticket is None or speaks_of_another(turn, ticket):
        return None
    return await _belongs(turn, ticket)


async def clearer(turn: Turn, ticket: Ticket) -> list[Say]:
    """快来人, and then 我婆婆躺地上叫不醒: what the danger is, and whom to call first, is known only now."""
    rules = [because.rule for because in turn.reading.because]
    said = turn.reading.urgency is Urgency.EMERGENCY and ticket.urgency == Urgency.EMERGENCY
    if not said or danger(ticket.because) or not danger(rules):
        return []
    before = cards.call_first(turn, ticket)
    await change(turn.act, ticket, because=rules)
    if (call := cards.call_first(turn, ticket)) == before:
        return []
    role = told.holder(turn, ticket)
    return [turn.say("intake.emergency", urgent=True, no=ticket.no, call=call, role=role)]


async def told_of_it(turn: Turn) -> list[Say] | None:
    """师傅来过了 说要换阀门, in private of whoever has a matter under way: it is about that; else None."""
    reading, text = turn.reading, turn.heard.text.strip()
    plain = turn.private and not turn.person.is_staff and reading.command is None
    plain = plain and not reading.flags - {"thanks"}
    if not plain or len(text) < FEW or (reading.kind is Kind.NONE and reading.confidence > SMALL_TALK):
        return None
    ticket = await _just_told(turn) or await reported.last_of_person(turn.heard.sender, turn.now - UNDER_WAY)
    return await _belongs(turn, ticket) if ticket is not None else None


async def _just_told(turn: Turn) -> Ticket | None:
    """The live one of which he has just read what a worker wrote: his words answer that."""
    number = await passed_on.last_told(turn.heard.where.lane, turn.now - SAME_DANGER)
    ticket = await ledger.ticket(number) if number is not None else None
    return ticket if ticket is not None and ticket.state in casework.LIVE else None


async def brought(turn: Turn) -> list[Say] | None:
    """身份证复印件放门卫了, in private while a service is under way: the worker reads it."""
    text = turn.heard.text
    reading = turn.reading
    vague = reading.command is None and (reading.kind is Kind.NONE or reading.confidence < AS_GOOD_AS_SURE)
    told_of = turn.private and vague and asks(text, Ask.PAPERS)
    if not told_of or turn.person.is_staff or noticed.question(text) is not None:
        return None
    ticket = await reported.last_of_person(turn.heard.sender, turn.now - UNDER_WAY)
    return await _belongs(turn, ticket) if ticket is not None and ticket.kind == Kind.SERVICE else None


async def _belongs(turn: Turn, ticket: Ticket) -> list[Say]:
    role = told.holder(turn, ticket)
    return [turn.whisper("intake.added", no=ticket.no, role=role), *await add_to(turn, ticket)]


def speaks_of_another(turn: Turn, ticket: Ticket) -> bool:
    """Whether vague words name another matter than this one."""
    if turn.plainly_a_matter:
        return turn.reading.category != ticket.category
    named = turn.profile.category_word(turn.heard.text)
    return named is not None and named[0] != ticket.category
