"""Orders of a hotline, as their platforms write them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot.nlp.slots import order

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, tzinfo=ZONE)
LINES = """工单编号：QX20260302001
来电人：张先生 13900001111
诉求内容：楼道灯不亮，
晚上老人摔倒
办理时限：2026-03-05 17:30"""


def test_each_field_reaches_to_the_next_label() -> None:
    found = order.find(LINES, at=AT, zone=ZONE)
    assert found is not None
    assert (found.number, found.caller, found.phone) == ("QX20260302001", "张先生", "13900001111")
    assert found.content == "楼道灯不亮，\n晚上老人摔倒"
    assert found.due == datetime(2026, 3, 5, 17, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3个工作日", (3, "WORKDAY")),
        ("24小时", (24, "HOUR")),
        ("24小时内", (24, "HOUR")),
        ("7天", (7, "DAY")),
    ],
)
def test_a_length_is_kept_as_it_was_said(text: str, span: tuple[int, str]) -> None:
    found = order.find(f"编号：A-1001 诉求：路灯不亮 时限：{text}", at=AT, zone=ZONE)
    assert found is not None and found.span == span and found.due is None


@pytest.mark.parametrize(
    "text", ["", "3号楼路灯不亮", "编号：12 内容：x", "诉求内容：路灯不亮", "电话：139 地址：东门"]
)
def test_ordinary_words_are_no_order(text: str) -> None:
    assert order.find(text, at=AT, zone=ZONE) is None
    assert not order.looks_like(text)


TOLD = {
    "12345 工单编号 20260306001 诉求人 赵四 电话 13812345678 内容：老井垃圾多 办理时限 2026-03-09 18:00": (
        "20260306001", "老井垃圾多", "赵四", "13812345678", datetime(2026, 3, 9, 18, tzinfo=ZONE), None,
    ),
    "12345工单：HN20260306001，老井附近垃圾三天没人清，请于3月9日18时前办结回复": (
        "HN20260306001", "老井附近垃圾三天没人清", "", "", datetime(2026, 3, 9, 18, tzinfo=ZONE), None,
    ),
    "12345热线转来工单QX-2026-118：路灯不亮，来电人王先生13911112222，3个工作日内回复": (
        "QX-2026-118", "路灯不亮", "王先生", "13911112222", None, (3, "WORKDAY"),
    ),
    "转办: 工单编号 QX20260302002 东门小卖店占道经营": (
        "QX20260302002", "东门小卖店占道经营", "", "", None, None,
    ),
    "工单号2026030200011，3号楼电梯停了，联系人王女士 13900001111": (
        "2026030200011", "3号楼电梯停了", "王女士", "13900001111", None, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanting"),
    [
        ("【12345转办】市民诉求：3号楼垃圾三天没清", True),
        ("收到市长热线工单一件：3号楼下水道堵，限3日内办结", True),
        ("12345转来：居民反映路灯不亮", True),
        ("12345工单多吗", False),
        ("转办：楼道堆物", False),
        ("12345工单：HN20260306001，市民反映老井附近垃圾", False),
    ],
)
def test_an_order_without_its_number_is_known_as_one(text: str, wanting: bool) -> None:
    assert order.unnumbered(text) is wanting


@pytest.mark.parametrize("text", TOLD)
def test_an_order_told_in_a_sentence_is_one_too(text: str) -> None:
    found = order.find(text, at=AT, zone=ZONE)
    assert found is not None and order.looks_like(text)
    told = (found.number, found.content, found.caller, found.phone, found.due, found.span)
    assert told == TOLD[text]


@pytest.mark.parametrize(
    "text", ["12345工单多吗", "12345工单 村里有几件", "工单号1024 居民催了", "热线电话13812345678打不通"]
)
def test_talk_of_a_hotline_is_no_order(text: str) -> None:
    assert order.find(text, at=AT, zone=ZONE) is None
    assert not order.looks_like(text)


def test_a_caller_is_not_shown_by_accident() -> None:
    found = order.find(LINES, at=AT, zone=ZONE)
    assert "139" not in repr(found) and "张先生" not in repr(found)


@given(st.text(max_size=300))
def test_it_never_raises(text: str) -> None:
    order.find(text, at=AT, zone=ZONE)
    order.looks_like(text)
