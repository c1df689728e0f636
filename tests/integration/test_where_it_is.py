"""Where a matter is: told in pieces, told by the nickname, a neighbour's door, a spot no list knows."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_the_place_is_told_in_pieces(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "stranger", "3号楼楼上漏水漏到我家了")
    scene.says("09:01", "stranger", "504")
    scene.says("09:02", "stranger", "二单元的")
    played = await scene.play()
    assert played.ticket()["place"] == "3号楼2单元504"
    assert len(played.in_group("r1")) == 1
    assert any("504" in text for text in played.to("li"))


async def test_a_door_alone_belongs_to_the_matter_of_a_while_ago(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "stranger", "3号楼下水道又堵了 臭水都冒出来了")
    scene.says("09:20", "stranger", "3-2-204")
    played = await scene.play()
    assert "204" in played.ticket()["place"]
    assert any("3-2-204" in text for text in played.to("li"))


async def test_a_neighbour_who_tells_anothers_door_changes_no_place(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "stranger", "3号楼楼道声控灯不亮")
    scene.says("09:01", "lin", "3-2-601")
    assert (await scene.play()).ticket()["place"] == "3号楼"


async def test_in_private_the_nickname_tells_the_building(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "stranger", "楼道灯不亮了", name="3-2-402赵")
    played = await scene.play()
    assert played.ticket()["place"] == "3号楼2单元"
    assert not any("几号楼" in text for text in played.to("stranger"))


async def test_a_shop_is_where_its_name_says(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "shop", "门口下水井反味 往外冒脏水", name="东门小卖店")
    played = await scene.play()
    assert played.ticket()["place"] == "东门小卖店" and played.ticket()["grid"] == "g1"


async def test_what_happens_next_door_is_not_at_the_reporters_door(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "chen", "我家对门那女的被她男人打了 孩子一直哭")
    played = await scene.play()
    assert played.ticket()["place"] == "3号楼2单元"


async def test_a_spot_that_no_list_knows_is_told_as_it_was_said(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "chen", "公园门口的路灯坏了 黑乎乎的")
    assert (await scene.play()).ticket()["place"] == "公园门口"


async def test_a_candidate_keeps_the_place_of_the_nickname(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("09:00", "stranger", "我家楼上漏水 把天花板泡了", name="3-2-403黄")
    scene.private("09:05", "li", "1")
    assert (await scene.play()).ticket()["place"] == "3号楼2单元403"


async def test_the_door_said_with_a_greeting_is_not_asked_for_again(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "stranger", "你好 我是新搬来的 租的3号楼2单元803")
    scene.private("09:02", "stranger", "楼道灯不亮了")
    played = await scene.play()
    assert played.ticket()["place"] == "3号楼2单元803" and played.ticket()["grid"] == "g1"
