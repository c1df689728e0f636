"""The services packs: what is packaged holds together, an office's own goes over it, faults are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gridbot import profiles, services
from gridbot.errors import BadInput
from gridbot.services import export, review

PACK = services.load()


def test_every_item_is_of_a_known_category_and_its_places_are_known() -> None:
    profile = profiles.load("default")
    for item in PACK.items:
        assert item.category in profile.categories, item.id
        assert item.sub is None or item.sub in profile.category(item.category).subs, item.id
        assert all(PACK.kinds(kind) for kind in item.where), item.id
        assert item.source and item.as_of, item.id
        assert bool(item.steps) == item.in_person, item.id


def test_every_answer_has_a_source_and_a_day_or_is_a_place() -> None:
    for answer in PACK.answers:
        assert answer.place or (answer.answer and answer.source and answer.as_of), answer.id


@pytest.mark.parametrize(
    ("text", "category", "sub", "item"),
    [
        ("身份证丢了怎么补", "household_residence", "id_card", "id_card"),
        ("办居住证要带身份证吗", "household_residence", "residence_permit", "residence_permit"),
        ("落户要身份证吗", "household_residence", "hukou", None),
        ("去哪里领结婚证", None, None, "marriage"),
        ("房产公证怎么办", "legal_aid", "notary", None),
        ("遗嘱公证怎么办", "legal_aid", "notary", "will_notary"),
        ("楼道灯坏了", "public_facility", None, None),
    ],
)  # fmt: skip
def test_a_matter_is_found_by_its_kind_and_words(
    text: str, category: str | None, sub: str | None, item: str | None
) -> None:
    found = PACK.item(text, category, sub)
    assert (found.id if found else None) == item


def test_an_offices_own_pack_replaces_by_id_and_adds(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[item]]\nid = "senior_card"\nzh = "老年卡"\nwords = ["老年卡"]\ncategory = "elderly_care"\n'
        'sub = "senior_card"\npapers = ["身份证"]\nsource = "本区规定"\nas_of = 2026-02-01\n'
        '[[circle]]\nzh = "宠物"\nkinds = { "宠物医院" = ["兽医"] }\n',
        "utf-8",
    )
    found = services.load((str(own),))
    assert found.item("老年证", "elderly_care", "senior_card") is not PACK.items[0]
    assert [item.zh for item in found.items if item.id == "senior_card"] == ["老年卡"]
    assert found.kinds("兽医") == ("宠物医院",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('[[item]]\nid = "x"\n', "x.zh"),
        ('[[item]]\nid = "x"\nzh = "x"\nwords = ["x"]\ncategory = "other"\nat = "省"\n', "x.at"),
        ('[[answer]]\nid = "x"\nquestion = "?"\nwords = ["x"]\nanswer = "y"\nsource = "z"\n', "x.as_of"),
        ('[[form]]\nzh = "红事"\nwords = []\nasks = ["money"]\nexample = "x"\n', "红事.asks"),
        ("[[itme]]\n", "itme"),
        ("item = 3\n", "item"),
        ("[[item]\n", "TOML"),
    ],
)  # fmt: skip
def test_a_fault_names_file_and_key(tmp_path: Path, text: str, names: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(BadInput) as fault:
        services.load((str(own),))
    assert "own.toml" in str(fault.value) and names in str(fault.value)


def test_an_export_mapping_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "other.toml"
    own.write_text('[[column]]\ntitle = "x"\nfield = "telephone"\n', "utf-8")
    with pytest.raises(BadInput, match="列「x」"):
        export.load(own)


def test_what_differs_from_place_to_place_is_named_until_the_office_has_its_own(tmp_path: Path) -> None:
    (unread,) = review.findings((), date(2026, 12, 1))
    assert "老年证" in unread and "高龄津贴" in unread and "护照" not in unread
    own = tmp_path / "own.toml"
    own.write_text(
        '[[item]]\nid = "senior_card"\nzh = "老年卡"\nwords = ["老年卡"]\ncategory = "elderly_care"\n'
        'papers = ["身份证"]\nsource = "本区规定"\nas_of = 2026-02-01\nreview_by = 2027-02-01\n',
        "utf-8",
    )
    (unread,) = review.findings((str(own),), date(2026, 12, 1))
    assert "老年" not in unread and "高龄津贴" in unread


def test_what_is_past_its_day_is_named_with_what_to_write() -> None:
    named = list(review.findings((), date(2030, 1, 1)))
    assert len(named) == len(PACK.items) + sum(not answer.place for answer in PACK.answers) + 1
    assert any("dibao" in line and "2027-03-31" in line and "review_by" in line for line in named)


def test_every_packaged_matter_says_by_when_it_is_read_again() -> None:
    assert all(item.review_by for item in PACK.items)
    assert all(answer.review_by or answer.place for answer in PACK.answers)
