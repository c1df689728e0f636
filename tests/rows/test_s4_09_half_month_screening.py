"""S4-09 半月排查: 1–15 and 16–end, one focus after the other, three numbers to the leader on the last day."""

from __future__ import annotations

from tests.scene import Scene


async def test_every_half_month_has_its_focus_and_ends_with_three_numbers(scene: Scene) -> None:
    scene.day = "2026-03-16"
    scene.private("08:00", "li", "待办")
    scene.private("2026-03-20 10:00", "li", "排查 3-502 群租 已登记 3人")
    played = await scene.play(until="2026-04-01 10:00")
    opened = [text for text in played.to("li") if text.startswith("【半月排查】侧重")]
    assert len(opened) == 2 and "3月31日" in opened[0] and "4月15日" in opened[1]
    assert opened[0].split("，")[0] != opened[1].split("，")[0]
    assert any("截止，还没有收到：第二网格" in text for text in played.to("wu"))
    assert not any("还没有收到" in text for text in played.to("li"))
    closing = [text for text in played.to("qian") if "个网格：" in text and "半月排查" in text]
    assert "有事 1、零报告 0、未报 0" in closing[0] and "群租" in closing[0]
    windows = {
        (row["window_start"], row["window_end"], row["node"], row["state"]) for row in played.rows("duties")
    }
    assert {
        ("2026-03-16", "2026-03-31", "g1", "something"),
        ("2026-03-16", "2026-03-31", "g2", "missing"),
    } <= windows


async def test_a_leader_may_have_it_look_at_something_else(scene: Scene) -> None:
    scene.private("09:00", "sun", "排查侧重 复杂场所")
    scene.private("10:00", "li", "排查 棋牌室 已查 无证")
    played = await scene.play()
    assert any("改为侧重：复杂场所" in text for text in played.to("li"))
    assert any("侧重复杂场所" in text for text in played.to("li"))


async def test_nothing_found_is_said_and_is_not_silence(scene: Scene) -> None:
    scene.private("09:00", "li", "排查 无异常")
    played = await scene.play()
    assert [(row["node"], row["state"]) for row in played.rows("duties", node="g1")] == [("g1", "zero")]
    assert played.in_group("r1") == []


async def test_the_leader_reads_how_it_stands_whenever_he_asks(scene: Scene) -> None:
    scene.private("09:00", "li", "排查 出租屋 3-502 两人 已登记")
    scene.private("10:00", "sun", "排查汇总")
    played = await scene.play()
    assert played.to("sun") == [
        "【半月排查】2 个网格：有事 1、零报告 0、未报 1。\n未报：第二网格（未报不等于没事）"
    ]
    assert {row["node"] for row in played.report["duties"]} == {"g1", "g2"}
