"""S1-15 动态调整: 交班 hands tickets, visits, groups over in one act when both agree; residents are told."""

from __future__ import annotations

from tests.scene import Scene

LIFT = "3号楼2单元电梯又停了 老人下不去楼"


async def test_both_agree_and_everything_changes_hands_at_once(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("09:20", "li", "日志 今天走访三户 都平安")
    scene.private("09:30", "qian", "交班 李网 赵副")
    scene.private("09:31", "li", "确认")
    scene.private("09:35", "zhao", "确认")
    scene.private("09:40", "zhao", "待办")
    scene.says("09:50", "chen", "5号楼楼道灯坏了 摸黑走路")
    scene.private("09:55", "li", "待办")
    played = await scene.play(until="2026-03-03 09:00")
    assert played.ticket()["assignee"] == "s2"
    done = next(text for text in played.to("zhao") if "交班完成" in text)
    assert "#1" in done and "r1" in done and "群管理员" in done
    assert any("都平安" in text for text in played.to("zhao"))
    assert any("交班完成" in text for text in played.to("qian")) and any("#1" in t for t in played.to("zhao"))
    (told,) = [text for text in played.in_group("r1") if "改为" in text]
    assert "李网改为赵副" in told and len(told) <= 40
    assert played.ticket(2)["assignee"] == "s2"
    assert {
        row["worker"] for row in played.rows("visits") if row["household"] in ("h1", "h2", "h3", "h4")
    } == {"s2"}


async def test_nothing_changes_while_one_of_them_has_not_agreed(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("09:30", "li", "交班 李网 赵副")
    played = await scene.play()
    assert played.ticket()["assignee"] == "s1"
    assert any("确认" in text for text in played.to("zhao"))
    assert not any("改为" in text for text in played.in_group("r1"))


async def test_a_worker_cannot_hand_over_somebody_elses_grid(scene: Scene) -> None:
    scene.private("09:30", "wu", "交班 李网 吴网")
    scene.private("09:31", "wang", "#交班 李网 赵副")
    played = await scene.play()
    assert "需要网格工作人员" in played.to("wu")[-1] and "需要网格工作人员" in played.to("wang")[-1]
