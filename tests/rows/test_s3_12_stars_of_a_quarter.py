"""S3-12 每季度星级评定: a draft to leaders, a person decides; three low quarters are reviewed."""

from __future__ import annotations

from tests.scene import Scene


async def test_after_the_quarter_leaders_get_a_draft_and_decide(scene: Scene) -> None:
    scene.day = "2026-03-30"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "li", "1")
    scene.private("09:40", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("2026-04-01 10:00", "qian", "评星 李网 5 上季度")
    scene.private("2026-04-01 10:01", "qian", "评星 李网 4 上季度 值守大雪三天")
    scene.private("2026-04-01 10:02", "li", "评星 李网 5 上季度")
    played = await scene.play()
    draft = next(text for text in played.to("qian") if "星级草稿" in text)
    assert "2026年第1季度" in draft and "李网" in draft and "吴网" not in draft
    assert any("请加一句原因" in text for text in played.to("qian"))
    certificate = played.to("qian")[-1]
    assert "星级网格员证书" in certificate and "李网同志" in certificate and "四星" in certificate
    assert any("评定为四星" in text for text in played.to("li"))
    assert "需要网格工作人员" in played.to("li")[-1]
    (score,) = [row for row in played.rows("scores", worker="s1") if row["quarter"] == "2026Q1"]
    assert (score["draft"], score["stars"]) == (3, 4)
    assert not any("星" in text for room in ("r1", "r2", "w1") for text in played.in_group(room))


async def test_three_low_quarters_call_for_a_review_by_a_person(scene: Scene) -> None:
    scene.day = "2026-03-31"
    scene.private("09:00", "qian", "评星 李网 2 2025Q3 家中有事")
    scene.private("09:01", "qian", "评星 李网 2 2025Q4 走访不足")
    scene.private("09:02", "qian", "考核 2025Q4")
    scene.private("09:10", "qian", "评星 李网 1 走访不足")
    played = await scene.play(until="2026-04-01 10:30")
    drafts = [text for text in played.to("qian") if "星级草稿" in text]
    assert "连续3季偏低" in drafts[-1] and "李网" in drafts[-1].rpartition("复核")[2]
    assert not any("连续3季偏低" in text for text in drafts[:-1])


async def test_a_visit_that_was_missed_counts_on_the_day_it_was_due(scene: Scene) -> None:
    scene.says("2026-03-23 09:00", "wang", "大家早")
    scene.private("2026-03-31 17:00", "qian", "考核")
    played = await scene.play(until="2026-03-31 17:30")
    missed = {
        entry["source"].partition(":")[2]: entry["at"][:10]
        for row in played.report["scores"]
        for entry in row["entries"]
        if entry["rule"] == "visit_missed"
    }
    assert missed and all(day > "2026-03-22" for day in missed.values())


async def test_the_answer_to_the_draft_is_about_the_quarter_that_has_ended(scene: Scene) -> None:
    scene.says("2026-03-30 09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("2026-03-30 09:05", "li", "接单 1")
    scene.private("2026-03-30 10:00", "li", "办结 1 换了灯泡")
    scene.private("2026-04-01 10:00", "qian", "评星 李网 五星 值守大雪三天")
    scene.private("2026-04-01 10:05", "li", "我的星级")
    scene.private("2026-04-01 10:06", "qian", "考核 本季度")
    played = await scene.play(until="2026-04-01 11:00")
    (row,) = played.rows("scores", worker="s1", quarter="2026Q1")
    assert row["stars"] == 5
    assert any("2026Q1" in text for text in played.to("li"))
    assert "第2季度" in played.to("qian")[-1]
