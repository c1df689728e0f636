"""A real PostgreSQL for tests: one server for a worker, and databases that are copied rather than made."""

from __future__ import annotations

import asyncio
import os
import tempfile
import uuid
import warnings
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlsplit

import pytest

from gridbot.models import database

# What is in it ends with the tests: nothing has to outlive the machine.
CARELESS = ["--no-sync", "--set", "fsync=off", "--set", "full_page_writes=off", "--set", "max_wal_size=4GB"]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server: the one GRIDBOT_TEST_PG names, else the one that comes as a wheel."""
    if url := os.environ.get("GRIDBOT_TEST_PG"):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="gridbot-pg-", ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if not os.environ.get("GRIDBOT_REQUIRE_ALL"):
                pytest.importorskip("pgserver")
            from pgserver import postgres_server

            initdb = postgres_server.initdb
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(
                    postgres_server, "initdb", lambda words, **where: initdb([*words, *CARELESS], **where)
                )
                server = postgres_server.get_server(folder)
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_pattern(postgres_url: str) -> str:
    """The name of a database with all tables and no rows; nobody is connected to it."""
    name = f"pattern_{uuid.uuid4().hex[:12]}"
    _done(_told(postgres_url, f"CREATE DATABASE {name}"))
    _done(_made(at(postgres_url, name)))
    return name


@pytest.fixture
def empty_postgres(postgres_url: str, postgres_pattern: str) -> Iterator[str]:
    """A database of one's own, with all tables and no rows: making them takes a second, copying a tenth."""
    name = f"copy_{uuid.uuid4().hex[:12]}"
    _done(_told(postgres_url, f"CREATE DATABASE {name} TEMPLATE {postgres_pattern}"))
    yield at(postgres_url, name)
    _done(_told(postgres_url, f"DROP DATABASE {name} WITH (FORCE)"))


def at(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


async def _told(url: str, sql: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


async def _made(url: str) -> None:
    async with database.opened(url):
        pass


def _done(work: Coroutine[None, None, None]) -> None:
    """Run to its end, also where an event loop runs already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(partial(asyncio.run, work)).result()
