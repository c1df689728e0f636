"""S1-26 中心整合: a directory of centres with hours; matters are sent to the centre that does them."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
    d1,冯值,值班员,sq,13800000011,feng,,专职,,
    d2,尤代,代办员,sq,13800000012,you,,专职,,
"""


async def test_centres_are_on_file_with_their_hours_and_anybody_finds_them(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private(
        "08:30", "zhou", "附近 添加 综治中心 青石综治中心 解放路1号 8:30-12:00,14:00-17:30 0943-1112222"
    )
    scene.private("08:31", "zhou", "附近 添加 公共法律服务站 青石司法所 解放路3号 8:30-17:30 0943-12348")
    scene.private("08:32", "zhou", "附近 添加 矛盾纠纷调处中心 青石调处中心 解放路1号二楼 8:30-17:30")
    scene.private("08:33", "zhou", "附近 添加 党群服务中心 青石党群服务中心 社区一楼 9:00-20:00")
    scene.private("09:00", "wang", "附近 综治中心")
    scene.private("09:01", "wang", "附近 法律服务")
    scene.private("09:02", "wang", "附近 政务")
    played = await scene.play()
    first, second, every = played.to("wang")
    assert "青石综治中心" in first and "14:00-17:30" in first and "0943-1112222" in first
    assert "青石司法所" in second
    assert all(name in every for name in ("综治中心", "司法所", "调处中心", "党群服务中心"))


async def test_a_matter_is_routed_to_the_centre_that_does_it(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private(
        "08:30",
        "zhou",
        "附近 添加 便民服务中心 青石便民服务中心 解放路1号 8:30-17:30 0943-1113333 办:养老、低保",
    )
    scene.private("08:31", "zhou", "附近 添加 便民服务中心 城北便民点 城北路9号 9:00-16:00 0943-1114444")
    scene.private("09:00", "wang", "办事 给我妈申请高龄津贴")
    scene.private("09:10", "li", "1")
    scene.private("09:20", "li", "收齐 1")
    scene.private("09:30", "feng", "受理 1")
    scene.private("09:40", "wang", "办事指南 高龄津贴")
    played = await scene.play(until="2026-03-02 16:30")
    guide = played.to("wang")[-1]
    assert "青石便民服务中心" in guide and "8:30-17:30" in guide and "城北" not in guide
    printed = next(text for text in played.to("you") if "代办清单" in text)
    assert "青石便民服务中心" in printed
    assert played.ticket()["stage"] == "集中"


async def test_a_name_that_tells_the_kind_is_enough_and_its_hours_are_told_to_who_asks(scene: Scene) -> None:
    scene.private(
        "08:30", "sun", "附近 添加 青石社区党群服务中心 解放路12号 周一到周五8:30-17:30 0943-3160000"
    )
    scene.private("09:00", "wang", "附近 党群服务中心")
    scene.private("09:01", "he", "党群服务中心几点上班")
    scene.private("09:02", "lin", "党群服务中心在哪 几点开门")
    played = await scene.play()
    for who in ("wang", "he", "lin"):
        assert "解放路12号" in played.to(who)[0] and "8:30-17:30" in played.to(who)[0]
    assert played.report["tickets"] == []
