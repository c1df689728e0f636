"""Who does something and when; the audit chain; taking back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from tortoise.models import Model

from gridbot.models import ahead, plain, recent
from gridbot.models.audit import Audit, Change
from gridbot.models.batch import keeping
from gridbot.models.cases import parties, serving, tickets
from gridbot.models.duty import care, duties, marks, owed
from gridbot.models.neighbours import trust
from gridbot.models.territory import org
from gridbot.values import value

# What 撤销 can restore, by the name written into Change.model.
RESTORABLE: dict[str, type[Model]] = {
    "ticket": tickets.Ticket,
    "candidate": tickets.Candidate,
    "visit": duties.Visit,
    "due": duties.Due,
    "announcement": duties.Announcement,
    "receipt": duties.AckRow,
    "group": org.Group,
    "opt_out": org.OptOut,
    "supporter": tickets.Supporter,
    "party": parties.Party,
    "absence": parties.Absence,
    "pause": care.PauseRow,
    "fact": care.Fact,
    "person_class": care.PersonClass,
    "key_person": care.KeyPerson,
    "talk": care.Talk,
    "presence": care.Presence,
    "campaign": care.Campaign,
    "campaign_item": care.CampaignItem,
    "crisis": care.Crisis,
    "need": care.Need,
    "patrol": care.Patrol,
    "element": care.Element,
    "element_link": care.ElementLink,
    "household": org.Household,
    "post": org.Post,
    "facility": serving.Facility,
    "resource": serving.Resource,
    "offer": serving.Offer,
    "help_list": serving.HelpList,
    "help_item": serving.HelpItem,
    "opinion": serving.Opinion,
    "reply_form": serving.ReplyForm,
    "outage": serving.Outage,
    "subscription": serving.Subscription,
    "filing": serving.Filing,
    "known_answer": serving.KnownAnswer,
    "inquiry": trust.Inquiry,
    "inquiry_reply": trust.InquiryReply,
    "dispute": trust.Dispute,
    "dispute_line": trust.DisputeLine,
    "mediator": trust.Mediator,
    "appointment": trust.Appointment,
    "appointment_stage": trust.AppointmentStage,
    "handing": trust.Handing,
    "point_entry": trust.PointEntry,
    "good": trust.Good,
    "activity": trust.Activity,
    "sign_up": trust.SignUp,
    "score_entry": trust.ScoreEntry,
    "star": trust.Star,
    "discussion": trust.Discussion,
    "voice": trust.Voice,
    "emblem": trust.Emblem,
    "organisation": trust.Organisation,
    "feast": trust.Feast,
    "patrol_turn": trust.PatrolTurn,
    "duty": owed.Duty,
    "mark": marks.Mark,
    "diary": owed.Diary,
}
WHOLE = "*"  # in Change.before: the row was removed, and this is all of it
_NAMES = {model: name for name, model in RESTORABLE.items()}


@value(frozen=True, slots=True)
class Act:
    """`by`: a staff id, a contact or "bot". `turn`: the inbox row, None for what the clock does.

    `role`: in which of his roles a member of staff acts, "" for everybody else.
    """

    by: str
    at: datetime
    turn: int | None = None
    role: str = ""


async def change(act: Act, row: Model, **values: object) -> None:
    """Set fields of a row and remember what they were."""
    before = {name: _plain(getattr(row, name)) for name in values}
    row.update_from_dict(values)
    await _save(row, values)
    await _note(act, row, before)


async def _save(row: Model, names: Collection[str]) -> None:
    """Write these fields; what a batch knows stays right."""
    if isinstance(row, tickets.Ticket):
        await plain.save_later(row, *names)
        recent.changed(row, names)
        return
    with keeping(row._meta.db_table):
        await plain.save([row], *names)
    if isinstance(row, tickets.Candidate):
        recent.waits(row)


async def created(act: Act, row: Model, undone: dict[str, object] | None = None) -> None:
    """Remember that this act made the row: taking it back removes it, or sets the fields of `undone`."""
    await _note(act, row, undone)


async def removed(act: Act, row: Model) -> None:
    """Delete a row; taking it back puts it there again, whole."""
    whole = {name: _plain(getattr(row, name)) for name in row._meta.db_fields}
    await row.delete()
    await _note(act, row, {WHOLE: whole})


async def _note(act: Act, row: Model, before: dict[str, object] | None) -> None:
    if act.turn is None:
        return
    line = plain.new(
        Change, act=act.turn, by=act.by, at=act.at, model=_NAMES[type(row)], key=str(row.pk), before=before
    )
    await plain.add([line])


async def last_act(by: str, since: datetime, ticket: int | None = None) -> list[Change]:
    """The newest not yet undone act of a person since a moment (on this ticket), newest change first."""
    found = Change.filter(by=by, at__gte=since, undone=False)
    if ticket is not None:
        found = found.filter(model="ticket", key=str(ticket))
    newest = await found.order_by("-id").first()
    if newest is None:
        return []
    return await Change.filter(act=newest.act, by=by, undone=False).order_by("-id")


async def undo(changes: list[Change]) -> None:
    """Put every row back to what it was before; what the act made is removed."""
    for item in changes:
        model = RESTORABLE[item.model]
        row = await model.get_or_none(pk=item.key)
        if model is duties.Due:
            ahead.forget()
        if row is not None and item.before is None:
            await row.delete()
        elif row is None and item.before is not None and WHOLE in item.before:
            await _put_back(model, item.before[WHOLE])
        elif row is not None and item.before is not None:
            row.update_from_dict({name: _revive(row, name, value) for name, value in item.before.items()})
            await row.save(update_fields=list(item.before))
        item.undone = True
        await item.save(update_fields=["undone"])


async def _put_back(model: type[Model], whole: object) -> None:
    assert isinstance(whole, dict)
    fields = model._meta.fields_map
    await model.create(**{name: fields[name].to_python_value(value) for name, value in whole.items()})


async def forget_changes(before: datetime) -> int:
    """Drop what can no longer be taken back."""
    return await Change.filter(at__lt=before).delete()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _revive(row: Model, name: str, value: object) -> object:
    return row._meta.fields_map[name].to_python_value(value)


async def record(by: str, at: datetime, what: str, subject: str = "", detail: str = "") -> None:
    """Write one line of the audit; never a message's text, a name or a telephone."""
    last = await Audit.all().order_by("-id").first()
    chain = _link(last.chain if last else "", by, at, what, subject, detail)
    await Audit.create(at=at, by=by, what=what, subject=subject, detail=detail, chain=chain)


async def chain_ok() -> bool:
    """Whether no line of the audit was changed or taken out."""
    chain = ""
    async for row in Audit.all().order_by("id"):
        chain = _link(chain, row.by, row.at, row.what, row.subject, row.detail)
        if chain != row.chain:
            return False
    return True


def _link(before: str, by: str, at: datetime, what: str, subject: str, detail: str) -> str:
    line = "\x1f".join((before, by, str(int(at.timestamp() * 1000)), what, subject, detail))
    return hashlib.sha256(line.encode()).hexdigest()
