"""A neighbour joins what was just reported, in whatever words; much later the same word is talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.mark.parametrize("words", ["＋1", "同样", "附议", "顶", "求修", "支持楼上", "俺们也遇到了", "同求"])
async def test_a_neighbour_joins(tmp_path: Path, words: str) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "3号楼电梯坏了 又要爬楼")
    scene.says("09:02", "chen", words)
    played = await scene.play()
    assert played.ticket()["supporters"] == ["chen"]
    assert len(played.in_group("r1")) == 1


@pytest.mark.parametrize("words", ["顶", "同", "求修"])
async def test_an_hour_later_it_is_talk(tmp_path: Path, words: str) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "3号楼电梯坏了 又要爬楼")
    scene.says("10:00", "chen", words)
    assert (await scene.play()).ticket()["supporters"] == []


async def test_whether_a_message_is_true_is_asked_of_whoever_leads(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    paste = scene.says(
        "09:00", "new", "各位居民，社区统一更换燃气表，每户先交200元押金，扫码付款", name="社区小李"
    )
    scene.says("09:01", "wang", "@小格 真的吗", quote=paste, mentions=["bot"])
    played = await scene.play()
    assert any("不在群里要钱" in text for text in played.in_group("r1"))
    assert any("请您核实" in text and "燃气表" in text for text in played.to("qian"))
    assert any("正在向本人核实" in text for text in played.to("wang"))


async def test_whoever_has_paid_is_told_to_have_it_stopped(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "我刚给人转了三千块 说是交养老保险 现在联系不上了")
    assert "止付" in (await scene.play()).to("wang")[0]
