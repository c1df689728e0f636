"""WeChat through Wechaty, in two ways that share the mapping: a thin gateway client, and a plugin.

`WechatyTransport` (this module) talks to a gateway; `plugin.GridbotPlugin` joins a python-wechaty bot.
Needs the extra `gridbot[wechaty]`.
"""

import os

os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # its notes on standard error are no log of ours

from gridbot.transports.wechaty.client import Deadlines
from gridbot.transports.wechaty.supervisor import Pace
from gridbot.transports.wechaty.transport import WechatyTransport

__all__ = ["Deadlines", "Pace", "WechatyTransport"]
