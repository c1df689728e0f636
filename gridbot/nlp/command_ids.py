"""The ids in a command: 1024, #1024, 1024号, 1024、1025; not 3号楼, 2天, 19:00 or 3-502."""

from __future__ import annotations

import re

from gridbot.nlp.slots import quantity

PUNCTUATION = " \t\r\n,，。.!！?？:：;；、~～…—-#】]」』)）"
UNIT = r"(?:[点时分元块天个人户月日年楼栋幢座层室排岁斤度万名位次%米条]|单元|小时|\s(?:元|块|天|个|小时))"
_NUMBER = re.compile(
    rf"(?:工单|单号|编号|事件)?\s?(?:#\s?([0-9]{{1,7}})(?![0-9])|([0-9]{{1,7}})(?![0-9]|[-:.:/][0-9]|号?{UNIT}|号[楼线院店门]))"
    r"(?:号工单|号单|号事件|号)?"
)
_HAN_NUMBER = re.compile(r"#?([零〇一二三四五六七八九十百千幺]{2,9})(?:号工单|号单|号)?(?=$|[\s,，。、])")
_LONE = re.compile(
    r"(?:(?<=[\s,，、。;；])|#)([0-9]{1,7})(?:号工单|号单|号)?(?=$|[\s,，、。;；!！])(?!\s(?:元|块|天|个|小时|分))"
)
_JOINED = re.compile(r"\s?[、,，和/&]\s?(?=#?[0-9])")
_SPACED = re.compile(r"[\s、,，和与到/&#]{1,3}(?=#?[0-9])")
_GAP = re.compile(r"[ \t,，:：、.。!！—】\]」』)）-]*(?:#(?![0-9])[ \t,，:：]*)?")


def ids(text: str, at: int, mode: str) -> tuple[tuple[int, ...], int]:
    """The ids written from `at` on, and where they end; `mode` one, list (、between) or many (blanks)."""
    found = _NUMBER.match(text, at)
    if not found:
        return _spelled(text, at)
    numbers = [int(found[1] or found[2])]
    at = found.end()
    between = {"list": _JOINED, "many": _SPACED}.get(mode)
    while between and (gap := between.match(text, at)) and (found := _NUMBER.match(text, gap.end())):
        numbers.append(int(found[1] or found[2]))
        at = found.end()
    return tuple(numbers), at


def _spelled(text: str, at: int) -> tuple[tuple[int, ...], int]:
    """An id as voice typing writes it: 一零二四, 一千零二十四."""
    found = _HAN_NUMBER.match(text, at)
    value = quantity.number(found[1]) if found else None
    return ((value,), found.end()) if found and value else ((), at)


def lone_id(text: str) -> tuple[tuple[int, ...], str]:
    """The first number that stands alone in `text`, taken out of it: '换了灯泡 1024'."""
    for found in _LONE.finditer(text):
        if text[max(0, found.start() - 3) : found.start()].rstrip()[-1:] in ("到", "至", "共", "前"):
            continue
        before = text[: found.start()].rstrip(" #,，、")
        return (int(found[1]),), f"{before} {text[found.end() :].lstrip(' ,，、')}".strip()
    return (), text


def over_gap(text: str, at: int) -> int:
    """Where the blanks and signs between a word and its number end."""
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def trimmed(rest: str) -> str:
    """`rest` without leading signs and outer blanks; new lines inside stay."""
    return rest.strip().lstrip(" \t\r\n,，。.!！?？:：;；、~～…—#】]」』)）").rstrip()
