"""`gridbot replay` as an office types it: exit codes, one line for a fault, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gridbot.cli import main
from tests.conftest import SMALL_ORG
from tests.scene import Scene

GOOD = {"at": "2026-03-02T09:00:00+08:00", "room": "r1", "from": "wang", "id": "m1", "text": "早"}


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["gridbot", "replay", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    return scene


def test_a_replay_ends_with_a_short_summary(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, scene.write(), "--org", SMALL_ORG) == 0
    out = capsys.readouterr()
    assert "登记 1 件" in out.out and "回放" not in out.err


def test_a_replay_tells_its_figures_as_json(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, scene.write(), "--org", SMALL_ORG, "--json") == 0
    assert json.loads(capsys.readouterr().out)["tickets"] == 1


BROKEN = [
    ("{", "不是 JSON"),
    ("[1]", "不是 JSON 对象"),
    (json.dumps({**GOOD, "at": "2026-03-02T09:00:00"}), "没有时区"),
    (json.dumps({**GOOD, "at": "gestern"}), "不是时间"),
    (json.dumps({**GOOD, "at": "2026-03-02T08:00:00+08:00"}), "时间倒退"),
    (json.dumps({**GOOD, "from": ""}), "缺少 from"),
    (json.dumps({key: value for key, value in GOOD.items() if key != "text"}), "缺少 text"),
    (json.dumps({key: value for key, value in GOOD.items() if key != "room"}), "缺少 room"),
    (json.dumps({**GOOD, "mentions": "bot"}), "mentions 不是列表"),
    (json.dumps({**GOOD, "media": ["film"]}), "不认识的 media"),
    (json.dumps({"at": GOOD["at"], "event": "earthquake"}), "不认识的 event"),
    (json.dumps({"at": GOOD["at"], "event": "gateway", "state": "half"}), "state 不对"),
    (json.dumps({"at": GOOD["at"], "event": "send", "fails": "x"}), "fails 不对"),
    (json.dumps({"at": GOOD["at"], "event": "import", "org": "nowhere"}), "找不到 nowhere"),
]


@pytest.mark.parametrize(("line", "complaint"), BROKEN)
def test_a_bad_line_is_named_and_nothing_is_written(
    line: str,
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chat = tmp_path / "chat.jsonl"
    chat.write_text(json.dumps({**GOOD, "id": "m0"}) + "\n\n" + line + "\n", "utf-8")
    said, report, db = tmp_path / "say", tmp_path / "report", tmp_path / "db"
    outs = ["--say", said, "--report", report, "--db", db]
    assert run(monkeypatch, chat, "--org", SMALL_ORG, *outs) == 2
    fault = capsys.readouterr().err.strip()
    assert fault.startswith(f"{chat}:3: ") and complaint in fault and " — " in fault
    assert "\n" not in fault
    assert not said.exists() and not report.exists() and not db.exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--until", "2026-03-02"], "没有时区"),
        (["--until", "2026-03-01T00:00:00+08:00"], "早于最后一行"),
        (["--say", "/nowhere/at/all"], "写不了"),
        (["--config", "/nowhere.toml"], "/nowhere.toml"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(
    arguments: list[str],
    complaint: str,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, scene.write(), "--org", SMALL_ORG, *arguments) == 2
    fault = capsys.readouterr().err.strip()
    assert complaint in fault and "\n" not in fault


def test_a_missing_log_and_an_empty_one_are_exit_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    for chat in (tmp_path / "none.jsonl", empty, tmp_path):
        assert run(monkeypatch, chat, "--org", SMALL_ORG) == 2
        assert "\n" not in capsys.readouterr().err.strip()


def test_an_org_with_a_fault_is_exit_2_and_leaves_the_database_untouched(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    org = tmp_path / "org"
    org.mkdir()
    (org / "nodes.csv").write_text("code,parent,name,level\ng1,nowhere,第一网格,网格\n", "utf-8")
    db = tmp_path / "kept.db"
    assert run(monkeypatch, scene.write(), "--org", org, "--db", db) == 2
    assert "nodes.csv:2" in capsys.readouterr().err
    assert not db.exists()


def test_a_database_that_holds_something_is_refused(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "kept.db"
    assert run(monkeypatch, scene.write(), "--org", SMALL_ORG, "--db", db) == 0
    capsys.readouterr()
    assert run(monkeypatch, scene.write(), "--org", SMALL_ORG, "--db", db) == 2
    assert "数据库不是空的" in capsys.readouterr().err


def test_neither_hash_seed_nor_zone_of_the_machine_changes_a_byte(scene: Scene, tmp_path: Path) -> None:
    scene.says("09:02", "chen", "我家也是")
    scene.private("09:05", "li", "1")
    scene.says("09:30", "he", "5号楼门口的路灯坏了好几天了")
    chat = scene.write()
    results = []
    for seed, zone in (("1", "UTC"), ("2", "America/New_York")):
        outs = [tmp_path / f"say{seed}", tmp_path / f"report{seed}"]
        command = [sys.executable, "-m", "gridbot", "replay", chat, "--org", SMALL_ORG]
        command += ["--until", "2026-03-03T20:00:00+08:00", "--say", outs[0], "--report", outs[1]]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        results.append([out.read_bytes() for out in outs])
    assert results[0] == results[1]


@pytest.mark.parametrize("key", ["rules", "services", "profiles"])
def test_a_broken_pack_of_the_office_is_one_line(scene: Scene, tmp_path: Path, key: str) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "ours.toml").write_text("[[rule]]\nsays = 3\n", "utf-8")
    profile = '[bot]\nprofile = "ours"\n' if key == "profiles" else ""
    settings = tmp_path / "gridbot.toml"
    packs = tmp_path / "packs" if key == "profiles" else tmp_path / "packs" / "ours.toml"
    settings.write_text(f'{key} = ["{packs}"]\n{profile}', "utf-8")
    done = subprocess.run(  # a fault's left-overs are told when the process ends
        [sys.executable, "-m", "gridbot", "replay", scene.write(), "--org", SMALL_ORG, "--config", settings],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 2
    assert "ours.toml" in done.stderr and done.stderr.count("\n") == 1
