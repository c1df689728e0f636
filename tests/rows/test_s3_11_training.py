"""S3-11 培训: staff are invited and reminded, say that they are there, and who missed it makes it up."""

from __future__ import annotations

from tests.scene import Scene


async def test_who_was_there_is_counted_and_who_was_not_makes_it_up(scene: Scene) -> None:
    scene.private("09:00", "sun", "培训 青石社区 明天下午3点 反诈宣传，社区会议室")
    scene.private("2026-03-03 14:55", "li", "到")
    scene.private("2026-03-03 15:05", "wu", "到了")
    scene.private("2026-03-04 09:00", "sun", "补课 1 周五下午3点")
    scene.private("2026-03-06 15:00", "qian", "到")
    scene.private("2026-03-06 20:00", "sun", "培训 1")
    played = await scene.play()
    invitation, reminder, *_ = played.to("zhao")
    assert invitation.startswith("【培训通知 #1】明天15:00：反诈宣传，社区会议室")
    assert reminder.startswith("【培训提醒 #1】")
    after = next(text for text in played.to("sun") if text.startswith("【培训 #1】"))
    assert "应到 4 人，已到 2 人，待补课 2 人：" in after and "赵副" in after and "钱长" in after
    assert [text for text in played.to("li") if "补课" in text] == []
    assert any(text.startswith("【补课通知 #2】") for text in played.to("qian"))
    assert "待补课 1 人：赵副" in played.to("sun")[-1]


async def test_a_worker_cannot_invite_and_residents_hear_nothing(scene: Scene) -> None:
    scene.private("09:00", "li", "培训 青石社区 明天下午3点 反诈宣传")
    scene.private("09:01", "sun", "培训 青石社区 反诈宣传")
    played = await scene.play(until="2026-03-04 09:00")
    assert played.to("wu") == [] and played.in_group("r1") == []
    assert "请写明范围、时间和题目" in played.to("sun")[0]


async def test_whoever_signs_in_is_there_and_the_leader_asks_for_the_list_without_its_number(
    scene: Scene,
) -> None:
    scene.private("09:00", "sun", "培训 今天10点 反诈视频教学")
    scene.private("10:05", "li", "签到")
    scene.private("11:00", "sun", "补训名单")
    scene.private("11:01", "sun", "补课 周三上午10点")
    played = await scene.play(until="2026-03-02 11:30")
    assert any("已签到" in text for text in played.to("li"))
    tally, again = played.to("sun")[-2:]
    assert "已到 1 人" in tally and "李网" not in tally and "吴网" in tally
    assert "已通知 3 人，后天10:00开始" in again and any("反诈" in text for text in played.to("wu")[1:])
