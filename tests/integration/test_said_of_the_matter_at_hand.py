"""Words for the resident of the matter at hand are no notice; two bodies named for it are both called."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot import demo
from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_what_a_worker_answers_to_a_card_reaches_the_resident_without_the_order(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元路灯不亮了")
    scene.private("09:01", "li", "跟居民说一声下午有人去")
    played = await scene.play()
    assert played.to("wang")[-1].endswith("：下午有人去")


async def test_a_leader_who_has_just_taken_a_matter_speaks_of_it_and_announces_nothing(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元路灯不亮了")
    scene.private("09:01", "li", "转派 1 钱长")
    scene.private("09:02", "qian", "1")
    scene.private("09:03", "qian", "跟居民说一声下午有人去")
    scene.private("09:04", "qian", "1")
    scene.private("12:00", "qian", "跟居民说一声明天停水，上午八点到十二点")
    played = await scene.play()
    assert "要把这句话转告 #1 的居民吗？\n下午有人去" in "\n".join(played.to("qian"))
    assert any(text.endswith("：下午有人去") for text in played.to("wang"))
    assert [text for text in played.to("qian") if "【公告预览" in text] == [played.to("qian")[-1]]


async def test_both_bodies_that_are_named_are_called(scene: Scene) -> None:
    scene.org = demo.ORG
    scene.says("09:00", "wang-xiumei", "3号楼1单元路灯不亮了 门口还塌了个坑", room="room-dy2")
    scene.private("09:01", "zhang-lei", "1")
    scene.private("09:02", "zhang-lei", "坑我让市政填 路灯找城管")
    played = await scene.play()
    assert played.ticket()["departments"] == ["shizheng", "chengguan"]
    told = played.to("zhang-lei")
    assert any("望槐市政所还没有绑定账号" in text for text in told)  # it has no account
    assert "#1 已通知望槐城管中队。" in told and "#1 已通知望槐市政所。" not in told
