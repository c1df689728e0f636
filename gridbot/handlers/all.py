"""Every matter the bot handles, listed in one place."""

from __future__ import annotations

from collections.abc import Mapping

from gridbot.handlers import (
    announce,
    answers,
    behalf,
    bind,
    candidate,
    departments,
    enquiry,
    help,
    intake,
    late,
    leader,
    papers,
    passing,
    privacy,
    retract,
    rooms,
    signin,
    sorting,
    timing,
    undoing,
    verdict,
    visit,
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
    departments.routes,
    timing.routes,
    sorting.routes,
    papers.routes,
    verdict.routes,
    signin.routes,
    enquiry.routes,
    behalf.routes,
    undoing.routes,
    bind.routes,
    privacy.routes,
    rooms.routes,
    late.routes,
    help.routes,
    announce.routes,
    visit.routes,
    leader.routes,
)
which.serve(ALL)
