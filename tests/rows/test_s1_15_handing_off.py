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
    scene.private("09:41", "zhao", "1")
    scene.says("09:50", "chen", "5号楼楼道灯坏了 摸黑走路")
    scene.private("09:55", "li", "待办")
    played = await scene.play(until="2026-03-03 09:00")
    assert (played.ticket()["assignee"], played.ticket()["state"]) == ("s2", "accepted")
    done = next(text for text in played.to("zhao") if "交班完成" in text)
    assert "#1" in done and "群：第一网格" in done and "群管理员" in done
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


async def test_what_was_agreed_is_given_back_within_minutes(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.says("09:10", "chen", "5号楼楼道灯坏了 摸黑走路")
    scene.private("09:30", "qian", "交班 李网 赵副")
    scene.private("09:31", "li", "确认")
    scene.private("09:35", "zhao", "确认")
    scene.private("09:37", "zhao", "撤销")
    scene.private("09:40", "zhao", "确认")
    scene.private("09:45", "li", "办结 1 门机换了")
    scene.private("09:46", "li", "1")  # the open one is asked of him again
    scene.private("09:47", "zhao", "1")
    scene.says("09:50", "he", "3号楼门口垃圾堆成山了")
    played = await scene.play(until="2026-03-02 09:55")
    assert [played.ticket(no)["assignee"] for no in (1, 2, 3)] == ["s1", "s1", "s1"]
    assert (played.ticket(1)["state"], played.ticket(2)["state"]) == ("resolved", "accepted")
    assert any("#2 已接单" in text for text in played.to("li"))
    assert not any("#2 已接单" in text for text in played.to("zhao"))
    visits = {row["worker"] for row in played.rows("visits") if row["household"] in ("h1", "h2", "h3", "h4")}
    assert visits == {"s1"}
    (undone,) = [text for text in played.to("zhao") if "交班已撤销" in text]
    assert "第一网格仍由李网负责，在办 2 件" in undone
    assert any("仍由李网负责" in text for text in played.to("li"))
    assert any("仍由李网负责" in text for text in played.to("qian"))
    (told,) = [text for text in played.in_group("r1") if "更正" in text]
    assert told == "更正：网格员仍是李网，请以此为准。"


async def test_who_stood_in_stands_in_again(scene: Scene) -> None:
    scene.private("09:30", "li", "交班 李网 吴网")
    scene.private("09:35", "wu", "确认")
    scene.private("09:36", "wu", "撤销")
    scene.says("10:00", "wang", LIFT)
    scene.private("10:05", "wu", "待办")
    played = await scene.play(until="2026-03-02 12:30")
    assert "没有待办" in played.to("wu")[-1]
    assert any("请您接手" in text for text in played.to("zhao"))  # the deputy of old


async def test_after_its_minutes_it_stays_and_a_used_one_is_not_torn_apart(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:30", "li", "交班 李网 赵副")
    scene.private("09:35", "zhao", "确认")
    scene.private("09:36", "qian", "办结 1 门机换了")
    scene.private("09:37", "zhao", "撤销")
    scene.private("09:45", "zhao", "撤销")
    played = await scene.play()
    assert played.ticket()["state"] == "resolved" and played.ticket()["assignee"] == "s2"
    assert not any("交班已撤销" in text for text in played.to("zhao"))


async def test_what_was_taken_stays_taken_and_nobody_is_chased_for_it_again(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元楼道灯坏了一个多星期了")
    scene.private("09:05", "li", "1")
    scene.private("09:30", "qian", "交班 李网 赵副")
    scene.private("09:31", "li", "确认")
    scene.private("09:35", "zhao", "确认")
    played = await scene.play(until="2026-03-02 16:00")
    assert (played.ticket()["assignee"], played.ticket()["state"]) == ("s2", "accepted")
    assert not any("还没有接单" in text for who in ("zhao", "qian") for text in played.to(who))
    assert not any("催办" in text for text in played.to("wang"))
