"""What reading spends its time on: in machine code where it was built, else in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gridbot.nlp.laying import Layer
    from gridbot.nlp.scales import Scales, total
    from gridbot.nlp.scan import Tally
else:
    try:
        from gridbot.nlp.native import Layer, Scales, Tally, total
    except ImportError:  # there was no compiler at the installation
        from gridbot.nlp.laying import Layer
        from gridbot.nlp.scales import Scales, total
        from gridbot.nlp.scan import Tally

__all__ = ["Layer", "Scales", "Tally", "total"]
