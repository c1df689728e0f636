"""S0-29 指挥大屏: out of scope by design: a feed of tickets and counts goes out, nobody's whereabouts do."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from click.testing import CliRunner

from gridbot.cli import cli
from tests.scene import Scene


def test_the_export_feed_carries_matters_and_no_person(scene: Scene, tmp_path: Path) -> None:
    scene.private("09:00", "wang", "报事 3号楼2单元楼道灯不亮了，我电话13912345678")
    scene.private("09:10", "chen", "楼上501天天吵架打孩子，别说是我说的")
    data = tmp_path / "data"
    data.mkdir()
    asyncio.run(scene.play(url=f"sqlite://{data / 'gridbot.db'}"))
    done = CliRunner().invoke(cli, ["tickets", "--data", str(data)])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.output[done.output.index("[") :])
    assert rows[0]["事件小类"] == "楼道灯" and rows[0]["所属网格"] == "第一网格"
    assert "13912345678" not in done.output and "王大妈" not in done.output
    assert "wang" not in done.output and "chen" not in done.output
    assert all("501" not in row["事件描述"] for row in rows)


async def test_nobody_can_ask_where_somebody_is_or_for_a_camera(scene: Scene) -> None:
    scene.private("09:00", "sun", "定位 李网")
    scene.private("09:05", "sun", "调监控 东门")
    scene.says("09:10", "wang", "", media=["location"])
    played = await scene.play()
    assert played.report["tickets"] == []
    assert len(played.to("sun")) == 2 and all("不接监控" in text for text in played.to("sun"))
    assert played.to("li") == []
    assert played.in_group("r1") == []
