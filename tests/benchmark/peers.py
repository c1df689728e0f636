"""What two bot frameworks dispatch a second: one matcher for a word, a handler that does nothing.

Run by an interpreter of its own (`.bench`), because gridbot does not need them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

MESSAGES = 5_000
TEXTS = ["早上好", "谁家的猫真可爱呀", "晚上一起打球", "哈哈哈", "电梯坏了"]


async def nonebot() -> float:
    import nonebot as nb
    from nonebot.adapters import Adapter, Bot, Event, Message, MessageSegment
    from nonebot.message import handle_event

    nb.init(driver="~none", log_level="ERROR")

    class Segment(MessageSegment):
        @classmethod
        def get_message_class(cls):
            return Words

        def __str__(self):
            return self.data["text"]

        def is_text(self):
            return True

    class Words(Message):
        @classmethod
        def get_segment_class(cls):
            return Segment

        @staticmethod
        def _construct(msg):
            yield Segment("text", {"text": msg})

    class Heard(Event):
        text: str

        def get_type(self):
            return "message"

        def get_event_name(self):
            return "message"

        def get_event_description(self):
            return self.text

        def get_user_id(self):
            return "p"

        def get_session_id(self):
            return "r_p"

        def get_message(self):
            return Words(self.text)

        def is_tome(self):
            return False

    class Silent(Adapter):
        @classmethod
        def get_name(cls):
            return "silent"

        async def _call_api(self, bot, api, **data):
            return None

    class Nobody(Bot):
        async def send(self, event, message, **kwargs):
            return None

    matcher = nb.on_keyword({"电梯"})

    @matcher.handle()
    async def handle():
        return None

    bot = Nobody(Silent(nb.get_driver()), "bot")
    events = [Heard(text=TEXTS[n % 5]) for n in range(MESSAGES)]
    began = time.perf_counter()
    for event in events:
        await handle_event(bot, event)
    return MESSAGES / (time.perf_counter() - began)


async def aiogram() -> float:
    from datetime import UTC, datetime

    from aiogram import Bot, Dispatcher, F
    from aiogram.types import Chat, Message, Update, User

    dispatcher = Dispatcher()

    @dispatcher.message(F.text.contains("电梯"))
    async def handle(message: Message) -> None:
        return None

    bot = Bot("1:a")
    now = datetime.now(UTC)
    updates = [
        Update(
            update_id=n,
            message=Message(
                message_id=n,
                date=now,
                text=TEXTS[n % 5],
                chat=Chat(id=-1, type="group"),
                from_user=User(id=1, is_bot=False, first_name="p"),
            ),
        )
        for n in range(MESSAGES)
    ]
    began = time.perf_counter()
    for update in updates:
        await dispatcher.feed_update(bot, update)
    result = MESSAGES / (time.perf_counter() - began)
    await bot.session.close()
    return result


print(json.dumps(asyncio.run({"nonebot": nonebot, "aiogram": aiogram}[sys.argv[1]]())))
