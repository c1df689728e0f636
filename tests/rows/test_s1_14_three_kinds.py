"""S1-14 三类人员不得担任: a conflict stops the appointment unless the township gives a reason in writing."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石街道,街道,,{profile},,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,小区型,,,
    g2,sq,第二网格,网格,小区型,,,
"""
RESIDENTS = """
    contact,household,name,head,birth,classes,phone
    wang,h1,王大妈,yes,,,
    chen,h2,陈师傅,yes,,,
    lin,h3,林小姐,yes,,,
    he,h4,钱长,yes,,,
    luo,h5,罗姐,yes,,,
"""

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g2,13800000003,qian,,专职,,
    s7,高组长,网格长,g1,13800000007,qian2,,专职,,
    s4,孙书记,村支书,sq,13800000004,sun,,专职,,
    s5,周主任,{top},jd,13800000005,zhou,,专职,,
"""


async def test_a_conflict_needs_a_reason_in_writing(scene: Scene) -> None:
    scene.people(
        nodes=NODES.format(profile="zhanyi"), residents=RESIDENTS, staff=STAFF.format(top="街道主任")
    )
    scene.private("09:00", "wang", "举荐 钱长 网格员 能干")
    scene.private("10:00", "qian2", "推荐 1 同意")
    scene.private("10:10", "sun", "把关 1 同意")
    scene.private("10:20", "zhou", "审核 1 同意")
    scene.private("10:30", "zhou", "审核 1 同意，村里暂无合适人选，试用三个月")
    scene.private("10:40", "zhou", "任用 1")
    played = await scene.play()
    shown = played.said.pop()["text"]
    assert "审核 周主任 同意 村里暂无合适人选" in shown and "同意 同意" not in shown
    assert any("在职干部" in text and "无群众基础" in text for text in played.to("sun"))
    refused, notice = played.to("zhou")[-2:]
    assert "写明理由" in refused and "在职干部" in refused
    assert "公示" in notice


async def test_in_xihua_officials_do_serve(scene: Scene) -> None:
    scene.people(nodes=NODES.format(profile="xihua"), residents=RESIDENTS, staff=STAFF.format(top="乡镇书记"))
    scene.private("09:00", "wang", "举荐 钱长 网格员 能干")
    scene.private("10:00", "qian2", "推荐 1 同意")
    scene.private("10:10", "sun", "把关 1 同意")
    scene.private("10:20", "zhou", "审核 1 同意")
    played = await scene.play()
    assert "公示" in played.to("zhou")[-1] and "在职干部" not in " ".join(played.to("sun"))


async def test_nobody_decides_about_his_own_household(scene: Scene) -> None:
    own = RESIDENTS.replace("wang,h1", "qian2,h1")
    scene.people(nodes=NODES.format(profile="xihua"), residents=own, staff=STAFF.format(top="乡镇书记"))
    scene.private("09:00", "chen", "举荐 王大妈 网格员 热心")
    scene.private("10:00", "qian2", "推荐 1 同意")
    played = await scene.play()
    assert "回避" in played.to("qian2")[-1]


async def test_who_is_long_away_is_found_in_the_register(scene: Scene) -> None:
    scene.people(
        nodes=NODES.format(profile="zhanyi"), residents=RESIDENTS, staff=STAFF.format(top="街道主任")
    )
    scene.private("08:50", "li", "外出 3-2-601 林小姐")
    scene.private("09:00", "wang", "举荐 林小姐 网格员 年轻能干")
    scene.private("10:00", "qian2", "推荐 1 同意")
    scene.private("10:05", "qian2", "任用 1")
    played = await scene.play()
    assert "长期外出" in played.to("qian2")[-1] and "在职干部" not in played.to("qian2")[-1]
