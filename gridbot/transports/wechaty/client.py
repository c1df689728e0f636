"""A thin client of the Wechaty puppet service: one method a call, a deadline on each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import grpc
from google.protobuf.message import Message

from gridbot.transports.wechaty import faults
from gridbot.transports.wechaty import puppet_pb2 as pb
from gridbot.transports.wechaty.mapping import Payload, Place, moment

Answer = TypeVar("Answer", bound=Message)

SERVICE = "/wechaty.Puppet/"
LARGEST_ANSWER = 64 * 1024 * 1024
OPTIONS: tuple[tuple[str, int | str], ...] = (
    ("grpc.enable_http_proxy", 0),  # a proxy of the environment is not for the gateway
    ("grpc.use_local_subchannel_pool", 1),  # every new client dials at once, whatever the last one met
    ("grpc.max_receive_message_length", LARGEST_ANSWER),
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


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long a call may take, in seconds."""

    read_s: float = 10
    send_s: float = 15
    file_s: float = 60


def open_channel(dial: Dial) -> grpc.aio.Channel:
    """A channel to the gateway; nothing is sent before the first call."""
    if not dial.tls:
        return grpc.aio.insecure_channel(dial.endpoint, options=OPTIONS)
    authority = Path(dial.ca_file).read_bytes() if dial.ca_file else None
    options = OPTIONS
    if dial.server_name:
        options = (*options, ("grpc.ssl_target_name_override", dial.server_name))
    return grpc.aio.secure_channel(dial.endpoint, grpc.ssl_channel_credentials(authority), options=options)


