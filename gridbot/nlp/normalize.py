"""One spelling for one text: the form in which every rule and slot sees it."""

from __future__ import annotations

import re
import unicodedata

from opencc import OpenCC

_COMMON = tuple(zip("，！？：…～（）；", (",", "!", "?", ":", "...", "~", "(", ")", ";"), strict=True))
"""So frequent that they get a way of their own."""

_BLANKS = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_TIDY_CATEGORIES = frozenset({"Po", "Ps", "Pe", "Pd", "Pi", "Pf", "So"})
_SELECTORS = frozenset("\u20e3") | {chr(n) for n in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
_ROUNDS = 4
LONGEST = 20_000  # characters of a message that are looked at
_simplified = OpenCC("t2s").convert


def _or_blank(one: str, simple: str) -> str:
    """A character that is its own simple form, or a blank."""
    return one if one == simple else " "


_tidy = {chr(n) for n in range(0x20, 0x7F)} | {"\n"}
"""Characters no fold changes, alone or beside others; learnt as they are met."""

_HAN = "\n".join(map(chr, range(0x4E00, 0xA000)))
_PLAIN = "".join(  # as ranges: their pattern is made in a quarter of the time
    f"{run[0]}-{run[-1]}"
    for run in re.findall(r"[^ ]+", "".join(map(_or_blank, _HAN[::2], _simplified(_HAN)[::2])))
)
_NOT_PLAIN = re.compile(f"[^!-~。、《》【】{_PLAIN}]")
"""A blank, or what may have to be folded: neither a simple character nor a common sign."""
_STRANGE = re.compile(f"[^ \n!-~。、《》【】{_PLAIN}]")

_visible: set[str] = set()
"""Characters that are seen, learnt likewise."""


def fold(text: str) -> str:
    """Compatibility forms unified, traditional made simplified, the invisible gone, blanks squeezed.

    Line ends stay as single line feeds; what is longer than 20,000 characters is cut. Idempotent;
    total: takes lone surrogates and control characters. Never raises.
    """
    text = text[:LONGEST]
    if _NOT_PLAIN.search(text) is None:
        return text  # most of what people write
    if _STRANGE.search(text) is None and _is_evenly_spaced(text):
        return text  # and most of the rest
    for wide, narrow in _COMMON:
        if wide in text:
            text = text.replace(wide, narrow)[:LONGEST]
    for _ in range(_ROUNDS):
        if _is_tidy(text):
            break
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def _is_tidy(text: str) -> bool:
    if _STRANGE.search(text) and not _tidy.issuperset(text):
        unknown = set(text) - _tidy
        _tidy.update(filter(_is_tidy_character, unknown))
        if not _tidy.issuperset(unknown):
            return False
    return _is_evenly_spaced(text)


def _is_evenly_spaced(text: str) -> bool:
    if " " not in text and "\n" not in text:
        return True
    return not ("  " in text or "\n " in text or " \n" in text or "\n\n" in text or text != text.strip())


def _is_tidy_character(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Lo":
        return unicodedata.name(character, "").startswith("CJK") and _folds_to_itself(character)
    return category in _TIDY_CATEGORIES and character not in _SELECTORS and _folds_to_itself(character)


def _folds_to_itself(character: str) -> bool:
    return _fold_once(character) == character


def _fold_once(text: str) -> str:
    composed = unicodedata.normalize("NFKC", _seen(text))[:LONGEST]
    simple = _simplified(_seen(composed))
    return _BLANKS.sub(_squeeze, simple).strip()


def _seen(text: str) -> str:
    if _visible.issuperset(text):
        return text
    _visible.update(c for c in set(text) - _visible if not _is_invisible(c))
    return "".join(c for c in text if c in _visible)


def _is_invisible(character: str) -> bool:
    if character.isspace():
        return False
    return unicodedata.category(character) in _INVISIBLE or character in _SELECTORS


def _squeeze(run: re.Match[str]) -> str:
    return "\n" if "\n" in run.group() else " "
