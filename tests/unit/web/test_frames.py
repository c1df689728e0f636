"""Reading the web chat's frames: total, whatever arrives."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot.transports.webchat import frames
from gridbot.transports.webchat.frames import BadFrame, Recall, Spoken

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
FIELDS = st.dictionaries(
    st.sampled_from(["text", "id", "quote", "mentions", "media", "recall", "room", "from", "name", "at"]),
    JSON,
)


@given(st.text() | st.binary() | FIELDS.map(json.dumps))
def test_a_frame_is_understood_or_refused_and_nothing_else(data: str | bytes) -> None:
    try:
        assert isinstance(frames.read(data), Spoken | Recall)
    except BadFrame as bad:
        assert bad.key.startswith("web.")


def test_a_whole_number_may_be_an_id() -> None:
    frame = frames.read('{"text": "早", "id": 7, "quote": 6}')
    assert isinstance(frame, Spoken)
    assert (frame.id, frame.quote) == ("7", "6")


def test_an_id_is_made_where_none_is_given() -> None:
    first, second = frames.read('{"text": "早"}'), frames.read('{"text": "早"}')
    assert len(first.id) >= 16 and first.id != second.id


@pytest.mark.parametrize("moment", ["2026-03-01T08:00:00+08:00", "2026-03-01T00:00:00Z"])
def test_moments_become_utc(moment: str) -> None:
    frame = frames.spoken({"text": "早", "at": moment})
    assert frame.at is not None
    assert frame.at.isoformat() == "2026-03-01T00:00:00+00:00"
