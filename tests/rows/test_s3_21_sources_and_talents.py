"""S3-21 网格员来源: where workers came from is kept; the best are listed, as a table too."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from click.testing import CliRunner

from gridbot.cli import cli
from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments,source
    s1,李网,网格员,g1,13800000001,li,,专职,,,退伍军人
    s3,钱长,网格长,g1,13800000003,qian,,专职,,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,,
    s6,吴网,网格员,g2,13800000006,wu,,兼职,,,老党员
    s8,郭网,网格员,g2,13800000008,guo,,兼职,,,妇女代表
"""


async def test_the_list_names_each_ones_source(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "sun", "培养名单")
    played = await scene.play()
    listed = played.to("sun")[-1]
    assert all(word in listed for word in ("退伍军人", "老党员", "妇女代表")) and "3 人" in listed


def test_the_list_is_exported_as_a_table(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.people(staff=STAFF)
    run = CliRunner()
    data, out = str(tmp_path / "data"), tmp_path / "talents.csv"
    assert run.invoke(cli, ["import", str(scene.org), "--data", data]).exit_code == 0
    assert run.invoke(cli, ["sheet", "talents", "青石社区", "--data", data, "--out", str(out)]).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert {(row["姓名"], row["来源"]) for row in rows} == {
        ("李网", "退伍军人"),
        ("吴网", "老党员"),
        ("郭网", "妇女代表"),
    }
    book = tmp_path / "allowance.xlsx"
    assert run.invoke(cli, ["sheet", "allowance", "--data", data, "--out", str(book)]).exit_code == 0
    assert book.read_bytes()[:2] == b"PK"


async def test_a_leader_notes_where_somebody_came_from(scene: Scene) -> None:
    scene.private("09:00", "sun", "来源 李网 老党员")
    scene.private("09:01", "li", "来源 吴网 老党员")
    scene.private("09:02", "sun", "网格员来源")
    played = await scene.play()
    listed = played.to("sun")[-1]
    assert "李网" in listed and "来源：老党员" in listed and listed.count("老党员") == 1
