"""Where: houses by number, and the org's own names for places.

`find` reads the house grammar of the north and the south (3号楼2单元502, 3-2-502, 三栋二门, A座1203,
13楼, 平房5排3号) and the names of a `Gazetteer`. A number is a place only with the word that makes it
one; dates, times, prices, bus lines and road names are none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from gridbot.nlp.reading import Place
from gridbot.nlp.slots import house_words, quantity
from gridbot.nlp.slots.gazetteer import Gazetteer, PlaceName
from gridbot.nlp.slots.house import Part, addresses
from gridbot.nlp.slots.node_names import GRID

__all__ = ["Gazetteer", "PlaceName", "buildings", "find", "parse_home", "parse_house"]

_ANOTHER_ROW = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})排(?![队水查名列])")
_HOUSE = re.compile(r"[^\W\d_]{0,8}(?<![0-9月.-])([0-9]{1,4})(?:号(?:院|户|家)?|户)(?![楼栋幢院0-9]|单元)")
_LISTED = re.compile(r"((?:[0-9]{1,3}(?:号楼|栋|幢)?[、,，和及])+)[0-9]{1,3}(?:号楼|栋|幢)")
_RANGE = re.compile(r"(?<![0-9:：-])([0-9]{1,3})(?:号楼|栋|幢)?(?:至|到|-|~|—)([0-9]{1,3})(?:号楼|栋|幢)")
_MOST_BUILDINGS = 60
_OWN_HOME = re.compile(r"我家|俺家|我们家|咱家|屋里|家里|我屋")
_SPEAKER = re.compile(r"(?:我|俺|咱|我们|咱们)(?:是|住|家是|家住|家在|家)(?:在)?\s?$")


def find(text: str, gazetteer: Gazetteer | None = None, *, nickname: str = "") -> Place | None:
    """The place `text` speaks of, or None.

    Where the text names no building, building and unit come from a group nickname like '3-502张三';
    the room only where the text speaks of the speaker's own home (我家, 屋里).
    """
    place = _by_number(text)
    if gazetteer is not None:
        place = _by_name(text, gazetteer, place)
    if nickname:
        place = _by_nickname(text, nickname, place)
    return place


def buildings(text: str) -> tuple[str, ...]:
    """Every building a notice names, in order: 3号楼、5号楼; 1、3、5号楼; 1至4号楼."""
    found = [part.value for group in addresses(text) for part in group if part.kind == "building"]
    for listed in _LISTED.finditer(text):
        found += re.findall(r"[0-9]+", listed[1])
    for span in _RANGE.finditer(text):
        first, last = int(span[1]), int(span[2])
        found += [str(n) for n in range(first, last + 1)] if last - first < _MOST_BUILDINGS else []
    return tuple(sorted(dict.fromkeys(found), key=lambda name: (len(name), name)))


@lru_cache(maxsize=4096)
def parse_home(text: str) -> Place | None:
    """The first household address in `text`: '3-502', '3-2-502', '3号楼2单元502', '平房5排3号', '502'.

    `Place.text` is the written span, so that a caller can take it out of a command.
    """
    groups = addresses(text, home=True)
    return _place(text, groups[0]) if groups else None


def parse_house(text: str) -> Place | None:
    """A house known by its number alone, as in a village: 2号, 王庄村2号, 12号院. `room` holds the number."""
    found = _HOUSE.search(text)
    return Place(room=str(int(found[1])), text=found[0]) if found is not None else None


def _by_number(text: str) -> Place | None:
    groups = addresses(text)
    if not groups:
        return None
    if len(groups) == 1:
        return _place(text, groups[0])
    main = _main(text, groups)
    place = _place(text, main)
    for group in groups:
        if group is not main and not any(p.kind in ("building", "row") for p in group):
            place = _fill(place, _place(text, group))
    return place


def _main(text: str, groups: list[list[Part]]) -> list[Part]:
    """The group that says where: the first with a building, unless that is only where the speaker lives."""
    housed = [g for g in groups if any(p.kind in ("building", "row") for p in g)]
    if not housed:
        return groups[0]
    elsewhere = [g for g in housed if not _SPEAKER.search(text[max(0, g[0].start - 6) : g[0].start])]
    return (elsewhere or housed)[0]


def _fill(place: Place, more: Place) -> Place:
    return replace(
        place, unit=place.unit or more.unit, floor=place.floor or more.floor, room=place.room or more.room
    )


def _place(text: str, group: list[Part]) -> Place:
    slots = {"text": text[group[0].start : group[-1].end]}
    for part in group:
        slots[part.kind] = part.value
    return Place(**slots)


def _by_name(text: str, gazetteer: Gazetteer, place: Place | None) -> Place | None:
    for start, end, name in gazetteer.find(text):
        found = place or Place(text="" if name.kind == GRID else text[start:end])
        if name.kind in ("estate", "小区"):
            found = replace(found, estate=found.estate or name.name)
        elif name.kind not in ("building", "楼", "unit", "单元", GRID):
            found = replace(found, landmark=found.landmark or name.name)
        place = replace(found, node=found.node or name.node)
    return place


def _row_of(nickname: str) -> Place | None:
    """The row of bungalows that a nickname begins with: 5排老冯."""
    found = _ANOTHER_ROW.match(nickname)
    return Place(row=str(quantity.number(found[1]))) if found is not None else None


def _by_nickname(text: str, nickname: str, place: Place | None) -> Place | None:
    if place is not None and (place.building or place.row or place.landmark or place.estate):
        return place
    home = parse_home(nickname) or _row_of(nickname)
    if home is None or not (home.building or home.row):
        return place
    place = place or Place()
    if home.row and (other := _ANOTHER_ROW.search(text)):
        return replace(place, row=str(quantity.number(other[1])), text=place.text or other[0])
    own = _OWN_HOME.search(text) is not None and place.room is None and not house_words.beside(text)
    return replace(
        place,
        building=home.building,
        row=home.row,
        unit=place.unit or home.unit,
        room=home.room if own else place.room,
    )
