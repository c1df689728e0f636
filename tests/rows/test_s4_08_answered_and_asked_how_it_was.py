"""S4-08 民情回应制度: a deadline by class, the verdict asked, a bad one reviewed, silence closes."""

from __future__ import annotations

import pytest

from tests.scene import Scene


@pytest.fixture
def done(scene: Scene) -> Scene:
    scene.says("09:00", "chen", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "li", "接单 1")
    scene.private("10:00", "li", "办结 1 换了继电器")
    return scene


async def test_easy_matters_at_once_hard_ones_by_their_class(scene: Scene) -> None:
    scene.private("09:00", "chen", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:10", "wang", "有人在3号楼楼顶私搭乱建")
    scene.private("09:20", "he", "5号楼前面垃圾堆了三天没人收")
    played = await scene.play(until="2026-03-02 09:30")
    due = [ticket["due_at"][:10] for ticket in played.report["tickets"]]
    # the Saturday of 14 March is worked in the small town (调休)
    assert due == ["2026-03-03", "2026-03-20", "2026-03-03"]


async def test_a_bad_verdict_goes_to_the_leader_and_reopens_nothing_by_itself(done: Scene) -> None:
    done.private("11:00", "chen", "不满意 才一会儿又停了")
    done.private("11:30", "qian", "退回 1 请维保再去")
    played = await done.play(until="2026-03-02 12:00")
    whats = [(line["at"][11:16], line["what"]) for line in played.ticket()["history"]]
    assert ("11:00", "verdict") in whats and ("11:30", "reopen") in whats
    assert any("又停了" in text and "复核" in text for text in played.to("qian"))
    assert any("已安排重新办理" in text for text in played.to("chen"))
    assert played.ticket()["state"] == "accepted" and played.ticket()["satisfaction"] == "不满意"


async def test_without_a_leaders_word_a_bad_verdict_stays_closed(done: Scene) -> None:
    done.private("11:00", "chen", "不满意 才一会儿又停了")
    played = await done.play(until="2026-03-06 12:00")
    assert (played.ticket()["state"], played.ticket()["satisfaction"]) == ("closed", "不满意")


async def test_silence_for_72_hours_counts_as_not_rated(done: Scene) -> None:
    played = await done.play(until="2026-03-05 10:01")
    ticket = played.ticket()
    assert (ticket["state"], ticket["satisfaction"]) == ("closed", "未评价")
    assert ticket["closed_at"] == "2026-03-05T10:00:00+08:00"
    assert any("满意吗" in text for text in played.to("chen")) and not any(
        "满意" in t for t in played.in_group("r1")
    )


async def test_only_the_reporter_judges(done: Scene) -> None:
    done.private("11:00", "wang", "评价 1 不满意")
    played = await done.play(until="2026-03-02 12:00")
    assert played.ticket()["satisfaction"] is None and any(
        "不是您反映的" in text for text in played.to("wang")
    )
