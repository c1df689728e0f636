"""A stranger writes in private; only afterwards he tells where he is: then the people there are called."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_an_emergency_goes_to_the_grid_as_soon_as_it_is_told_where(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00:00", "new", "我心口疼 喘不上气", name="李奶奶")
    scene.private("09:00:20", "new", "3号楼2单元504", name="李奶奶")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert (ticket["grid"], ticket["urgency"]) == ("g1", "emergency")
    assert any("【紧急 #1】" in text and "504" in text for text in played.to("li"))
    assert any("【紧急 #1】" in text for text in played.to("qian"))


async def test_a_plain_matter_too(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00:00", "new", "楼道灯不亮了", name="李奶奶")
    scene.private("09:01:20", "new", "8号楼", name="李奶奶")
    played = await scene.play()
    assert played.ticket()["grid"] == "g2"
    assert any("楼道灯不亮了" in text for text in played.to("wu"))


async def test_violence_at_home_is_not_taken_back_by_a_word(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "我老公打我 孩子也在哭")
    scene.private("09:06", "wang", "他走了 先不用来了")
    played = await scene.play()
    assert played.ticket()["state"] == "open"
