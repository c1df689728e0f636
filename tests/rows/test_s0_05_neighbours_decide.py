"""S0-05 议事小组: a question to the group, opinions for some days, one summary, a result, tasks."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_question_goes_from_opinions_to_a_result_and_a_task(scene: Scene) -> None:
    scene.private("09:00", "qian", "议事 要不要加装电梯 到周四")
    scene.says("09:30", "wang", "我同意 早该装了", quote="out-2")
    scene.says("09:40", "chen", "不同意 一楼采光受影响", quote="out-2")
    scene.private("09:50", "lin", "议事 1 赞成，费用要讲清")
    scene.says("09:55", "wang", "还是赞成", quote="out-2")
    scene.private("2026-03-05 18:30", "qian", "议事汇总 1")
    scene.private("2026-03-05 19:00", "qian", "议事结果 1 同意先请厂家看现场再定")
    scene.private("2026-03-05 19:01", "qian", "议事任务 1 李网 3月10日 联系电梯厂家看现场")
    played = await scene.play()
    ask, result = played.in_group("r1")
    assert "议事1" in ask and "加装电梯" in ask
    assert "3 户参与，赞成 2，不赞成 1" in result and "请厂家看现场" in result
    assert not any(name in result for name in ("王大妈", "陈师傅", "采光"))
    assert any("已截止" in text and "赞成 2" in text for text in played.to("qian"))
    summed = next(text for text in played.to("qian") if "· 赞成" in text)
    assert "采光" in summed and "王大妈" not in summed
    (discussion,) = played.report["discussions"]
    assert discussion["state"] == "done" and discussion["voices"] == 3 and discussion["tickets"] == [1]
    task = played.ticket()
    assert task["assignee"] == "s1" and task["due_at"].startswith("2026-03-10")
    assert any("联系电梯厂家" in text for text in played.to("li"))


async def test_an_opinion_is_no_report_and_gets_no_answer_in_the_group(scene: Scene) -> None:
    scene.private("09:00", "qian", "议事 电动车棚建在哪里")
    scene.says("09:30", "wang", "楼道里停电动车太危险了 建在北门最好", quote="out-2")
    played = await scene.play()
    assert played.report["tickets"] == [] and played.report["candidates"] == []
    assert len(played.in_group("r1")) == 1
    assert "已记下" in played.to("wang")[-1]


async def test_only_staff_put_questions_and_only_neighbours_count(scene: Scene) -> None:
    scene.private("09:00", "wang", "议事 要不要换物业公司")
    scene.private("09:10", "qian", "议事 要不要换门禁系统")
    scene.private("09:20", "stranger", "议事 1 我同意")
    scene.private("09:21", "luo", "议事 1 我同意")
    played = await scene.play()
    assert "需要网格工作人员" in played.to("wang")[-1]
    assert "只收本网格住户" in played.to("stranger")[-1] and "只收本网格住户" in played.to("luo")[-1]
    assert played.report["discussions"][0]["voices"] == 0


async def test_a_vote_is_heard_without_a_quote_and_the_result_in_any_order(scene: Scene) -> None:
    scene.private("09:00", "qian", "议事 3号楼要不要加装电梯 3天")
    scene.says("09:30", "wang", "同意加装，我妈腿脚不好")
    scene.says("09:40", "chen", "我家不同意，一楼采光受影响")
    scene.says("09:45", "he", "今天菜市场白菜便宜")
    scene.private("09:50", "lin", "议事 先问清楚费用怎么摊")
    scene.private("2026-03-05 19:00", "qian", "议事 1 结果 先请三家公司报价")
    played = await scene.play()
    assert "3 户参与，赞成 1，不赞成 1" in played.in_group("r1")[-1]
    assert "先请三家公司报价" in played.in_group("r1")[-1] and len(played.in_group("r1")) == 2
    assert played.to("he") == []
