"""What the wire's errors mean for a message: was it refused, lost, or perhaps delivered?"""

from __future__ import annotations

import grpc

from gridbot.errors import FatalAuth, TransportError

Code = grpc.StatusCode

# The gateway answered that it did nothing, and would answer so again.
REFUSED = frozenset(
    {
        Code.INVALID_ARGUMENT,
        Code.NOT_FOUND,
        Code.PERMISSION_DENIED,
        Code.UNIMPLEMENTED,
        Code.OUT_OF_RANGE,
        Code.FAILED_PRECONDITION,
        Code.RESOURCE_EXHAUSTED,  # larger than the gateway takes in one piece
    }
)
# gRPC's own words for "no connection was made": the request cannot have left.
NEVER_LEFT = ("failed to connect", "connections to all backends failing", "name resolution", "dns resolution")


class Occupied(TransportError):
    """Another client listens at this gateway, which serves only one."""


def of_rpc(error: grpc.aio.AioRpcError, doing: str) -> TransportError:
    """The TransportError for a failed call; details of the wire are left out (they quote the token)."""
    code = error.code()
    what = f"{doing}: {code.name}"
    if code is Code.UNAUTHENTICATED:
        return FatalAuth(what)
    if code is Code.ALREADY_EXISTS:
        return Occupied("another client listens at this gateway", retryable=True)
    if code in REFUSED:
        return TransportError(what, retryable=False)
    if code is Code.UNAVAILABLE and never_left(error.details() or ""):
        return TransportError(what, retryable=True)
    if "not logged in" in (error.details() or ""):
        return TransportError(f"{doing}: not logged in", retryable=True)
    return TransportError(what, retryable=True, uncertain=True)


def never_left(details: str) -> bool:
    """Whether gRPC says that there was no connection to send the request on."""
    said = details.lower()
    return any(words in said for words in NEVER_LEFT)


def of_broken_channel(doing: str) -> TransportError:
    """The connection was closed under a call: nobody knows whether it arrived."""
    return TransportError(f"{doing}: the connection was closed", retryable=True, uncertain=True)


def not_connected(doing: str) -> TransportError:
    """There is no connection at the moment: certainly not sent."""
    return TransportError(f"{doing}: not connected", retryable=True)
