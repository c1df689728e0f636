"""`gridbot route` and what `gridbot check` says of routes."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from gridbot import profiles
from gridbot.cli import main
from gridbot.errors import BadInput
from gridbot.models.cases.routing import faults
from gridbot.models.territory.directory import Directory, Node
from gridbot.profiles.loading import read
from tests.conftest import SMALL_ORG
from tests.scene import Scene

CHANGED = """
inherit = "default"
zh = "试行"

[routes.lamps]
zh = "路灯"
events = ["public_facility/street_light"]
steps = ["网格长", "社区"]

[categories.env_sanitation]
deadline = "2 小时"
"""
CONFLICT = """
inherit = "default"
[routes.one]
events = ["dispute/family"]
steps = ["网格长"]
[routes.two]
events = ["dispute/family", "other"]
steps = ["社区"]
"""


@dataclass(frozen=True)
class Done:
    """How a command ended and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def gridbot(*words: str) -> Done:
    out, errors = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(errors):
        patch.setattr(sys, "argv", ["gridbot", *words])
        try:
            main()
        except SystemExit as ended:
            return Done(int(ended.code or 0), out.getvalue(), errors.getvalue())
    return Done(0, out.getvalue(), errors.getvalue())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("office")
    assert gridbot("import", str(SMALL_ORG), "--data", str(data)).returncode == 0
    yield data


def test_a_route_is_explained_step_by_step(office: Path) -> None:
    said = gridbot("route", "邻居两家吵架打起来了", "--node", "第一网格", "--explain", "--data", str(office))
    assert said.returncode == 0, said.stderr
    assert "按「矛盾纠纷」路线" in said.stdout and "3. 社区：社区书记 孙书记" in said.stdout
    assert "4. 调解员：没有人，跳过" in said.stdout and "先交：网格员 李网" in said.stdout
    assert "首次答复 20" in said.stdout and "+08:00" not in said.stdout
    said = gridbot("route", "大家早上好", "--node", "第一网格", "--data", str(office))
    assert "没有听出是什么事" in said.stdout


def test_a_node_that_does_not_exist_is_one_line_and_two(office: Path) -> None:
    said = gridbot("route", "路灯坏了", "--node", "没有", "--data", str(office))
    assert said.returncode == 2 and said.stderr.count("\n") == 1 and "nodes.csv" in said.stderr


def test_a_changed_rule_is_tried_on_the_matters_of_a_report(office: Path, tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:20", "chen", "5号楼前面垃圾堆了三天没人收")
    scene.private("09:40", "he", "5号楼1单元门禁坏了，进不去")
    asyncio.run(scene.play())
    rules = tmp_path / "试行.toml"
    rules.write_text(CHANGED, "utf-8")
    said = gridbot(
        "route",
        "--try",
        str(rules),
        "--report",
        str(tmp_path / "report.json"),
        "--json",
        "--data",
        str(office),
    )
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert found["looked"] == 3
    assert [(one["no"], one["before"], one["after"]) for one in found["moved"]] == [
        (1, "网格员李网", "网格长钱长（网格长→社区）")
    ]
    assert [one["no"] for one in found["dated"]] == [2]


def test_check_names_routes_that_contradict_each_other_and_posts_that_are_missing(
    office: Path, tmp_path: Path
) -> None:
    profile = read(_written(tmp_path / "default.toml", CONFLICT))
    assert [event for _, _, event in profile.routing.conflicts()] == ["dispute/family"]
    said = gridbot("check", "--data", str(office))
    assert "没有「调解员」，会跳到下一步" in said.stdout and "Traceback" not in said.stderr


SHADOWED = """
inherit = "default"
[routes.all_noise]
zh = "噪音"
events = ["noise_nuisance"]
urgencies = ["emergency", "high", "normal", "low", "grave"]
steps = ["网格长"]

[routes.noise]
zh = "普通噪音"
events = ["noise_nuisance"]
steps = ["网格员"]

[routes.rest]
zh = "其余"
events = ["*"]
steps = ["网格员"]
"""


@pytest.fixture
def built_in_profiles_after() -> Iterator[None]:
    yield
    profiles.use(())


@pytest.mark.usefixtures("built_in_profiles_after")
def test_a_route_that_others_always_go_before_is_named_by_import_and_check(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    _written(tmp_path / "rules" / "ours.toml", SHADOWED)
    settings = _written(tmp_path / "gridbot.toml", f'profiles = ["{tmp_path / "rules"}"]\n')
    org = tmp_path / "org"
    org.mkdir()
    for file in SMALL_ORG.glob("*.csv"):
        _written(org / file.name, file.read_text("utf-8-sig"))
    nodes = (org / "nodes.csv").read_text("utf-8")
    assert ",default," in nodes
    _written(org / "nodes.csv", nodes.replace(",default,", ",ours,"))
    place = ("--config", str(settings), "--data", str(tmp_path / "data"))
    told = "路线「普通噪音」永远轮不到，总是先走「噪音」"
    imported = gridbot("import", str(org), *place)
    assert imported.returncode == 0 and told in imported.stdout + imported.stderr
    assert "「其余」永远" not in imported.stdout + imported.stderr
    checked = gridbot("check", *place)
    assert told in checked.stdout and checked.returncode == 1


def test_a_route_of_a_kind_of_haste_there_is_not_is_refused(tmp_path: Path) -> None:
    text = SHADOWED.replace('"grave"', '"urgent"')
    with pytest.raises(BadInput, match=r"routes\.all_noise\.urgencies.*没有“urgent”"):
        read(_written(tmp_path / "ours.toml", text))


def test_a_grid_that_nobody_leads_is_a_grave_fault() -> None:
    alone = {"g": Node("g", None, "一格", "网格", "", "default")}
    empty = Directory(
        alone, (), (), (), (), opted_out=frozenset(), version=1, default_profile="default", any_transport=True
    )
    assert ("nobody", ("g",), True) in [(fault.what, fault.where, fault.grave) for fault in faults(empty)]


def _written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file
