"""Every matter the bot handles, listed in one place."""

from __future__ import annotations

from collections.abc import Mapping

from gridbot.handlers import candidate, intake, work
from gridbot.handlers.routes import Handler, gathered

ALL: Mapping[str, Handler] = gathered(intake.routes, candidate.routes, work.routes)
