"""S1-01 四级网格体系: a tree of five levels and thousands of nodes is imported, counted, and lived in."""

from __future__ import annotations

from gridbot.demo.examples import make
from tests.scene import Scene


async def test_a_district_of_4378_units_is_imported_and_a_matter_climbs_its_levels(scene: Scene) -> None:
    scene.org = make("zhanyi", scene.folder / "org")
    unit, room = "zy01-01-n1-g1", "room-zy01-01"
    worker = _contact(scene, unit)
    for sheet in ("households", "residents"):
        _only(scene, sheet, unit)
    scene.says("09:00", f"wx-{unit}-h1", "门口的路灯坏了好几天了", room=room)
    scene.private("09:05", worker, "上报 1 要请电工")
    scene.private("09:10", "wx-s00001", "编制")
    scene.private("09:11", "wx-s00001", "推广进度")
    played = await scene.play()
    ticket = played.ticket()
    assert ticket["grid"] == unit and ticket["node"] == "zy01-01-n1"
    posts, rollout = played.to("wx-s00001")[-2:]
    assert "沾益区申报 4378 个，实有 4378 个网格" in posts and "应配 4378 人，实配 4378 人" in posts
    assert [line.split(" 个")[0] for line in rollout.splitlines()[1:] if "个：" in line] == [
        "区 1", "街道 11", "社区 135", "居民小组 1069", "网格 4378",
    ]  # fmt: skip


def _only(scene: Scene, sheet: str, node: str) -> None:
    """Leave the households of one unit: 77,000 would be visited all day."""
    file = scene.org / f"{sheet}.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([head, *(row for row in rows if f"{node}-h" in row)]), "utf-8")


def _contact(scene: Scene, node: str) -> str:
    """The account of whoever works a grid."""
    rows = (scene.org / "staff.csv").read_text("utf-8").splitlines()
    return next(row.split(",")[5] for row in rows if f",专职网格员,{node}," in row)
