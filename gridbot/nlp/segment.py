"""Word boundaries by jieba, which nobody else in the project knows."""

from __future__ import annotations

import logging
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba asks for pkg_resources while it is imported
    import jieba

_REACH = 12
_LONG = 4  # characters; what is longer is no everyday word

jieba.setLogLevel(logging.WARNING)


def warm() -> None:
    """Load the dictionary now (about a second) rather than at the first doubtful word."""
    jieba.initialize()


def cuts(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] cuts through a longer word: 没电 in 没电梯, 停水 in 停水果."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    if not _may_cut(text, start, end, low, high):
        return False
    position = low
    for word in jieba.cut(text[low:high], HMM=False):
        after = position + len(word)
        if position < start < after or position < end < after:
            return True
        position = after
    return False


def everyday(word: str, least: int = 1) -> bool:
    """Whether a word is in the dictionary and met there at least so often; long ones never are."""
    if len(word) > _LONG:
        return False
    if not jieba.dt.initialized:
        jieba.initialize()
    return (jieba.dt.FREQ.get(word) or 0) >= least


def _may_cut(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether there is a word, or the beginning of one, that lies across start or end."""
    if text[start].isascii() or text[end - 1].isascii():
        return True  # jieba keeps letters and digits together, whatever they spell
    if not jieba.dt.initialized:
        jieba.initialize()
    begun = jieba.dt.FREQ  # every word and every beginning of a word
    if any(text[first : start + 1] in begun for first in range(low, start)):
        return True
    return end < high and any(text[first : end + 1] in begun for first in range(start, end))
