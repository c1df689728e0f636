"""The built-in profiles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gridbot.errors import BadInput
from gridbot.profiles import Period, Rank, Span, Unit, load, names
from gridbot.profiles.loading import HERE, read

DEFAULT = load("default")


@pytest.mark.parametrize("name", names())
def test_every_profile_loads_and_has_every_category(name: str) -> None:
    profile = load(name)
    assert profile.name == name
    assert len([each for each in profile.categories.values() if each.kind == "issue"]) == 14
    assert len([each for each in profile.categories.values() if each.kind == "service"]) == 12
    assert profile.rank("网格员") is Rank.WORKER
    assert profile.rank("网格长") is Rank.LEADER


def test_the_empty_name_is_the_default_profile() -> None:
    assert load("") is load("default")
    assert names()[0] == "default"
    assert len(names()) == 7


def test_an_unknown_profile_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(BadInput, match="xinan"):
        load("nowhere")


def test_a_lift_has_its_own_times_within_public_facilities() -> None:
    level = DEFAULT.service_level("public_facility", "elevator", "normal")
    assert level.deadline == Span(24, Unit.HOUR)
    assert DEFAULT.service_level("public_facility", None, "normal").first_reply == Span(2, Unit.WORKHOUR)


def test_water_cut_off_is_answered_within_thirty_minutes_by_the_clock() -> None:
    assert DEFAULT.service_level("utilities_outage", "water_out", "high").first_reply == Span(30, Unit.MINUTE)


def test_noise_at_night_is_answered_sooner_and_an_emergency_at_once() -> None:
    assert DEFAULT.service_level("noise_nuisance", None, "high").first_reply == Span(30, Unit.MINUTE)
    assert DEFAULT.service_level("noise_nuisance", None, "emergency").first_reply == Span(5, Unit.MINUTE)


def test_an_unknown_category_is_treated_as_other() -> None:
    assert DEFAULT.service_level("no_such", None, "normal") == DEFAULT.service_level("other", None, "normal")
    assert DEFAULT.service_level(None, None, "normal") == DEFAULT.service_level("other", None, "normal")


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("路灯", ("public_facility", "street_light")),
        ("噪音", ("noise_nuisance", None)),
        ("楼道灯", ("public_facility", "corridor_light")),
        ("马葫芦", ("public_facility", "manhole")),
        ("路灯坏了", ("public_facility", "street_light")),
        ("垃圾", ("env_sanitation", None)),
        ("开证明", ("certificate", None)),
        ("停水", ("utilities_outage", "water_out")),
        ("public_facility/elevator", ("public_facility", "elevator")),
        ("物业", ("property_mgmt", None)),
    ],
)
def test_people_name_categories_by_everyday_words(word: str, means: tuple[str, str | None]) -> None:
    assert DEFAULT.category_word(word) == means


def test_a_word_that_names_no_category_names_none() -> None:
    assert DEFAULT.category_word("明天") is None


@pytest.mark.parametrize(
    ("role", "rank"),
    [
        ("第三网格长", Rank.LEADER),
        ("村支部书记", Rank.LEADER),
        ("兼职网格员", Rank.WORKER),
        ("12栋楼长", Rank.HELPER),
        ("副网格长", Rank.DEPUTY),
        ("金牌调解员", Rank.MEDIATOR),
        ("驻村辅警", Rank.POLICE),
        ("纪检监督员", Rank.SUPERVISOR),
        ("镇指挥中心主任", Rank.LEADER),
        ("综治办主任", Rank.LEADER),
        ("指挥中心副主任", Rank.DESK),
        ("综治中心工作人员", Rank.DESK),
        ("热心邻居", Rank.HELPER),
        ("", Rank.HELPER),
    ],
)
def test_an_unlisted_role_is_guessed_from_its_name(role: str, rank: Rank) -> None:
    assert DEFAULT.rank(role) is rank


def test_of_several_classes_the_shortest_cadence_wins() -> None:
    assert DEFAULT.cadence([]).period is Period.YEAR
    assert DEFAULT.cadence(["残疾"]).period is Period.QUARTER
    lone = DEFAULT.cadence(["困难", "独居老人"])
    assert lone.period is Period.MONTH
    assert lone.at_the_door


def test_an_old_person_alone_without_a_telephone_is_seen_evening_and_morning() -> None:
    assert DEFAULT.paired(["无手机老人", "独居老人", "困难"])
    assert not DEFAULT.paired(["无手机老人"])


def test_a_month_after_the_end_of_january_is_the_end_of_february() -> None:
    assert Period.MONTH.after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Period.YEAR.after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert Period.WEEK.after(date(2026, 12, 28)) == date(2027, 1, 4)


def test_windows_are_calendar_periods() -> None:
    assert Period.QUARTER.window(date(2026, 5, 20)) == (date(2026, 4, 1), date(2026, 6, 30))
    assert Period.HALF_MONTH.window(date(2026, 2, 16)) == (date(2026, 2, 16), date(2026, 2, 28))
    assert Period.WEEK.window(date(2026, 3, 4)) == (date(2026, 3, 2), date(2026, 3, 8))


def test_levels_are_counted_from_the_top() -> None:
    assert load("xinan").level_index("街道") == 0
    assert load("xinan").level_index("单元") == 5
    assert load("xinan").level_index("省") is None


def test_sensitive_categories_are_marked() -> None:
    sensitive = {each.id for each in DEFAULT.categories.values() if each.sensitive}
    assert sensitive == {"dispute", "relief_aid", "illegal_build_occupy", "public_security"}


def test_a_thin_profile_keeps_what_it_does_not_change() -> None:
    assert load("xihua").chase.deputy_after == Span(60, Unit.WORKMINUTE)
    assert load("xihua").categories == DEFAULT.categories
    assert load("tianshui-rural").cadence([]).period is Period.HALF_YEAR


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('inherit = "default"\n[chase]\ndeputy_after = "soon"', "chase.deputy_after"),
        ('inherit = "default"\n[visits]\n"困难" = "有空"', "visits.困难"),
        ('inherit = "default"\n[roles]\nking = ["国王"]', "roles.king"),
        ('inherit = "default"\nlevels = "街道"', "levels"),
        ('inherit = "default"\nsize_band = [1]', "size_band"),
        ('inherit = "default"\noffice_hours = "早九晚五"', "office_hours"),
        ("zh = 1 +", "TOML"),
        ('zh = "空"', "categories.other"),
    ],
)
def test_a_broken_profile_is_refused_naming_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "default.toml").write_text((HERE / "default.toml").read_text("utf-8"), "utf-8")
    file = tmp_path / "own.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=key) as caught:
        read(file)
    assert caught.value.file == file


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'inherit = "default"\n\n[chase]\ndeputy_after = "soon"',
            ":4: 「chase.deputy_after」写得不对 — 请写",
        ),
        ('inherit = "default"\n[roles]\nking = ["国王"]', ":3: 「roles.king」写得不对 — 请写 leader"),
        ('inherit = "default"\n[routes.x]\nevents = ["no_such"]', ":3: 「routes.x.events」写得不对 — 没有"),
        ('inherit = "default"\n[routes.x]\nevents = []', ":3: 「routes.x.events」写得不对 — 请写"),
        ('inherit = "default"\n[routes.x]\nevents = "*"', ":3: 「routes.x.events」写得不对 — 请写成"),
        ('inherit = "default"\noffice_hours = "早九晚五"', ":2: 「office_hours」写得不对 — 上班时间"),
        ('inherit = "default"\n[routes]\nx = 1', ":3: 「routes.x」写得不对 — 请写成一张表"),
        ('inherit = "nowhere"', ":1: 没有 inherit 写的“nowhere”这份规则 — 可以写：default"),
        ("zh = 1 +", ":1: 不是能读的 TOML — "),
        ('zh = "空"', ": 缺少「categories.other」 — "),
    ],
)
def test_a_fault_of_a_profile_is_one_chinese_sentence_with_its_line(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}{says}")
    assert "\n" not in str(caught.value)


def test_a_fault_of_an_inherited_profile_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text('inherit = "default"\n[routes.x]\nevents = []', "utf-8")
    (tmp_path / "own.toml").write_text('inherit = "town"\nzh = "我们的"', "utf-8")
    with pytest.raises(BadInput) as caught:
        read(tmp_path / "own.toml")
    assert str(caught.value).startswith(f"{tmp_path / 'town.toml'}:3: 「routes.x.events」")
