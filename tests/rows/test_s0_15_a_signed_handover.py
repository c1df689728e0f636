"""S0-15 问题交接单: numbered, what was done, why it is open; signed or given back, with both times."""

from __future__ import annotations

import pytest

from tests.scene import Scene


@pytest.fixture
def working(scene: Scene) -> Scene:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:20", "li", "到场 1")
    return scene


async def test_the_paper_holds_everything_and_both_times(working: Scene) -> None:
    working.private("09:40", "li", "交接 1 钱长 缺登高车")
    working.private("10:05", "qian", "接收 1")
    played = await working.play(until="2026-03-02 11:00")
    paper = next(text for text in played.to("qian") if "问题交接单 #1-1" in text)
    for part in ("问题：路灯", "位置：3号楼", "漆黑一片", "接单", "到场", "未决原因：缺登高车",
                 "建议部门：青石物业",
                 "移交人：李网", "接收人：钱长", "移交时间：2026-03-02 09:40"):  # fmt: skip
        assert part in paper
    signed = [text for text in played.to("li") + played.to("qian") if "接收时间：2026-03-02 10:05" in text]
    assert len(signed) == 2 and all("移交时间：2026-03-02 09:40" in text for text in signed)
    ticket = played.ticket()
    assert ticket["assignee"] == "s3" and ticket["state"] == "accepted"
    assert [(line["what"], line["by"]) for line in ticket["history"]][-2:] == [
        ("handover", "s1"),
        ("take_over", "s3"),
    ]


async def test_who_does_not_take_it_gives_a_reason_and_it_is_the_givers_again(working: Scene) -> None:
    working.private("09:40", "li", "交接 1")
    working.private("10:00", "qian", "退回 1")
    working.private("10:05", "qian", "退回 1 物业能修，先联系物业")
    played = await working.play(until="2026-03-02 11:00")
    assert any("请写明原因" in text for text in played.to("qian"))
    ticket = played.ticket()
    assert ticket["assignee"] == "s1" and ticket["returns"] == 1
    line = next(each for each in ticket["history"] if each["what"] == "return")
    assert "先联系物业" in line["note"] and "移交 09:40" in line["note"] and "退回 10:05" in line["note"]
    assert any("先联系物业" in text for text in played.to("li"))


async def test_the_second_paper_of_a_matter_has_the_next_number(working: Scene) -> None:
    working.private("09:40", "li", "交接 1")
    working.private("10:05", "qian", "退回 1 先联系物业")
    working.private("10:30", "li", "交接 1 物业说要换灯杆")
    played = await working.play(until="2026-03-02 11:00")
    second = next(text for text in played.to("qian") if "问题交接单 #1-2" in text)
    assert "未决原因：物业说要换灯杆" in second and "退回" in second


async def test_only_what_was_handed_over_can_be_received_and_only_by_staff(working: Scene) -> None:
    working.private("09:30", "qian", "接收 1")
    working.private("09:40", "li", "交接 1")
    working.private("09:50", "wang", "接收 1")
    played = await working.play(until="2026-03-02 11:00")
    assert any("没有等您接收" in text for text in played.to("qian"))
    assert played.ticket()["state"] == "open" and played.ticket()["assignee"] == "s3"


async def test_the_paper_is_shown_again_with_whom_the_reason_names(working: Scene) -> None:
    working.private("09:40", "li", "交接 1 已疏通两次，管径不够，建议物业更换管道")
    working.private("10:00", "li", "交接单 1")
    working.private("10:05", "qian", "接收 1")
    working.private("10:10", "li", "交接单1")
    played = await working.play(until="2026-03-02 11:00")
    open_paper, signed = [text for text in played.to("li") if text.startswith("问题交接单 #1-1")]
    assert "移交人：李网　接收人：钱长" in open_paper and "接收时间" not in open_paper
    assert "接收时间：2026-03-02 10:05" in signed and played.ticket()["state"] == "accepted"
