"""Who sits at the console: the session's staff member, and what he may see."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import links
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.web.needs import NEEDS

COOKIE = "gridbot_console"
# Whose work it is to call residents back: these see names and telephones.
CALLERS = frozenset({Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.DESK})
LEADERS = frozenset({Rank.LEADER, Rank.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Clerk:
    """A signed-in staff member; `nodes` are all those his posts cover."""

    staff: str
    name: str
    about: str
    posts: tuple[Post, ...]
    nodes: tuple[str, ...]

    @property
    def leading(self) -> tuple[Post, ...]:
        """The posts that lead others: these have reports."""
        return tuple(post for post in self.posts if post.rank in LEADERS)

    def may_call(self, directory: Directory, code: str) -> bool:
        """Whether residents' names and telephones at a node are his to see."""
        return any(post.rank in CALLERS and directory.inside(code, post.node) for post in self.posts)

    def may_read(self, directory: Directory, ticket: Ticket) -> bool:
        """Whether a ticket is his to open: it lies within his nodes, or he has it in hand."""
        if ticket.sensitive and not self.may_call(directory, ticket.grid):
            return ticket.assignee == self.staff
        return ticket.grid in self.nodes or ticket.node in self.nodes or ticket.assignee == self.staff


async def clerk(request: web.Request) -> Clerk | None:
    """Who is signed in; None for nobody, and for somebody who is no longer staff."""
    needs = request.app[NEEDS]
    staff = await links.who(request.cookies.get(COOKIE, ""), needs.clock.now())
    posts = needs.world.directory.posts_of(staff) if staff else ()
    if not staff or not posts:
        return None
    return seated(needs.world.directory, staff, posts)


def seated(directory: Directory, staff: str, posts: tuple[Post, ...]) -> Clerk:
    nodes = dict.fromkeys(code for post in posts for code in directory.under(post.node))
    places = [directory.nodes[post.node].name for post in posts if post.node in directory.nodes]
    about = "、".join(
        dict.fromkeys(f"{place} · {post.role}" for place, post in zip(places, posts, strict=False))
    )
    return Clerk(staff, posts[0].name, about, posts, tuple(nodes))
