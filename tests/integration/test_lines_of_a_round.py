"""What a worker writes of his round: the flat alone, a call, a neighbour met on the way, who is away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize(
    ("words", "mode", "told"),
    [
        ("601没人 敲了半天", "上门", "没人 敲了半天"),
        ("3-2-601不给开门 骂骂咧咧的", "上门", "不给开门"),
        ("电话问了601 家里都好", "电话", "家里都好"),
        ("路上碰到601老周了 说挺好", "路遇", "说挺好"),
        ("刚去了3-2-601 家里三口人 都在", "上门", "家里三口人"),
    ],
)
async def test_a_line_that_begins_with_a_door_is_a_visit(
    scene: Scene, words: str, mode: str, told: str
) -> None:
    scene.private("09:00", "li", words)
    played = await scene.play()
    made = [row for row in played.report["visits"] if row["done_at"]]
    assert [(row["household"], row["mode"]) for row in made] == [("h3", mode)]
    assert told in made[0]["outcome"] and played.report["tickets"] == []


async def test_who_moved_away_is_visited_no_more_until_it_is_taken_back(scene: Scene) -> None:
    scene.private("09:00", "li", "3-2-601那户搬走了 房东说上个月就走了")
    scene.private("09:01", "li", "搞错了")
    played = await scene.play()
    assert "搬走，走访任务已停" in played.to("li")[0]
    assert played.to("li")[-1] == "已撤销：刚才的走访记录"


async def test_a_leak_in_a_flat_is_no_line_of_a_round(scene: Scene) -> None:
    scene.private("09:00", "li", "3-2-601漏水了 楼下泡了")
    played = await scene.play()
    assert not [row for row in played.report["visits"] if row["done_at"]]
    assert played.ticket()["category"] == "drainage_leak"


async def test_who_is_in_hospital_rests_and_is_looked_after_again(scene: Scene) -> None:
    scene.private("09:00", "li", "王大妈住院了 儿子接走的 大概住一个礼拜")
    scene.private("2026-03-05 09:00", "li", "王大妈出院了")
    scene.private("2026-03-05 09:10", "li", "王大妈住院了")
    scene.private("2026-03-05 09:11", "li", "周日")
    played = await scene.play()
    assert played.to("li")[0].startswith("已暂停 王大妈 的看望和走访，3月9日")
    assert "已恢复 王大妈 的看望和走访。" in played.to("li")
    assert "到哪天恢复看望" in played.to("li")[-2]
    assert played.to("li")[-1].startswith("已暂停 王大妈 的看望和走访，3月8日")


async def test_a_leader_asks_of_one_colleague_and_of_one_class(scene: Scene) -> None:
    scene.private("09:00", "qian", "李网这个月走访走了多少")
    scene.private("09:01", "qian", "独居老人这个月都看过没有")
    played = await scene.play()
    assert played.to("qian")[0].startswith("【走访进度】（李网）")
    assert "独居老人（本月）0/1 户\n还没看的 1 户：" in played.to("qian")[1]
    assert "普通" not in played.to("qian")[1]


async def test_how_many_live_there_is_read_from_the_sheet(scene: Scene) -> None:
    scene.private("09:00", "li", "3-2-601几口人")
    played = await scene.play()
    assert played.to("li")[0].startswith("【3-2-601】")


async def test_a_colleague_is_asked_to_look_in(scene: Scene) -> None:
    scene.people(
        households="""
        id,node,address,building,unit,room,head,classes,phone,since
        h2,g1,3号楼2单元502,3,2,502,陈师傅,独居老人;无手机老人,,
        """,
        residents="contact,household,name,head,birth,classes,phone",
    )
    scene.private("10:00", "li", "晚上我要加班 让赵副帮看下陈师傅")
    played = await scene.play()
    assert played.to("zhao")[-1].startswith("李网请您代看陈师傅（3-2-502）。")


async def test_who_was_missed_and_is_found_is_told_in_a_few_words(scene: Scene) -> None:
    scene.people(
        households="""
        id,node,address,building,unit,room,head,classes,phone,since
        h2,g1,3号楼2单元502,3,2,502,陈师傅,独居老人;无手机老人,,
        """,
        residents="contact,household,name,head,birth,classes,phone",
    )
    scene.private("09:00", "li", "平安 陈师傅 无人")
    scene.private("09:10", "li", "看到了 在楼下晒太阳呢 人挺好")
    played = await scene.play()
    assert "已记录：陈师傅 好。" in played.to("li") and "#1 已办结。" in played.to("li")
    assert any("已见到陈师傅本人" in text for text in played.to("qian"))
