"""The readers of an installation, those of nodes with packs of their own too; new when a pack changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from gridbot.nlp.reader import Reader

Stamp = tuple[tuple[str, int, int], ...]


class Bookshelf:
    """Packs for everybody, and by node code more on top of them. Loading takes about a second each."""

    def __init__(
        self, packs: Sequence[Path], packs_at: Mapping[str, Sequence[Path]], *, zone: tzinfo
    ) -> None:
        self._packs, self._packs_at, self._zone = list(packs), dict(packs_at), zone
        self._seen = self._stamp()

    def changed(self) -> bool:
        """Whether a pack was written, added or taken away since this was asked last."""
        stamp, self._seen = self._seen, self._stamp()
        return stamp != self._seen

    def everybody(self) -> Reader:
        """The reader where no node has packs of its own. BadInput names file, line and key."""
        return Reader.load(self._packs, zone=self._zone)

    def local(self) -> dict[str, Reader]:
        """Readers by node code. BadInput names file, line and key."""
        return {
            node: Reader.load([*self._packs, *packs], zone=self._zone)
            for node, packs in self._packs_at.items()
        }

    def _stamp(self) -> Stamp:
        return tuple(sorted(self._files()))

    def _files(self) -> Iterator[tuple[str, int, int]]:
        for path in [*self._packs, *(pack for packs in self._packs_at.values() for pack in packs)]:
            for file in path.glob("*.toml") if path.is_dir() else [path]:
                try:
                    state = file.stat()
                except OSError:
                    continue
                yield str(file), state.st_mtime_ns, state.st_size
