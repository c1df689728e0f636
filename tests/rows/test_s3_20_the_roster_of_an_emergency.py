"""S3-20 一村一警、民兵、应急小分队: 应急 类型 calls the right people; a log keeps the times."""

from __future__ import annotations

import pytest

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    xz,,东风乡,乡镇,,xihua
    dh,xz,大河村,村,农村型,
    xh,xz,小河村,村,农村型,
    p1,dh,大河一片,片,,
    d1,p1,大河一组,网格,农村型,
    x1,xh,小河一组,网格,农村型,
"""
STAFF = """
    id,name,role,node,phone,contact
    z1,周书记,乡镇书记,xz,13800000001,zhou
    z2,孙支书,村支书,dh,13800000002,sun
    w1,李网,网格员,d1,13800000003,li
    w2,吴网,网格员,x1,13800000004,wu
    p1,王警,村警,dh,13800000005,jing
    m1,赵民兵,民兵,dh,13800000006,min1
    m2,钱民兵,民兵,dh,13800000007,min2
    y1,郑队员,应急队员,dh,13800000008,ying
    f1,冯志愿,志愿者,dh,13800000009,feng
"""


@pytest.fixture
def village(scene: Scene) -> Scene:
    scene.people(
        nodes=NODES, staff=STAFF,
        households="id,node,address,building,unit,room,head,classes\nh1,d1,大河一组1号,,,1,老王,普通",
        residents="contact,household,name\nwang,h1,老王",
        rooms="room,node,audience,listen\nr1,d1,residents,keywords",
        departments="id,name,categories,node,contact", places="node,name,aliases,kind",
    )  # fmt: skip
    scene.private("22:00", "li", "应急 防汛 东河涨水，漫过便桥了")
    return scene


async def test_the_right_set_is_called_and_every_answer_has_its_time(village: Scene) -> None:
    village.private("22:02", "jing", "在途")
    village.private("22:04", "min1", "不能")
    village.private("22:15", "jing", "到")
    village.private("22:20", "li", "应急 1")
    played = await village.play(until="2026-03-02 22:30")
    called = {row["to"] for row in played.said if "【应急 #1 防汛】" in row["text"]}
    assert called == {"sun", "jing", "min1", "min2", "ying"}
    parts = {part["who"]: part for part in played.ticket()["parties"]}
    assert parts["p1"]["came_at"] == "2026-03-02T22:15:00+08:00" and parts["m1"]["state"] == "returned"
    log = next(text for text in played.to("li") if "应急记录 #1" in text)
    assert "到 1，在途 0，不能 1，未回 3" in log
    assert "22:00 李网 通知" in log and "22:02 王警 回复 在途" in log and "22:15 王警 回复 到" in log
    assert any("王警：到" in text for text in played.to("li"))
    assert not [
        row for row in played.said if row.get("to") in ("wu", "feng", "wang")
    ] and not played.in_group("r1")


async def test_an_unknown_kind_is_asked_for_and_a_resident_is_refused(village: Scene) -> None:
    village.private("22:05", "li", "应急 外星人")
    village.private("22:06", "wang", "应急 防汛 我家进水了")
    played = await village.play(until="2026-03-02 22:10")
    assert any("现有类型：防汛" in text for text in played.to("li"))
    assert len([row for row in played.said if row.get("to") == "sun" and "应急" in row["text"]]) == 1


async def test_the_call_is_an_ordinary_number_with_a_history(village: Scene) -> None:
    village.private("22:30", "li", "办结 1 水已退，便桥封闭")
    played = await village.play(until="2026-03-02 22:40")
    ticket = played.ticket()
    assert ticket["state"] == "resolved" and ticket["urgency"] == "emergency"
    assert next(line for line in ticket["history"] if line["what"] == "call")["note"].startswith(
        "防汛：村支书孙支书"
    )


async def test_who_does_the_work_under_another_name_is_called_too(scene: Scene) -> None:
    scene.people(
        nodes=NODES.replace("xihua", "zhanyi").replace(",片,", ",居民小组,"),
        staff="""
            id,name,role,node,phone,contact
            z2,孙书记,村支书,dh,13800000002,sun
            w1,李网,专职网格员,d1,13800000003,li
            w2,吴网,专职网格员,x1,13800000004,wu
        """,
        households="id,node,address\nh1,d1,大河一组1号", residents="contact,household,name\nwang,h1,老王",
        rooms="room,node,audience,listen\nr1,d1,residents,keywords",
        departments="id,name,categories,node,contact", places="node,name,aliases,kind",
    )  # fmt: skip
    scene.private("22:00", "sun", "应急 防汛 东河涨水，漫过便桥了")
    played = await scene.play(until="2026-03-02 22:10")
    assert any("【应急 #1 防汛】" in text for text in played.to("li")) and not played.to("wu")


async def test_a_rescue_team_by_another_name_is_called_and_a_led_section_is_no_village(scene: Scene) -> None:
    more = "    q1,钱委员,三级网格长,p1,13800000010,qian\n    r1,武队长,应急救援队,dh,13800000011,rescue\n"
    scene.people(
        nodes=NODES,
        staff=STAFF + more,
        households="id,node,address\nh1,d1,大河一组1号", residents="contact,household,name\nwang,h1,老王",
        rooms="room,node,audience,listen\nr1,d1,residents,keywords",
        departments="id,name,categories,node,contact", places="node,name,aliases,kind",
    )  # fmt: skip
    scene.private("22:00", "li", "应急 火灾 村东头柴垛着火")
    played = await scene.play(until="2026-03-02 22:02")
    called = {row["to"] for row in played.said if "【应急 #1 火灾】" in row["text"]}
    assert called == {"sun", "jing", "min1", "min2", "ying", "rescue"}


async def test_it_may_be_called_by_another_name_and_answered_in_a_few_words(village: Scene) -> None:
    village.private("22:01", "jing", "我在路上")
    village.private("22:05", "min1", "我到了")
    village.private("22:06", "min2", "我去不了")
    village.private("22:10", "sun", "应急 打架 村口小卖部")
    played = await village.play(until="2026-03-02 22:12")
    parts = {part["who"]: part["words"] for part in played.ticket()["parties"]}
    assert (parts["p1"], parts["m1"], parts["m2"]) == ("在途", "到", "不能")
    assert any("【应急 #2 治安】" in text and "打架 村口小卖部" in text for text in played.to("jing"))
