"""A replay in a few lines for the person who ran it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.replay import report
from gridbot.replay.log import Survey


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one replay."""

    lines: int
    messages: int
    said: int
    tickets: int
    closed: int
    candidates: int
    none: int
    parked: int
    dead: int

    def values(self) -> dict[str, int]:
        return asdict(self)

    def sentences(self) -> Iterator[str]:
        """Chinese, one fact a line."""
        yield f"记录 {self.lines} 行，其中消息 {self.messages} 条，闲聊不理 {self.none} 条。"
        yield f"登记 {self.tickets} 件（已结 {self.closed} 件），另有待确认 {self.candidates} 件。"
        yield f"小助手说了 {self.said} 句。"
        if self.parked or self.dead:
            yield f"处理失败 {self.parked} 条，发不出去 {self.dead} 条：请看日志。"


async def summed_up(found: Survey, said: int) -> Summary:
    """Count on the open database."""
    came, went = await report.inbox(), await report.outbox()
    return Summary(
        lines=found.lines,
        messages=found.messages,
        said=said,
        tickets=await Ticket.all().count(),
        closed=await Ticket.filter(closed_at__isnull=False).count(),
        candidates=await Candidate.filter(ticket__isnull=True).count(),
        none=came.none,
        parked=came.parked,
        dead=went.dead,
    )
