"""What a text means. Pure: text in, `Reading` out; no database, no clock, no network."""

from gridbot.nlp.bookshelf import Bookshelf
from gridbot.nlp.reader import Reader, warm
from gridbot.nlp.reading import SILENCE, Because, Command, Kind, Place, Reading, Speaker, Urgency, When
from gridbot.nlp.scene import Scene

__all__ = [
    "SILENCE",
    "Because",
    "Bookshelf",
    "Command",
    "Kind",
    "Place",
    "Reader",
    "Reading",
    "Scene",
    "Speaker",
    "Urgency",
    "When",
    "warm",
]
