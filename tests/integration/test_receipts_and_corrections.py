"""An announcement that moves is corrected in the leader's own words; receipts come in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def announced(scene: Scene) -> None:
    scene.private("09:00", "qian", "跟3号楼说一下明天上午9点到11点停水 都回个收到")
    scene.private("09:01", "qian", "好 发吧")


async def test_what_was_announced_and_moves_is_corrected_and_is_no_report(scene: Scene) -> None:
    announced(scene)
    scene.says("09:05", "wang", "收到")
    scene.private("10:00", "qian", "停水改到下午两点到四点了 跟他们说一声")
    scene.private("10:01", "qian", "确认")
    scene.private("10:05", "qian", "停水那个多少人看到了")
    played = await scene.play()
    assert played.report["tickets"] == []
    assert any("【更正】" in text and "时间改为下午两点到四点" in text for text in played.in_group("r1"))
    assert played.to("qian")[-1].startswith("公告 #1：共 3 户，收到 1 户")


async def test_a_receipt_for_a_door_counts_for_that_door(scene: Scene) -> None:
    announced(scene)
    scene.says("09:05", "stranger", "502收到", name="老陈")
    scene.says("09:06", "stranger2", "3-601收到哈", name="小林")
    scene.private("09:10", "qian", "多少家回了")
    played = await scene.play()
    (told,) = [text for text in played.to("qian") if text.startswith("公告 #1：共")]
    assert "收到 2 户，未回 1 户：3-1-101" in told
