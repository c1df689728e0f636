"""S1-24 "9+X" platform: tickets leave in its columns, its number comes back, nothing is typed twice."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

from click.testing import CliRunner

from gridbot.cli import cli
from tests.scene import Scene


async def test_a_ticket_is_shown_in_the_platforms_columns_and_its_number_kept(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元楼道灯不亮了")
    scene.says("09:30", "luo", "8号楼下水道堵了 污水漫出来了", room="r2", mentions=["bot"])
    scene.private("10:00", "li", "导出")
    scene.private("10:01", "li", "导出 1")
    scene.private("10:05", "li", "导出号 1 QJ2026-0001")
    scene.private("10:06", "li", "导出")
    scene.private("10:07", "wu", "导出号 2 QJ2026-0001")
    scene.private("10:08", "wang", "导出 1")
    played = await scene.play()
    assert [ticket["exported_no"] for ticket in played.report["tickets"]] == ["QJ2026-0001", None]
    waiting, sheet, kept, none = played.to("li")[-4:]
    assert "#1" in waiting and "#2" not in waiting  # only his own grid
    columns = ("模块：X 民生服务", "业务条线：城市管理", "所属网格编码：g1", "事件规模：个体性")
    for line in (*columns, "上报时间：2026-03-02T09:00"):
        assert line in sheet
    assert "QJ2026-0001" in kept and "都有平台编号了" in none
    assert any("已经用在 #1" in text for text in played.to("wu"))
    assert not any("模块" in text for text in played.to("wang"))
    assert any(line["what"] == "export" for line in played.ticket(1)["history"])


def test_files_go_out_as_csv_xlsx_and_json_and_numbers_come_back(scene: Scene, tmp_path: Path) -> None:
    scene.says("09:00", "wang", "3号楼2单元楼道灯不亮了")
    scene.says("09:30", "he", "5号楼后面垃圾堆了好几天没人清")
    data = tmp_path / "data"
    data.mkdir()
    asyncio.run(scene.play(url=f"sqlite://{data / 'gridbot.db'}"))

    def gridbot(*words: str) -> str:
        done = CliRunner().invoke(cli, [*words, "--data", str(data)])
        assert done.exit_code == 0, done.output
        return done.output

    gridbot("tickets", "--out", str(tmp_path / "t.csv"))
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text("utf-8-sig").splitlines()))
    assert [row["事件编号"] for row in rows] == ["1", "2"] and rows[1]["事件类别"] == "环境卫生"
    gridbot("tickets", "--out", str(tmp_path / "t.xlsx"))
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    (tmp_path / "back.csv").write_text("事件编号,平台编号\n1,QJ-1\n", "utf-8")
    gridbot("tickets", "--numbers", str(tmp_path / "back.csv"))
    gridbot("tickets", "--new", "--out", str(tmp_path / "new.json"))
    left = json.loads((tmp_path / "new.json").read_text("utf-8"))
    assert [row["事件编号"] for row in left] == ["2"]
