"""Templates to answers. Everything a person typed is escaped; a template may use what `page` adds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import jinja2
from aiohttp import web

from gridbot.web.needs import NEEDS

TEMPLATES = Path(__file__).parent / "templates"

_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def page(request: web.Request, template: str, *, status: int = 200, **values: object) -> web.Response:
    """The template filled in, with the office and the ways to write a moment besides `values`."""
    needs = request.app[NEEDS]
    world, now = needs.world, needs.clock.now()

    def moment(at: datetime | None) -> str:
        return world.texts.moment(at, now) if at else ""

    def exactly(at: datetime | None) -> str:
        return f"{world.local(at):%Y-%m-%d %H:%M}" if at else ""

    text = _environment.get_template(template).render(
        office=world.office,
        demo=needs.demo,
        has_chat=needs.chat is not None,
        zone=str(world.zone),
        now=now,
        moment=moment,
        exactly=exactly,
        **values,
    )
    return web.Response(text=text, status=status, content_type="text/html")
