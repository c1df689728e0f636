"""gRPC calls on the connection that a running python-wechaty bot already has (grpclib).

The package's own stubs are of 2021 and lack what today's gateways say in newer fields and calls; the
connection carries those just as well.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from google.protobuf.message import Message
from grpclib.client import StreamUnaryMethod, UnaryStreamMethod, UnaryUnaryMethod
from grpclib.exceptions import GRPCError, StreamTerminatedError

from gridbot.transports.wechaty import faults
from gridbot.transports.wechaty.client import SERVICE, Answer


class BotWire:
    """A Wire as PuppetClient wants it; `channel` gives the bot's connection of the moment, or None."""

    def __init__(self, channel: Callable[[], Any]) -> None:
        self._channel = channel

    async def close(self) -> None:
        """The connection is the bot's: it stays open."""

    async def ask(self, name: str, request: Message, answer: type[Answer], deadline_s: float) -> Answer:
        with faults_of(name):
            call = UnaryUnaryMethod(self._open(name), SERVICE + name, type(request), answer)
            return present(await call(request, timeout=deadline_s), name)

    async def stream(
        self, name: str, request: Message, answer: type[Answer], deadline_s: float | None
    ) -> AsyncIterator[Answer]:
        with faults_of(name):
            call = UnaryStreamMethod(self._open(name), SERVICE + name, type(request), answer)
            async with call.open(timeout=deadline_s) as stream:
                await stream.send_message(request, end=True)
                async for piece in stream:
                    yield piece

    async def pour(
        self,
        name: str,
        kind: type[Message],
        requests: Iterable[Message],
        answer: type[Answer],
        deadline_s: float,
    ) -> Answer:
        with faults_of(name):
            call = StreamUnaryMethod(self._open(name), SERVICE + name, kind, answer)
            async with call.open(timeout=deadline_s) as stream:
                for request in requests:
                    await stream.send_message(request)
                await stream.end()
                return present(await stream.recv_message(), name)

    def _open(self, name: str) -> Any:
        channel = self._channel()
        if channel is None:
            raise faults.not_connected(name)
        return channel


def present(answer: Answer | None, doing: str) -> Answer:
    """The answer; raises TransportError where the gateway ended the call without one."""
    if answer is None:
        raise faults.of_broken_connection(doing)
    return answer


@contextmanager
def faults_of(doing: str) -> Iterator[None]:
    """Turn grpclib's errors into TransportErrors."""
    try:
        yield
    except GRPCError as error:
        raise faults.of_status(error.status.name, error.message or "", doing) from None
    except TimeoutError:
        raise faults.of_status("DEADLINE_EXCEEDED", "", doing) from None
    except ConnectionRefusedError:
        raise faults.not_connected(doing) from None
    except (StreamTerminatedError, OSError):
        raise faults.of_broken_connection(doing) from None
