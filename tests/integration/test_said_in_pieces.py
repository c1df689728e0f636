"""One matter in several short messages, none of which says it: read together, answered once."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_a_fault_said_in_three_messages_is_one_ticket(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00:00", "chen", "那个")
    scene.says("09:00:08", "chen", "咱们一单元的电梯")
    scene.says("09:00:18", "chen", "今天早上又卡在6楼了")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["sub"] == "elevator"
    assert len(played.in_group("r1")) == 1


async def test_an_emergency_said_in_pieces_is_heard(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00:00", "chen", "快来人")
    scene.says("09:00:08", "chen", "我婆婆")
    scene.says("09:00:16", "chen", "躺地上叫不醒")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["urgency"] == "emergency"
    assert "120" in played.in_group("r1")[-1]


async def test_two_people_say_no_piece_of_one_matter(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00:00", "chen", "咱们一单元的电梯")
    scene.says("09:00:10", "wang", "今天早上又卡在6楼了")
    assert (await scene.play()).report["tickets"] == []


async def test_whom_to_call_is_told_when_the_danger_is_known(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00:00", "chen", "快来人啊救命")
    scene.says("09:00:10", "chen", "我婆婆")
    scene.says("09:00:20", "chen", "躺地上叫不醒")
    scene.says("09:01:00", "lin", "我下来了 打120没")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert "120" in played.in_group("r1")[-1]
    assert any("躺地上叫不醒" in text for text in played.to("li"))


async def test_what_turns_out_worse_a_moment_later_is_one_matter(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "chen", "楼下有人撬车")
    scene.says("09:00:30", "chen", "两个人 穿黑衣服")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["urgency"] == "emergency"
    assert "110" in played.in_group("r1")[-1]
    for who in ("li", "zhao", "qian"):
        assert any("紧急" in text for text in played.to(who))


async def test_what_a_neighbour_saw_during_an_alarm_reaches_whoever_goes_there(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("21:53", "chen", "我爸电话打不通 他一个人住2单元504 麻烦谁去敲敲门")
    scene.says("21:58", "lin", "我敲了半天门没人应 屋里灯亮着")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1 and played.report["candidates"] == []
    assert any("灯亮着" in text for text in played.to("li"))
