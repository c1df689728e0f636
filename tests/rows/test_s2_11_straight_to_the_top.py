"""S2-11 重大紧急情况随时上报: 急 … goes past everybody to the top at once, and is written down."""

from __future__ import annotations

from tests.scene import Scene


async def test_worker_deputy_leader_and_the_top_hear_it_in_the_same_second(scene: Scene) -> None:
    scene.private("23:30", "li", "急 大河桥塌了，有车掉下去")
    played = await scene.play(until="2026-03-02 23:34")
    told = {row["to"] for row in played.about(1) if row["at"][11:16] == "23:30"}
    assert told == {"li", "zhao", "qian", "zhou"}
    assert any("【紧急 #1】" in text and "桥塌了" in text for text in played.to("zhou"))
    assert any("已直报：街道主任周主任" in text and "拨打" in text for text in played.to("li"))
    ticket = played.ticket()
    assert ticket["urgency"] == "emergency"
    assert [line["note"] for line in ticket["history"] if line["what"] == "call"] == ["街道主任周主任"]
    assert "急报直达最高一级" in ticket["history"][0]["note"]
    assert played.in_group("r1") == [] and played.report["audit"]["chain_ok"]


async def test_a_resident_has_no_such_line_but_an_emergency_of_his_is_one(scene: Scene) -> None:
    scene.private("10:00", "wang", "急 你们快点行不行")
    scene.private("10:05", "he", "3号楼着火了！！快来人")
    played = await scene.play(until="2026-03-02 10:08")
    assert played.to("zhou") == []
    assert {row["to"] for row in played.said if "【紧急" in row["text"]} == {"li", "zhao", "qian"}


async def test_without_words_the_worker_is_asked_what_it_is(scene: Scene) -> None:
    scene.private("10:00", "li", "#急")
    played = await scene.play(until="2026-03-02 10:01")
    assert played.report["tickets"] == [] and any("什么急事" in text for text in played.to("li"))


async def test_who_sent_it_up_is_not_answered_as_a_resident(scene: Scene) -> None:
    scene.private("09:00", "li", "急 3号楼楼顶有人要跳楼")
    played = await scene.play(until="2026-03-02 12:30")
    assert any("自动转到您这里" in text for text in played.to("zhou"))
    assert not any("您反映的" in text or "已替您催办" in text for text in played.to("li"))


async def test_whoever_calls_from_the_spot_has_it_and_is_not_asked_to_answer_himself(scene: Scene) -> None:
    scene.private("10:00", "li", "急 3号楼1单元燃气泄漏，正在疏散住户")
    played = await scene.play(until="2026-03-02 11:00")
    ticket = played.ticket()
    assert (ticket["state"], ticket["assignee"]) == ("accepted", "s1")
    assert not any("请尽快回复居民" in text or "【紧急" in text for text in played.to("li"))
    assert any("【紧急 #1】" in text for text in played.to("zhou")) and any(
        "【紧急 #1】" in text for text in played.to("qian")
    )
