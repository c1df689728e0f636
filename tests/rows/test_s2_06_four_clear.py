"""S2-06 四必清: four sheets, clear while every field is new enough; gaps come with the next visit."""

from __future__ import annotations

from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,困难,13900000001,
"""
PEOPLE = "contact,household,name,head\nwang,h1,王大妈,yes"


async def test_gaps_are_asked_at_the_door_and_the_sheet_becomes_clear(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=PEOPLE)
    scene.private("09:00", "li", "四必清")
    scene.private("09:10", "li", "走访 3-1-101 正常")
    scene.private("09:11", "li", "补 3-1-101 人数 2")
    scene.private("09:12", "li", "补 3-1-101 住房 自有")
    scene.private("09:13", "li", "四必清 消防设施 完好")
    scene.private("09:20", "li", "四必清")
    played = await scene.play()
    said = played.to("li")
    assert "家庭情况：0/1 户已清" in said[0] and "区域设施：未清，缺 消防设施、公共照明、道路井盖" in said[0]
    assert "下次顺便问：人数、住房" in said[1]
    assert "家庭情况：1/1 户已清" in said[-1] and "区域设施：未清，缺 公共照明、道路井盖" in said[-1]


async def test_the_questions_stand_in_the_morning_list(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS.replace("困难", "独居老人"), residents=PEOPLE)
    scene.says("09:00", "wang", "大家早")
    played = await scene.play(until="2026-03-31 09:00")
    lists = [text for text in played.to("li") if "【今日安排】" in text and "3-1-101（独居老人" in text]
    assert any("顺便问人数、住房" in text for text in lists)
