"""The frozen values a profile is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from gridbot.profiles.care import Care
from gridbot.profiles.catalogue import Catalogue
from gridbot.profiles.merit import Merit
from gridbot.profiles.reporting import Reports
from gridbot.profiles.routing import Routing
from gridbot.profiles.spans import Span
from gridbot.profiles.territory import Territory
from gridbot.profiles.worklist import Worklist

OTHER = "other"


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """By when a person answers, and by when the matter is done."""

    first_reply: Span
    deadline: Span


@dataclass(frozen=True, slots=True)
class Override:
    """Spans that take the place of a category's own; None keeps them."""

    first_reply: Span | None = None
    deadline: Span | None = None

    def over(self, level: ServiceLevel) -> ServiceLevel:
        return ServiceLevel(self.first_reply or level.first_reply, self.deadline or level.deadline)


@dataclass(frozen=True, slots=True)
class SubCategory:
    """A kind within a category: its Chinese name, the words 改类 knows it by, its own spans."""

    id: str
    zh: str
    words: tuple[str, ...] = ()
    level: Override = Override()


@dataclass(frozen=True, slots=True)
class Category:
    """One category of reports (`issue`) or requests (`service`).

    `sensitive`: never named in a group. `line` is the business line for export, `departments` are
    generic words for who may own such a matter (物业, 供电 …), matched with departments.csv.
    """

    id: str
    zh: str
    kind: str
    sub_categories: Mapping[str, SubCategory]
    level: ServiceLevel
    sensitive: bool = False
    tell_leader: bool = False  # the grid's leader reads of every such matter at once
    line: str = ""
    gb39666: str | None = None  # code of GB/T 39666 政府热线服务分类与代码, where the office knows it
    departments: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    by_urgency: Mapping[str, Override] = field(default_factory=dict)

    @property
    def subs(self) -> Mapping[str, str]:
        """Sub-category id → Chinese name."""
        return {sub.id: sub.zh for sub in self.sub_categories.values()}


class Rank(StrEnum):
    """What a role may do, whatever it is called."""

    LEADER = "leader"  # answers for a node: 网格长, 社区书记, 街道主任 …
    WORKER = "worker"  # works a grid: 网格员
    DEPUTY = "deputy"  # 副网格长, 副岗, 协管员
    HELPER = "helper"  # 楼长, 单元长, 楼院长, 信息采集员, 志愿者
    DESK = "desk"  # the town's desk: 综治中心, 值班员, 代办员
    DEPARTMENT = "department"
    MEDIATOR = "mediator"
    POLICE = "police"  # 网格协警, 社区民警
    SUPERVISOR = "supervisor"  # 督导员: reads only
    PATRON = "patron"  # 挂包领导: gets the node's digest besides his own, and may press a matter
    MEMBER = "member"  # of a leading group above the tree: gets a digest every week

    @property
    def reads_only(self) -> bool:
        """Whether holders of such a role see matters without ever changing one."""
        return self in (Rank.SUPERVISOR, Rank.MEMBER)


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    rank: Rank


