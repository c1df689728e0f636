"""Example orgs of realistic size for the five source systems, made when wanted: invented places and people.

`python -m gridbot.demo.examples xihua DIRECTORY` writes the CSV files and a small day of chat beside them.
The figures (how many of each level) are those that the systems publish of themselves.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

SHANGHAI = timezone(timedelta(hours=8))
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=SHANGHAI)  # a Monday

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "nodes": (
        "code",
        "parent",
        "name",
        "level",
        "kind",
        "profile",
        "declared_units",
        "area",
        "owner",
        "party",
    ),
    "staff": ("id", "name", "role", "node", "phone", "contact", "deputy_of", "employment", "hours", "source"),
    "departments": ("id", "name", "categories", "node", "contact", "hours", "person", "phone"),
    "rooms": ("room", "node", "audience", "listen"),
    "households": ("id", "node", "address", "building", "unit", "room", "head", "classes"),
    "residents": ("contact", "household", "name", "head"),
    "places": ("node", "name", "aliases", "kind"),
}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = "建国志强秀英桂兰海燕晓东丽华永刚春霞明远淑珍文军玉梅长林红霞"
VILLAGES = "东西南北前后上下大小新老柳杨槐桃石井河塘"
LANDS = "岗沟湾岭桥寺集店铺渡泉堡坪滩"
KINDS_OF_VILLAGE = "庄楼营寨屯坡洼"
CLASSES = ("普通",) * 14 + ("困难", "独居老人", "残疾", "暂住", "留守儿童", "重点帮扶")
REPORTS = (
    "村口的路灯坏了好几天了", "门口垃圾堆了没人清", "下水道堵了 污水往外冒", "停水了 什么时候来",
    "井盖破了 看着危险", "想办老年证 要什么材料",
)  # fmt: skip
CHAT = ("大家早上好", "收到", "谢谢", "有人去县城吗 带一个", "今天天气不错")


@dataclass
class Example:
    """The sheets of one org, grown row by row."""

    chance: random.Random
    sheets: dict[str, list[Mapping[str, object]]] = field(
        default_factory=lambda: {name: [] for name in COLUMNS}
    )

    def add(self, sheet: str, **values: object) -> None:
        self.sheets[sheet].append(values)

    def node(self, parent: str, code: str, name: str, level: str, **more: object) -> str:
        self.add("nodes", code=code, parent=parent, name=name, level=level, **more)
        return code

    def post(self, role: str, node: str, *, who: str = "", **more: object) -> str:
        """A holder of a role at a node; `who` gives a person who is there already another role."""
        staff = who or f"s{len(self.sheets['staff']) + 1:05}"
        known = next((row for row in self.sheets["staff"] if row["id"] == staff), None) if who else None
        name = known["name"] if known else self.person()
        contact = f"wx-{staff}"
        phone = f"138{int(staff[1:]):08}" if staff[1:].isdigit() else ""
        self.add("staff", id=staff, name=name, role=role, node=node, phone=phone, contact=contact, **more)
        return staff

    def person(self) -> str:
        given = "".join(self.chance.sample(GIVEN, self.chance.choice((1, 2))))
        return self.chance.choice(SURNAMES) + given

    def homes(self, node: str, count: int, *, rows: bool = False) -> None:
        """Households of a grid: by building, or in rows of single-storey houses; some with an account."""
        for number in range(count):
            home = f"{node}-h{number + 1}"
            first, room = (f"{number // 10 + 1}排", number % 10 + 1) if rows else (number // 12 + 1, 0)
            door = room or (number % 12 // 2 + 1) * 100 + number % 2 + 1
            head = self.person()
            self.add(
                "households", id=home, node=node, building=first, unit="" if rows else 1, room=door,
                head=head, classes=self.chance.choice(CLASSES),
            )  # fmt: skip
            if number % 5 == 0:
                self.add("residents", contact=f"wx-{home}", household=home, name=head, head="yes")

    def of_level(self, level: str) -> list[str]:
        return [str(row["code"]) for row in self.sheets["nodes"] if row["level"] == level]

    def room(self, node: str, suffix: str = "") -> None:
        self.add("rooms", room=f"room-{node}{suffix}", node=node, audience="residents", listen="keywords")

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.sheets.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[name], restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return folder


def spread(total: int, parts: int) -> list[int]:
    """`total` in `parts` nearly equal whole numbers."""
    return [total * (n + 1) // parts - total * n // parts for n in range(parts)]


def xihua(one: Example) -> None:
    """西华: 22 towns, 451 villages, 2,239 quarters, 8,788 grids of 30 to 50 households; a leading group."""
    top = one.node("", "xh", "县领导小组", "领导小组", kind="虚拟", profile="xihua")
    one.post("领导小组组长", top)
    one.post("领导小组成员", top)
    county = one.node(top, "xh0", "西华县", "县", declared_units=8788)
    one.post("县督导组", county)
    for t, villages in enumerate(spread(451, 22)):
        town = one.node(county, f"xh{t + 1:02}", _town(t, "乡"), "乡镇")
        one.post("乡镇书记", town, source="乡镇干部")
        _desk(one, town)
        for v in range(villages):
            village = one.node(town, f"{town}-{v + 1:02}", f"{_village(21 * t + v)}村", "村")
            one.post("村支书", village, source="村干部")
            one.room(village)
    quarters = _below(one, one.of_level("村"), 2239, "片", "第{n}片", "两委干部")
    grids = _below(one, quarters, 8788, "网格", "第{n}网格", "网格员", area="本片第{n}段", kind="农村型")
    for grid in grids:
        one.homes(grid, one.chance.randint(30, 50), rows=True)


def zhanyi(one: Example) -> None:
    """沾益: 11 towns, 135 villages, 1,069 groups, 4,378 grid units of 10 to 25 households."""
    district = one.node("", "zy", "沾益区", "区", profile="zhanyi", declared_units=4378, party="区委")
    chief = one.post("区委书记", district)
    for category, name in (("dispute", "调委会"), ("public_security", "公安分局"), ("pollution", "环保局")):
        one.add("departments", id=f"zy-{category}", name=name, categories=category, node=district)
    for t, villages in enumerate(spread(135, 11)):
        town = one.node(
            district, f"zy{t + 1:02}", f"{VILLAGES[t]}龙街道", "街道", party=f"{VILLAGES[t]}龙街道大工委"
        )
        one.post("街道书记", town)
        _desk(one, town)
        if t == 0:
            one.post("挂包领导", town, who=chief)
        for v in range(villages):
            village = one.node(
                town, f"{town}-{v + 1:02}", f"{_village(13 * t + v)}社区", "社区", party="社区大党总支"
            )
            one.post("社区书记", village)
            one.room(village)
    groups = _below(one, one.of_level("社区"), 1069, "居民小组", "第{n}居民小组", "小组长")
    kinds = ("散居型", "小区型", "单位型", "商圈型", "农村型")
    for n, grid in enumerate(_below(one, groups, 4378, "网格", "第{n}网格", "专职网格员")):
        one.sheets["nodes"][-4378 + n] = {**one.sheets["nodes"][-4378 + n], "kind": kinds[n % 5]}
        one.homes(grid, one.chance.randint(10, 25))
        if n % 9 == 0:
            one.post("党员中心户", grid)


def xinan(one: Example) -> None:
    """新安街道: 3 communities, 84 buildings, 3 平房区, 257 stairwells; 421 posts declared, 419 found."""
    street = one.node("", "xa", "新安街道", "街道", profile="xinan", declared_units=421)
    one.post("总网格长", street)
    towns = [one.node(street, f"xa{n + 1}", f"{'东中西'[n]}山社区", "社区") for n in range(3)]
    for n in range(7):
        one.post("网格长", towns[n % 3])
    for town in towns:
        one.room(town)
    quarters = _below(one, towns, 14, "片", "第{n}片", "片长")
    regions = _below(one, quarters, 36, "区域", "第{n}区域", "区域长")
    houses = _below(one, quarters, 84, "楼", "{n}号楼", "楼长")
    rows = [one.node(regions[12 * n], f"xa{n + 1}-p", f"{'东中西'[n]}平房区", "平房区") for n in range(3)]
    for node in (*rows, houses[0], houses[1]):
        one.post("楼长", node)
    stairs = _below(one, houses, 257, "单元", "{n}单元", "单元长")
    for node in stairs[:15]:
        one.post("单元长", node)
    for node in stairs:
        one.homes(node, 12)
    for node in rows:
        one.homes(node, 40, rows=True)


def yiyang(one: Example) -> None:
    """宜阳: 16 towns, 353 villages, 586 base grids and 32 own ones; in town 6 communities with 24 grids."""
    county = one.node("", "yy", "宜阳县", "县", profile="yiyang", declared_units=618)
    one.post("县网格中心主任", county)
    offices = (("城管局", "环境卫生;违建与占道"), ("供电公司", "水电气暖"), ("民政局", "养老助老;救助帮扶"))
    for n in range(25):
        name, categories = offices[n] if n < len(offices) else (f"县直单位{n + 1}", "")
        one.add("departments", id=f"yy-d{n + 1:02}", name=name, categories=categories, node=county)
    towns = [one.node(county, f"yy{n + 1:02}", _town(n, "镇"), "镇") for n in range(16)]
    for town in towns:
        one.post("镇长", town)
        _desk(one, town)
    communities = [one.node(towns[0], f"yy01-c{n + 1}", f"城关{n + 1}社区", "社区") for n in range(6)]
    villages = [one.node(towns[n % 15 + 1], f"yyv{n + 1:03}", f"{_village(n)}村", "村") for n in range(353)]
    for place in (*communities, *villages):
        one.post("社区书记" if place in communities else "村支书", place)
        one.room(place)
    grids = _below(one, communities, 24, "网格", "第{n}网格", "网格长", kind="基础")
    grids += _below(one, villages, 562, "网格", "第{n}网格", "网格长", kind="基础")
    for n, grid in enumerate(grids):
        for role in ("网格管理员", "网格管理员", "专职网格协警")[: 3 if n % 10 else 2]:
            one.post(role, grid, employment="专职" if role == "专职网格协警" else "兼职")
        one.homes(grid, one.chance.randint(20, 60))
    for n in range(32):
        owner = f"yy-d{n % 25 + 1:02}"
        one.node(towns[n % 16], f"yyz{n + 1:02}", f"专属网格{n + 1}", "网格", kind="专属", owner=owner)


def tianshui(one: Example) -> None:
    """天水: 10 streets and 105 communities in town, 113 towns and 1,672 villages outside; 5,863 grids."""
    city = one.node("", "ts", "天水市", "市", profile="tianshui-urban", declared_units=5863)
    one.post("街道书记", city)
    streets = [one.node(city, f"ts{n + 1:02}", f"{VILLAGES[n]}关街道", "街道") for n in range(10)]
    towns = [
        one.node(city, f"tr{n + 1:03}", _town(n, "镇"), "乡镇", profile="tianshui-rural") for n in range(113)
    ]
    for place in (*streets, *towns):
        one.post("街道书记" if place in streets else "乡镇书记", place)
        _desk(one, place)
    communities = _below(one, streets, 105, "社区", "{name}社区", "社区书记")
    quarters = _below(one, towns, 339, "片区", "第{n}片区", "包片领导")
    villages = _below(one, quarters, 1672, "行政村", "{name}村", "村支书")
    urban = _below(one, communities, 420, "网格", "第{n}网格", "管理员", kind="小区型")
    rural = _below(one, villages, 5443, "网格", "第{n}网格", "管理员", kind="农村型")
    for n, grid in enumerate((*urban, *rural)):
        one.post("协管员", grid)
        one.post("信息采集员", grid)
        one.homes(grid, 24)
        if grid in urban[:200]:
            one.room(grid)
            one.room(grid, "-2")
        elif n % 3:
            one.room(grid)


def _desk(one: Example, node: str) -> None:
    one.post("值班员", node)


def _town(number: int, kind: str) -> str:
    """A name that no other of 280 towns has: 东岗镇, 西沟镇 …"""
    land = LANDS[(number + 3 * (number // len(VILLAGES))) % len(LANDS)]
    return f"{VILLAGES[number % len(VILLAGES)]}{land}{kind}"


def _village(number: int) -> str:
    """A name that no other of 4,410 villages has: 赵庄, 钱楼 …, then 前赵楼 and so on."""
    turn, first = divmod(number, len(SURNAMES))
    before, which = divmod(turn, len(KINDS_OF_VILLAGE))
    kind = KINDS_OF_VILLAGE[(first + which) % len(KINDS_OF_VILLAGE)]
    return f"{VILLAGES[(before - 1) % len(VILLAGES)] if before else ''}{SURNAMES[first]}{kind}"


def _below(
    one: Example, above: Sequence[str], total: int, level: str, name: str, role: str, **more: str
) -> list[str]:
    """`total` nodes spread over those above, each with a holder of the role."""
    made: list[str] = []
    letter = {"片": "p", "区域": "q", "楼": "b", "单元": "u", "网格": "g"}.get(level, "n")
    for parent, count in zip(above, spread(total, len(above)), strict=True):
        for n in range(1, count + 1):
            values = {key: value.format(n=n) for key, value in more.items()}
            called = name.format(n=n, name=_village(len(made)))
            made.append(one.node(parent, f"{parent}-{letter}{n}", called, level, **values))
            one.post(role, made[-1])
    return made


EXAMPLES: Mapping[str, Callable[[Example], None]] = {
    "yiyang": yiyang, "zhanyi": zhanyi, "xinan": xinan, "xihua": xihua, "tianshui": tianshui,
}  # fmt: skip


def make(name: str, folder: Path, *, seed: int = 1) -> Path:
    """Write an example org and its `day.jsonl` into a directory; the same seed, the same bytes."""
    one = Example(random.Random(seed))
    EXAMPLES[name](one)
    one.write(folder)
    with (folder / "day.jsonl").open("w", encoding="utf-8") as file:
        for line in _day(one):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return folder


def _day(one: Example, messages: int = 120) -> Iterator[Mapping[str, object]]:
    """A small day: neighbours chat and report in their own groups, workers take and finish, leaders ask."""
    rooms = _neighbours(one)
    staff = [str(row["contact"]) for row in one.sheets["staff"]]
    at = MORNING
    for number in range(messages):
        at += timedelta(minutes=5)
        if number % 6 == 5:
            text = ("1", "待办", "编制", "缺口", "推广进度", "日报")[number // 6 % 6]
            yield _line(at, number, None, one.chance.choice(staff), text)
        else:
            text = one.chance.choice(REPORTS if number % 3 == 0 else CHAT)
            room, people = one.chance.choice(rooms)
            yield _line(at, number, room, one.chance.choice(people), text)


def _neighbours(one: Example) -> list[tuple[str, list[str]]]:
    """Each group with the residents who live at or below its node."""
    above = {str(row["code"]): str(row["parent"]) for row in one.sheets["nodes"]}
    home = {str(row["id"]): str(row["node"]) for row in one.sheets["households"]}
    living: dict[str, list[str]] = {str(row["node"]): [] for row in one.sheets["rooms"]}
    for row in one.sheets["residents"]:
        node = home[str(row["household"])]
        while node:
            if node in living:
                living[node].append(str(row["contact"]))
            node = above.get(node, "")
    groups = [(str(row["room"]), living[str(row["node"])]) for row in one.sheets["rooms"]]
    return [group for group in groups if group[1]]


def _line(at: datetime, number: int, room: str | None, sender: str, text: str) -> Mapping[str, object]:
    return {"at": at.isoformat(), "room": room, "from": sender, "text": text, "id": f"m{number}"}


def main(words: Iterable[str]) -> int:
    match list(words):
        case [name, folder] if name in EXAMPLES:
            print(make(name, Path(folder)))
            return 0
    print(f"python -m gridbot.demo.examples {{{'|'.join(EXAMPLES)}}} DIRECTORY", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
