"""Values made for every message: frozen for whoever writes code, as quick to make as any other object."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen, slots):
        """A dataclass that mypy holds to be frozen; Python takes three times as long to make a frozen one."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value"]
