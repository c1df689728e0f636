"""What the wire's errors mean for a message: was it refused, lost, or perhaps delivered?"""

from __future__ import annotations

from gridbot.errors import FatalAuth, TransportError

# The gateway answered that it did nothing, and would answer so again.
REFUSED = frozenset(
    {
        "INVALID_ARGUMENT",
        "NOT_FOUND",
        "PERMISSION_DENIED",
        "UNIMPLEMENTED",
        "OUT_OF_RANGE",
        "FAILED_PRECONDITION",
        "RESOURCE_EXHAUSTED",  # larger than the gateway takes in one piece
    }
)
# gRPC's own words for "no connection was made": the request cannot have left.
NEVER_LEFT = ("failed to connect", "connections to all backends failing", "name resolution", "dns resolution")


class Occupied(TransportError):
    """Another client listens at this gateway, which serves only one."""


def of_status(status: str, details: str, doing: str) -> TransportError:
    """The TransportError for a gRPC status by its name; the details stay out of it: they quote the token."""
    what = f"{doing}: {status}"
    if status == "UNAUTHENTICATED":
        return FatalAuth(what)
    if status == "ALREADY_EXISTS":
        return Occupied("another client listens at this gateway", retryable=True)
    if status in REFUSED:
        return TransportError(what, retryable=False)
    if status == "UNAVAILABLE" and never_left(details):
        return TransportError(what, retryable=True)
    if "not logged in" in details:
        return TransportError(f"{doing}: not logged in", retryable=True)
    return TransportError(what, retryable=True, uncertain=True)


def never_left(details: str) -> bool:
    """Whether gRPC says that there was no connection to send the request on."""
    said = details.lower()
    return any(words in said for words in NEVER_LEFT)


def of_broken_connection(doing: str) -> TransportError:
    """The connection was closed under a call: nobody knows whether it arrived."""
    return TransportError(f"{doing}: the connection was closed", retryable=True, uncertain=True)


def not_connected(doing: str) -> TransportError:
    """There is no connection at the moment: certainly not sent."""
    return TransportError(f"{doing}: not connected", retryable=True)
