"""S3-07 四知四能: a card of one's own grid and a quiz from its data: in private, voluntary, nothing kept."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_card_of_ones_own_grid(scene: Scene) -> None:
    scene.private("09:00", "li", "四知")
    played = await scene.play()
    (card,) = [text for text in played.to("li") if "【四知】" in text]
    assert "4 户 4 人" in card and "青石物业" in card and "钱长" in card


async def test_a_quiz_says_what_is_right_and_tells_nobody(scene: Scene) -> None:
    scene.private("09:00", "li", "四知 测验")
    scene.private("09:01", "li", "2")
    scene.private("09:02", "li", "2")
    scene.private("09:03", "li", "1")
    played = await scene.play(until="2026-03-02 20:00")
    said = played.to("li")
    assert "第 1 题" in said[0] and "4" in said[0]
    assert said[-1].startswith(("对。答对", "正确的是")) and "没有留记录" in said[-1]
    assert not any("测验" in text or "答对" in text for who in ("qian", "sun") for text in played.to(who))


async def test_it_is_for_private_and_for_staff(scene: Scene) -> None:
    scene.says("09:00", "li", "#四知", "w1")
    scene.private("09:05", "wang", "#四知")
    played = await scene.play()
    assert played.in_group("w1") == [] and not any("【四知】" in row["text"] for row in played.said)


async def test_the_quiz_may_be_asked_for_by_its_own_name_and_a_name_starts_none(scene: Scene) -> None:
    scene.private("09:00", "li", "四知 陈师傅")
    scene.private("09:01", "li", "测验")
    played = await scene.play()
    card, question = played.to("li")
    assert card.startswith("【四知】") and "第 1 题" in question
