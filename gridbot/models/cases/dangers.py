"""What kind of danger an emergency is, and whom to call first."""

from __future__ import annotations

from collections.abc import Sequence

# Whom to call first, by the kind of emergency (a part of the id of the rule that saw it).
CALLS = {
    "fire": "119",
    "gas": "119",
    "trapped": "119",
    "wire": "119",
    "collapse": "119",
    "violence": "110",
    "missing": "110",
    "life": "120",
    "animal": "120",
}


def danger(rules: Sequence[object]) -> str:
    """What the first emergency rule that fired tells of: fire, gas, life …; "" without one."""
    found = (str(rule).split(".") for rule in rules)
    return next((parts[1] for parts in found if parts[0] == "emergency" and len(parts) > 1), "")
