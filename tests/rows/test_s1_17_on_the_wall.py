"""S1-17 院墙公示: the organisation with names, telephones and duties, made from the org."""

from __future__ import annotations

from tests.scene import Scene


async def test_staff_get_the_board_of_their_grid_and_of_any_place_they_name(scene: Scene) -> None:
    scene.private("09:00", "li", "公示")
    scene.private("09:01", "li", "公示 青石社区")
    played = await scene.play()
    own, community = played.to("li")
    assert own.startswith("# 第一网格 网格公示") and "青石街道：街道主任周主任 13800000005" in own
    assert "**第一网格**：" in own and "网格员李网 13800000001" in own
    assert "**青石社区**：社区书记孙书记" in community and "第二网格：网格员吴网" in community
    assert all(name not in own + community for name in ("王大妈", "陈师傅", "3-2-502"))


async def test_residents_are_not_sent_the_staffs_paper_in_their_group(scene: Scene) -> None:
    scene.says("09:00", "wang", "@网格小助手 公示", mentions=["bot"])
    scene.says("09:05", "wang", "公示期到了没有")
    played = await scene.play()
    assert not any("13800000001" in text for text in played.in_group("r1"))
