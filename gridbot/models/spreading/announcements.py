"""Announcements: drafted, confirmed, sent; who has acknowledged and who is silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from gridbot.models import board, plain, recent
from gridbot.models.acts import Act, change, created, record
from gridbot.models.audit import Change
from gridbot.models.board import Plan
from gridbot.models.cases import casework
from gridbot.models.cases.tickets import Ticket
from gridbot.models.database import first, moment
from gridbot.models.duty.duties import AckRow, Announcement, Due
from gridbot.models.mail import Outbox
from gridbot.models.territory.directory import Directory, Group
from gridbot.models.territory.org import Household, OptOut, Resident

DRAFT, CHECKING, CONFIRMED, SENT, STOPPED = "draft", "checking", "confirmed", "sent", "stopped"
JOB = "announce"
ANSWERED_FOR = timedelta(days=14)  # how long 收到 may still mean an announcement
TALKED_OF = timedelta(days=1)  # how long a question in its group may mean one without an end
HOLDS_FOR = timedelta(days=30)  # how long one without an end is told to those who ask


def subject(no: int) -> str:
    """How the board names an announcement."""
    return f"announcement:{no}"


def once(no: int, room: str) -> str:
    """What makes an announcement unique in a group."""
    return f"{JOB}:{no}:{room}"


async def get(no: int) -> Announcement | None:
    return await Announcement.get_or_none(no=no)


async def draft(act: Act, announcement: Announcement) -> Announcement:
    """Store a draft under the next number; the author's earlier draft is dropped."""
    await Announcement.filter(by=announcement.by, state=DRAFT).update(state=STOPPED)
    announcement.no = await casework.next_number()
    announcement.state, announcement.made_at = DRAFT, act.at
    await announcement.save(force_create=True)
    return announcement


async def redrafted(act: Act, announcement: Announcement, **values: object) -> None:
    """The draft says something else, or goes to others; it waits for its 确认 as before."""
    announcement.made_at = act.at
    await change(act, announcement, **values)
    await announcement.save(update_fields=["made_at"])


async def drafted(staff: str, since: datetime) -> Announcement | None:
    """The draft of a person that waits for his 确认."""
    return await Announcement.filter(by=staff, state=DRAFT, made_at__gte=since).order_by("-no").first()


async def last_by(staff: Collection[str]) -> Announcement | None:
    """The newest announcement these people sent with receipts."""
    return await Announcement.filter(by__in=list(staff), state=SENT, receipt=True).order_by("-no").first()


async def newest_by(staff: str) -> Announcement | None:
    """The newest announcement somebody sent, whether it asked for receipts or not."""
    return await Announcement.filter(by=staff, state=SENT).order_by("-no").first()


async def confirm(act: Act, announcement: Announcement, send_at: datetime) -> None:
    """It is to be sent; 撤销 makes it a draft again as long as it has not left."""
    await change(act, announcement, state=CONFIRMED, send_at=send_at)
    data: dict[str, object] = {"at_once": send_at <= act.at}
    await board.put(Plan(JOB, subject(announcement.no), send_at, str(act.turn), data))
    row = await Due.get(kind=JOB, what=subject(announcement.no), occurrence=str(act.turn))
    await created(act, row)


async def of_job(number: int) -> Announcement | None:
    """The announcement that a row of the board sends out; None for a row of anything else."""
    row = await Due.get_or_none(id=number, kind=JOB)
    return None if row is None else await get(int(row.what.rpartition(":")[2]))


async def ask_another(act: Act, announcement: Announcement) -> None:
    """Its author has confirmed; a second leader has to agree before it goes out."""
    await change(act, announcement, state=CHECKING)


async def agreed(act: Act, announcement: Announcement) -> None:
    """The second leader agrees."""
    await change(act, announcement, checked_by=act.by)


async def holding(now: datetime) -> list[Announcement]:
    """What was sent and holds at this moment, newest first."""
    found = Announcement.filter(state=SENT, sent_at__gte=now - HOLDS_FOR).order_by("-no").limit(50)
    return [one for one in await found if one.expires_at is None or one.expires_at > now]


async def hanging(now: datetime) -> list[Announcement]:
    """What people may still talk about in the groups, newest first: sent within a day, or not over yet.

    What was corrected is told no more.
    """
    if recent.is_empty("announcement"):
        return []
    found = await holding(now)
    corrected = {one.corrects for one in found}
    return [
        one for one in found
        if one.no not in corrected
        and (one.expires_at is not None or one.sent_at is None or one.sent_at >= now - TALKED_OF)
    ]  # fmt: skip


async def corrected_by(no: int) -> Announcement | None:
    """The newest correction of an announcement that has gone out."""
    return await Announcement.filter(corrects=no, state=SENT).order_by("-no").first()


async def asked(announcement: Announcement) -> None:
    """Count a question about it."""
    announcement.questions += 1
    await announcement.save(update_fields=["questions"])


async def unsent(announcement: Announcement) -> int:
    """How many groups still wait for it."""
    rows = await Due.filter(kind=JOB, what=subject(announcement.no), due_at__isnull=False)
    rooms = [row.data.get("rooms") for row in rows]
    return sum(len(each) for each in rooms if isinstance(each, list))


async def receipts(no: int) -> list[AckRow]:
    """All receipts, in the order in which they came."""
    return await AckRow.filter(announcement=no).order_by("id")


async def stop(act: Act, announcement: Announcement) -> None:
    """It is not to be sent after all."""
    await change(act, announcement, state=STOPPED)
    await board.cancel(subject(announcement.no))


