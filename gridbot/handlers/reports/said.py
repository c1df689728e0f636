"""What somebody said, as far as a ticket keeps it: now by the speaker, or earlier by somebody else."""

from __future__ import annotations

from datetime import datetime

from gridbot.handlers.turn import Turn
from gridbot.messages import Address
from gridbot.models.cases import casework
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Person
from gridbot.nlp.slots.quantity import mask, mask_identity
from gridbot.values import value

LONGEST_NAME = 64


@value(frozen=True, slots=True)
class Said:
    """The words a ticket is opened from. `node` is where they were said or belong ("" if unknown)."""

    where: Address
    person: Person
    message: str
    text: str
    at: datetime
    node: str = ""
    media: tuple[str, ...] = ()
    name: str = ""  # how the speaker calls himself there

    @property
    def called(self) -> str:
        """His nickname, where nothing else tells who he is."""
        known = self.person.home is not None or self.person.name or self.person.is_staff
        return "" if known else self.name.strip()[:LONGEST_NAME]

    @property
    def contact(self) -> str:
        return self.person.contact

    @property
    def private(self) -> bool:
        return self.where.private


def kept(text: str, *, private: bool) -> str:
    """A text as it may be stored: no identity number, and no telephone that a whole group was shown."""
    return mask_identity(text) if private else mask(text)


def heard(turn: Turn) -> Said:
    """The message of this turn."""
    return Said(
        where=turn.heard.where,
        person=turn.person,
        message=turn.heard.id,
        text=kept(turn.heard.text, private=turn.private),
        at=turn.now,
        node=turn.grid,
        media=tuple(item.kept for item in turn.media),
        name=turn.heard.sender_name,
    )


async def keep(ticket: Ticket, said: Said, text: str) -> None:
    """The message is one of the ticket's, with the words that are kept of it."""
    await casework.add_message(
        ticket, room=said.where.room, contact=said.contact, message=said.message,
        text=text, media=list(said.media), at=said.at,
    )  # fmt: skip
