"""The description of the HTTP interface, as programs read it."""

from __future__ import annotations

from typing import Any

from gridbot import __version__
from gridbot.messages import Media
from gridbot.transports.webchat import frames

_ERROR = {
    "type": "object",
    "properties": {"error": {"type": "string", "description": "A sentence in Chinese."}},
    "required": ["error"],
}

_MESSAGE = {
    "type": "object",
    "required": ["from", "text"],
    "properties": {
        "room": {
            "type": ["string", "null"],
            "description": "The group's id in rooms.csv; null for the private chat with the bot.",
        },
        "from": {"type": "string", "description": "The sender's contact id."},
        "text": {"type": "string", "maxLength": frames.LONGEST_TEXT},
        "id": {
            "type": "string",
            "maxLength": frames.LONGEST_ID,
            "description": "The same id of the same sender in the same place has one effect.",
        },
        "at": {"type": "string", "format": "date-time", "description": "With an offset; default: now."},
        "name": {"type": "string", "description": "The sender's name as the group reads it."},
        "quote": {"type": "string", "description": "The id of the message that is answered."},
        "mentions": {"type": "array", "items": {"type": "string"}},
        "media": {
            "type": "array",
            "items": {"type": "string"},
            "description": f"What came along: {', '.join(kind.value for kind in Media)}.",
        },
    },
}


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def document(url: str) -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    taken = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "stored": {"const": True}},
        "required": ["id", "stored"],
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "gridbot", "version": __version__},
        "servers": [{"url": url or "/"}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/api/v1/messages": {
                "post": {
                    "summary": "Take in one message; the answer comes once it is stored.",
                    "security": [{"token": []}],
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": _MESSAGE}},
                    },
                    "responses": {
                        "202": _answer("Stored.", taken),
                        "400": _answer("The body is wrong; the sentence says what to write.", _ERROR),
                        "401": _answer("The token is missing or wrong.", _ERROR),
                        "403": _answer("The interface is closed.", _ERROR),
                        "503": _answer("It could not be stored; try again.", _ERROR),
                    },
                }
            }
        },
    }
