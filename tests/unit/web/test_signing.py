"""Cookies that cannot be made up."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot.web.signing import KEY_FILE, Signer

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SIGNER = Signer(b"k" * 32)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_signed_can_be_read(value: str) -> None:
    assert SIGNER.read(SIGNER.sign(value, NOW), NOW, DAY) == value


@given(st.text())
def test_nothing_else_can(cookie: str) -> None:
    assert SIGNER.read(cookie, NOW, DAY) is None


@pytest.mark.parametrize("at", range(0, 90, 7))
def test_one_changed_letter_spoils_it(at: int) -> None:
    cookie = SIGNER.sign("w0123456789", NOW)
    at %= len(cookie)
    spoilt = cookie[:at] + ("a" if cookie[at] != "a" else "b") + cookie[at + 1 :]
    assert SIGNER.read(spoilt, NOW, DAY) is None


def test_an_old_cookie_is_none() -> None:
    cookie = SIGNER.sign("wang", NOW)
    assert SIGNER.read(cookie, NOW + DAY, DAY) == "wang"
    assert SIGNER.read(cookie, NOW + DAY + timedelta(seconds=1), DAY) is None


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    cookie = Signer.load(tmp_path).sign("wang", NOW)
    assert Signer.load(tmp_path).read(cookie, NOW, DAY) == "wang"
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
