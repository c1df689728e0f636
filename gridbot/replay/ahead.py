"""A second process reads the log and its words ahead, while the first takes turns.

It is a fork: it knows rules and org as they are, and stops when the org changes (then another begins where it
was). What it tells is what the first process would have found by itself, which is what happens without it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from gridbot.errors import BadInput
from gridbot.inbox.first_look import First, first_look
from gridbot.messages import Address, Incoming
from gridbot.nlp import warm
from gridbot.replay import log
from gridbot.replay.log import Line, Message
from gridbot.world import World

if sys.platform == "linux":
    import fcntl

AT_A_TIME = 1000  # lines
ROOM = 1 << 20  # bytes that may wait between the processes: some thousand lines


def pays(lines: int) -> bool:
    """Whether a second process is worth its start, and has a core of its own."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return lines >= 5 * AT_A_TIME and len(cores) > 1


def read(file: Path, world: Callable[[], World]) -> Iterator[Line | First]:
    """The lines of a log without fault in order, mere words in groups as what a first look tells of them."""
    number = 0
    while True:
        directory = world().directory
        try:
            process, chunks = _begun(file, number, world())
        except OSError:  # there is no room for one
            yield from log.read(file, after=number)
            return
        try:
            while world().directory is directory:
                items, number = chunks.recv()
                yield from (_unpacked(item) for item in items)
                if not items:
                    return
        except (EOFError, OSError):  # it died, perhaps in the middle of a word
            yield from log.read(file, after=number)
            return
        finally:
            chunks.close()
            process.kill()
            process.join()


def _begun(file: Path, after: int, world: World) -> tuple[BaseProcess, Connection]:
    warm()  # what both need is loaded once
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    if sys.platform == "linux":
        with suppress(OSError):  # it may be refused: then less waits
            fcntl.fcntl(there.fileno(), fcntl.F_SETPIPE_SZ, ROOM)
    process = fork.Process(target=_tell, args=(file, after, world, here, there), daemon=True)
    with warnings.catch_warnings():  # newer Pythons warn of our threads: they wait for a commit
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    there.close()
    return process, here


def _tell(file: Path, after: int, world: World, here: Connection, there: Connection) -> None:
    """What the second process does."""
    here.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lines = log.read(file, after=after)
    with suppress(OSError, BadInput):
        while some := list(islice(lines, AT_A_TIME)):
            there.send(([_packed(world, line) for line in some], some[-1].number))
            world.forget_readings()  # what was read is on its way
        there.send(([], after))


def _packed(world: World, line: Line) -> Line | tuple[object, ...]:
    """A line as it travels: a first look as a bare tuple."""
    if not isinstance(line, Message) or not line.ordinary:
        return line
    where = Address(world.primary.transport, world.primary.account, line.room)
    event = Incoming(line.at.astimezone(UTC), where, line.sender, line.id, line.text, sender_name=line.name)
    return tuple(first_look(world, event).packed())


def _unpacked(item: Line | tuple[object, ...]) -> Line | First:
    return tuple.__new__(First, item) if isinstance(item, tuple) else item
