"""Staffing, offices, kinds of grids and the list of matters, as profiles tell them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gridbot import profiles
from gridbot.errors import BadInput
from gridbot.profiles import Rank, load
from gridbot.profiles.loading import read

BASE = 'inherit = "default"\n'


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Path]:
    """An office's own directory of profiles, in use."""
    yield tmp_path
    profiles.use(())


def test_a_grid_of_yiyang_wants_four_posts_and_three_facilities() -> None:
    territory = load("yiyang").territory
    assert [(w.name, w.count) for w in territory.staffing["网格"]] == [
        ("网格长", 1),
        ("网格管理员/网格员", 2),
        ("专职网格协警/网格协警", 1),
    ]
    assert territory.facilities["网格"] == ("党支部", "便民服务功能区", "帮办代办点")


def test_patrons_and_members_of_a_leading_group_have_ranks_of_their_own() -> None:
    assert load("zhanyi").rank("挂包领导") is Rank.PATRON
    assert load("xihua").rank("领导小组组长") is Rank.MEMBER


def test_an_entry_of_the_list_holds_for_its_days_only() -> None:
    listed = load("yiyang").catalogue
    assert listed.admits("relief_aid", "winter", date(2026, 3, 15))
    assert not listed.admits("relief_aid", "winter", date(2026, 3, 16))
    assert listed.admits("relief_aid", "dibao", date(2026, 3, 16))
    assert listed.admission("relief_aid", "winter").by == "县民政局"
    assert listed.admission("noise_nuisance").by == "县网格化服务管理中心"


@pytest.mark.parametrize(
    ("kind", "category", "sub", "platform"),
    [
        ("issue", "public_facility", "elevator", "诉求办理"),
        ("issue", "dispute", "neighbor", "纠纷化解"),
        ("service", "legal_aid", "mediation", "纠纷化解"),
        ("service", "certificate", None, "便民服务"),
        ("service", "party_veteran", "party_fee", "智慧党建"),
        ("issue", "property_mgmt", "committee", "社区治理"),
    ],
)
def test_every_matter_belongs_to_one_of_the_five_platforms(
    kind: str, category: str, sub: str | None, platform: str
) -> None:
    assert load("default").catalogue.platform(kind, category, sub) == platform


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('levels = ["县", "网格"]\ngrid_levels = ["组"]\n', "grid_levels"),
        ('levels = ["县", "县"]\n', "两次"),
        ("levels = []\n", "grid_levels"),
        ('[staffing."省"]\n"网格员" = 1\n', "staffing.省"),
        ('[staffing."网格"]\n"网格员" = "一"\n', "整数"),
        ('[catalogue]\nleaves_out = ["no_such"]\n', "no_such"),
        ('[catalogue.entries]\nother = { until = "明年" }\n', "until"),
    ],
)
def test_a_profile_that_cannot_be_used_is_named_with_its_key(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "p.toml"
    file.write_text(BASE + text, "utf-8")
    with pytest.raises(BadInput, match=word):
        read(file)


def test_an_office_may_keep_its_profiles_in_a_directory_of_its_own(office: Path) -> None:
    (office / "haidao.toml").write_text(BASE + 'zh = "海岛"\n', "utf-8")
    (office / "default.toml").write_text(BASE + "visits_a_day = 3\n", "utf-8")
    profiles.use((office,))
    assert "haidao" in profiles.names()
    assert load("haidao").zh == "海岛"
    assert load("haidao").visits_a_day == load("").visits_a_day == 3
    profiles.use(())
    assert "haidao" not in profiles.names()
    assert load("").visits_a_day == 5
