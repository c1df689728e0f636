"""S3-09 征求意见: a leader asks the worker in private for a signed opinion; no resident ever sees it."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_worker_signs_and_only_whoever_asked_reads_it(scene: Scene) -> None:
    scene.private("09:00", "sun", "征求意见 3-2-502 低保申请")
    scene.private("09:30", "li", "意见 1 不同意")
    scene.private("09:31", "li", "意见 1 不同意 名下有门面出租")
    scene.private("10:00", "chen", "我的数据")
    scene.private("10:01", "chen", "进度")
    scene.private("10:10", "li", "意见 1 同意 记错了")
    played = await scene.play()
    assert any("3-2-502 低保申请" in text and "居民看不到" in text for text in played.to("li"))
    assert any("不同意必须写理由" in text for text in played.to("li"))
    signed = played.to("sun")[-1]
    assert "李网：不同意。名下有门面出租" in signed and "09:31" in signed
    assert any("不能再改" in text for text in played.to("li"))
    assert played.report["tickets"] == []
    assert not any("低保" in text or "门面" in text for text in played.to("chen"))
    assert played.report["audit"]["entries"] >= 2


async def test_nobody_else_answers_and_no_group_hears_it(scene: Scene) -> None:
    scene.says("09:00", "sun", "#征求意见 3-2-502 低保申请", room="r1")
    scene.private("09:05", "sun", "征求意见 3-2-502 低保申请")
    scene.private("09:10", "wu", "意见 1 同意 挺好的人")
    scene.private("09:11", "wang", "征求意见 3-2-502 低保申请")
    played = await scene.play(until="2026-03-05 09:00")
    assert played.in_group("r1") == []
    assert any("私信我" in text for text in played.to("sun"))
    assert any("需要网格工作人员" in text for text in played.to("wu"))
    assert len([text for text in played.to("li") if "还在等您答复" in text]) == 1


async def test_a_plain_answer_to_the_card_is_enough_and_can_be_taken_back(scene: Scene) -> None:
    scene.private("09:00", "sun", "征求意见 3-2-502 小额贷款")
    scene.private("09:30", "li", "不了解，刚搬来")
    scene.private("09:31", "li", "撤销")
    scene.private("09:35", "li", "意见 同意 家里情况属实")
    played = await scene.play()
    answers = [text for text in played.to("sun") if "署名时间" in text]
    assert "不了解。刚搬来" in answers[0] and "同意。家里情况属实" in answers[-1]


async def test_the_worker_may_be_named_first_and_the_household_by_its_head(scene: Scene) -> None:
    scene.private("09:00", "sun", "征求意见 李网 陈师傅 低保申请")
    scene.private("09:30", "li", "同意 情况属实，家里有病人")
    scene.private("09:40", "sun", "意见")
    played = await scene.play()
    assert any("3-2-502" in text and "低保申请" in text for text in played.to("li"))
    assert all("李网：同意。情况属实，家里有病人" in text for text in played.to("sun")[-2:])
    assert not any(row["about"] for row in played.said if "征求意见" in row["text"])
