"""The report's sections on people's standing: points, scores, disputes, appointments, discussions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, tzinfo
from itertools import groupby

from gridbot.models.cases import disputes
from gridbot.models.neighbours import merits, scores
from gridbot.models.neighbours.trust import (
    Appointment,
    AppointmentStage,
    Discussion,
    Dispute,
    PointEntry,
    ScoreEntry,
    Voice,
)

Json = dict[str, object]
Section = Callable[[], AsyncIterator[Json]]


class Standing:
    """Reads the open database; moments in `zone`."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self.sections: dict[str, Section] = {
            "points": self.points,
            "scores": self.scores,
            "disputes": self.disputes,
            "appointments": self.appointments,
            "discussions": self.discussions,
        }

    async def points(self) -> AsyncIterator[Json]:
        """household, balance, entries: the oldest household first."""
        rows = await PointEntry.all().order_by("id")
        for household in dict.fromkeys(row.household for row in rows):
            entries = [
                {
                    "at": self._at(row.at), "amount": row.amount, "why": row.why, "kind": row.kind,
                    "state": row.state, "by": row.by, "confirmed_by": row.confirmed_by or None,
                }
                for row in rows if row.household == household
            ]  # fmt: skip
            yield {"household": household, "balance": await merits.balance(household), "entries": entries}

    async def scores(self) -> AsyncIterator[Json]:
        """worker (or department), quarter, total, stars, entries."""
        rows = await ScoreEntry.all().order_by("quarter", "department", "who", "id")
        for (quarter, department, who), part in groupby(rows, lambda r: (r.quarter, r.department, r.who)):
            entries = [
                {
                    "rule": row.rule, "points": row.points, "source": row.source, "at": self._at(row.at),
                    "state": row.state, "appeal": row.appeal or None, "ruling": row.ruling or None,
                }
                for row in part
            ]  # fmt: skip
            star = await scores.star(who, quarter)
            yield {
                "worker": None if department else who,
                "department": who if department else None,
                "quarter": quarter,
                "total": star.total if star else None,
                "draft": star.draft if star else None,
                "stars": star.stars if star else None,
                "entries": entries,
            }

    async def disputes(self) -> AsyncIterator[Json]:
        """ticket, risk, state, mediator, attempts and the moment of the agreement; no words, no names."""
        for row in await Dispute.all().order_by("id"):
            yield {
                "ticket": row.ticket, "node": row.node, "kind": row.kind, "risk": row.risk,
                "state": row.state,
                "households": list(row.households), "mediator": row.mediator or None,
                "attempts": (await disputes.attempts([row]))[row.id], "agreed_at": self._at(row.agreed_at),
                "closed_at": self._at(row.closed_at),
            }  # fmt: skip

    async def appointments(self) -> AsyncIterator[Json]:
        """role, node, state, conflicts and the stages with who and when."""
        for row in await Appointment.all().order_by("id"):
            stages = await AppointmentStage.filter(appointment=row.id).order_by("id")
            yield {
                "id": row.id, "role": row.role, "node": row.node, "state": row.state,
                "staff": row.staff or None,
                "conflicts": list(row.conflicts), "reason": row.reason or None,
                "stages": [
                    {"stage": s.stage, "by": s.by, "at": self._at(s.at), "verdict": s.verdict} for s in stages
                ],
            }  # fmt: skip

    async def discussions(self) -> AsyncIterator[Json]:
        """title, state, how many households said what, the result and the tasks that came of it."""
        for row in await Discussion.all().order_by("id"):
            voices = await Voice.filter(discussion=row.id).order_by("id")
            yield {
                "id": row.id, "node": row.node, "title": row.title, "state": row.state,
                "voices": len({voice.household or voice.contact for voice in voices}),
                "pledges": sum(voice.stance == "pledge" for voice in voices),
                "result": row.result or None, "tickets": list(row.tickets),
            }  # fmt: skip

    def _at(self, moment: datetime | None) -> str | None:
        return moment.astimezone(self._zone).isoformat() if moment is not None else None