class Period(StrEnum):
    """How often; calendar periods."""

    DAY = "day"
    WEEK = "week"
    HALF_MONTH = "half_month"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def days(self) -> int:
        """About how many days; for comparing and spreading."""
        return _DAYS[self]

    def after(self, day: date) -> date:
        """The same day one period later; the end of the month where there is no such day."""
        if self in _MONTHS:
            months = day.year * 12 + day.month - 1 + _MONTHS[self]
            for last in range(day.day, 27, -1):
                try:
                    return date(months // 12, months % 12 + 1, last)
                except ValueError:
                    continue
            return date(months // 12, months % 12 + 1, day.day)
        return day + timedelta(days=self.days)

    def window(self, day: date) -> tuple[date, date]:
        """First and last day of the calendar period the day lies in."""
        if self is Period.DAY:
            return day, day
        if self is Period.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        if self is Period.HALF_MONTH:
            if day.day <= 15:
                return day.replace(day=1), day.replace(day=15)
            return day.replace(day=16), _month_end(day)
        months = _MONTHS[self]
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        return first, self.after(first) - timedelta(days=1)


_DAYS = {
    Period.DAY: 1,
    Period.WEEK: 7,
    Period.HALF_MONTH: 15,
    Period.MONTH: 30,
    Period.QUARTER: 91,
    Period.HALF_YEAR: 182,
    Period.YEAR: 365,
}
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


def _month_end(day: date) -> date:
    return Period.MONTH.after(day.replace(day=1)) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a class of people is visited. `at_the_door`: a telephone call does not count."""

    zh: str
    period: Period
    at_the_door: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Who is looked after every evening and again the next morning, and when (HH:MM-HH:MM)."""

    classes: tuple[frozenset[str], ...]  # any of these sets, complete, is enough
    evening: str
    morning: str


@dataclass(frozen=True, slots=True)
class Chase:
    """How long after a missed first reply the deputy takes over and the leader is told."""

    deputy_after: Span
    leader_after: Span


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules in force at a node: see the TOML files beside this module."""

    name: str
    zh: str
    levels: tuple[str, ...]  # from the top
    grid_levels: tuple[str, ...]  # which of them has households and a worker
    roles: Mapping[str, Role]
    categories: Mapping[str, Category]
    visits: Mapping[str, Cadence]
    ordinary: Cadence  # for households of no class
    pair: Pair
    chase: Chase
    by_urgency: Mapping[str, Override]
    office_hours: str
    size_band: tuple[int, int] | None  # households a grid should have
    first_visit_days: int  # a newcomer's first visit
    visits_a_day: int  # at most, for one worker
    territory: Territory
    catalogue: Catalogue
    merit: Merit  # appointments, points, scores, allowances
    routing: Routing  # who is called when: routes by kind of event, ladder, whistles, rosters
    words: Mapping[str, tuple[str, str | None]] = field(repr=False)
    care: Care = field(default_factory=Care)
    reports: Reports = field(default_factory=Reports)
    worklist: Worklist = field(default_factory=Worklist)

    def category(self, category: str | None) -> Category:
        """The category, or that of 其他 where the id is unknown."""
        return self.categories.get(category or OTHER) or self.categories[OTHER]

    def service_level(self, category: str | None, sub: str | None, urgency: str) -> ServiceLevel:
        """Times of first reply and deadline: the sub-category's first, and the urgency's over both."""
        found = self.category(category)
        level = found.level
        if sub is not None and sub in found.sub_categories:
            level = found.sub_categories[sub].level.over(level)
        for overrides in (found.by_urgency, self.by_urgency):
            if urgency in overrides:
                level = overrides[urgency].over(level)
        return level

    def rank(self, role: str) -> Rank:
        """What a role may do; names the profile does not know are guessed from their last characters."""
        known = self.roles.get(role)
        return known.rank if known else guess(role)

    def title(self, level: str) -> str:
        """What whoever leads a node of this level is called: 二级网格长; "" where the profile has no name."""
        return self.territory.titles.get(level, "")

    def level_index(self, level: str) -> int | None:
        """0 for the topmost level; None for a level the profile does not know."""
        return self.levels.index(level) if level in self.levels else None

    def cadence(self, classes: Iterable[str]) -> Cadence:
        """How often somebody of these classes is visited: the shortest period wins, the first of equals."""
        held = frozenset(classes)
        known = [each for name, each in self.visits.items() if name in held]
        return min(known, key=lambda each: (each.period.days, not each.at_the_door), default=self.ordinary)

    def paired(self, classes: Iterable[str]) -> bool:
        """Is somebody of these classes looked after every evening and the next morning?"""
        held = frozenset(classes)
        return any(wanted <= held for wanted in self.pair.classes)

    def category_word(self, word: str) -> tuple[str, str | None] | None:
        """What a word stands for: 路灯 → (public_facility, street_light), 噪音 → (noise_nuisance, None)."""
        wanted = word.strip().strip("「」“”\"'。.！!的 ").lower()
        if wanted in self.words:
            return self.words[wanted]
        within = [known for known in self.words if len(known) > 1 and known in wanted]
        return self.words[max(within, key=len)] if within else None


_ENDINGS: tuple[tuple[tuple[str, ...], Rank], ...] = (
    (("督导", "督查", "监督", "巡察", "纪检", "纪委"), Rank.SUPERVISOR),
    (("调解",), Rank.MEDIATOR),
    (("中心主任", "中心书记", "中心负责人", "办主任", "指挥长"), Rank.LEADER),  # heads, not their desks
    (("警", "派出所", "联防"), Rank.POLICE),
    (("综治", "值班", "调度", "指挥", "代办", "窗口", "中心工作人员"), Rank.DESK),
    (("协管", "副网格", "副岗"), Rank.DEPUTY),
    (
        ("楼长", "楼院长", "楼栋长", "单元长", "区域长", "院长", "组长", "户长", "中心户", "采集", "志愿"),
        Rank.HELPER,
    ),
    (
        ("民兵", "救援", "应急队", "分队", "信息员", "联络员", "宣传员", "巡防员", "消防员", "楼管"),
        Rank.HELPER,
    ),
    (("网格员", "管理员", "专职", "社工", "社区工作者"), Rank.WORKER),
    (("副",), Rank.DEPUTY),
    (("物业", "部门", "单位联系人", "联系人"), Rank.DEPARTMENT),
    (("长", "书记", "主任", "领导", "干部", "委员"), Rank.LEADER),
)


def guess(role: str) -> Rank:
    """What a role of that name most likely may do; a helper where nothing fits."""
    for words, rank in _ENDINGS:
        if any(word in role for word in words):
            return rank
    return Rank.HELPER
