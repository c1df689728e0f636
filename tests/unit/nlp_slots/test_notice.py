"""What stands before the text of a notice, in any order."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gridbot.nlp.slots import notice
from gridbot.nlp.slots.notice import Notice

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
EIGHT = datetime(2026, 3, 3, 8, 0, tzinfo=ZONE)
SCOPES = frozenset({"3号楼", "全社区", "本网格", "g1"})


def read(said: str) -> Notice:
    return notice.read(
        said, options=("回执", "紧急"), is_scope=lambda name: name in SCOPES, at=AT, zone=ZONE
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "公告 3号楼 明早8点 回执 今天下午停水，请储水。",
        "#公告 明早8点 3号楼 要回执 今天下午停水，请储水。",
        "公告：回执 3号楼 明天早上8点 今天下午停水，请储水。",
        "发公告 【3号楼】 明天 8:00 【回执】\n今天下午停水，请储水。",
        "公告　３号楼　明早8点　回执　今天下午停水，请储水。",
    ],
)
def test_scope_time_and_options_may_stand_in_any_order(said: str) -> None:
    assert read(said) == Notice("今天下午停水，请储水。", "3号楼", EIGHT, frozenset({"回执"}))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("公告 今天下午三点停水", "今天下午三点停水"),
        ("公告 周六上午大扫除，自带工具", "周六上午大扫除，自带工具"),
        ("公告 8点到10点 停水", "8点到10点 停水"),
        ("公告 明天 停电一天", "明天 停电一天"),
        ("公告 3号楼", "3号楼"),
        ("公告 明早8点", "明早8点"),
        ("公告", ""),
        ("公告\n各位居民：\n明天停水", "各位居民：\n明天停水"),
    ],
)
def test_what_belongs_to_the_text_stays_in_it(said: str, text: str) -> None:
    assert read(said) == Notice(text)


def test_now_is_a_time() -> None:
    assert read("公告 紧急 现在 煤气泄漏，请开窗") == Notice(
        "煤气泄漏，请开窗", at=AT, options=frozenset({"紧急"})
    )


def test_only_the_first_scope_is_the_scope() -> None:
    assert read("公告 全社区 本网格 也要参加") == Notice("本网格 也要参加", "全社区")
