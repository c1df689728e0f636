"""S0-03 小区、背街、道路、公共场所全部纳入: names of places lead to a grid; those that do not are listed."""

from __future__ import annotations

from tests.scene import Scene

PLACES = """
    node,name,aliases,kind
    g1,东门小卖店,小卖店;东门口,商店
    g2,老戏台,戏台子,公共场所
    ,北大渠,北渠,道路
    sq,人民广场,广场,公共场所
"""


async def test_a_place_name_or_nickname_leads_to_its_grid(scene: Scene) -> None:
    scene.people(places=PLACES)
    scene.private("09:00", "stranger", "报事 戏台子旁边垃圾堆了好几天")
    scene.private("09:10", "stranger2", "报事 东门小卖店门口路灯坏了")
    played = await scene.play()
    assert [(t["grid"], t["assignee"]) for t in played.report["tickets"]] == [("g2", "s6"), ("g1", "s1")]
    assert "戏台子" in played.to("wu")[0]


async def test_places_in_no_grid_are_listed_for_whoever_leads_the_whole(scene: Scene) -> None:
    scene.people(places=PLACES)
    scene.private("09:00", "zhou", "缺口")
    scene.private("09:01", "sun", "缺口")
    scene.private("09:02", "wang", "缺口")
    played = await scene.play()
    assert (
        "“北大渠”还没有归到网格" in played.to("zhou")[0]
        and "“人民广场”还没有归到网格" in played.to("zhou")[0]
    )
    assert "北大渠" not in played.to("sun")[0] and "人民广场" in played.to("sun")[0]
    assert not any("缺口" in text and "北大渠" in text for text in played.to("wang"))


async def test_a_matter_at_such_a_place_goes_to_the_next_one_up_and_not_nowhere(scene: Scene) -> None:
    scene.people(places=PLACES)
    scene.private("09:00", "stranger", "报事 人民广场的健身器材坏了")
    played = await scene.play()
    assert (played.ticket()["grid"], played.ticket()["assignee"]) == ("sq", "s4")
    assert "人民广场" in played.to("sun")[0]


async def test_a_home_in_another_grid_is_no_place_of_the_matter(scene: Scene) -> None:
    scene.people(
        rooms="room,node,audience,listen\nr1,g1,residents,keywords\nr2,g2,residents,keywords",
        households="""
            id,node,address,building,unit,room
            h1,g1,3号楼1单元101,3,1,101
            h2,g1,3号楼2单元502,3,2,502
            h5,g2,3号楼1单元201,3,1,201
        """,
        residents="contact,household,name\nwang,h1,王大妈\nchen,h2,陈师傅\nluo,h5,罗姐",
    )
    scene.says("09:00", "luo", "门口垃圾堆成山了，没人清", room="r2")
    scene.says("09:10", "wang", "单元门禁坏了，进不去", room="r2")
    played = await scene.play(until="2026-03-02 10:00")
    assert [(t["grid"], t["place"]) for t in played.report["tickets"]] == [("g2", "3-1-201"), ("g2", "")]
    assert any("在哪" in text or "几号楼" in text for text in played.in_group("r2"))
    assert not any(
        "3-1-101" in line for text in played.to("wu") for line in text.split("\n") if "位置" in line
    )


async def test_a_known_place_of_another_grid_is_heard_in_any_group_of_the_town(scene: Scene) -> None:
    scene.people(places=PLACES + "    g2,粮站北门,北门,单位\n")
    scene.says("09:00", "wang", "粮站北门那边垃圾堆成山没人管")
    scene.says("09:10", "li2", "北门口的路灯坏了")
    played = await scene.play(until="2026-03-02 09:20")
    assert (played.ticket(1)["grid"], played.ticket(1)["place"]) == ("g2", "粮站北门")
    assert played.ticket(2)["grid"] == "g1"  # there may be a 北门 in every grid
    assert "粮站北门" in played.to("wu")[0]
