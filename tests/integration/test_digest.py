"""The leader's evening message, played through the whole program."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from gridbot.models.duties import DigestRow
from gridbot.schedules import timetable
from tests.conftest import Community

ZONE = ZoneInfo("Asia/Shanghai")


async def planted(community: Community) -> Community:
    await timetable.plant(community.stage.app.world, community.stage.now)
    return community


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


async def test_a_leader_gets_one_digest_at_six(community: Community) -> None:
    await planted(community)
    await community.says("wang", "3号楼2单元楼道灯坏了", room="r1")
    await community.until(at(2, 18, 1))
    digests = [text for text in community.to("qian") if text.startswith("【日报】")]
    assert len(digests) == 1
    assert "第一网格 3月2日 周一" in digests[0]
    assert "新增 1（昨日 0）" in digests[0]
    assert len([text for text in community.to("sun") if text.startswith("【日报】")]) == 1
    row = await DigestRow.filter(to="s3").get()
    assert (row.node, row.period, row.text) == ("g1", "day", digests[0])
