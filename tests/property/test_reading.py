"""Whatever is written, reading answers; and it answers the same however the text is dressed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from gridbot.nlp import Kind, Reader, Scene, Speaker
from gridbot.nlp.normalize import fold

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
WORDS = st.sampled_from(
    [
        *(
            "电梯",
            "停水",
            "没",
            "不",
            "是",
            "修好了",
            "几时",
            "漏水",
            "垃圾",
            "3号楼",
            "2单元",
            "502",
            "谢谢",
        ),
        *("着火", "万一", "哈哈", "👍", "\u200d", "\n", "#", "1024", "【通知】", "接龙", "要是", "老人"),
        *("证明", "，", "　", "！", "的", "了", "吗", "一", "二", "￥", "\ud83d", "\u202e", "冇水", "壞咗"),
        *("１０１", "$", "^", " "),
    ]
)
TALK = st.lists(WORDS, max_size=40).map("".join)
ANY = st.text(max_size=80) | TALK | st.text(alphabet=st.characters(), max_size=40)


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader.load(zone=ZoneInfo("Asia/Shanghai"))


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@settings(deadline=None)
@given(ANY, st.booleans(), st.sampled_from(list(Speaker)))
def test_every_text_gets_an_answer(text: str, addressed: bool, speaker: Speaker) -> None:
    reading = reader().read(text, at=AT, scene=Scene(addressed=addressed, speaker=speaker))
    assert 0 <= reading.confidence <= 1
    assert (reading.category is None) == (reading.kind is Kind.NONE) or reading.kind is Kind.COMMAND
    assert reading.matters == 1 + len(reading.also)


@settings(deadline=None)
@given(TALK)
def test_the_quick_look_agrees_with_the_long_one(text: str) -> None:
    slow = reader().read(text, at=AT)
    quick = reader().read(text, at=AT, slots=False)
    assert (slow.kind, slow.category, slow.urgency) == (quick.kind, quick.category, quick.urgency)


@settings(deadline=None)
@given(TALK)
def test_invisible_signs_change_nothing(text: str) -> None:
    spread = "\u200b".join(text)
    assert reader().read(spread, at=AT) == reader().read(text, at=AT)
