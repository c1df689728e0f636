"""S0-09 逐个帮助: those marked as needing help make a list for the worker, who files in their place."""

from __future__ import annotations

from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通;无智能机,,
    h2,g1,3号楼2单元502,3,2,502,陈师傅,独居老人;需代填,,
    h3,g1,3号楼2单元601,3,2,601,林小姐,普通,,
    h4,g1,5号楼1单元101,5,1,101,何叔,普通,,
    h5,g2,8号楼1单元201,8,1,201,罗姐,困难;无手机老人,,
"""


async def test_a_campaign_makes_a_list_for_each_worker_and_filing_strikes_a_household_off(
    scene: Scene,
) -> None:
    scene.people(households=HOUSEHOLDS)
    scene.private("09:00", "sun", "代填名单 养老认证")
    scene.private("10:00", "li", "代报 3-2-502 养老认证")
    scene.private("10:30", "li", "代填名单 养老认证")
    scene.private("11:00", "sun", "代填名单 养老认证")
    played = await scene.play()
    first, *_, again = [text for text in played.to("li") if "【代填名单】" in text]
    assert "还有 2 户" in first and "3-1-101 王大妈" in first and "3-2-502 陈师傅" in first
    assert "林小姐" not in first and "罗姐" not in first
    assert any("8-1-201 罗姐" in text for text in played.to("wu"))
    assert any("名单还剩 1 户" in text for text in played.to("li"))
    assert "还有 1 户" in again and "陈师傅" not in again
    assert any("2 个网格 3 户" in text for text in played.to("sun"))
    assert any("共 3 户，还有 2 户" in text for text in played.to("sun"))
    ticket = played.ticket()
    assert (ticket["sub"], ticket["stage"], ticket["assignee"]) == ("pension_auth", "收集", "s1")
    assert played.in_group("r1") == [] and played.in_group("w1") == []


async def test_a_list_is_nobody_elses_to_read(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS)
    scene.private("09:00", "wang", "代填名单 养老认证")
    scene.says("09:05", "li", "代填名单 疫苗预约", room="r1")
    played = await scene.play()
    assert any("需要网格工作人员" in text for text in played.to("wang"))
    assert played.in_group("r1") == []
    assert any("【代填名单】疫苗预约" in text for text in played.to("li"))


async def test_somebody_is_filed_for_by_name_and_a_bulb_is_no_leak(scene: Scene) -> None:
    scene.private("09:00", "li", "代报 王大妈 家里灯泡坏了，没人修")
    played = await scene.play()
    assert played.ticket()["place"] == "3-1-101" and played.ticket()["sub"] != "ceiling_leak"
    assert "代3-1-101" in played.to("li")[0]
