"""Word boundaries by jieba, which nobody else in the project knows.

Of its 349,000 words 200,000 are met three times at most in the texts it was counted from. They are left out:
what is left loads in half the time and half the memory, and tells the words of everyday talk apart as well.
"""

from __future__ import annotations

import logging
import warnings
from io import BytesIO

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba asks for pkg_resources while it is imported
    import jieba

_REACH = 12
_LONG = 4  # characters; what is longer is no everyday word
_RARE = 3  # times a word is met in jieba's texts that are too few

jieba.setLogLevel(logging.WARNING)


class _CommonWords(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's tokenizer and dictionary without the rare words, in a cache file of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.cache_file = f"jieba-{jieba.__version__}-above-{_RARE}.cache"

    def get_dict_file(self) -> BytesIO:
        with super().get_dict_file() as every:
            return BytesIO(b"".join(line for line in every if int(line.split(b" ")[1]) > _RARE))


_words = _CommonWords()


def warm() -> None:
    """Load the dictionary now (half a second) rather than at the first doubtful word."""
    _words.initialize()


def cuts(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] cuts through a longer word: 没电 in 没电梯, 停水 in 停水果."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    if not _may_cut(text, start, end, low, high):
        return False
    position = low
    for word in _words.cut(text[low:high], HMM=False):
        after = position + len(word)
        if position < start < after or position < end < after:
            return True
        position = after
    return False


def everyday(word: str, least: int = 1) -> bool:
    """Whether a word is in the dictionary and met there at least so often; long ones never are."""
    if len(word) > _LONG:
        return False
    _words.check_initialized()
    return (_words.FREQ.get(word) or 0) >= least


def _may_cut(text: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether there is a word, or the beginning of one, that lies across start or end."""
    if text[start].isascii() or text[end - 1].isascii():
        return True  # jieba keeps letters and digits together, whatever they spell
    _words.check_initialized()
    begun = _words.FREQ  # every word and every beginning of a word
    if any(text[first : start + 1] in begun for first in range(low, start)):
        return True
    return end < high and any(text[first : end + 1] in begun for first in range(start, end))
