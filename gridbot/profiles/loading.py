"""Read the profiles' TOML files into values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from gridbot.errors import BadInput, unreadable
from gridbot.profiles import lines
from gridbot.profiles.care import care
from gridbot.profiles.merit_reading import merit
from gridbot.profiles.reporting import reports
from gridbot.profiles.routing import ANYTHING, URGENCIES, Route, Routing, Whistle
from gridbot.profiles.spans import Span, Unit
from gridbot.profiles.tables import Table, Tables
from gridbot.profiles.territory_reading import catalogue, territory
from gridbot.profiles.values import (
    Cadence,
    Category,
    Chase,
    Override,
    Pair,
    Period,
    Profile,
    Rank,
    Role,
    ServiceLevel,
    SubCategory,
)
from gridbot.profiles.worklist import worklist
from gridbot.workdays import OFFICE_HOURS, parse_hours

HERE = Path(__file__).parent
DEFAULT = "default"

_UNITS = {
    "分钟": Unit.MINUTE,
    "小时": Unit.HOUR,
    "天": Unit.DAY,
    "工作分钟": Unit.WORKMINUTE,
    "工作时": Unit.WORKHOUR,
    "工作日": Unit.WORKDAY,
}
_PERIODS = {
    "每日": Period.DAY,
    "每周": Period.WEEK,
    "每半月": Period.HALF_MONTH,
    "每月": Period.MONTH,
    "每季度": Period.QUARTER,
    "每半年": Period.HALF_YEAR,
    "每年": Period.YEAR,
}


_folders: tuple[Path, ...] = ()  # the office's own, which go before the built-in ones


def use(folders: Sequence[Path]) -> None:
    """Look for profiles in these directories too, theirs first; raises BadInput where there is none."""
    global _folders  # noqa: PLW0603 — which profiles there are is the same for the whole process
    for folder in folders:
        if not folder.is_dir():
            raise BadInput("没有这个目录", file=folder, hint="设置 profiles 请写放着 *.toml 的目录")
    if tuple(folders) != _folders:
        _folders = tuple(folders)
        names.cache_clear()
        _load.cache_clear()


@cache
def names() -> tuple[str, ...]:
    """The profiles there are, `default` first."""
    found = sorted({path.stem for folder in (*_folders, HERE) for path in folder.glob("*.toml")})
    return (DEFAULT, *(name for name in found if name != DEFAULT))


def load(name: str) -> Profile:
    """The profile of that name ("" is `default`), read once.

    Raises BadInput for an unknown name and, naming file and key, for a file that cannot be used.
    """
    if (name or DEFAULT) not in names():
        raise BadInput(f"没有名为“{name}”的规则", hint=f"可以写：{'、'.join(names())}")
    return _load(name or DEFAULT)


@cache
def _load(name: str) -> Profile:
    return read(_file(name, _folders))


def _file(name: str, folders: Sequence[Path]) -> Path:
    """Where a profile is written: in the first folder that has it, else among the built-in ones."""
    return next((f for folder in folders if (f := folder / f"{name}.toml").is_file()), HERE / f"{name}.toml")


def read(file: Path) -> Profile:
    """Read one profile file, inherited ones included; raises BadInput with file, line and key."""
    table, files = _merged(file)
    theirs = [each for each in files if each.parent != HERE or file.parent == HERE]  # what they can put right
    return _Reader(file, table, theirs).profile(table)


def _merged(file: Path, seen: tuple[Path, ...] = ()) -> tuple[Table, tuple[Path, ...]]:
    """What a profile says with all it inherits, and the files that say it, its own first."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        if not seen:
            raise unreadable(file, error) from error
        what, known = f"没有 inherit 写的“{file.stem}”这份规则", f"可以写：{'、'.join(names())}"
        raise BadInput(what, file=seen[-1], line=_inherit(seen[-1]), hint=known) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise unreadable(file, error) from error
    parent = table.pop("inherit", None)
    if parent is None:
        return table, (file,)
    if file in seen:
        what, hint = "inherit 绕了一圈，又回到这份规则", "请改成另一份，例如 default"
        raise BadInput(what, file=file, line=_inherit(file), hint=hint)
    below, files = _merged(_above(f"{parent}.toml", (*seen, file)), (*seen, file))
    return _over(below, table), (file, *files)


def _inherit(file: Path) -> int | None:
    found = lines.find((file,), "inherit")
    return found[1] if found else None


def _above(name: str, seen: tuple[Path, ...]) -> Path:
    """The file a profile inherits from: the one beside it, else the built-in one of that name."""
    beside = seen[-1].with_name(name)
    return beside if beside.is_file() and beside not in seen else HERE / name


def _over(below: Table, above: Table) -> Table:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


