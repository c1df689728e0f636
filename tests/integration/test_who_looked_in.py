"""Whether somebody has looked in on an old person is asked in one's own words, and is no visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    h2,g1,3号楼2单元502,3,2,502,陈桂芳,独居老人;无手机老人,,
"""
PEOPLE = "contact,household,name,head\nwang,h1,王大妈,yes\n,h2,陈桂芳,yes"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.people(households=HOUSEHOLDS, residents=PEOPLE)
    return scene


async def test_a_question_whether_she_was_seen_is_answered_and_is_no_visit(scene: Scene) -> None:
    scene.private("09:00", "li", "陈桂芳今天有人看过没")
    scene.private("18:10", "li", "刚去看了陈桂芳 挺好的")
    scene.private("20:00", "qian", "陈奶奶今天有人看过没有啊")
    scene.private("2026-03-03 08:00", "qian", "陈桂芳今早有人看过没")
    played = await scene.play()
    assert "晚间看望 还没到时间" in played.to("li")[0]
    asked = [text for text in played.to("qian") if text.startswith("陈桂芳今天：")]
    assert "晚间看望 18:10 李网看过，好" in asked[0]
    assert "晨间看望 还没有人报" in asked[1]
    assert len([visit for visit in played.report["visits"] if visit["done_at"]]) == 1


async def test_of_whoever_is_not_looked_in_on_the_book_of_visits_is_shown(scene: Scene) -> None:
    scene.private("09:00", "qian", "王大妈今天有人去看过没")
    scene.private("09:05", "wang", "陈桂芳今天有人看过没")
    played = await scene.play()
    assert played.to("qian") == ["3-1-101 还没有走访记录。"]
    assert not any("陈桂芳" in text for text in played.to("wang"))


async def test_a_knock_in_vain_alarms_though_no_name_is_said(scene: Scene) -> None:
    scene.says("09:00", "wang", "大家早")
    scene.private("2026-03-03 06:40", "li", "今早敲门没人应")
    scene.private("2026-03-03 06:50", "li", "找着了 在隔壁串门呢")
    played = await scene.play()
    assert "已记录：陈桂芳 无人。" in played.to("li")
    assert any("【紧急 #1】" in text for text in played.to("qian"))