async def stop_rest(act: Act, announcement: Announcement) -> None:
    """Groups that still wait for it do not get it; what was sent stays sent."""
    await board.cancel(subject(announcement.no))
    await record(act.by, act.at, "stop_rest", str(announcement.no))


async def postpone(announcement: Announcement, now: datetime) -> None:
    """Back to a draft that waits for 确认; what some groups have had already stays sent."""
    if announcement.state == CONFIRMED:
        announcement.state, announcement.made_at, announcement.send_at = DRAFT, now, None
        await announcement.save(update_fields=["state", "made_at", "send_at"])


async def leave(announcement: Announcement, rooms: Sequence[str], at: datetime) -> None:
    """It goes out to these groups; from the first on it can no longer be taken back."""
    if announcement.state != SENT:
        announcement.state, announcement.sent_at = SENT, at
    announcement.sent = [*announcement.sent, *(room for room in rooms if room not in announcement.sent)]
    await announcement.save(update_fields=["state", "sent_at", "sent"])
    await Change.filter(model="announcement", key=str(announcement.no)).delete()


async def written_today(lanes: Collection[str], since: datetime) -> Mapping[str, int]:
    """How many ordinary messages each conversation got since a moment."""
    rows = await (
        Outbox.filter(lane__in=list(lanes), made_at__gte=since, urgent=False)
        .exclude(state="dropped")
        .values_list("lane", flat=True)
    )
    found: dict[str, int] = {}
    for lane in rows:
        found[str(lane)] = found.get(str(lane), 0) + 1
    return found


# --- whom it is for ---------------------------------------------------------------------------------------


def groups_for(directory: Directory, nodes: Iterable[str]) -> list[Group]:
    """The residents' groups of some nodes and all below; where there is none, the nearest above."""
    found: dict[int, Group] = {}
    for code in nodes:
        groups: Sequence[Group] = directory.groups_of(code)
        for above in directory.up(code):
            if groups:
                break
            groups = [g for g in directory.groups if g.residents and g.node == above.code]
        found |= {group.id: group for group in groups}
    return list(found.values())


async def audience(announcement: Announcement, nodes: Collection[str]) -> list[Household]:
    """The households it is meant for; `nodes`: its nodes and everything below them."""
    found = Household.filter(node__in=list(nodes))
    if announcement.building:
        found = found.filter(building=announcement.building)
    return await found.order_by("node", "id")


async def count(nodes: Collection[str], building: str) -> int:
    """How many households an announcement would concern."""
    found = Household.filter(node__in=list(nodes))
    return await (found.filter(building=building) if building else found).count()


async def grids_with(building: str, nodes: Collection[str]) -> list[str]:
    """Those of the nodes that have households in a building of this number."""
    rows = Household.filter(node__in=list(nodes), building=building).distinct()
    return sorted(str(node) for node in await rows.values_list("node", flat=True))


# --- receipts ---------------------------------------------------------------------------------------------


async def current(nodes: Collection[str], since: datetime) -> list[Announcement]:
    """The announcements sent to one of these nodes since a moment, newest first, at most five."""
    rows = Announcement.filter(state=SENT, sent_at__gte=since).order_by("-no").limit(50)
    return [row for row in await rows if set(row.audience) & set(nodes)][:5]


async def waiting(now: datetime) -> list[Announcement]:
    """Those whose receipts are still counted, newest first."""
    if recent.is_empty("announcement"):
        return []
    newest = "WHERE state = ? AND receipt AND sent_at >= ? ORDER BY sent_at DESC, no DESC LIMIT 50"
    return await plain.rows(Announcement, newest, SENT, moment(now - ANSWERED_FOR))


async def awaits_receipts(now: datetime) -> bool:
    """Whether there is an announcement, sent or to be sent, that asked for receipts."""
    asked = "WHERE receipt AND state <> ? AND (sent_at IS NULL OR sent_at >= ?) LIMIT 1"
    return await first(f"SELECT 1 FROM announcement {asked}", STOPPED, moment(now - ANSWERED_FOR)) is not None


async def quoted(message: str) -> int | None:
    """The announcement that a message of the bot's own carried, by the platform's id of it."""
    row = await Outbox.filter(sent_id=message, once__startswith=f"{JOB}:").order_by("-id").first()
    return int(row.once.split(":")[1]) if row is not None and row.once else None


async def acknowledge(no: int, household: str, contact: str, at: datetime) -> None:
    """Count a household's receipt; a second one changes nothing."""
    row = AckRow(announcement=no, household=household, contact=contact, at=at)
    await AckRow.bulk_create([row], ignore_conflicts=True)


async def acknowledged(no: int) -> list[str]:
    """The households that have acknowledged, in order."""
    rows = await AckRow.filter(announcement=no).order_by("id").values_list("household", flat=True)
    return [str(household) for household in rows]


async def reachable(households: Collection[str]) -> dict[str, list[str]]:
    """The accounts of households, by household; those who left are not written to."""
    rows = Resident.filter(household__in=list(households)).exclude(contact="").order_by("id")
    left = {str(c) for c in await OptOut.all().values_list("contact", flat=True)}
    found: dict[str, list[str]] = {}
    for household, contact in await rows.values_list("household", "contact"):
        if contact not in left:
            found.setdefault(household, []).append(contact)
    return found


async def reported_since(room: str | None, contact: str, at: datetime) -> bool:
    """Whether something was reported in this conversation after a moment: a +1 may mean that."""
    newer = Ticket.filter(opened_at__gt=at, room=room)
    return await (newer if room is not None else newer.filter(reporter=contact)).exists()
