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


async def test_a_verdict_before_the_end_is_told_how_it_stands(scene: Scene) -> None:
    scene.says("09:00", "chen", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:01", "he", "满意")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "chen", "满意")
    scene.private("09:20", "li", "挂起 1 等配件 到周四")
    scene.private("09:30", "chen", "评价 1 不满意")
    played = await scene.play(until="2026-03-02 09:40")
    assert "#1 还在办理，明天09:00前办理。办好后再请您评价。" in played.to("chen")
    assert "#1 还在办理，暂缓到周四08:30。等不及请回复：催办 1" in played.to("chen")
    assert played.ticket()["satisfaction"] is None and played.to("he") == ["现在没有等您评价的事项。"]


async def test_a_bad_verdict_is_on_the_leaders_list_until_he_says_what_came_of_it(done: Scene) -> None:
    done.private("11:00", "chen", "不满意 才一会儿又停了")
    done.private("11:10", "qian", "待办")
    done.private("2026-03-03 10:00", "li", "复核 1 我看过了")
    done.private("2026-03-03 10:01", "qian", "复核 1")
    done.private("2026-03-03 10:02", "qian", "复核 1 维保加装了稳压器，已当面说明")
    done.private("2026-03-03 10:10", "qian", "待办")
    played = await done.play(until="2026-03-05 12:00")
    asked = [
        row["at"][5:16] for row in played.said if row.get("to") == "qian" and "还没有复核" in row["text"]
    ]
    assert asked == ["03-03T09:30"]
    lists = [text for text in played.to("qian") if "待办" in text]
    assert "居民评价不满意、待您复核：#1" in lists[0] and "复核" not in lists[1]
    assert any("已复核：维保加装了稳压器" in text for text in played.to("chen"))
    assert [line["by"] for line in played.ticket()["history"] if line["what"] == "review"] == ["s3"]
