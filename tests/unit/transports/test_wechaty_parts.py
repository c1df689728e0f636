"""The parts of the gateway client that need no gateway: order, names, faults, coming back."""

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import pytest

from gridbot.clock import SetClock, sleep
from gridbot.errors import FatalAuth, TransportError
from gridbot.messages import Address, Event, Incoming
from gridbot.transports import Receive
from gridbot.transports.wechaty import Deadlines, Pace, faults
from gridbot.transports.wechaty.client import PuppetClient
from gridbot.transports.wechaty.delivery import Delivery, Make
from gridbot.transports.wechaty.names import Names
from gridbot.transports.wechaty.recovery import Recovery, reach_of
from gridbot.transports.wechaty.together import until_first_ends
from gridbot.transports.wechaty.wire import Dial, GrpcioWire

AT = datetime(2026, 5, 6, 1, 0, tzinfo=UTC)


def message(room: str, n: int) -> Incoming:
    return Incoming(at=AT, where=Address("wechaty", "bot", room=room), sender="zhang", id=f"{room}{n}")


def slowly(event: Event, wait_s: float) -> Make:
    async def make() -> Event:
        await sleep(wait_s)
        return event

    return make


async def delivered(delivery: Delivery, receive: Receive, n: int) -> list[str]:
    got: list[str] = []
    done = asyncio.Event()

    async def note(event: Event) -> None:
        await receive(event)
        got.append(getattr(event, "id", ""))
        if len(got) == n:
            done.set()

    running = asyncio.create_task(delivery.run(note))
    async with asyncio.timeout(10):
        await done.wait()
    running.cancel()
    await asyncio.wait([running])
    return got


async def at_once(_: Event) -> None:
    return None


async def test_the_order_of_the_wire_is_kept_however_long_fetching_takes() -> None:
    delivery = Delivery()
    for n in range(40):
        delivery.take(slowly(message("a", n), 0.02 if n % 7 == 0 else 0))
    assert await delivered(delivery, at_once, 40) == [f"a{n}" for n in range(40)]


async def test_fetching_goes_on_side_by_side() -> None:
    delivery = Delivery(fetching=32)
    for n in range(32):
        delivery.take(slowly(message("a", n), 0.2))
    async with asyncio.timeout(3):
        await delivered(delivery, at_once, 32)


async def test_a_slow_conversation_does_not_hold_up_another() -> None:
    delivery = Delivery()

    async def slow_in_a(event: Event) -> None:
        await sleep(0.3 if isinstance(event, Incoming) and event.where.room == "a" else 0)

    for n in range(2):
        delivery.tell(message("a", n))
        delivery.tell(message("b", n))
    assert await delivered(delivery, slow_in_a, 4) == ["b0", "b1", "a0", "a1"]


async def test_what_cannot_be_read_is_passed_over() -> None:
    delivery = Delivery()

    async def broken() -> Event:
        raise ValueError("unreadable")

    delivery.take(broken)
    delivery.tell(message("a", 1))
    assert await delivered(delivery, at_once, 1) == ["a1"]


async def test_a_failing_receiver_is_asked_again_in_order() -> None:
    delivery = Delivery(pause_s=0)
    calls: list[str] = []

    async def moody(event: Event) -> None:
        calls.append(getattr(event, "id", ""))
        if len(calls) in (1, 2):
            raise OSError("disk full")

    for n in range(3):
        delivery.tell(message("a", n))
    assert await delivered(delivery, moody, 3) == ["a0", "a1", "a2"]
    assert calls == ["a0", "a0", "a0", "a1", "a2"]


