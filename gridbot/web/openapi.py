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

_NUMBER = {
    "type": "object",
    "required": ["number"],
    "properties": {"number": {"type": "string", "maxLength": 60}},
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


def _read(about: str, what: str, *parameters: str) -> dict[str, Any]:
    """A GET with the token; `parameters` that are required end in `!`."""
    return {
        "get": {
            "summary": about,
            "security": [{"token": []}],
            "parameters": [
                {
                    "name": name.rstrip("!"),
                    "in": "query",
                    "required": name.endswith("!"),
                    "schema": {"type": "string"},
                }
                for name in parameters
            ],
            "responses": {
                "200": _answer(what, {"type": "object"}),
                "400": _answer("A parameter is wrong; the sentence says what to write.", _ERROR),
                "401": _answer("The token is missing or wrong.", _ERROR),
                "403": _answer("The interface is closed.", _ERROR),
            },
        }
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
                },
                **_read("What the bot said to an account in private.", "messages", "from!", "after"),
            },
            "/api/v1/progress": _read("How the matters of an account stand.", "tickets", "from!"),
            "/api/v1/tickets": _read(
                "Tickets in the export's columns, 500 at a time.",
                "tickets, after, more",
                "after",
                "since",
                "until",
                "new",
            ),
            "/api/v1/tickets/{no}/number": {
                "post": {
                    "summary": "Keep the platform's number of a ticket; the same one twice is once.",
                    "security": [{"token": []}],
                    "parameters": [
                        {"name": "no", "in": "path", "required": True, "schema": {"type": "integer"}}
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": _NUMBER}},
                    },
                    "responses": {
                        "200": _answer("Kept.", {"type": "object"}),
                        "404": _answer("There is no such ticket.", _ERROR),
                        "409": _answer("Another ticket has this number.", _ERROR),
                    },
                }
            },
            "/api/v1/feed": _read("Counts for a screen.", "at, now, grids, categories, states"),
            "/api/v1/villages": _read("Which villages are connected.", "villages"),
        },
    }
