"""What the signs in `say` mean."""

from __future__ import annotations

import pytest

from gridbot.nlp.match import Matcher
from gridbot.nlp.pattern import PatternFault, compile_pattern
from gridbot.nlp.rules import Rule

LISTS = {"lift": ["电梯", "直梯"], "stopped": ["停", "坏", "不动", "{gone}"], "gone": ["没了"]}


def holds(say: str, text: str, unless: str = "") -> bool:
    rule = Rule(
        "issue.public_facility.elevator",
        (compile_pattern(say, LISTS),),
        (compile_pattern(unless, LISTS),) if unless else (),
        decides=("issue", "public_facility", "elevator"),
    )
    matcher = Matcher([rule])
    return bool(matcher.matches(text))


@pytest.mark.parametrize(
    ("say", "text"),
    [
        ("{lift}{stopped}", "电梯又坏了"),
        ("{lift}{stopped}", "直梯没了"),
        ("{lift} {stopped}", "电梯从昨天晚上到现在 一直不动"),
        ("{stopped} & {lift}", "一动不动的是2单元的电梯 停了三天"),
        ("(又|还)[是]{lift}", "又是电梯"),
        ("(坏了)$", "电梯坏了$"),
    ],
)
def test_a_pattern_holds(say: str, text: str) -> None:
    assert holds(say, text)


@pytest.mark.parametrize(
    ("say", "text"),
    [
        ("{lift}{stopped}", "电梯很好,车坏了"),
        ("{lift}{stopped}", "电梯没坏"),
        ("{lift}{stopped}", "坏了电梯"),
        ("停水", "我家没停水啊"),
        ("停水", "有没有人说停没停水"),
        ("(又|还)[是]{lift}", "又有人说电梯"),
    ],
)
def test_a_pattern_does_not_hold(say: str, text: str) -> None:
    assert not holds(say, text)


def test_a_question_is_no_negation() -> None:
    assert holds("停水", "是不是停水了")
    assert holds("停水", "隔壁也没有 是停水了")


def test_unless_counts_only_near_the_match() -> None:
    assert not holds("{lift}{stopped}", "单位电梯坏了", unless="单位")
    assert holds("{lift}{stopped}", "电梯坏了,我下不来,也没人管,明天还要去单位", unless="单位")


@pytest.mark.parametrize("say", ["{nothing}", "[都可以没有]", "(坏了", "{lift}?", ""])
def test_a_faulty_pattern_says_so(say: str) -> None:
    with pytest.raises(PatternFault):
        compile_pattern(say, LISTS)


def test_a_list_that_contains_itself_is_a_fault() -> None:
    with pytest.raises(PatternFault, match="又有它自己"):
        compile_pattern("{a}", {"a": ["{b}"], "b": ["{a}"]})
