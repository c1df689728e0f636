"""What of the services packs somebody of the office has to read: what is local, and what is past its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gridbot.services.loading import load
from gridbot.services.values import Answer, Item, Services


def findings(own: tuple[str, ...], today: date) -> Iterator[str]:
    """A sentence for each entry that is past its day, and one for all local ones still as packaged.

    Raises BadInput for a pack that cannot be read.
    """
    ours, packaged = load(own), load()
    for entry in _entries(ours):
        if entry.review_by is not None and entry.review_by < today:
            yield (
                f"services：{entry.id}（{_called(entry)}）应在 {entry.review_by} 前复核 — 核对后把它连同新的 "
                "source、as_of、review_by 写进自己的 services 文件"
            )
    unread = [_called(entry) for entry in _entries(ours) if entry.local and entry in (*_entries(packaged),)]
    if unread:
        yield (
            f"services：{len(unread)} 项各地不同，还是随程序带的文字：{'、'.join(unread)} — "
            "上线前请街道核对，写进自己的 services 文件（docs/services.md）"
        )


def _entries(services: Services) -> Iterator[Item | Answer]:
    yield from services.items
    yield from services.answers


def _called(entry: Item | Answer) -> str:
    return entry.zh if isinstance(entry, Item) else entry.question
