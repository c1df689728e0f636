"""A thin client of the Wechaty puppet service: one method a call, a deadline on each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from google.protobuf.message import Message

from gridbot.transports.wechaty import puppet_pb2 as pb
from gridbot.transports.wechaty.mapping import Payload, Place, moment

Answer = TypeVar("Answer", bound=Message)

SERVICE = "/wechaty.Puppet/"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long a call may take, in seconds."""

    read_s: float = 10
    send_s: float = 15
    file_s: float = 60


class Wire(Protocol):
    """A connection that carries gRPC calls. Every method raises TransportError."""

    async def close(self) -> None: ...

    async def ask(self, name: str, request: Message, answer: type[Answer], deadline_s: float) -> Answer:
        """One question, one answer."""
        ...

    def stream(
        self, name: str, request: Message, answer: type[Answer], deadline_s: float | None
    ) -> AsyncIterator[Answer]:
        """One question, any number of answers."""
        ...

    async def pour(
        self,
        name: str,
        kind: type[Message],
        requests: Iterable[Message],
        answer: type[Answer],
        deadline_s: float,
    ) -> Answer:
        """Any number of pieces (of one `kind`), one answer."""
        ...


class PuppetClient:
    """What a gateway can be asked. Every method raises TransportError (FatalAuth for a wrong token)."""

    def __init__(self, wire: Wire, deadlines: Deadlines) -> None:
        self._wire, self._deadlines = wire, deadlines

    async def close(self) -> None:
        """Hang up; calls under way fail."""
        await self._wire.close()

    async def events(self) -> AsyncIterator[tuple[int, str]]:
        """Everything the gateway has to tell (number of the kind, JSON), until one side hangs up.

        The only call without a deadline.
        """
        async for event in self._wire.stream("Event", pb.EventRequest(), pb.EventResponse, None):
            yield event.type, event.payload

    async def start(self) -> None:
        """Let the puppet start, if it has not yet."""
        await self._read("Start", pb.StartRequest(), pb.StartResponse)

    async def stop(self) -> None:
        """Stop the puppet and throw off whoever listens: only for a takeover."""
        await self._read("Stop", pb.StopRequest(), pb.StopResponse)

    async def ding(self, data: str = "", *, deadline_s: float) -> None:
        """Ask for a sign of life: it comes as an event, DONG with the same data."""
        await self._wire.ask("Ding", pb.DingRequest(data=data), pb.DingResponse, deadline_s)

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
        answer = await self._wire.ask("MessageFile", request, pb.MessageFileResponse, self._deadlines.file_s)
        return answer.file_box

    async def download(self, box_id: str) -> AsyncIterator[bytes]:
        """The bytes of a box that the gateway keeps, piece by piece."""
        request = pb.DownloadRequest(id=box_id)
        pieces = self._wire.stream("Download", request, pb.DownloadResponse, self._deadlines.file_s)
        async for piece in pieces:
            yield piece.chunk

    async def upload(self, pieces: Iterable[bytes]) -> str:
        """Leave bytes with the gateway; returns the id of the box."""
        requests = (pb.UploadRequest(chunk=piece) for piece in pieces)
        kind, answer = pb.UploadRequest, pb.UploadResponse
        return (await self._wire.pour("Upload", kind, requests, answer, self._deadlines.file_s)).id

    async def send_text(self, to: str, text: str, mentions: Iterable[str]) -> str:
        """Say something to a group or a person; returns the new message's id ("" where none is told)."""
        request = pb.MessageSendTextRequest(conversation_id=to, text=text, mentional_ids=list(mentions))
        sent = await self._wire.ask(
            "MessageSendText", request, pb.MessageSendTextResponse, self._deadlines.send_s
        )
        return sent.id

    async def send_file(self, to: str, file_box: str) -> str:
        """Send a file given as FileBox JSON; returns the new message's id ("" where none is told)."""
        request = pb.MessageSendFileRequest(conversation_id=to, file_box=file_box)
        sent = await self._wire.ask(
            "MessageSendFile", request, pb.MessageSendFileResponse, self._deadlines.file_s
        )
        return sent.id

    async def recall(self, message_id: str) -> bool:
        """Take back the account's own message; False where the platform would not."""
        request = pb.MessageRecallRequest(id=message_id)
        answer = await self._wire.ask(
            "MessageRecall", request, pb.MessageRecallResponse, self._deadlines.send_s
        )
        return answer.success

    async def rename(self, room: str, topic: str) -> None:
        """Give a group a new name."""
        request = pb.RoomTopicRequest(id=room, topic=topic)
        await self._wire.ask("RoomTopic", request, pb.RoomTopicResponse, self._deadlines.send_s)

    async def topic(self, room: str) -> str:
        """The name of a group."""
        return (await self._read("RoomTopic", pb.RoomTopicRequest(id=room), pb.RoomTopicResponse)).topic

    async def announce(self, room: str, text: str) -> None:
        """Set a group's announcement (群公告)."""
        request = pb.RoomAnnounceRequest(id=room, text=text)
        await self._wire.ask("RoomAnnounce", request, pb.RoomAnnounceResponse, self._deadlines.send_s)

    async def _read(self, name: str, request: Message, answer: type[Answer]) -> Answer:
        return await self._wire.ask(name, request, answer, self._deadlines.read_s)


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
