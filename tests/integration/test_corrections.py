"""What staff put right about a reading is kept as a redacted example."""

from __future__ import annotations

import pytest

from gridbot.models.cases import corrections
from gridbot.nlp.redact import redact
from tests.conftest import Community


async def kept() -> list[tuple[str, str, str, str]]:
    return [(one.what, one.text, one.kind, one.category) for one in await corrections.kept()]


async def test_a_card_that_was_none_is_kept_as_talk(cautious: Community) -> None:
    await cautious.says("chen", "3号楼2单元电梯又停了", room="r1")
    await cautious.says("li", "2")
    assert await kept() == [("dropped", "0号楼0单元电梯又停了", "none", "")]


async def test_a_corrected_category_is_kept(cautious: Community) -> None:
    await cautious.says("chen", "3号楼2单元电梯又停了", room="r1")
    await cautious.says("li", "3 噪音")
    assert await kept() == [("corrected", "0号楼0单元电梯又停了", "issue", "noise_nuisance")]


async def test_another_category_of_a_ticket_is_kept(community: Community) -> None:
    await community.says("chen", "3号楼2单元电梯又停了", room="r1")
    await community.says("li", "改类 1 噪音")
    assert await kept() == [("recategorised", "0号楼0单元电梯又停了", "issue", "noise_nuisance")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("老张家3-2-502漏水 电话13900000000", "某人0-0-000漏水 电话0000"),
        ("@小李 王大爷摔了", "某人 某人摔了"),
        ("老人摔了 小区门口", "老人摔了 小区门口"),
    ],
)
def test_an_example_names_nobody(text: str, shown: str) -> None:
    assert redact(text) == shown
