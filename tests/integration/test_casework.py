"""The work on a ticket, played through the complete program."""

from __future__ import annotations

from datetime import timedelta

from gridbot.models.cases.tickets import Ticket
from tests.conftest import Community


async def test_a_report_goes_its_whole_way_from_group_to_verdict(community: Community) -> None:
    said = await community.says("chen", "3号楼2单元电梯又停了 老人下不去楼", room="r1")
    in_group = [out.say.text for out in said if out.say.to.room == "r1"]
    assert len(in_group) == 1 and "#1" in in_group[0] and len(in_group[0]) <= 40
    card = community.to("li")[0]
    assert "电梯" in card and "3号楼2单元" in card

    await community.says("li", "1")
    assert "#1" in community.to("chen")[-1]
    await community.says("li", "办结 1 维保换了继电器", after=timedelta(hours=1))
    assert "维保换了继电器" in community.to("chen")[-1]
    assert len(community.in_group("r1")) == 2

    await community.says("chen", "满意", after=timedelta(minutes=5))
    ticket = await Ticket.get(no=1)
    assert (ticket.state, ticket.satisfaction, ticket.assignee) == ("closed", "满意", "s1")
