"""Campaigns: a list that is worked off once, from the register or from a checklist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import Campaign, CampaignItem
from gridbot.models.territory.org import Household

NOT_BACK = "未返乡"
NOT_BACK_WORDS = ("未", "没")
HOMES, CHECKLIST = "homes", "checklist"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a campaign is."""

    done: int
    total: int
    answers: dict[str, int]
    open_grids: tuple[str, ...]


async def start(
    act: Act, node: str, name: str, kind: str, subjects: Sequence[tuple[str, str]], due_on: date | None
) -> Campaign:
    """Begin a campaign over (subject, grid)."""
    campaign = await Campaign.create(name=name, node=node, kind=kind, due_on=due_on, by=act.by, at=act.at)
    await created(act, campaign)
    await CampaignItem.bulk_create(
        [CampaignItem(campaign=campaign.id, subject=subject, grid=grid) for subject, grid in subjects],
        batch_size=500,
    )
    return campaign


async def homes(nodes: Collection[str]) -> list[tuple[str, str]]:
    """The households of some nodes, with their grids."""
    rows = await Household.filter(node__in=list(nodes)).order_by("id").values_list("id", "node")
    return [(str(id), str(node)) for id, node in rows]


async def running(nodes: Collection[str], name: str) -> Campaign | None:
    """The open campaign of that name at one of these nodes, the newest."""
    return (
        await Campaign.filter(node__in=list(nodes), name=name, closed_at__isnull=True).order_by("-id").first()
    )


async def open_at(nodes: Collection[str]) -> list[Campaign]:
    return await Campaign.filter(node__in=list(nodes), closed_at__isnull=True).order_by("id")


async def item(campaign: Campaign, subject: str) -> CampaignItem | None:
    return await CampaignItem.get_or_none(campaign=campaign.id, subject=subject)


async def items(campaign: Campaign, grids: Collection[str] | None = None) -> list[CampaignItem]:
    """The list in its order, of some grids only where they are named."""
    rows = CampaignItem.filter(campaign=campaign.id)
    if grids is not None:
        rows = rows.filter(grid__in=list(grids))
    return await rows.order_by("id")


async def answered(act: Act, item: CampaignItem, answer: str) -> None:
    await change(act, item, answer=answer, by=act.by, at=act.at)


async def standing(campaign: Campaign) -> Standing:
    """Numbers over the whole list."""
    rows = await items(campaign)
    answers: dict[str, int] = {}
    for row in rows:
        if row.at is not None:
            answers[row.answer] = answers.get(row.answer, 0) + 1
    return Standing(
        done=sum(row.at is not None for row in rows),
        total=len(rows),
        answers=dict(sorted(answers.items(), key=lambda pair: -pair[1])),
        open_grids=tuple(dict.fromkeys(row.grid for row in rows if row.at is None)),
    )


async def close(act: Act, campaign: Campaign) -> None:
    await change(act, campaign, closed_at=act.at)


async def campaign(id: int) -> Campaign | None:
    return await Campaign.get_or_none(id=id)
