"""S1-04 多网合一: one directory of who answers for what and where; what nobody answers for is listed."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,龙华街道,街道,,zhanyi
    sq,jd,青石社区,社区,,
    sq2,jd,西平社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq2,第二网格,网格,小区型,
"""
DEPARTMENTS = """
    id,name,categories,node,contact,hours,person,phone
    dangjian,党群中心,党建与退役军人,jd,,08:30-17:30,段主任,08745550001
    tiaojie,调委会,矛盾纠纷,jd,,,,
    chengguan,城管中队,环境卫生;违建与占道,sq,chengguan,08:30-17:30,程队,08745550002
    huanbao,环保所,生态环境污染,jd,,,,
    paichusuo,派出所,治安与反诈,jd,,,,
    xiaofang,消防站,安全隐患,jd,,,,
    wuye,青石物业,物业管理,sq,wuye,,,
    minzheng,民政办,养老助老,jd,,,,
    gongdian,供电所,水电气暖,,,,,95598
"""


async def test_staff_ask_who_answers_for_a_matter_here(scene: Scene) -> None:
    scene.people(nodes=NODES, departments=DEPARTMENTS)
    scene.private("09:00", "li", "责任目录 垃圾")
    scene.private("09:01", "li", "责任目录 停电")
    scene.private("09:02", "wu", "责任目录 垃圾")
    scene.private("09:03", "wang", "责任目录 垃圾")
    played = await scene.play()
    assert "城管中队 程队 08745550002 08:30-17:30 青石社区" in played.to("li")[0]
    assert "供电所 95598" in played.to("li")[1]
    assert "“环境卫生”还没有部门负责" in played.to("wu")[0]
    assert not any("程队" in text for text in played.to("wang"))


async def test_the_whole_directory_names_what_nobody_answers_for(scene: Scene) -> None:
    scene.people(nodes=NODES, departments=DEPARTMENTS)
    scene.private("09:00", "wu", "责任目录")
    scene.private("09:01", "zhou", "缺口")
    played = await scene.play()
    whole, gaps = played.to("wu")[0], played.to("zhou")[0]
    assert "矛盾纠纷：调委会" in whole and "环境卫生：（还没有部门）" in whole
    assert "西平社区没有部门负责“环境卫生”" in gaps and "龙华街道没有部门负责“证明开具”" in gaps
    assert "青石社区没有部门负责“环境卫生”" not in gaps


async def test_a_matter_goes_on_to_the_nearest_department_that_answers_for_it(scene: Scene) -> None:
    scene.people(nodes=NODES, departments=DEPARTMENTS)
    scene.says("09:00", "wang", "3号楼门口垃圾堆了好几天没人清")
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "转派 1 城管中队")
    played = await scene.play()
    assert played.ticket()["departments"] == ["chengguan"]
    assert "【协同处置 #1】" in played.to("chengguan")[0]
