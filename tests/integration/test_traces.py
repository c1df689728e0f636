"""What points, lists and discussions keep of a resident: he may see it, and have it forgotten."""

from __future__ import annotations

from pathlib import Path

from gridbot.config import load
from tests.scene import Scene


async def test_my_data_counts_them_and_erasing_takes_the_words_and_the_name(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "qian", "议事 要不要加装电梯")
    scene.private("09:01", "wang", "议事 1 我同意，我家在一楼")
    scene.private("09:02", "wang", "报名 绿队")
    scene.private("09:03", "wang", "我的数据")
    scene.private("09:04", "wang", "删除")
    scene.private("09:05", "wang", "确认")
    scene.private("09:06", "qian", "议事汇总 1")
    scene.private("09:07", "li", "花名册 绿队")
    played = await scene.play()
    assert any("报名 1 项，议事意见 1 条" in text for text in played.to("wang"))
    summed = next(text for text in played.to("qian") if "户说了意见" in text)
    assert "1 户说了意见：赞成 1" in summed and "一楼" not in summed
    assert "王大妈" not in played.to("li")[-1] and "0 人" in played.to("li")[-1]


async def test_words_of_inquiries_are_blanked_with_those_of_tickets(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "sun", "协查 走失老人 穿蓝色棉袄")
    scene.private("09:01", "li", "在东门见过")
    scene.private("2026-03-05 09:00", "sun", "协查 1")
    played = await scene.play(settings=load(conduct={"keep_text_days": 2}))
    assert "蓝色棉袄" not in played.to("sun")[-1] and "东门" not in played.to("sun")[-1]
