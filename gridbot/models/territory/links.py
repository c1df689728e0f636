"""The console's one-time sign-in links and the sessions that come of them: only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from gridbot.models import acts
from gridbot.models.audit import ConsoleLink
from gridbot.models.database import transaction

LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=12)


async def make(staff: str, now: datetime, token: str) -> str:
    """A link for a staff member by a token that nobody can guess, good once and for 15 minutes."""
    await ConsoleLink.create(token=_hash(token), staff=staff, made_at=now, expires_at=now + LINK_LIVES)
    return token


async def good(token: str, now: datetime) -> bool:
    """Whether a token can still be used; it stays unused."""
    return await ConsoleLink.filter(token=_hash(token), used_at__isnull=True, expires_at__gt=now).exists()


async def sign_in(token: str, now: datetime) -> str | None:
    """Use a token up; returns the cookie of a session of 12 hours, None for a used, old or wrong token."""
    session = secrets.token_urlsafe(32)
    async with transaction():
        used = await ConsoleLink.filter(token=_hash(token), used_at__isnull=True, expires_at__gt=now).update(
            used_at=now, session=_hash(session), expires_at=now + SESSION_LIVES
        )
        if not used:
            return None
        row = await ConsoleLink.get(session=_hash(session))
        await acts.record(row.staff, now, "console.in")
    return session


async def who(session: str, now: datetime) -> str | None:
    """The staff id of an open session."""
    if not session:
        return None
    row = await ConsoleLink.get_or_none(session=_hash(session), expires_at__gt=now)
    return row.staff if row else None


async def sign_out(session: str) -> None:
    """End a session; safe to call with one that has ended."""
    async with transaction():
        await ConsoleLink.filter(session=_hash(session)).delete()


async def forget(now: datetime) -> int:
    """Drop links and sessions that are over; returns how many."""
    return await ConsoleLink.filter(expires_at__lt=now).delete()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
