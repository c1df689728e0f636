"""A made-up city for measuring: an org of any size, and a day of chat in its groups."""

from __future__ import annotations

import csv
import itertools
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=ZONE)  # a Monday
DAY_S = 14 * 3600
GRIDS_A_COMMUNITY = 50

REPORTS = (
    "{b}号楼{u}单元电梯又停了",
    "{b}号楼门口的路灯坏了好几天了",
    "{b}栋{u}单元楼道灯不亮了",
    "{b}号楼后面下水道堵了 污水往外冒",
    "{b}号楼前面垃圾好几天没人清了",
    "{b}栋楼下井盖破了 看着危险",
    "楼上装修太吵了 {b}号楼{u}单元",
    "{b}号楼{u}单元停水了 什么时候来",
    "{b}号楼旁边有人占道停车 出不去",
    "{b}号楼二单元门禁坏了 进不去门",
    "{b}栋墙皮往下掉 差点砸到人",
    "{b}号楼这边又停电了",
)
CHATTER = (
    "早上好",
    "谢谢邻居",
    "哈哈哈哈",
    "今天天气真不错",
    "有人拼车去火车站吗",
    "收到",
    "孩子放学了吗",
    "出一台二手冰箱 九成新",
    "团购草莓的接龙啦 还差三份",
    "这个视频太好笑了",
    "周末一起打球吗",
    "好的",
    "谁家的猫跑出来了 挺可爱的",
    "明天几点开会来着",
    "楼下新开的面馆味道可以",
    "快递放门口了 麻烦看一下",
    "祝大家节日快乐",
    "👍👍👍",
    "辛苦了",
    "我刚到家",
)
TALK = (
    "我妈 老张 他们几个 我家那位 我同事 隔壁班的 我们俩 小王 我弟 大家 我 咱几个",
    "昨天 刚才 周末 早上 今天 前天 一会儿 晚上 最近 这几天 中午 等下",
    "去公园遛弯 在家包饺子 看了场电影 去爬山了 学着烤面包 吃了顿火锅 追完那部剧 打了会儿羽毛球 "
    "去逛街买鞋 在练毛笔字 跑了五公里 给孩子讲故事 去看画展 泡了壶茶 养了盆多肉 拼完一幅拼图",
    ",真开心 哈哈 ,好羡慕 ,累坏了 呢 ,太逗了 ,改天一起呀 ,拍了好多照片 啦 ,你们呢 ~ ,天气真好",
)
"""Beginnings, moments, doings and ends of talk that means nothing to an office."""


def make_org(folder: Path, grids: int = 1000, *, households: int = 4, workers: int = 1) -> Path:
    """Write an org: a street, communities of fifty grids; a group, some workers and households a grid."""
    folder.mkdir(parents=True, exist_ok=True)
    communities = range(-(-grids // GRIDS_A_COMMUNITY))
    _write(folder / "nodes.csv", ("code", "parent", "name", "level", "profile"), _nodes(grids, communities))
    _write(
        folder / "staff.csv",
        ("id", "name", "role", "node", "phone", "contact"),
        itertools.chain(_staff(grids, communities), _colleagues(grids, workers)),
    )
    _write(
        folder / "rooms.csv",
        ("room", "node", "audience", "listen"),
        ((f"room-{n}", f"g{n}", "residents", "keywords") for n in range(grids)),
    )
    homes = [(n, h) for n in range(grids) for h in range(households)]
    _write(
        folder / "households.csv",
        ("id", "node", "address", "building", "unit", "room", "classes"),
        (
            (f"h{n}-{h}", f"g{n}", f"{h + 1}号楼1单元101", h + 1, 1, 101, "独居老人" if h == 0 else "普通")
            for n, h in homes
        ),
    )
    _write(
        folder / "residents.csv",
        ("contact", "household", "name", "head"),
        ((f"p{n}-{h}", f"h{n}-{h}", f"住户{n}{h}", "yes") for n, h in homes),
    )
    return folder


def make_log(
    file: Path,
    messages: int = 100_000,
    *,
    grids: int = 1000,
    report_share: float = 0.1,
    households: int = 4,
    seed: int = 1,
    answers: bool = False,
) -> Path:
    """Write a day of chat, evenly spread over the groups and the day; the same seed, the same bytes.

    With `answers` the worker of a grid takes every other card with a `1` in private.
    """
    chance = random.Random(seed)
    with file.open("w", encoding="utf-8") as out:
        for line in _day(chance, messages, grids, report_share, households, answers):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return file


def _day(
    chance: random.Random, messages: int, grids: int, report_share: float, households: int, answers: bool
) -> Iterator[dict[str, object]]:
    for number in range(messages):
        at = MORNING + timedelta(seconds=number * DAY_S / messages)
        grid = chance.randrange(grids)
        if answers and chance.random() < report_share / 2:
            yield _line(at, None, f"w{grid}", f"m{number}", "1")
            continue
        words = REPORTS if chance.random() < report_share else CHATTER
        text = chance.choice(words).format(b=chance.randint(1, 20), u=chance.randint(1, 4))
        yield _line(at, f"room-{grid}", f"p{grid}-{chance.randrange(households)}", f"m{number}", text)


def report(chance: random.Random) -> str:
    """One report, of any building."""
    return chance.choice(REPORTS).format(b=chance.randint(1, 20), u=chance.randint(1, 4))


def new_talk(chance: random.Random) -> Iterator[str]:
    """Some 27,000 messages of neighbours' talk, none twice."""
    every = ["".join(parts) for parts in itertools.product(*(words.split() for words in TALK))]
    chance.shuffle(every)
    return iter(every)


def _line(at: datetime, room: str | None, sender: str, message: str, text: str) -> dict[str, object]:
    return {"at": at.isoformat(), "room": room, "from": sender, "name": sender, "text": text, "id": message}


def _nodes(grids: int, communities: Sequence[int]) -> Iterator[Sequence[object]]:
    yield "jd", "", "测试街道", "街道", "default"
    yield from ((f"sq{c}", "jd", f"第{c}社区", "社区", "") for c in communities)
    yield from ((f"g{n}", f"sq{n // GRIDS_A_COMMUNITY}", f"第{n}网格", "网格", "") for n in range(grids))


def _staff(grids: int, communities: Sequence[int]) -> Iterator[Sequence[object]]:
    yield "s-jd", "主任", "街道主任", "jd", "13900000000", "l-jd"
    yield from ((f"s-sq{c}", f"书记{c}", "社区书记", f"sq{c}", f"138{c:08}", f"l{c}") for c in communities)
    yield from ((f"s-g{n}", f"网格员{n}", "网格员", f"g{n}", f"137{n:08}", f"w{n}") for n in range(grids))


def _colleagues(grids: int, workers: int) -> Iterator[Sequence[object]]:
    """The other workers of each grid."""
    for n, k in itertools.product(range(grids), range(1, workers)):
        yield f"s-g{n}-{k}", f"协管员{n}{k}", "网格员", f"g{n}", f"136{n:07}{k}", f"w{n}-{k}"


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *rows])
