"""JSON as rows and logs hold it: by orjson, in a fifth of the time of the standard library.

That one steps in where orjson refuses what it takes: half a surrogate pair, keys that are no text.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def read(text: str | bytes) -> Any:
    """The values of a JSON text (UTF-8). Raises ValueError for what is none."""
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text if isinstance(text, str) else text.decode())


def written(values: object) -> str:
    """Values as JSON without spaces. Raises TypeError for what JSON cannot hold."""
    try:
        return orjson.dumps(values).decode()
    except TypeError:
        return json.dumps(values, separators=(",", ":"))