class _Reader(Tables):
    """Turns one merged table into a Profile."""

    def profile(self, table: Table) -> Profile:
        categories = {
            key: self.category(key, self.table(value, f"categories.{key}"))
            for key, value in self.sub(table, "categories").items()
        }
        if "other" not in categories:
            raise self.missing("categories.other", '最省事是写 inherit = "default"')
        levels, grids = self.levels(table)
        hours = self.text(table, "office_hours", OFFICE_HOURS)
        self.tried("office_hours", parse_hours, hours)
        visits = {key: self.cadence(key, value) for key, value in self.sub(table, "visits").items()}
        if "普通" not in visits:
            raise self.missing("visits.普通", '写上没有类别的家庭多久走访一次，例如 "普通" = "每季度"')
        chase = self.sub(table, "chase")
        return Profile(
            name=self.file.stem,
            zh=self.text(table, "zh", self.file.stem),
            levels=levels,
            grid_levels=grids,
            roles=self.roles(self.sub(table, "roles")),
            categories=categories,
            visits=visits,
            ordinary=visits["普通"],
            pair=self.pair(self.sub(table, "pair")),
            chase=Chase(self.span(chase, "deputy_after", "chase"), self.span(chase, "leader_after", "chase")),
            by_urgency=self.overrides(self.sub(table, "urgency"), "urgency"),
            office_hours=hours,
            size_band=self.band(table.get("size_band")),
            first_visit_days=self.number(table, "first_visit_days", 7),
            visits_a_day=self.number(table, "visits_a_day", 5),
            territory=territory(self, table, levels),
            catalogue=catalogue(self, table, _matters(categories)),
            merit=merit(self, table),
            routing=self.routing(table, categories),
            words=_words(categories),
            care=care(self, table, self.span),
            reports=reports(self, table),
            worklist=worklist(self, table),
        )

    def routing(self, table: Table, categories: Mapping[str, Category]) -> Routing:
        usual = Routing()
        chase, whistle = self.sub(table, "chase"), self.sub(table, "whistle")
        own = self.sub(table, "routing")
        routes = tuple(
            self.route(key, self.table(value, f"routes.{key}"), categories)
            for key, value in self.sub(table, "routes").items()
        )
        rosters, words = self.sub(table, "emergency"), self.sub(table, "emergency_words")
        return Routing(
            routes=routes,
            whistle=Whistle(
                *(
                    self.span(whistle, key, "whistle") if key in whistle else getattr(usual.whistle, key)
                    for key in ("confirm", "urgent", "ordinary")
                )
            ),
            ladder=tuple(self.rung(each) for each in self.strings(chase, "ladder")) or usual.ladder,
            escalate_after=self.span(chase, "escalate_after", "chase")
            if "escalate_after" in chase
            else usual.escalate_after,
            hazards=self.strings(own, "hazards") or usual.hazards,
            cluster=self.number(own, "cluster", usual.cluster),
            rosters={kind: self.strings(rosters, kind) for kind in rosters},
            roster_words={kind: self.strings(words, kind) for kind in words},
        )

    def rung(self, text: str) -> Span:
        span = self.span({"ladder": text}, "ladder", "chase")
        if span.unit not in (Unit.MINUTE, Unit.HOUR):
            where = "chase"
            raise self.wrong(f"{where}.ladder", "紧急的事按钟点算，请写 分钟 或 小时")
        return span

    def route(self, key: str, table: Table, categories: Mapping[str, Category]) -> Route:
        where, events = f"routes.{key}", self.strings(table, "events")
        for event in events:
            category, _, sub = event.partition("/")
            known = categories.get(category)
            if event != ANYTHING and (known is None or (sub and sub not in known.sub_categories)):
                raise self.wrong(f"{where}.events", f"没有“{event}”这种事，请写 类别、类别/子类 或 *")
        if not events:
            raise self.wrong(f"{where}.events", '请写上管哪些事，例如 ["dispute"]')
        urgencies = self.strings(table, "urgencies")
        if strange := [word for word in urgencies if word not in URGENCIES]:
            hint = f"没有“{strange[0]}”这种缓急，请写其中几个：{' '.join(URGENCIES)}"
            raise self.wrong(f"{where}.urgencies", hint)
        return Route(
            id=key,
            zh=self.text(table, "zh", key),
            events=events,
            urgencies=urgencies,
            steps=self.strings(table, "steps"),
            at_once=self.strings(table, "at_once"),
            big=table.get("big") is True,
            lead=self.text(table, "lead", ""),
            support=self.strings(table, "support"),
            arrive=self.span(table, "arrive", where) if "arrive" in table else None,
            arrive_by=self.text(table, "arrive_by", ""),
        )

    def levels(self, table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All levels from the top, and which of them are grids."""
        levels, grids = self.strings(table, "levels"), self.strings(table, "grid_levels")
        for level in levels:
            if levels.count(level) > 1:
                raise self.wrong("levels", f"“{level}”写了两次，请只留一个")
        for level in grids or ("",):
            if level not in levels:
                raise self.wrong(
                    "grid_levels", f"请写一个或几个 levels 里有的：{' '.join(levels) or 'levels 还是空的'}"
                )
        return levels, grids

    def category(self, key: str, table: Table) -> Category:
        where = f"categories.{key}"
        kind = self.text(table, "kind", "")
        if kind not in ("issue", "service"):
            raise self.wrong(f"{where}.kind", "请写 issue（问题）或 service（办事）")
        subs = self.sub(table, "subs")
        return Category(
            id=key,
            zh=self.text(table, "zh", key),
            kind=kind,
            sub_categories={
                sub: self.sub_category(sub, self.table(value, f"{where}.subs.{sub}"), where)
                for sub, value in subs.items()
            },
            level=ServiceLevel(self.span(table, "first_reply", where), self.span(table, "deadline", where)),
            sensitive=bool(table.get("sensitive", False)),
            tell_leader=bool(table.get("tell_leader", False)),
            line=self.text(table, "line", ""),
            gb39666=self.text(table, "gb39666", "") or None,
            departments=self.strings(table, "departments"),
            words=self.strings(table, "words"),
            by_urgency=self.overrides(self.sub(table, "urgency"), where),
        )

    def sub_category(self, key: str, table: Table, where: str) -> SubCategory:
        return SubCategory(
            key,
            self.text(table, "zh", key),
            self.strings(table, "words"),
            self.override(table, f"{where}.subs.{key}"),
        )

    def overrides(self, table: Table, where: str) -> Mapping[str, Override]:
        return {
            key: self.override(self.table(value, f"{where}.{key}"), where) for key, value in table.items()
        }

    def override(self, table: Table, where: str) -> Override:
        return Override(
            self.span(table, "first_reply", where) if "first_reply" in table else None,
            self.span(table, "deadline", where) if "deadline" in table else None,
        )

    def roles(self, table: Table) -> Mapping[str, Role]:
        """rank = [role names]"""
        found: dict[str, Role] = {}
        for rank in table:
            for name in self.strings(table, rank):
                found[name] = Role(
                    name, self.tried(f"roles.{rank}", Rank, rank, f"请写 {' '.join(Rank)} 中的一个")
                )
        return found

    def cadence(self, name: str, value: object) -> Cadence:
        table: Table = value if isinstance(value, dict) else {"every": value}
        every = self.text(table, "every", "")
        if every not in _PERIODS:
            raise self.wrong(f"visits.{name}", f"请写其中一个：{' '.join(_PERIODS)}")
        return Cadence(name, _PERIODS[every], bool(table.get("at_the_door", False)))

    def pair(self, table: Table) -> Pair:
        evening, morning = (
            self.text(table, "evening", "18:00-20:30"),
            self.text(table, "morning", "06:30-09:00"),
        )
        self.tried("pair.evening", parse_hours, evening)
        self.tried("pair.morning", parse_hours, morning)
        classes = tuple(frozenset(each.split("+")) for each in self.strings(table, "classes"))
        return Pair(classes, evening, morning)

    def band(self, value: object) -> tuple[int, int] | None:
        if value is None or value == []:
            return None
        if isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value):
            return value[0], value[1]
        raise self.wrong("size_band", "请写成 [最少户数, 最多户数]")

    def span(self, table: Table, key: str, where: str) -> Span:
        text = table.get(key)
        if text == "当日":
            return Span(0, Unit.WORKDAY)
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(\D+)", text.strip()) if isinstance(text, str) else None
        if match is None or match[2] not in _UNITS:
            named = self.named(table, key)
            raise self.wrong(
                named if "." in named else f"{where}.{key}", f"请写数字加单位（{'、'.join(_UNITS)}），或 当日"
            )
        return Span(float(match[1]), _UNITS[match[2]])


def _matters(categories: Mapping[str, Category]) -> frozenset[str]:
    """Every category and category/sub."""
    subs = (f"{each.id}/{sub}" for each in categories.values() for sub in each.sub_categories)
    return frozenset((*categories, *subs))


def _words(categories: Mapping[str, Category]) -> Mapping[str, tuple[str, str | None]]:
    """Every word for a category or sub-category; the earlier category wins, a category over a sub."""
    found: dict[str, tuple[str, str | None]] = {}
    for category in categories.values():
        for word in (category.id, category.zh, *category.words):
            found.setdefault(word.lower(), (category.id, None))
    for category in categories.values():
        for sub in category.sub_categories.values():
            for word in (f"{category.id}/{sub.id}", *sub.zh.split("/"), sub.id, *sub.words):
                found.setdefault(word.lower(), (category.id, sub.id))
    return found
