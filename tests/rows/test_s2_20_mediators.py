"""S2-20 调解员队伍: a pool with subjects and turns; nobody mediates where he has a stake."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    m1,郑老师,调解员,sq,13800000011,zheng,,兼职,,
    m2,王律师,调解员,sq,13800000012,lawyer,,兼职,,
    m3,何大姐,调解员,sq,13800000013,hejie,,兼职,,
"""


async def test_the_subject_decides_and_then_the_turn(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("08:50", "sun", "调解员 王律师 债务、租赁")
    scene.private("09:00", "li", "登记纠纷 3-2-502 5-1-101 债务纠纷 欠钱不还")
    scene.private("09:20", "li", "登记纠纷 3-2-502 5-1-101 邻里噪音争吵")
    scene.private("09:30", "li", "登记纠纷 3-2-601 5-1-101 楼道堆物争吵")
    scene.private("09:40", "sun", "调解员")
    played = await scene.play()
    assert any("请您调解" in text and "#1" in text for text in played.to("lawyer"))
    assert any("#2" in text for text in played.to("zheng")) and any(
        "#3" in text for text in played.to("hejie")
    )
    assert "债务、租赁" in played.to("sun")[-1] and "03-02" in played.to("sun")[-1]


async def test_who_lives_in_the_building_or_is_kin_is_passed_over(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("08:50", "sun", "调解员 郑老师 邻里 住3-1-101")
    scene.private("08:51", "sun", "调解员 王律师 邻里 回避5-1-101")
    scene.private("09:00", "li", "登记纠纷 3-2-502 5-1-101 邻里噪音争吵")
    scene.private("09:10", "qian", "调解员 1")
    played = await scene.play()
    assert any("#1" in text for text in played.to("hejie"))
    assert played.to("zheng") == [] and played.to("lawyer") == []
    refused = played.to("qian")[-1]
    assert "没有可派的调解员" in refused and "同楼" in refused and "亲属" in refused


async def test_a_resident_can_neither_see_nor_change_the_pool(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "#调解员 郑老师 邻里 住3-1-101")
    scene.says("09:01", "wang", "调解员辛苦了")
    played = await scene.play()
    assert not any("专长" in text for text in played.to("wang"))
    assert played.in_group("r1") == []


async def test_a_route_that_ends_with_a_mediator_asks_whose_turn_it_is(scene: Scene) -> None:
    scene.people(
        nodes="""
            code,parent,name,level,kind,profile
            jd,,新安街道,街道,,xinan
            sq,jd,新安社区,社区,,
            pian,sq,东片,片,,
            b3,pian,3号楼,楼,小区型,
            u1,b3,3号楼1单元,单元,小区型,
            u5,sq,5号楼1单元,单元,小区型,
        """,
        staff="""
            id,name,role,node,phone,contact
            sh,孙书记,社区书记,sq,13800000002,sun
            dy,单元长小李,单元长,u1,13800000005,li
            m1,马调解,调解员,sq,13800000006,ma
            m2,牛调解,调解员,sq,13800000007,niu
        """,
        households="""
            id,node,address,building,unit,room,head,classes
            h1,u1,3号楼1单元101,3,1,101,王大妈,普通
            h2,u1,3号楼1单元201,3,1,201,何叔,普通
        """,
        residents="contact,household,name\nwang,h1,王大妈\nhe,h2,何叔",
        rooms="room,node,audience,listen\nr1,u1,residents,keywords",
        departments="id,name,categories,node,contact",
        places="node,name,aliases,kind",
    )
    scene.private("08:50", "sun", "调解员 马调解 邻里 住3-1-201")
    scene.private("09:00", "wang", "楼上何叔家天天半夜剁肉吵架，我家孩子睡不了，两家都快打起来了")
    scene.private("09:10", "sun", "上报 1 请调解员上门")
    scene.private("09:20", "niu", "调解 1 双方到场 各让一步")
    played = await scene.play()
    assert played.ticket()["assignee"] == "m2"
    assert played.to("ma") == [] and any("#1" in text for text in played.to("niu"))
    (dispute,) = played.report["disputes"]
    assert (dispute["mediator"], dispute["attempts"]) == ("m2", 1)


async def test_whoever_is_relieved_hears_so_and_whoever_did_it_is_asked_again(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("08:50", "sun", "调解员 何大姐 专长家庭 亲属3-2-601")
    scene.private("09:00", "li", "登记纠纷 3-2-601 5-1-101 停车争吵")
    scene.private("09:10", "li", "调解员 1")
    scene.private("09:20", "zheng", "调解 1 双方到场 没谈拢")
    scene.private("09:30", "zheng", "达成协议 1 轮流停")
    scene.private("09:40", "sun", "调解员")
    played = await scene.play(until="2026-03-09 10:00")
    assert any("改请王律师" in text for text in played.to("zheng"))
    assert any("已回避：何大姐" in text for text in played.to("li"))
    assert any("纠纷回访" in text for text in played.to("zheng"))
    assert any("何大姐（青石社区）专长：家庭，" in text for text in played.to("sun"))
