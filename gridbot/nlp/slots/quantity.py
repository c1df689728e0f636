"""Numbers as people write them, and the numbers nobody should keep: telephones, identity and bank cards."""

from __future__ import annotations

import re

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{"两": 2, "俩": 2, "仨": 3, "幺": 1, "〇": 0, "○": 0},
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_BIG = {"万": 10_000, "亿": 100_000_000}

HAN = "零〇○一二两三四五六七八九十百千廿卅"
"""Numerals that may stand in a house number or a date, for use inside a character class."""

_ARABIC = re.compile(r"[0-9]{1,12}")
_PHONE = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9])")
_SPOKEN_PHONE = re.compile(
    r"(?<![零〇一二三四五六七八九幺])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺十百])"
)
_LANDLINE = re.compile(r"(?<![0-9])(0[1-9][0-9]{1,2}[- ]?)([0-9]{5,6})([0-9]{2})(?![0-9])")
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_CARD = re.compile(
    r"(?<![0-9])[0-9]{15,19}(?![0-9])|(?<![0-9])[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?(?![0-9])"
)
_SEVEN_DIGITS = re.compile(r"[0-9零〇一二三四五六七八九幺][0-9零〇一二三四五六七八九幺 -]{6}")


def number(text: str) -> int | None:
    """The whole number that `text` is: '三百零二' 302, '廿三' 23, '五零二' 502, '两' 2, '３' 3; else None."""
    text = text.strip()
    if not text or len(text) > 12:
        return None
    if text.isascii():
        return int(text) if _ARABIC.fullmatch(text) else None
    if text.isdecimal():
        return int(text)
    if all(c in _DIGITS and c not in "两俩仨" for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _spelled(text)


def _spelled(text: str) -> int | None:
    """A numeral with 十, 百, 千, 万: each digit times its unit; a last one after 百 counts tens (三百五)."""
    total = section = digit = 0
    unit = 1
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit, unit = _DIGITS[c], (1 if _DIGITS[c] == 0 else unit)
        elif c in _TENS:
            section, unit = section + _TENS[c], 1
        elif c in _UNITS:
            section, digit, unit = section + (digit or 1) * _UNITS[c], 0, _UNITS[c]
        elif c in _BIG:
            total, section, digit, unit = (total + section + digit) * _BIG[c], 0, 0, _BIG[c]
        else:
            return None
    return total + section + digit * (unit // 10 if unit >= 100 else 1)


def contacts(text: str) -> tuple[str | None, bool]:
    """The first telephone in `text`, masked, and whether any telephone, identity or card number was seen."""
    if not _SEVEN_DIGITS.search(text):
        return None, False
    if mobile := _PHONE.search(text):
        return _mask_phone(mobile), True
    if line := _LANDLINE.search(text):
        return _mask_landline(line), True
    return None, any(p.search(text) for p in (_SPOKEN_PHONE, _IDENTITY, _CARD))


def mask(text: str) -> str:
    """`text` with every telephone, identity and bank card number starred; masking twice changes nothing."""
    if not _SEVEN_DIGITS.search(text):
        return text
    text = _CARD.sub(_mask_long, _IDENTITY.sub(_mask_long, text))
    text = _LANDLINE.sub(_mask_landline, _PHONE.sub(_mask_phone, text))
    return _SPOKEN_PHONE.sub(_mask_long, text)


def mask_identity(text: str) -> str:
    """`text` with every identity and bank card number starred; telephones stay."""
    if not _SEVEN_DIGITS.search(text):
        return text
    return _CARD.sub(_mask_long, _IDENTITY.sub(_mask_long, text))


def _mask_phone(found: re.Match[str]) -> str:
    return f"{found[1]}****{found[3]}"


def _mask_landline(found: re.Match[str]) -> str:
    return f"{found[1]}{'*' * len(found[2])}{found[3]}"


def _mask_long(found: re.Match[str]) -> str:
    written = found[0]
    return f"{written[:3]}{'*' * (len(written) - 5)}{written[-2:]}"
