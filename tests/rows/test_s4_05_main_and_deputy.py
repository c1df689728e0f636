"""S4-05 岗位兼容: main and deputy post take turns; on leave or without an answer it goes over by itself."""

from __future__ import annotations

from tests.scene import Scene

LAMP = "3号楼门口路灯坏了，晚上漆黑一片"


async def test_on_leave_new_and_open_matters_are_the_deputys(scene: Scene) -> None:
    scene.private("17:20", "wang", LAMP)
    scene.private("17:25", "li", "请假 明天")
    scene.says("2026-03-03 09:00", "chen", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("2026-03-04 09:00", "he", "5号楼前面垃圾堆了三天没人收")
    played = await scene.play(until="2026-03-04 09:30")
    assert any("明天由赵副值守" in text for text in played.to("li"))
    assert any("请假，由您值守" in text for text in played.to("zhao"))
    assert any("明天请假，由赵副值守" in text for text in played.to("qian"))
    moved = next(text for text in played.to("zhao") if "现在不在岗" in text)
    assert "#1" in moved
    assert [ticket["assignee"] for ticket in played.report["tickets"]] == ["s2", "s2", "s1"]
    assert "请假，由赵副值守" in played.ticket(2)["history"][0]["note"]
    assert not any("请假" in text for text in played.in_group("r1") + played.to("wang") + played.to("chen"))


async def test_whoever_he_names_stands_in_and_it_can_be_taken_back(scene: Scene) -> None:
    scene.private("15:00", "li", "请假 明天 吴网")
    scene.private("15:02", "li", "撤销")
    scene.private("15:10", "li", "请假 今天下午 吴网")
    scene.private("15:20", "wang", LAMP)
    played = await scene.play(until="2026-03-03 09:00")
    assert played.ticket()["assignee"] == "s6"
    assert any("由吴网值守" in text for text in played.to("li"))


async def test_without_an_answer_the_deputy_takes_over_and_may_act(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("11:35", "zhao", "1")
    played = await scene.play(until="2026-03-02 12:00")
    ticket = played.ticket()
    assert ticket["assignee"] == "s2" and ticket["state"] == "accepted"
    assert any("请您接手" in text for text in played.to("zhao"))


async def test_a_shift_is_handed_off_with_one_word(scene: Scene) -> None:
    scene.private("16:30", "li", "交班 赵副")
    scene.private("16:40", "wang", LAMP)
    scene.private("2026-03-03 09:00", "chen", "5号楼前面垃圾堆了三天没人收")
    played = await scene.play(until="2026-03-03 09:30")
    assert [ticket["assignee"] for ticket in played.report["tickets"]] == ["s2", "s1"]
    assert any("已交班" in text for text in played.to("zhao"))


async def test_a_resident_cannot_send_anybody_on_leave(scene: Scene) -> None:
    scene.private("15:00", "wang", "请假 明天")
    played = await scene.play(until="2026-03-02 16:00")
    assert played.to("zhao") == [] and played.to("qian") == []
