"""How a puppet's payload becomes what gridbot hears."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot.messages import Incoming, Media, Recalled
from gridbot.transports.wechaty import mapping, signals
from gridbot.transports.wechaty.mapping import Account, Kind, Payload

AT = datetime(2026, 5, 6, 1, 0, tzinfo=UTC)
BOT = Account("wechaty", "bot", ("网格小助手",))


def heard(text: str = "", **fields: object) -> Incoming:
    kept = {"id": "m1", "kind": Kind.TEXT, "at": AT, "talker": "zhang", "room": "r@chatroom", **fields}
    event = mapping.heard(Payload(text=text, **kept), BOT)  # type: ignore[arg-type]
    assert isinstance(event, Incoming)
    return event


def test_a_private_chat_is_with_the_other_one_of_the_two() -> None:
    theirs = heard("在吗", room="", listener="bot")
    ours = heard("在", room="", talker="bot", listener="zhang")
    assert theirs.where == ours.where
    assert (theirs.where.contact, theirs.own, ours.own) == ("zhang", False, True)


def test_nobody_is_the_bot_before_it_has_logged_in() -> None:
    stranger = mapping.heard(Payload("m1", Kind.TEXT, AT, talker=""), Account("wechaty", ""))
    assert isinstance(stranger, Incoming)
    assert not stranger.own and not stranger.mentions_bot


@pytest.mark.parametrize(
    ("text", "said", "reply"),
    [
        ("「张阿姨：电梯停了」\n- - - - - - - - - - - - - - -\n收到", "电梯停了", "收到"),
        ("「张阿姨:电梯停了」\n——————————\n收到", "电梯停了", "收到"),
        (
            "「3-502：一行\n两行」\n- - - - - - -\n办结 1024\n换了继电器",
            "一行\n两行",
            "办结 1024\n换了继电器",
        ),
        ("「王：引「里」面」\n- - - -\n好", "引「里」面", "好"),
        ("「：没有名字」\n- - - -\n好", "没有名字", "好"),
        ("「张：」\n- - - -\n", "", ""),
    ],
)
def test_a_quote_is_told_apart_from_the_answer(text: str, said: str, reply: str) -> None:
    event = heard(text)
    assert event.quote is not None
    assert (event.quote.text, event.text, event.quote.id) == (said, reply, "")


@pytest.mark.parametrize(
    "text",
    [
        "「张阿姨：电梯停了」",
        "「注意」\n- - - -\n停电",
        "他说「好：了」\n- - - -\n嗯",
        "- - - -\n一",
        "「a：b」\n--\nc",
    ],
)
def test_what_only_looks_like_a_quote_stays_whole(text: str) -> None:
    event = heard(text)
    assert event.quote is None
    assert event.text == text


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("@网格小助手\u2005电梯停了", True),
        ("电梯停了 @网格小助手", True),
        ("＠网格小助手，电梯停了", True),
        ("@网格小助手", True),
        ("@网格小助手小李 在吗", False),
        ("网格小助手在吗", False),
        ("发到 x@网格小助手二号.cn", False),
    ],
)
def test_a_mention_by_name_is_understood(text: str, addressed: bool) -> None:
    event = heard(text)
    assert event.mentions_bot is addressed
    assert event.mentions == (("bot",) if addressed else ())


def test_a_mention_on_the_wire_is_not_doubled_by_the_name_in_the_text() -> None:
    assert heard("@网格小助手\u2005好", mentions=("zhang", "bot")).mentions == ("zhang", "bot")


def test_the_bots_own_words_never_address_it() -> None:
    own = heard("@网格小助手\u2005是我", talker="bot", mentions=("bot",))
    assert own.own and not own.mentions_bot


def test_the_bots_own_words_come_back_as_they_were_given_to_be_sent() -> None:
    text = "@某人 请看，「a：b」\n- - - -\nc"
    shown = mapping.with_mentions(text, ["张阿姨", "3-502 李"])
    assert shown != text
    own = heard(shown, talker="bot", mentions=("zhang", "li"))
    assert (own.text, own.quote) == (text, None)


def test_a_taken_back_message_is_told_by_its_id() -> None:
    event = mapping.heard(Payload("m2", Kind.RECALLED, AT, "zhang", "r@chatroom", text="m1"), BOT)
    assert event == Recalled(AT, event.where, "m1", sender="zhang", id="m2")


@given(st.integers(-5, 300), st.text())
def test_any_kind_and_any_text_can_be_heard(kind: int, text: str) -> None:
    event = mapping.heard(Payload("m", kind, AT, "zhang", text=text), BOT)
    if isinstance(event, Incoming) and kind not in (7, 10):
        assert event.text == "" and event.media[0].kind in Media


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        (1_778_029_200_000, AT),
        (1_778_029_200, AT),  # some puppets tell seconds
        (0, datetime(2000, 1, 1, tzinfo=UTC)),
        (-1, datetime(2000, 1, 1, tzinfo=UTC)),
        (float("1e17"), datetime(2000, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_milliseconds_or_seconds(told: float, moment: datetime) -> None:
    assert mapping.moment(told, datetime(2000, 1, 1, tzinfo=UTC)) == moment


def test_mentions_are_written_once_before_the_text() -> None:
    assert mapping.with_mentions("请看", ["张", "", "李"]) == "@张\u2005@李\u2005请看"
    assert mapping.with_mentions("@张\u2005请看", ["张"]) == "@张\u2005请看"


def test_the_same_event_told_twice_has_the_same_id() -> None:
    first = mapping.joined("r@chatroom", ("b", "a"), (), AT, BOT)
    again = mapping.joined("r@chatroom", ("a", "b"), (), AT, BOT)
    assert first.id == again.id != mapping.left("r@chatroom", ("a", "b"), AT, BOT).id


@given(
    st.text() | st.sampled_from(['{"messageId": 7}', "[]", '{"timestamp": 1e999}', '{"inviteeIdList": "x"}'])
)
def test_any_event_payload_can_be_read(payload: str) -> None:
    assert isinstance(signals.read(payload), signals.Told)
