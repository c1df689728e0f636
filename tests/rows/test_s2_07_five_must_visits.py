"""S2-07 五必到: five kinds of events with a time of arrival, told in private, chased upwards when missed."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_worker_goes_there_arrives_and_records(scene: Scene) -> None:
    scene.private("09:00", "qian", "必到 邻里纠纷 3-2-601")
    scene.private("09:10", "li", "在途")
    scene.private("09:30", "qian", "必到")
    scene.private("09:40", "li", "到场")
    scene.private("10:10", "li", "记录 两家当面说和")
    played = await scene.play(until="2026-03-02 14:00")
    assert "11:00前到场" in played.to("qian")[0] and "邻里纠纷 3-2-601 在途" in played.to("qian")[1]
    assert "【必到】邻里纠纷 3-2-601" in played.to("li")[0]
    row = played.rows("visits", why="邻里纠纷")[0]
    assert (row["worker"], row["outcome"], row["done_at"]) == (
        "s1",
        "两家当面说和",
        "2026-03-02T10:10:00+08:00",
    )
    assert not any("必到未到" in row["text"] for row in played.said)


async def test_who_does_not_come_in_time_is_told_to_the_leader_and_then_to_the_community(
    scene: Scene,
) -> None:
    scene.private("09:00", "zhao", "必到 治安案件 3-2-601")
    played = await scene.play(until="2026-03-02 12:00")
    missed = {row["to"]: row["at"][11:16] for row in played.said if "必到未到" in row["text"]}
    assert missed == {"li": "09:30", "qian": "09:30", "sun": "10:00"}


async def test_words_of_a_death_in_a_staff_group_call_the_worker_and_are_never_repeated(scene: Scene) -> None:
    scene.says("09:00", "zhao", "3-2-601林小姐的父亲今早去世了", "w1")
    played = await scene.play(until="2026-03-02 17:00")
    assert any("【必到】家庭变故 3-2-601" in text and "17:30前" in text for text in played.to("li"))
    assert played.in_group("w1") == [] and played.in_group("r1") == []
    assert not any("去世" in row["text"] for row in played.said)
    assert len(played.rows("visits", why="家庭变故")) == 1


async def test_a_resident_is_heard_in_private_and_the_worker_decides_with_one_tap(scene: Scene) -> None:
    scene.private("09:00", "lin", "我家老伴昨天住院了")
    scene.private("09:10", "li", "1")
    played = await scene.play()
    assert "要不要当面去一趟" in played.to("li")[0] and "住院" not in "".join(played.to("li"))
    assert played.rows("visits", why="家庭变故")[0]["household"] == "h3"


async def test_the_same_event_is_called_once_and_a_visit_settles_it(scene: Scene) -> None:
    scene.private("09:00", "qian", "必到 突发生活困难 3-2-601")
    scene.private("09:05", "zhao", "必到 突发生活困难 3-2-601")
    scene.private("10:00", "li", "走访 3-2-601 已帮助申请临时救助")
    played = await scene.play(until="2026-03-02 20:00")
    assert any("已经登记过" in text for text in played.to("zhao"))
    (row,) = played.rows("visits", why="突发生活困难")
    assert row["done_at"] == "2026-03-02T10:00:00+08:00"
    assert not any("必到未到" in one["text"] for one in played.said)


async def test_a_reported_quarrel_is_one_of_the_five_by_itself(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼502两口子打起来了，快来人劝劝")
    scene.private("09:05", "li", "1")
    scene.private("09:20", "li", "到场 1")
    played = await scene.play(until="2026-03-02 12:00")
    assert any("【必到】#1 属邻里纠纷，请在 11:00前到场" in text for text in played.to("li"))
    assert not any("必到未到" in row["text"] for row in played.said)
    assert played.rows("visits", why="邻里纠纷")


async def test_what_was_no_such_event_is_dropped_with_one_word(scene: Scene) -> None:
    scene.says("09:00", "zhao", "3-2-601说下周去医院看住院的亲戚", "w1")
    scene.private("09:10", "li", "不是")
    played = await scene.play(until="2026-03-02 19:00")
    assert "好的，不登记。" in played.to("li")
    assert played.rows("visits", why="家庭变故") == []
    assert not any("必到未到" in row["text"] for row in played.said)


async def test_what_happens_out_of_doors_has_a_place_and_no_household(scene: Scene) -> None:
    scene.private("09:00", "li", "#必到 社区治安案件 东门小卖店门口")
    scene.private("09:10", "li", "到场")
    scene.private("09:20", "li", "必到 家庭变故 老李家")
    played = await scene.play(until="2026-03-02 10:30")
    assert "社区治安案件 东门小卖店门口，请在 09:30前到场" in played.to("li")[0]
    assert played.to("li")[-1].startswith("请写什么事、哪一户")
    row = played.rows("visits", why="社区治安案件")[0]
    assert (row["household"], row["state"]) == ("", "到场")


async def test_whoever_tells_of_a_loss_in_private_is_not_left_without_a_word(scene: Scene) -> None:
    scene.private("09:00", "wang", "我老伴昨晚去世了，我一个人不知道咋办")
    played = await scene.play(until="2026-03-02 09:30")
    assert played.to("wang") == ["您的话我只转给了网格员，会尽快与您联系。"]
    assert any("家庭变故" in text for text in played.to("li"))


async def test_a_request_for_help_in_need_is_a_must_visit_of_the_same_day(scene: Scene) -> None:
    scene.private("09:00", "wang", "家里突然没了收入，孩子学费都交不起了，想申请临时救助")
    played = await scene.play(until="2026-03-02 09:30")
    assert played.ticket()["category"] == "relief_aid"
    (row,) = played.rows("visits", why="突发生活困难")
    assert row["arrive_by"] == "2026-03-02T17:30:00+08:00" and played.in_group("r1") == []
