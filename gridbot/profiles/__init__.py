"""The source systems as data: levels, roles, cadences of visits, categories and service levels.

A profile is a TOML file of this package. A thin one names another in `inherit` and says only what
differs. Spans of time are written as people say them: 30 分钟, 24 小时, 2 工作时, 3 工作日, 7 天, 当日.
"""

from gridbot.profiles.loading import load, names, use
from gridbot.profiles.merit import Allowance, Points, ScoreRule, Scoring
from gridbot.profiles.spans import Span, Unit
from gridbot.profiles.values import (
    OTHER,
    Cadence,
    Category,
    Chase,
    Pair,
    Period,
    Profile,
    Rank,
    Role,
    ServiceLevel,
    SubCategory,
)

__all__ = [
    "OTHER",
    "Allowance",
    "Cadence",
    "Category",
    "Chase",
    "Pair",
    "Period",
    "Points",
    "Profile",
    "Rank",
    "Role",
    "ScoreRule",
    "Scoring",
    "ServiceLevel",
    "Span",
    "SubCategory",
    "Unit",
    "load",
    "names",
    "use",
]
