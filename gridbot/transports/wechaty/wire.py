"""gRPC calls over grpcio, the default wire of the transport."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message

from gridbot.errors import TransportError
from gridbot.transports.wechaty import faults
from gridbot.transports.wechaty.client import SERVICE, Answer

OPTIONS: tuple[tuple[str, int | str], ...] = (
    ("grpc.enable_http_proxy", 0),  # a proxy of the environment is not for the gateway
    ("grpc.use_local_subchannel_pool", 1),  # every new wire dials at once, whatever the last one met
    ("grpc.max_receive_message_length", 64 * 1024 * 1024),
)


@dataclass(frozen=True, slots=True)
class Dial:
    """Where the gateway listens (`host:port`) and how to be let in.

    `ca_file` is a PEM file ("" = the system's authorities), `server_name` the name on the certificate
    where it differs from the host.
    """

    endpoint: str
    token: str
    tls: bool = False
    ca_file: str = ""
    server_name: str = ""


def open_channel(dial: Dial) -> grpc.aio.Channel:
    """A channel to the gateway; nothing is sent before the first call."""
    if not dial.tls:
        return grpc.aio.insecure_channel(dial.endpoint, options=OPTIONS)
    authority = Path(dial.ca_file).read_bytes() if dial.ca_file else None
    options = OPTIONS
    if dial.server_name:
        options = (*options, ("grpc.ssl_target_name_override", dial.server_name))
    return grpc.aio.secure_channel(dial.endpoint, grpc.ssl_channel_credentials(authority), options=options)


class GrpcioWire:
    """One connection; a Wire as PuppetClient wants it."""

    def __init__(self, dial: Dial) -> None:
        self._channel = open_channel(dial)
        self._metadata = (("authorization", f"Wechaty {dial.token}"),)
        self._calls: dict[str, Any] = {}

    async def close(self) -> None:
        """Hang up; calls under way fail."""
        await self._channel.close()

    async def ask(self, name: str, request: Message, answer: type[Answer], deadline_s: float) -> Answer:
        try:
            if name not in self._calls:
                self._calls[name] = self._channel.unary_unary(SERVICE + name, **codec(type(request), answer))
            got: Answer = await self._calls[name](request, timeout=deadline_s, metadata=self._metadata)
            return got
        except (grpc.aio.AioRpcError, grpc.aio.UsageError, asyncio.CancelledError) as error:
            raise_fault(error, name)
            raise

    async def stream(
        self, name: str, request: Message, answer: type[Answer], deadline_s: float | None
    ) -> AsyncIterator[Answer]:
        try:
            call = self._channel.unary_stream(SERVICE + name, **codec(type(request), answer))
            async for piece in call(request, timeout=deadline_s, metadata=self._metadata):
                yield piece
        except (grpc.aio.AioRpcError, grpc.aio.UsageError, asyncio.CancelledError) as error:
            raise_fault(error, name)
            raise

    async def pour(
        self,
        name: str,
        kind: type[Message],
        requests: Iterable[Message],
        answer: type[Answer],
        deadline_s: float,
    ) -> Answer:
        try:
            call = self._channel.stream_unary(SERVICE + name, **codec(kind, answer))
            got: Answer = await call(iter(requests), timeout=deadline_s, metadata=self._metadata)
            return got
        except (grpc.aio.AioRpcError, grpc.aio.UsageError, asyncio.CancelledError) as error:
            raise_fault(error, name)
            raise


def codec(request: type[Message], answer: type[Message]) -> dict[str, Any]:
    """How gRPC is to write the one and read the other."""
    return {"request_serializer": request.SerializeToString, "response_deserializer": answer.FromString}


def raise_fault(error: BaseException, doing: str) -> None:
    """Raise the TransportError for gRPC's error; returns where the task itself was cancelled.

    gRPC cancels the calls of a channel that is closed, which must not look like a cancelled task.
    """
    if isinstance(error, grpc.aio.AioRpcError):
        raise faults.of_status(error.code().name, error.details() or "", doing) from None
    if isinstance(error, grpc.aio.UsageError):
        raise faults.not_connected(doing) from None
    task = asyncio.current_task()
    if task is None or task.cancelling() == 0:
        fault: TransportError = faults.of_broken_connection(doing)
        raise fault from None
