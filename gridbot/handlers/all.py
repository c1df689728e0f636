"""Every matter the bot handles, listed in one place."""

from __future__ import annotations

from collections.abc import Mapping

from gridbot.handlers import (
    announce,
    answers,
    candidate,
    intake,
    papers,
    passing,
    retract,
    sorting,
    timing,
    verdict,
    which,
    work,
)
from gridbot.handlers.routes import Handler, gathered

ALL: Mapping[str, Handler] = gathered(
    intake.routes,
    retract.routes,
    candidate.routes,
    answers.routes,
    which.routes,
    work.routes,
    passing.routes,
    timing.routes,
    sorting.routes,
    papers.routes,
    verdict.routes,
    announce.routes,
)
which.serve(ALL)
