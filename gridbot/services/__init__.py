"""What residents come for, as data: matters with their papers, known answers, places, forms, the export."""

from gridbot.services.export import Mapping as ExportMapping
from gridbot.services.loading import PACKS, load
from gridbot.services.values import Answer, At, Circle, Form, Item, Services, said

__all__ = ["PACKS", "Answer", "At", "Circle", "ExportMapping", "Form", "Item", "Services", "load", "said"]
