"""S1-18 老旧小区自治: promises of hands and things are counted, never money; five stars with evidence."""

from __future__ import annotations

from tests.scene import Scene


async def test_promises_are_tallied_and_no_money_is_taken(scene: Scene) -> None:
    scene.private("09:00", "qian", "议事 修自行车棚大家一起出力")
    scene.private("09:10", "wang", "认领 1 出工两天")
    scene.private("09:11", "chen", "认领 1 出200元买彩钢瓦")
    scene.private("09:12", "stranger", "认领 1 出工一天")
    scene.private("09:20", "qian", "议事汇总 1")
    scene.private("09:30", "qian", "议事结果 1 周末开工，材料当面交理事会并公示")
    played = await scene.play()
    assert all("不收钱" in played.to(who)[-1] and "转账" in played.to(who)[-1] for who in ("wang", "chen"))
    assert "只收本网格住户" in played.to("stranger")[-1]
    summed = next(text for text in played.to("qian") if "· 承诺" in text)
    assert "承诺 2 项" in summed and "出工两天" in summed
    result = played.in_group("r1")[-1]
    assert "承诺 2 项" in result and "200" not in result
    assert played.report["discussions"][0]["pledges"] == 2


async def test_a_star_needs_evidence(scene: Scene) -> None:
    scene.private("09:00", "qian", "五星小区")
    scene.private("09:01", "qian", "五星 邻里和睦 达标")
    scene.private("09:02", "qian", "五星 邻里和睦 达标 全年无纠纷")
    scene.private("09:03", "qian", "五星 环境整洁 未达标")
    scene.private("09:04", "wang", "#五星小区")
    played = await scene.play()
    first, refused, one, last = played.to("qian")
    assert "0/5 星" in first and first.count("☆") == 5
    assert "请写依据" in refused
    assert "1/5 星" in one and "★ 邻里和睦 全年无纠纷" in one and "1/5 星" in last
    assert not any("邻里和睦" in text for text in played.to("wang"))


async def test_a_promise_is_heard_in_the_words_in_which_neighbours_make_it(scene: Scene) -> None:
    scene.private("09:00", "qian", "议事 小区大门翻修要不要捐资 到周五")
    scene.says("09:10", "wang", "同意 我家捐200")
    scene.says("09:11", "chen", "我认捐300元")
    scene.private("09:12", "he", "大门翻修我承诺捐500")
    scene.says("09:13", "lin", "不同意 凭什么我们捐")
    scene.says("09:14", "lin", "隔壁小区捐了好几万呢")
    scene.private("09:20", "qian", "议事汇总")
    played = await scene.play()
    summed = played.to("qian")[-1]
    assert "赞成 1，不赞成 1" in summed and "承诺 3 项" in summed
    assert played.report["discussions"][0]["pledges"] == 3
    for who in ("wang", "chen", "he"):
        assert "不收钱" in played.to(who)[-1]
    assert len(played.in_group("r1")) == 1
