"""S2-10 每月排查报表: drafted from the record, signed by the head, at the street by the 25th, frozen."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_report_writes_itself_and_the_head_signs_with_one_word(scene: Scene) -> None:
    scene.day = "2026-03-18"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("2026-03-23 10:00", "sun", "签字")
    scene.private("2026-03-23 10:05", "sun", "签字")
    played = await scene.play(until="2026-03-26 09:00")
    gap = [text for text in played.to("wu") if text.startswith("【每月排查】")]
    assert len(gap) == 1 and "没有就发：零报告" in gap[0]
    assert not any(text.startswith("【每月排查】") for text in played.to("li"))
    to_sign = next(text for text in played.to("sun") if text.startswith("【请签字】"))
    assert "青石社区3月每月排查" in to_sign and "公共设施 1 件" in to_sign
    assert "2 个网格：有事 1、零报告 0、未报 1" in to_sign and "未报：第二网格" in to_sign
    signed, again = [text for text in played.to("sun") if "校验码" in text or "没有等您" in text]
    assert "已签字上报，校验码" in signed and "没有等您签字的报表" in again
    mark = signed.split("校验码 ")[1][:16]
    assert any(text.startswith("【孙书记签报】") and mark in text for text in played.to("zhou"))
    sheet = next(row for row in played.rows("duties", node="sq"))
    assert sheet["signed_by"] == "s4" and (sheet["window_start"], sheet["window_end"]) == (
        "2026-03-01",
        "2026-03-31",
    )


async def test_it_never_rolls_past_the_25th_and_the_top_reads_who_is_late(scene: Scene) -> None:
    scene.day = "2026-04-17"  # 25 and 26 April are a weekend
    scene.private("09:00", "li", "待办")
    played = await scene.play(until="2026-04-25 19:00")
    reminders = [row for row in played.said if row.get("to") == "sun" and "提醒" in row["text"]]
    assert [row["at"][:10] for row in reminders] == ["2026-04-24"]
    late = [row for row in played.said if row.get("to") == "zhou" and "没有签报" in row["text"]]
    assert [row["at"][:10] for row in late] == ["2026-04-25"] and "青石社区" in late[0]["text"]


async def test_the_screening_runs_to_the_months_end_and_the_next_report_tells_the_rest(scene: Scene) -> None:
    scene.day = "2026-03-18"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("2026-03-23 10:00", "sun", "签字")
    scene.says("2026-03-27 09:00", "luo", "@小格 2号楼路灯不亮了", "r2", mentions=["bot"])
    scene.private("2026-03-28 10:00", "wu", "零报告 每月排查")
    scene.private("2026-03-30 10:00", "li", "排查 3-502 出租屋两人已登记")
    played = await scene.play(until="2026-04-20 10:00")
    assert "每月排查：第二网格已记零报告。" in played.to("wu")
    rows = played.rows("duties", name="每月排查", window_start="2026-03-01")
    assert {row["node"]: row["state"] for row in rows if row["node"] != "sq"} == {
        "g1": "something",
        "g2": "zero",
    }
    scene.private("2026-04-23 10:00", "sun", "签字")
    played = await scene.play(until="2026-04-23 11:00")
    march, april = [text for text in played.to("zhou") if text.startswith("【孙书记签报】")]
    assert "上月签报后" not in march and "电梯 1 件" not in april
    assert "上月签报后至月底另新增 1 件" in april


async def test_what_the_screenings_of_the_month_found_stands_in_its_report(scene: Scene) -> None:
    scene.day = "2026-03-18"
    scene.private("10:00", "li", "排查 3-502 出租屋两人已登记")
    played = await scene.play(until="2026-03-23 10:00")
    to_sign = next(text for text in played.to("sun") if text.startswith("【请签字】"))
    assert "第一网格：3-502 出租屋两人已登记" in to_sign and "有事 1" in to_sign


async def test_only_the_head_of_the_node_signs(scene: Scene) -> None:
    scene.day = "2026-03-22"
    scene.private("09:00", "li", "待办")
    scene.private("2026-03-23 10:00", "li", "签字")
    scene.private("2026-03-23 10:01", "qian", "签字")
    played = await scene.play(until="2026-03-23 11:00")
    assert all(row["signed_by"] is None for row in played.report["duties"])


async def test_where_the_weekend_brings_both_to_one_day_he_is_reminded_in_the_afternoon(scene: Scene) -> None:
    scene.day = "2026-01-22"  # 24 and 25 January are a weekend
    scene.private("09:00", "li", "待办")
    played = await scene.play(until="2026-01-25 19:00")
    asked = [row for row in played.said if row.get("to") == "sun" and "【请签字" in row["text"]]
    assert [row["at"][:16] for row in asked] == ["2026-01-23T09:00", "2026-01-23T15:00"]
    assert "【请签字】" in asked[0]["text"] and "【请签字·提醒】" in asked[1]["text"]