class PuppetClient:
    """One connection to a gateway. Every method raises TransportError (FatalAuth for a wrong token)."""

    def __init__(self, dial: Dial, deadlines: Deadlines) -> None:
        self._channel = open_channel(dial)
        self._metadata = (("authorization", f"Wechaty {dial.token}"),)
        self._deadlines = deadlines
        self._calls: dict[str, Any] = {}

    async def close(self) -> None:
        """Hang up; calls under way fail."""
        await self._channel.close()

    async def events(self) -> AsyncIterator[tuple[int, str]]:
        """Everything the gateway has to tell (number of the kind, JSON), until one side hangs up.

        The only call without a deadline.
        """
        open_stream = self._channel.unary_stream(
            f"{SERVICE}Event",
            request_serializer=pb.EventRequest.SerializeToString,
            response_deserializer=pb.EventResponse.FromString,
        )
        try:
            async for event in open_stream(pb.EventRequest(), metadata=self._metadata):
                yield event.type, event.payload
        except grpc.aio.AioRpcError as error:
            raise faults.of_rpc(error, "Event") from None
        except asyncio.CancelledError:
            raise_if_closed("Event")
            raise

    async def start(self) -> None:
        """Let the puppet start, if it has not yet."""
        await self._read("Start", pb.StartRequest(), pb.StartResponse)

    async def stop(self) -> None:
        """Stop the puppet and throw off whoever listens: only for a takeover."""
        await self._read("Stop", pb.StopRequest(), pb.StopResponse)

    async def ding(self, data: str = "", *, deadline_s: float) -> None:
        """Ask for a sign of life: it comes as an event, DONG with the same data."""
        await self._ask("Ding", pb.DingRequest(data=data), pb.DingResponse, deadline_s)

    async def message(self, message_id: str, *, otherwise: datetime) -> Payload:
        """What was said; `otherwise` is its moment where the gateway tells none."""
        request = pb.MessagePayloadRequest(id=message_id)
        return payload_of(await self._read("MessagePayload", request, pb.MessagePayloadResponse), otherwise)

    async def location(self, message_id: str) -> Place:
        """The place that was sent."""
        request = pb.MessageLocationRequest(id=message_id)
        place = (await self._read("MessageLocation", request, pb.MessageLocationResponse)).location
        return Place(place.name, place.address, place.latitude, place.longitude)

    async def contact_name(self, contact: str) -> str:
        """How a contact calls himself."""
        request = pb.ContactPayloadRequest(id=contact)
        return (await self._read("ContactPayload", request, pb.ContactPayloadResponse)).name

    async def member_name(self, room: str, contact: str) -> str:
        """How a member is called in a group: the name for this group, else his own."""
        request = pb.RoomMemberPayloadRequest(id=room, member_id=contact)
        member = await self._read("RoomMemberPayload", request, pb.RoomMemberPayloadResponse)
        return member.room_alias or member.name

    async def file_box(self, message_id: str) -> str:
        """The file of a message, as FileBox JSON."""
        request = pb.MessageFileRequest(id=message_id)
        answer = await self._ask("MessageFile", request, pb.MessageFileResponse, self._deadlines.file_s)
        return answer.file_box

    async def download(self, box_id: str) -> AsyncIterator[bytes]:
        """The bytes of a box that the gateway keeps, piece by piece."""
        call = self._channel.unary_stream(
            f"{SERVICE}Download",
            request_serializer=pb.DownloadRequest.SerializeToString,
            response_deserializer=pb.DownloadResponse.FromString,
        )
        try:
            request = pb.DownloadRequest(id=box_id)
            async for piece in call(request, metadata=self._metadata, timeout=self._deadlines.file_s):
                yield piece.chunk
        except grpc.aio.AioRpcError as error:
            raise faults.of_rpc(error, "Download") from None

    async def upload(self, pieces: Iterable[bytes]) -> str:
        """Leave bytes with the gateway; returns the id of the box."""
        call = self._channel.stream_unary(
            f"{SERVICE}Upload",
            request_serializer=pb.UploadRequest.SerializeToString,
            response_deserializer=pb.UploadResponse.FromString,
        )
        requests = (pb.UploadRequest(chunk=piece) for piece in pieces)
        try:
            answer = await call(requests, metadata=self._metadata, timeout=self._deadlines.file_s)
        except grpc.aio.AioRpcError as error:
            raise faults.of_rpc(error, "Upload") from None
        return str(answer.id)

    async def send_text(self, to: str, text: str, mentions: Iterable[str]) -> str:
        """Say something to a group or a person; returns the new message's id ("" where none is told)."""
        request = pb.MessageSendTextRequest(conversation_id=to, text=text, mentional_ids=list(mentions))
        sent = await self._ask("MessageSendText", request, pb.MessageSendTextResponse, self._deadlines.send_s)
        return sent.id

    async def send_file(self, to: str, file_box: str) -> str:
        """Send a file given as FileBox JSON; returns the new message's id ("" where none is told)."""
        request = pb.MessageSendFileRequest(conversation_id=to, file_box=file_box)
        sent = await self._ask("MessageSendFile", request, pb.MessageSendFileResponse, self._deadlines.file_s)
        return sent.id

    async def recall(self, message_id: str) -> bool:
        """Take back the account's own message; False where the platform would not."""
        request = pb.MessageRecallRequest(id=message_id)
        answer = await self._ask("MessageRecall", request, pb.MessageRecallResponse, self._deadlines.send_s)
        return answer.success

    async def rename(self, room: str, topic: str) -> None:
        """Give a group a new name."""
        request = pb.RoomTopicRequest(id=room, topic=topic)
        await self._ask("RoomTopic", request, pb.RoomTopicResponse, self._deadlines.send_s)

    async def topic(self, room: str) -> str:
        """The name of a group."""
        return (await self._read("RoomTopic", pb.RoomTopicRequest(id=room), pb.RoomTopicResponse)).topic

    async def announce(self, room: str, text: str) -> None:
        """Set a group's announcement (群公告)."""
        request = pb.RoomAnnounceRequest(id=room, text=text)
        await self._ask("RoomAnnounce", request, pb.RoomAnnounceResponse, self._deadlines.send_s)

    async def _read(self, name: str, request: Message, answer: type[Answer]) -> Answer:
        return await self._ask(name, request, answer, self._deadlines.read_s)

    async def _ask(self, name: str, request: Message, answer: type[Answer], deadline_s: float) -> Answer:
        try:
            call = self._call(name, request, answer)
            got: Answer = await call(request, timeout=deadline_s, metadata=self._metadata)
            return got
        except grpc.aio.AioRpcError as error:
            raise faults.of_rpc(error, name) from None
        except grpc.aio.UsageError:
            raise faults.not_connected(name) from None
        except asyncio.CancelledError:
            raise_if_closed(name)
            raise

    def _call(self, name: str, request: Message, answer: type[Answer]) -> Any:
        if name not in self._calls:
            self._calls[name] = self._channel.unary_unary(
                SERVICE + name,
                request_serializer=type(request).SerializeToString,
                response_deserializer=answer.FromString,
            )
        return self._calls[name]


def payload_of(told: pb.MessagePayloadResponse, otherwise: datetime) -> Payload:
    """A message of the wire as both ways of the transport know it."""
    received = told.receive_time
    milliseconds = received.seconds * 1000 + received.nanos / 1_000_000
    return Payload(
        id=told.id,
        kind=told.type,
        at=moment(milliseconds or told.timestamp_deprecated, otherwise),
        talker=told.talker_id,
        room=told.room_id,
        listener=told.listener_id,
        text=told.text,
        filename=told.filename,
        mentions=tuple(told.mention_ids),
    )


def raise_if_closed(doing: str) -> None:
    """Tell a hung-up channel (gRPC cancels its calls) from a cancelled task; raises for the former."""
    task = asyncio.current_task()
    if task is None or task.cancelling() == 0:
        raise faults.of_broken_channel(doing) from None
