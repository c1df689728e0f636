"""S4-12 教育培训制度: the 三员 of a grid are taught together; a training may be called off in time."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s2,赵协,协管员,g1,13800000002,zhao,,兼职,,
    s9,田采,信息采集员,g1,13800000009,tian,,兼职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
"""


async def test_every_kind_of_staff_is_invited_once_and_the_office_knows_who_was_taught(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "sun", "培训 青石社区 今天下午3点 信息采集规范")
    for time, who in (("14:50", "li"), ("15:00", "zhao"), ("15:01", "tian")):
        scene.private(time, who, "到")
    played = await scene.play(until="2026-03-02 20:00")
    for who in ("li", "zhao", "tian"):
        assert sum(text.startswith("【培训通知") for text in played.to(who)) == 1
        assert played.to(who)[-1] == "培训 #1 已签到。"
    assert any("应到 3 人，已到 3 人，没有缺课" in text for text in played.to("sun"))


async def test_what_is_called_off_reminds_nobody(scene: Scene) -> None:
    scene.private("09:00", "sun", "培训 青石社区 明天下午3点 反诈宣传")
    scene.private("09:02", "sun", "撤销 1")
    played = await scene.play(until="2026-03-03 20:00")
    assert played.to("wu")[-1].startswith("【培训取消 #1】")
    assert not any("培训提醒" in text for text in played.to("wu"))
