"""Tying accounts to posts and households by a code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gridbot.errors import Refusal
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import binding
from gridbot.models.territory.org import OptOut, Resident
from tests.conftest import Community, texts

LIFT = "3号楼2单元电梯又停了 老人下不去楼"


async def test_whoever_knows_the_code_of_a_worker_is_the_worker(community: Community) -> None:
    await community.says("chen", LIFT, room="r1")
    await community.says("newphone", "接单 1")
    assert (await Ticket.get(no=1)).state == "open"
    code = await binding.issue_code(now=community.stage.now, staff="s1")
    assert "绑定成功" in texts(await community.says("newphone", f"绑定 {code.lower()}"))[0]
    await community.says("newphone", "接单 1")
    assert (await Ticket.get(no=1)).assignee == "s1"
    await community.says("li", "办结 1 换了继电器")
    assert (await Ticket.get(no=1)).state == "accepted"


async def test_whoever_knows_the_code_of_a_household_lives_there(community: Community) -> None:
    code = await binding.issue_code(now=community.stage.now, household="h4")
    await community.says("daughter", f"绑定 {code}")
    await community.says("daughter", "楼道灯坏了 晚上黑漆漆的 麻烦修一下")
    assert (await Ticket.get(no=1)).household == "h4"
    assert await Resident.filter(household="h4").exclude(contact="").count() == 2


async def test_a_code_works_once_and_not_for_ever(community: Community) -> None:
    code = await binding.issue_code(now=community.stage.now, household="h4")
    await community.says("one", f"绑定 {code}")
    assert "绑定码不对" in texts(await community.says("two", f"绑定 {code}"))[0]
    old = await binding.issue_code(now=community.stage.now, household="h4")
    await community.waits(timedelta(days=8))
    assert "绑定码不对" in texts(await community.says("two", f"绑定 {old}"))[0]


async def test_a_new_code_replaces_the_old_one(community: Community) -> None:
    old = await binding.issue_code(now=community.stage.now, household="h4")
    await binding.issue_code(now=community.stage.now, household="h4")
    assert "绑定码不对" in texts(await community.says("two", f"绑定 {old}"))[0]


async def test_there_is_no_code_for_nobody(community: Community) -> None:
    with pytest.raises(Refusal):
        await binding.issue_code(now=community.stage.now, staff="nobody")


async def test_binding_again_means_being_read_again(community: Community) -> None:
    await community.says("chen", "退出")
    code = await binding.issue_code(now=community.stage.now, household="h2")
    await community.says("chen", f"绑定 {code}")
    assert await OptOut.all().count() == 0
    await community.says("chen", LIFT, room="r1")
    assert await Ticket.all().count() == 1
