"""A wrong place is put right, what needs nobody is withdrawn, an alarm that is over raises no second."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.mark.parametrize(
    "words", ["说错了 是2单元", "不对 是2单元", "不是1单元 是2单元", "打错了，应该是2单元"]
)
async def test_a_wrong_place_is_put_right(tmp_path: Path, words: str) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "1单元楼道灯不亮了")
    scene.says("09:01", "wang", words)
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["state"] == "open" and "2单元" in ticket["place"]
    assert len(played.in_group("r1")) == 1
    assert any("位置更正为" in text and "2单元" in text for text in played.to("li"))


async def test_what_needs_nobody_before_anybody_went_is_withdrawn(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "下水道堵了")
    scene.says("09:06", "wang", "不用来了 我自己通开了")
    played = await scene.play()
    assert played.ticket()["state"] == "withdrawn"
    assert any("不用处理了" in text for text in played.to("li"))


async def test_who_has_gone_is_asked_to_close(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "下水道堵了")
    scene.private("09:02", "li", "1")
    scene.says("09:06", "wang", "不用来了 我自己通开了")
    played = await scene.play()
    assert played.ticket()["state"] == "accepted"
    assert any("有居民说已经好了" in text for text in played.to("li"))


async def test_the_wrong_group_takes_back_both_matters(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "垃圾桶满了没人倒，臭死了，还有2单元楼道灯坏了三天了")
    scene.says("09:04", "wang", "发错群了")
    played = await scene.play()
    assert [each["state"] for each in played.report["tickets"]] == ["withdrawn", "withdrawn"]


async def test_the_wrong_group_is_told_in_private_too(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "2单元门口那盏灯又不亮了")
    scene.private("09:02", "wang", "刚才那条发错群了 不是咱们小区")
    played = await scene.play()
    assert played.ticket()["state"] == "withdrawn"
    assert any("已撤回" in text for text in played.to("wang"))


@pytest.mark.parametrize("words", ["帮我把群公告删了", "发错了"])
async def test_the_bot_alone_answers_who_takes_back_what_it_has_not(tmp_path: Path, words: str) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", words)
    played = await scene.play()
    assert any("没听明白" in text for text in played.to("wang"))


async def test_the_end_of_an_alarm_is_no_second_one(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "我对门赵奶奶两天没见了 敲门没人应 她一个人住")
    scene.private("09:06", "wang", "哦 她闺女刚才回我了 接走了")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["urgency"] == "emergency" and ticket["state"] == "open"
    assert any("接走了" in text for text in played.to("li"))
    assert any("接走了" in text for text in played.to("qian"))


async def test_a_fire_is_no_neighbour_of_a_gas_leak(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "楼道里怎么一股煤气味")
    scene.says("10:30", "chen", "着火了！！")
    scene.says("10:31", "lin", "着火了 烟好大")
    played = await scene.play()
    assert len(played.report["tickets"]) == 2
    assert any("【紧急 #2】火情" in text for text in played.to("li"))
    assert any("烟好大" in text for text in played.to("li"))


async def test_whoever_has_it_reads_that_the_right_place_is_anothers(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "3号楼门口路灯不亮了")
    scene.says("09:01", "wang", "不是3号楼 是8号楼")
    played = await scene.play()
    assert "8号楼" in played.ticket()["place"]
    assert any("那里由吴网负责" in text for text in played.to("li"))


async def test_whatever_the_one_who_raised_the_alarm_writes_is_read_by_all_who_were_called(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "我儿子不见了")
    scene.says("09:10", "wang", "在邻居家 吓死我了")
    played = await scene.play()
    assert any("在邻居家" in text for text in played.to("li"))
    assert any("在邻居家" in text for text in played.to("qian"))
    assert len(played.in_group("r1")) == 1


async def test_smoke_in_a_lift_is_nobody_trapped(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "电梯里有人抽烟 呛死了")
    tickets = (await scene.play()).report["tickets"]
    assert all(ticket["urgency"] != "emergency" for ticket in tickets)


async def test_a_time_and_a_place_alone_are_asked_of_nobody(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "九点到十一点 2单元")
    played = await scene.play()
    assert not played.report["candidates"] and not played.to("li")
