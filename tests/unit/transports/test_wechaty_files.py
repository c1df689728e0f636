"""Files in FileBox JSON, both ways."""

import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from gridbot.errors import TransportError
from gridbot.messages import Attachment, Media
from gridbot.transports.wechaty import files


class Store:
    """A gateway's store of boxes."""

    def __init__(self) -> None:
        self.boxes: dict[str, list[bytes]] = {}

    async def upload(self, pieces: Iterable[bytes]) -> str:
        self.boxes["box"] = list(pieces)
        return "box"

    async def download(self, box: str) -> AsyncIterator[bytes]:
        for piece in self.boxes[box]:
            yield piece


@pytest.mark.parametrize(
    "size", [0, 1, files.INLINE_UP_TO, files.INLINE_UP_TO + 1, files.INLINE_UP_TO + 3 * files.PIECE]
)
async def test_a_packed_file_opens_to_the_same_bytes(size: int) -> None:
    store, content = Store(), bytes(size)
    box = await files.pack("表.pdf", content, store.upload)
    assert await files.open_box(box, store.download) == content
    assert json.loads(box)["name"] == "表.pdf"
    assert bool(store.boxes) is (size > files.INLINE_UP_TO)
    assert len(box) < 4 * 1024 * 1024


@pytest.mark.parametrize(
    "box",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"type": 1, "base64": "*"}',
        '{"type": 2, "url": "http://127.0.0.1/"}',
        '{"type": 3, "qrCode": "x"}',
        '{"boxType": 99}',
    ],
)
async def test_a_box_that_cannot_be_opened_is_refused_for_good(box: str) -> None:
    with pytest.raises(TransportError) as caught:
        await files.open_box(box, Store().download)
    assert not caught.value.retryable


async def test_an_endless_file_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    store = Store()
    store.boxes["box"] = [b"123456"] * 2
    with pytest.raises(TransportError):
        await files.open_box('{"type": 7, "uuid": "box"}', store.download)


def test_a_file_to_be_sent_is_named_after_its_path_unless_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"1")
    path = str(tmp_path / "a.png")
    assert files.load(Attachment(Media.IMAGE, path)) == ("a.png", b"1")
    assert files.load(Attachment(Media.IMAGE, path, "日报.png")) == ("日报.png", b"1")


def test_a_file_that_is_gone_is_refused_for_good(tmp_path: Path) -> None:
    with pytest.raises(TransportError) as caught:
        files.load(Attachment(Media.IMAGE, str(tmp_path / "none")))
    assert not caught.value.retryable
