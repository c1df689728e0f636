"""Word boundaries by jieba, which nobody else in the project knows."""

from __future__ import annotations

import logging
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba asks for pkg_resources while it is imported
    import jieba

_REACH = 12

jieba.setLogLevel(logging.WARNING)


def warm() -> None:
    """Load the dictionary now (about a second) rather than at the first doubtful word."""
    jieba.initialize()


def cuts(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] cuts through a longer word: 没电 in 没电梯, 停水 in 停水果."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    position = low
    for word in jieba.cut(text[low:high], HMM=False):
        after = position + len(word)
        if position < start < after or position < end < after:
            return True
        position = after
    return False