class Phonebook:
    """Answers names and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | None, str]] = []
        self.broken = False

    async def ask(self, room: str | None, contact: str) -> str:
        self.asked.append((room, contact))
        await sleep(0)
        if self.broken:
            raise TransportError("gone", retryable=True)
        return f"{contact}在{room}"


async def test_a_name_is_asked_once_however_many_want_it() -> None:
    book = Phonebook()
    names = Names(book.ask)
    assert await asyncio.gather(*(names.of("zhang", "r") for _ in range(9))) == ["zhang在r"] * 9
    assert await names.of("zhang", "r") == "zhang在r"
    assert book.asked == [("r", "zhang")]


async def test_a_name_is_asked_anew_when_the_group_or_the_person_changed() -> None:
    book = Phonebook()
    names = Names(book.ask)
    for forget in (lambda: None, lambda: names.forget_room("r"), lambda: names.forget_contact("zhang")):
        forget()
        await names.of("zhang", "r")
    assert len(book.asked) == 3


async def test_a_name_that_cannot_be_had_is_empty_and_asked_again_later() -> None:
    book = Phonebook()
    names = Names(book.ask)
    book.broken = True
    assert await names.of("zhang") == ""
    book.broken = False
    assert await names.of("zhang") == "zhang在None"


async def test_no_more_names_are_kept_than_wanted() -> None:
    book = Phonebook()
    names = Names(book.ask, keep=2)
    for contact in ("a", "b", "c", "b", "a"):
        await names.of(contact)
    assert [contact for _, contact in book.asked] == ["a", "b", "c", "a"]


@pytest.mark.parametrize(
    ("status", "details", "retryable", "uncertain"),
    [
        ("UNAVAILABLE", "failed to connect to all addresses; last error: …", True, False),
        ("UNAVAILABLE", "Socket closed", True, True),
        ("UNAVAILABLE", "", True, True),
        ("DEADLINE_EXCEEDED", "Deadline Exceeded", True, True),
        ("UNKNOWN", "Error: no id", True, True),
        ("INTERNAL", "RST_STREAM", True, True),
        ("CANCELLED", "", True, True),
        ("UNKNOWN", "Error: not logged in", True, False),
        ("INVALID_ARGUMENT", "", False, False),
        ("RESOURCE_EXHAUSTED", "Received message larger than max", False, False),
        ("UNIMPLEMENTED", "", False, False),
    ],
)
def test_a_failed_send_is_retryable_and_uncertain_as_its_status_says(
    status: str, details: str, retryable: bool, uncertain: bool
) -> None:
    fault = faults.of_status(status, details, "MessageSendText")
    assert (fault.retryable, fault.uncertain) == (retryable, uncertain)


def test_a_refused_token_is_fatal_and_not_quoted() -> None:
    fault = faults.of_status("UNAUTHENTICATED", 'Invalid Wechaty TOKEN "secret"', "Event")
    assert isinstance(fault, FatalAuth)
    assert "secret" not in str(fault)


class Journal:
    """As much of a client as coming back asks for: a gateway that answers a Ding with `answer`."""

    def __init__(self, answer: str | None) -> None:
        self.answer, self.asked = answer, ""
        self.recovery: Recovery | None = None
        self.was_replaying = False

    async def ding(self, data: str = "", *, deadline_s: float) -> None:
        self.asked = data
        assert self.recovery is not None
        self.was_replaying = self.recovery.replaying
        if self.answer is not None:
            self.recovery.dong("")  # the watchdog's own, which is no answer
            self.recovery.dong(self.answer)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    ("answer", "gap"),
    [
        (f"replayed:3:{milliseconds(AT - timedelta(hours=1))}", None),
        (f"replayed:0:{milliseconds(AT + timedelta(minutes=2))}", (AT, AT + timedelta(minutes=2))),
        ("replayed:3", (AT, AT + timedelta(minutes=5))),
        (f"replay:{milliseconds(AT)}", (AT, AT + timedelta(minutes=5))),
        (None, (AT, AT + timedelta(minutes=5))),
    ],
)
async def test_what_the_journal_does_not_reach_is_a_gap(
    answer: str | None, gap: tuple[datetime, datetime] | None
) -> None:
    gaps: list[tuple[datetime, datetime]] = []
    clock = SetClock(AT + timedelta(minutes=5))
    recovery = Recovery(clock, lambda since, until: gaps.append((since, until)), patience_s=0.05)
    recovery.away(AT)
    recovery.away(AT + timedelta(minutes=1))
    journal = Journal(answer)
    journal.recovery = recovery
    await recovery.back(journal)  # type: ignore[arg-type]
    assert gaps == ([gap] if gap else [])
    assert journal.was_replaying and not recovery.replaying
    await recovery.back(journal)  # type: ignore[arg-type]
    assert len(gaps) <= 1


async def test_a_journal_that_names_no_beginning_proves_nothing() -> None:
    assert reach_of("replayed:7") is None
    assert reach_of("") is None


async def test_the_first_failure_ends_the_others_and_is_raised_as_it_is() -> None:
    ended: list[str] = []

    async def forever() -> None:
        try:
            await sleep(3600)
        finally:
            ended.append("forever")

    async def fail() -> None:
        await sleep(0)
        raise FatalAuth("no")

    with pytest.raises(FatalAuth):
        await until_first_ends(forever(), fail())
    assert ended == ["forever"]


def test_a_dead_line_is_noticed_within_25_seconds() -> None:
    assert Pace().ding_every_s + Pace().dong_within_s <= 25


async def test_a_call_where_nobody_listens_certainly_did_not_arrive() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        endpoint = f"127.0.0.1:{probe.getsockname()[1]}"
    client = PuppetClient(GrpcioWire(Dial(endpoint, "token")), Deadlines(send_s=5))
    with pytest.raises(TransportError) as caught:
        await client.send_text("r@chatroom", "在吗", ())
    await client.close()
    assert caught.value.retryable and not caught.value.uncertain


async def test_a_call_on_a_line_that_was_hung_up_certainly_did_not_arrive() -> None:
    client = PuppetClient(GrpcioWire(Dial("127.0.0.1:1", "token")), Deadlines())
    await client.close()
    with pytest.raises(TransportError) as caught:
        await client.send_text("r@chatroom", "在吗", ())
    assert caught.value.retryable and not caught.value.uncertain


async def test_a_call_that_is_answered_by_nobody_ends_at_its_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dial = Dial(f"127.0.0.1:{silent.getsockname()[1]}", "token")
        client = PuppetClient(GrpcioWire(dial), Deadlines(send_s=0.3))
        with pytest.raises(TransportError):
            async with asyncio.timeout(5):
                await client.send_text("r@chatroom", "在吗", ())
        await client.close()
