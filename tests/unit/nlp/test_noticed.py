"""What a neighbour asks aloud is answered from a notice, or it was not about the notice."""

from __future__ import annotations

from datetime import date

import pytest

from gridbot.nlp import noticed

WATER = "因管道检修，明天下午2点到5点停水，请提前储水"
SHOT = "周六上午9点在小区东门集合打疫苗，带身份证，免费"

ANSWERED = [
    ("几点停啊", WATER, "明天下午2点到5点停水"),
    ("明天停水吗", WATER, "明天下午2点到5点停水"),
    ("停到几点", WATER, "明天下午2点到5点停水"),
    ("明天停不停水", WATER, "明天下午2点到5点停水"),
    ("几点来水呀？", WATER, "明天下午2点到5点停水"),
    ("请问下停水停多久", WATER, "明天下午2点到5点停水"),
    ("在哪儿集合", SHOT, "周六上午9点在小区东门集合打疫苗"),
    ("打疫苗几点", SHOT, "周六上午9点在小区东门集合打疫苗"),
    ("打疫苗带什么", SHOT, "周六上午9点在小区东门集合打疫苗，带身份证"),
    ("带啥啊", SHOT, "带身份证"),
    ("打疫苗要钱吗", SHOT, "周六上午9点在小区东门集合打疫苗，带身份证，免费"),
]
TALK = [
    ("孩子几点放学", WATER), ("你几点到", WATER), ("几点停电啊", WATER), ("几点了", WATER), ("吃了吗", WATER),
    ("停车费涨了吗", WATER), ("明天下雨吗", WATER), ("老王几点来", SHOT), ("你在哪儿", SHOT),
    ("带孩子去吗", SHOT),
    ("停水取消了吗", WATER), ("为什么停水", WATER), ("谁知道菜市场几点关", WATER), ("在哪儿停车", WATER),
    ("你家停水了没", WATER), ("怎么又停水，烦死了", WATER), ("在哪儿停水", WATER), ("停水要钱吗", WATER),
    ("哎", WATER), ("", WATER), ("停水？我还洗了衣服呢，明天要用水吗真是的啊啊", WATER),
]  # fmt: skip


@pytest.mark.parametrize(("said", "notice", "told"), ANSWERED)
def test_what_the_notice_says_is_told(said: str, notice: str, told: str) -> None:
    asked = noticed.question(said)
    assert asked is not None
    assert noticed.answer(asked, notice) == told


@pytest.mark.parametrize(("said", "notice"), TALK)
def test_what_is_not_about_the_notice_is_left_alone(said: str, notice: str) -> None:
    asked = noticed.question(said)
    assert asked is None or noticed.answer(asked, notice) is None


def test_a_day_is_called_what_it_is_today() -> None:
    sent, today = date(2026, 3, 2), date(2026, 3, 3)
    assert noticed.dated(WATER, sent, sent) == WATER
    assert "今天下午2点" in noticed.dated(WATER, sent, today)
    assert noticed.dated("明早停水，后天恢复", sent, date(2026, 3, 4)) == "3月3日早上停水，今天恢复"
    assert noticed.dated("大后天停水", sent, today) == "3月5日停水"
