"""S0-11 逐级上报: what the grid cannot solve goes up, by itself when overdue; the grid goes on answering."""

from __future__ import annotations

from tests.scene import Scene

LAMP = "3号楼门口路灯坏了，晚上漆黑一片"


async def test_one_level_up_and_the_old_level_goes_on_answering(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:30", "li", "上报 1 要换整根灯杆")
    scene.private("10:00", "sun", "接单 1")
    scene.private("10:05", "sun", "承诺 1 明早")
    scene.private("2026-03-03 10:00", "sun", "办结 1 换了灯杆")
    played = await scene.play(until="2026-03-03 11:00")
    ticket = played.ticket()
    assert (ticket["node"], ticket["assignee"], ticket["grid"]) == ("sq", "s4", "g1")
    assert any("进展仍由您答复居民" in text for text in played.to("li"))
    assert any("上级办理进展：明天08:30前往处理" in text for text in played.to("li"))
    assert any("上级办理进展：已办结：换了灯杆" in text for text in played.to("li"))
    assert any("已上报青石社区协调" in text for text in played.to("wang"))
    assert any("已办结：换了灯杆" in text for text in played.to("wang"))
    below = [part for part in ticket["parties"] if part["role"] == "below"]
    assert [part["who"] for part in below] == ["s1"]


async def test_what_is_overdue_goes_up_by_itself_level_by_level(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    played = await scene.play(until="2026-03-10 09:00")
    moves = [(line["at"][:16], line["what"], line["by"]) for line in played.ticket()["history"]]
    assert ("2026-03-05T17:30", "overdue", "bot") in moves
    ups = [at for at, what, by in moves if (what, by) == ("escalate", "bot")]
    assert ups == ["2026-03-06T17:30", "2026-03-09T17:30"]
    assert any("自动转到您这里" in text for text in played.to("sun"))
    assert any("自动转到您这里" in text for text in played.to("zhou"))
    assert any("已自动上报给孙书记。进展仍由您答复居民" in text for text in played.to("li"))
    assert played.ticket()["node"] == "jd"


async def test_warnings_come_before_and_after_in_order(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    played = await scene.play(until="2026-03-05 18:00")
    told = [(row["to"], row["at"][11:16]) for row in played.about(1) if "到期" in row["text"]]
    assert told == [("li", "15:30"), ("li", "17:30"), ("zhao", "17:30"), ("qian", "17:30")]


async def test_the_topmost_cannot_pass_it_on_and_a_stranger_cannot_at_all(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:10", "he", "上报 1 快点")
    scene.private("09:30", "zhou", "接单 1")
    for time in ("09:31", "09:32", "09:33"):
        scene.private(time, "zhou", "上报 1 再往上")
    played = await scene.play(until="2026-03-02 10:00")
    assert any("最高一级" in text for text in played.to("zhou"))
    assert not any(line["by"] == "he" for line in played.ticket()["history"])


async def test_who_stands_in_at_the_grid_passes_it_to_the_level_above_his_own(scene: Scene) -> None:
    scene.private("09:00", "wu", "请假 今天")  # the community's head stands in
    scene.private("09:05", "luo", "报事 8号楼路灯不亮")
    scene.private("09:10", "sun", "接单 1")
    scene.private("09:12", "sun", "上报 1 要换灯杆")
    played = await scene.play(until="2026-03-06 18:00")
    assert any("已上报青石街道协调" in text for text in played.to("luo"))
    assert not any("青石社区协调" in text for text in played.to("luo"))
    assert (played.ticket()["node"], played.ticket()["assignee"]) == ("jd", "s5")
    assert not any("自动" in text for text in played.to("sun"))  # it never comes down again by itself


async def test_who_heads_the_centre_of_a_town_leads_it_and_sits_at_its_desk(scene: Scene) -> None:
    scene.people(
        staff="""
            id,name,role,node,phone,contact
            s1,李网,网格员,g1,13800000001,li
            s4,孙书记,社区书记,sq,13800000004,sun
            s5,周主任,镇指挥中心主任,jd,13800000005,zhou
        """,
        departments="id,name,categories,node,contact\nwuye,青石物业,public_facility,sq,wuye",
    )
    scene.private("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:05", "li", "吹哨 1 物业")
    scene.private("09:06", "sun", "上报 1 要街道协调")
    scene.private("09:10", "zhou", "报告 1")
    scene.private("09:20", "zhou", "日报")
    played = await scene.play(until="2026-03-02 09:30")
    assert played.ticket()["assignee"] == "s5" and played.ticket()["departments"] == ["wuye"]
    assert "【吹哨 #1】" in played.to("zhou")[0] and "【日报】青石街道" in played.to("zhou")[-1]
