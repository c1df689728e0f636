"""S1-11 一证一卡一公示: anybody may ask who somebody is, newcomers get the card, results are posted."""

from __future__ import annotations

from tests.scene import Scene


async def test_anybody_learns_whether_somebody_works_here(scene: Scene) -> None:
    scene.private("09:00", "wang", "验证 李网")
    scene.private("09:01", "stranger", "验证 s1")
    scene.private("09:02", "wang", "验证 吴网")
    scene.private("09:03", "wang", "验证 王五")
    played = await scene.play()
    known, elsewhere, unknown = played.to("wang")
    assert "是本网格工作人员" in known and "网格员 李*" in known and "s1" in known
    assert "138****0001" in known and "13800000001" not in known
    assert "是" in played.to("stranger")[0] and "李*" in played.to("stranger")[0]
    assert "不是本网格" in elsewhere and "第二网格" in elsewhere
    assert "没有查到" in unknown
    assert all("不" in text and "验证码" in text for text in (known, elsewhere, unknown))


async def test_asked_in_the_group_it_is_answered_in_private(scene: Scene) -> None:
    scene.says("09:00", "wang", "#验证 李网")
    played = await scene.play()
    assert played.in_group("r1") == [] and "李*" in played.to("wang")[0]


async def test_a_newcomer_gets_the_contact_card_and_the_rule_about_money(scene: Scene) -> None:
    scene.happens("09:00", "join", room="r1", **{"from": "fresh", "name": "新邻居"})
    scene.happens("09:01", "join", room="w1", **{"from": "wu", "name": "吴网"})
    played = await scene.play()
    (card,) = played.to("fresh")
    assert "网格员：李网 13800000001" in card and "网格长：钱长" in card
    assert "不会" in card and "验证码" in card and "退出" in card
    assert played.in_group("r1") == [] and played.to("wu") == []


async def test_the_months_results_are_posted_once_as_counts_without_names(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "li", "1")
    scene.private("09:40", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("2026-03-02 10:00", "li", "走访 3-1-101 正常")
    played = await scene.play(until="2026-04-02 18:00")
    posts = [text for text in played.in_group("r1") if "上月" in text]
    (post,) = posts
    assert "办结 1 件" in post and "走访 1 户" in post and len(post) <= 40
    assert not any(name in post for name in ("李网", "王大妈", "101"))
    assert not any("上月" in text for text in played.in_group("r2"))


async def test_a_number_a_plain_question_and_a_strangers_question_are_answered(scene: Scene) -> None:
    scene.private("09:00", "wang", "验证 13800000001")
    scene.private("09:01", "he", "李网是不是我们的网格员")
    scene.says("09:02", "lin", "验证 李网")
    scene.private("09:03", "stranger", "验证 孙书记")
    played = await scene.play()
    for who in ("wang", "he", "lin"):
        (card,) = played.to(who)
        assert "是本网格工作人员" in card and "李*" in card and "13800000001" not in card
    (card,) = played.to("stranger")
    assert "青石社区" in card and "不是本网格" not in card and "仿冒" in card
    assert played.in_group("r1") == []
