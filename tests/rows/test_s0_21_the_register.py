"""S0-21 人口基本信息全部采集: a register with field-level rights, masked for who does not work with it."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周楼,楼长,g1,13800000005,zhou5,,兼职,,
    s6,吴网,网格员,g2,13800000006,wu,,专职,,
"""


async def test_a_page_shows_the_worker_all_and_others_stars(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "li", "补 3-2-601 电话 13812345678")
    scene.private("09:05", "li", "补 3-2-601")
    scene.private("09:10", "zhou5", "补 3-2-601")
    played = await scene.play()
    full, masked = played.to("li")[-1], played.to("zhou5")[-1]
    assert "13812345678" in full and "林小姐" in full
    assert "138****5678" in masked and "林*" in masked and "林小姐" not in masked
    assert played.report["audit"]["entries"] >= 2 and played.report["audit"]["chain_ok"]


async def test_another_grids_worker_sees_nothing_and_nothing_is_said_in_groups(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wu", "补 3-2-601")
    scene.says("09:05", "li", "#补 3-2-601 电话 13812345678", "w1")
    played = await scene.play()
    assert "林" not in "".join(played.to("wu"))
    assert played.in_group("w1") == []
    assert any("私聊" in text for text in played.to("li"))


async def test_an_import_fills_the_register_and_the_numbers_follow(scene: Scene) -> None:
    scene.people(
        households="""
            id,node,address,building,unit,room,head,classes,phone,since
            h1,g1,3号楼1单元101,3,1,101,王大妈,困难,13900000001,
            h2,g1,3号楼2单元502,3,2,502,陈师傅,普通,,
        """,
        residents="""
            contact,household,name,head,birth,classes,phone
            wang,h1,王大妈,yes,1950-01-01,,
            ,h1,王小明,,2015-05-05,,
            chen,h2,陈师傅,yes,,,
        """,
    )
    scene.private("09:00", "li", "格情")
    scene.private("09:01", "li", "补 3-1-101")
    played = await scene.play()
    assert "2 户，登记 3 人" in played.to("li")[0]
    assert "王小明" in played.to("li")[1] and "13900000001" in played.to("li")[1]


async def test_a_page_is_asked_for_in_several_words_and_by_the_door_after_grid_facts(scene: Scene) -> None:
    scene.private("09:00", "li", "户情 3-2-601")
    scene.private("09:01", "li", "格情 3-2-601")
    scene.private("09:02", "wu", "格情 3-2-601")
    scene.says("09:03", "li", "格情 3-2-601", room="w1")
    played = await scene.play()
    page, same, facts = played.to("li")
    assert page == same and "林小姐" in page and "登记" in facts
    assert "林" not in "".join(played.to("wu")) and played.in_group("w1") == []
