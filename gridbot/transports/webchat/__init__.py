"""The chat that lives in this process: the default transport, spoken over WebSocket by gridbot.web."""

from gridbot.transports.webchat.lines import Line, Ring, Said, TakenBack
from gridbot.transports.webchat.pictures import Pictures, sniff
from gridbot.transports.webchat.transport import History, WebChat

__all__ = ["History", "Line", "Pictures", "Ring", "Said", "TakenBack", "WebChat", "sniff"]
