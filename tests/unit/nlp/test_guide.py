"""The guide for offices: its rule does what the guide says."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from gridbot.nlp import Reader, clinic

GUIDE = Path(__file__).parents[3] / "docs" / "rules.zh-CN.md"


def test_the_rule_of_the_guide_reads_its_examples(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(   \[\[rule\]\].*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    pack = tmp_path / "our-rules.toml"
    pack.write_text("\n".join(line.strip() for line in found.group(1).splitlines()), "utf-8")
    reader = Reader.load([pack], zone=ZoneInfo("Asia/Shanghai"))
    assert [*clinic.check(reader), *clinic.test(reader)] == []
