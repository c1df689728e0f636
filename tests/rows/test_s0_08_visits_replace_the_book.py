"""S0-08 一个人一个本, 挨门挨户走访: a visit is one line in private, the page of a home is the book."""

from __future__ import annotations

from tests.scene import Scene


async def test_one_line_is_a_visit_and_the_book_can_be_read_again(scene: Scene) -> None:
    scene.private("09:00", "li", "走访 3-2-601 正常 老人身体好")
    scene.private("09:20", "li", "3-1-101 走访 想装扶手", media=["image"])
    scene.private("09:30", "li", "走访记录 3-2-601")
    played = await scene.play()
    first, second = played.rows("visits", worker="s1", mode="上门")[:2]
    assert {first["outcome"], second["outcome"]} == {"正常 老人身体好", "想装扶手"}
    assert any("已记录 3-2-601 上门：正常 老人身体好" in text for text in played.to("li"))
    assert "【走访记录】3-2-601" in played.to("li")[-1] and "03-02 上门 正常" in played.to("li")[-1]


async def test_a_visit_noted_in_the_residents_group_is_answered_in_private(scene: Scene) -> None:
    scene.says("09:00", "li", "#走访 3-2-601 正常")
    scene.says("09:05", "li", "#走访记录 3-2-601")
    played = await scene.play()
    assert played.in_group("r1") == []
    assert "已记录 3-2-601" in played.to("li")[0] and "私聊" in played.to("li")[1]


async def test_a_resident_writes_no_visits(scene: Scene) -> None:
    scene.private("09:00", "wang", "#走访 3-2-601 正常")
    played = await scene.play()
    assert played.rows("visits", mode="上门") == []


async def test_two_doors_of_that_number_are_asked_about_once(scene: Scene) -> None:
    scene.people(
        households="""
            id,node,address,building,unit,room,head
            h1,g1,3号楼1单元502,3,1,502,王大妈
            h2,g1,3号楼2单元502,3,2,502,陈师傅
        """,
        residents="contact,household,name,head",
    )
    scene.private("09:00", "li", "走访 3-502 正常")
    scene.private("09:01", "li", "2")
    played = await scene.play()
    assert "1 第一网格 3-1-502" in played.to("li")[0]
    assert played.rows("visits", mode="上门")[0]["household"] == "h2"
