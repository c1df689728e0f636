"""Rules are proposed from corrections, together with everything they would change."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from gridbot.nlp import Reader, clinic
from gridbot.nlp.labelled import AT, Case
from gridbot.nlp.suggest import proposals

ZONE = ZoneInfo("Asia/Shanghai")
MISSED = [
    Case("龙潭子翻泡了", "issue", "env_sanitation"),
    Case("龙潭子上漂一层", "issue", "env_sanitation"),
]
FALSE = [Case("电梯里跳舞摔倒那段停了", "none")]


@lru_cache(maxsize=1)
def shipped() -> Reader:
    return Reader.load(zone=ZONE)


def test_what_was_missed_gets_a_rule_that_finds_it(tmp_path: Path) -> None:
    def with_pack(toml: str) -> Reader:
        (tmp_path / "ours.toml").write_text(toml, "utf-8")
        return Reader.load([tmp_path / "ours.toml"], zone=ZONE)

    found = list(proposals(shipped(), MISSED, with_pack))
    assert [(one.better, one.worse) for one in found] == [(2, 0)]
    assert 'say = ["龙潭子"]' in found[0].toml
    assert {change.now for change in found[0].changes} == {"env_sanitation"}
    reader = with_pack(found[0].toml)
    assert reader.read("龙潭子那儿又翻泡了", at=AT).category == "env_sanitation"
    assert not list(clinic.test(reader))


def test_a_rule_that_spoke_up_wrongly_is_proposed_anew_with_an_exception(tmp_path: Path) -> None:
    def with_pack(toml: str) -> Reader:
        (tmp_path / "ours.toml").write_text(toml, "utf-8")
        return Reader.load([tmp_path / "ours.toml"], zone=ZONE)

    wrong = shipped().read(FALSE[0].text, at=AT)
    assert wrong.because, "choose another example: this one is read right"
    found = list(proposals(shipped(), FALSE, with_pack))
    assert all(wrong.because[0].rule in one.toml and "unless" in one.toml for one in found)
    assert all(one.better > one.worse for one in found)


def test_right_readings_call_for_nothing() -> None:
    def never(toml: str) -> Reader:
        raise AssertionError(toml)

    assert list(proposals(shipped(), [Case("3号楼电梯坏了", "issue", "public_facility")], never)) == []


def test_a_superfluous_rule_of_an_office_is_reported(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(
        '[[rule]]\nid = "issue.public_facility.elevator.ours"\nsay = ["电梯 坏了"]\nscore = 0.8\n'
        'examples = ["3号楼电梯坏了"]\n',
        "utf-8",
    )
    reader = Reader.load([tmp_path / "ours.toml"], zone=ZONE)
    assert [finding.rule.id for finding in clinic.check(reader)] == ["issue.public_facility.elevator.ours"]
