"""The allowance sheet of a quarter: what would be paid to whom by the rules. A sheet only: no money moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gridbot.digests import scoring
from gridbot.models.neighbours import scores
from gridbot.models.territory import census, talents
from gridbot.models.territory.people import Post
from gridbot.profiles import Allowance
from gridbot.world import World

HEADER = (
    "网格",
    "姓名",
    "岗位",
    "户籍人口",
    "年度经费",
    "本季基础",
    "星级",
    "本季奖励",
    "合计",
    "话费（元/月）",
)
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One worker's line; money in yuan. `stars` 0: nobody has decided and there is no draft."""

    grid: str
    name: str
    role: str
    people: int
    budget: int
    base: float
    stars: int
    reward: float
    phone: int

    @property
    def total(self) -> float:
        return round(self.base + self.reward, 2)

    def cells(self) -> tuple[str, ...]:
        """As a row under HEADER."""
        money = (
            f"{self.base:.2f}",
            str(self.stars),
            f"{self.reward:.2f}",
            f"{self.total:.2f}",
            str(self.phone),
        )
        return (self.grid, self.name, self.role, str(self.people), str(self.budget), *money)


async def sheet(world: World, posts: Sequence[Post], quarter: str) -> list[Line]:
    """The lines of some workers: the base by registered people, the rest divided by stars.

    A grid of several workers divides its people; the part of the year's money that is no base is shared
    out in equal quarters, by the weights of the stars.
    """
    stars = await scores.stars_of([quarter])
    people = await census.registered([post.node for post in posts])
    colleagues = {code: sum(post.node == code for post in posts) for code in {post.node for post in posts}}
    lines = []
    for rules, part in _by_rules(world, posts):
        budgets = {p.staff: people[p.node] * rules.per_person // colleagues[p.node] for p in part}
        held = {p.staff: stars.get(p.staff, {}).get(quarter, 0) for p in part}
        rest = Fraction(100 - QUARTERS * rules.quarter_percent, 100 * QUARTERS)
        pool = sum(budgets.values()) * max(rest, Fraction(0))
        weights = {staff: rules.weights[number - 1] if number else 0 for staff, number in held.items()}
        shares = sum(weights.values())
        for post in part:
            budget, number = budgets[post.staff], held[post.staff]
            reward = pool * weights[post.staff] / shares if shares else Fraction(0)
            lines.append(
                Line(
                    world.directory.nodes[post.node].name, post.name, post.role, people[post.node], budget,
                    budget * rules.quarter_percent / 100, number, round(float(reward), 2),
                    rules.phone[number - 1] if number else rules.phone[0],
                )
            )  # fmt: skip
    return lines


def _by_rules(world: World, posts: Sequence[Post]) -> list[tuple[Allowance, list[Post]]]:
    """The posts by the profile in force, in order."""
    found: dict[str, tuple[Allowance, list[Post]]] = {}
    for post in posts:
        profile = world.directory.profile(post.node)
        found.setdefault(profile.name, (profile.merit.allowance, []))[1].append(post)
    return list(found.values())


# --- talents ----------------------------------------------------------------------------------------------

TALENTS = ("姓名", "岗位", "所属", "来源", "专兼职", "近四季星级", "建议培养")
GOOD, OFTEN = 4, 2  # so many stars, in so many of four quarters


async def talent_list(world: World, posts: Sequence[Post], quarter: str) -> list[tuple[str, ...]]:
    """Who came from where and how he did, as rows under TALENTS: those to be furthered first."""
    quarters = [scores.before(quarter, number) for number in range(QUARTERS)]
    stars, sources = await scores.stars_of(quarters), await talents.sources()
    rows = []
    for post in posts:
        held = [stars.get(post.staff, {}).get(name, 0) for name in reversed(quarters)]
        good = sum(number >= GOOD for number in held) >= OFTEN
        node = world.directory.nodes[post.node].name
        source = sources.get(post.staff) or "未登记"
        shown = " ".join(str(number) if number else "-" for number in held)
        rows.append((post.name, post.role, node, source, post.employment, shown, "是" if good else ""))
    return sorted(rows, key=lambda row: not row[-1])


def workers(world: World, node: str) -> list[Post]:
    """Whoever is scored at a node and below."""
    return [post for post in scoring.scored(world) if world.directory.inside(post.node, node)]
