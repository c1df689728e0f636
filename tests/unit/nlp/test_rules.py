"""Rule packs: the built-in ones are healthy; an office's own are read on top, every fault named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gridbot.errors import BadInput
from gridbot.nlp import Kind, Reader, clinic
from gridbot.nlp.rules import load_rules

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[[rule]\n", 1, "TOML"),
        ('[[rule]]\nsay = ["x"]\n', 1, "没有 id"),
        ('[[rule]]\nid = "电梯"\nsay = ["x"]\n', 2, "看不出"),
        ('[[rule]]\nid = "issue.a.b"\nsay = "x"\n', 3, "不是一串文字"),
        ('[[rule]]\nid = "issue.a.b"\nsays = ["x"]\n', 3, "没有「says」"),
        ('[[rule]]\nid = "issue.a.b"\nsay = ["{nichts}"]\n', 3, "nichts"),
        ('[[rule]]\nid = "issue.a.b"\nsay = ["x"]\nscore = 3\n', 4, "score"),
        ('[[rule]]\nid = "issue.a.b"\nsay = ["x"]\nurgency = "soon"\n', 4, "urgency"),
        ("[lists]\nx = [1]\n", 2, "不是一串文字"),
        ("ruls = 1\n", 1, "没有「ruls」"),
    ],
)
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_rules([pack])
    assert caught.value.file == pack
    assert caught.value.line == line
    assert what in str(caught.value)
    assert caught.value.hint


def test_a_pack_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有这个规则包"):
        load_rules([tmp_path / "none.toml"])


def test_an_offices_own_word_is_understood(tmp_path: Path) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text(
        '[[rule]]\nid = "issue.public_facility.ours"\nsay = ["呱呱机{broken}"]\nscore = 0.95\n'
        'examples = ["呱呱机坏了"]\n',
        encoding="utf-8",
    )
    reader = Reader.load([pack], zone=ZONE)
    reading = reader.read("东门的呱呱机坏了 能来修吗", at=AT)
    assert (reading.kind, reading.category, reading.sub) == (Kind.ISSUE, "public_facility", "ours")


def test_a_rule_can_be_switched_off_by_id(tmp_path: Path) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text('[[rule]]\nid = "issue.safety_hazard.nest"\noff = true\n', encoding="utf-8")
    rules = load_rules([pack])
    assert "issue.safety_hazard.nest" not in {rule.id for rule in rules.rules}
    assert [old.id for old, _ in rules.replaced] == ["issue.safety_hazard.nest"]


def test_nearly_every_example_is_read_as_its_rule_says() -> None:
    reader = Reader.load(zone=ZONE)
    findings = list(clinic.test(reader))
    total = sum(len(rule.examples) + len(rule.counterexamples) for rule in reader.rules.rules)
    assert len(findings) <= total * 0.04, "\n".join(map(str, findings))
