"""S0-26 量化赋分: rules as data with caps, a ledger with the row behind every point, appeals."""

from __future__ import annotations

from tests.scene import Scene

LIFT = "3号楼2单元电梯又停了 老人下不去楼"


def done_in_time(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("09:40", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("09:50", "wang", "满意")
    scene.private("10:00", "li", "走访 3-1-101 正常")


async def test_every_point_names_the_row_it_comes_from(scene: Scene) -> None:
    done_in_time(scene)
    scene.private("10:10", "qian", "得分 李网")
    scene.private("10:11", "li", "得分")
    played = await scene.play()
    rows = played.to("qian")[-1]
    assert "首次回复及时 +1 #1" in rows and "按期办结 +1 #1" in rows and "居民满意 +1 #1" in rows
    assert "按期走访 +0.5 走访" in rows
    assert "按期办结 +1 #1" in played.to("li")[-1]
    (score,) = played.rows("scores", worker="s1")
    assert score["quarter"] == "2026Q1" and score["total"] == 63.5
    assert {e["source"].partition(":")[0] for e in score["entries"]} == {"ticket", "visit"}
    assert not any("得分" in text or "分，" in text for text in played.in_group("r1") + played.in_group("w1"))


async def test_an_appeal_that_is_upheld_strikes_the_row(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("11:30", "li", "1")
    scene.private("11:40", "li", "得分")
    scene.private("11:41", "li", "申诉 1 上午停电没有信号")
    scene.private("11:42", "wu", "申诉 1 帮他说一句")
    scene.private("11:50", "qian", "裁定 1 成立 情况属实")
    scene.private("11:51", "qian", "考核")
    played = await scene.play()
    assert any("首次回复超时 -2" in text for text in played.to("li"))
    assert any("得分申诉" in text and "停电" in text for text in played.to("qian"))
    assert any("申诉 1 成立" in text for text in played.to("li"))
    assert "没有找到您的得分记录" in played.to("wu")[-1]
    (score,) = played.rows("scores", worker="s1")
    assert score["entries"][0]["state"] == "struck" and score["total"] == 60


async def test_points_of_one_rule_stop_at_its_cap(scene: Scene) -> None:
    scene.people(
        households="id,node,address,building,unit,room,head,classes,phone,since\n"
        + "\n".join(f"h{n},g1,{n}号楼1单元101,{n},1,101,户{n},普通,," for n in range(1, 40)),
        residents="contact,household,name,head,birth,classes,phone",
    )
    scene.private("08:00", "li", "待办")
    for n in range(1, 40):
        scene.private(f"09:{n:02}", "li", f"走访 {n}-1-101 正常")
    scene.private("11:00", "qian", "考核")
    played = await scene.play()
    (score,) = played.rows("scores", worker="s1")
    assert score["total"] == 75 and len(score["entries"]) == 30


async def test_only_leaders_see_a_colleagues_score(scene: Scene) -> None:
    done_in_time(scene)
    scene.private("10:10", "wu", "得分 李网")
    scene.private("10:11", "wang", "#得分 李网")
    scene.private("10:12", "wu", "考核")
    played = await scene.play()
    assert all("需要网格工作人员" in text for text in played.to("wu")[-2:])
    assert not any("按期办结" in text for text in played.to("wang"))


async def test_the_trainings_of_a_year_are_read_with_who_came(scene: Scene) -> None:
    scene.private("08:00", "sun", "培训计划")
    scene.private("09:00", "sun", "培训 3月3日上午9点 消防知识 社区会议室")
    scene.private("09:10", "sun", "培训 3月20日上午9点 反诈宣传 社区会议室")
    scene.private("2026-03-03 09:00", "li", "到")
    scene.private("2026-03-03 10:00", "sun", "年度培训计划")
    scene.private("2026-03-03 10:01", "li", "培训计划")
    played = await scene.play(until="2026-03-03 10:05")
    assert "还没有安排培训" in played.to("sun")[0]
    year = played.to("sun")[-1]
    assert (
        "【2026年培训】2 次" in year
        and "消防知识 社区会议室：应到 4 人，已到 1 人" in year
        and "3月3日" in year
    )
    assert "反诈宣传 社区会议室：已通知 4 人" in year
    assert "2026年培训" not in played.to("li")[-1]
