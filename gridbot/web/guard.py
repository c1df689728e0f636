"""What every answer goes through: security headers, errors as plain sentences, no requests from elsewhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from gridbot.web.needs import NEEDS

HOST = re.compile(r"[\w.\-]+(:\d+)?|\[[\da-fA-F:]+\](:\d+)?")
log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
WORDS = {404: "没有这个页面。", 405: "这个页面不能这样用。", 413: "内容太大。"}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def content_policy(host: str) -> str:
    """Nothing but what this server serves itself; no script or style inside a page."""
    sockets = f"ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        f"connect-src 'self' {sockets}; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse changes asked for by other sites; put the security headers on whatever is answered."""
    if request.method not in SAFE_METHODS and not request.path.startswith(("/api/", "/open311/")):
        from_here(request)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        if (error.text or "").startswith(f"{error.status}:"):  # the library's own words
            error.text = WORDS.get(error.status, "这个请求没有办成。")
        _harden(request, error)
        raise
    except ConnectionResetError:
        raise
    except Exception:
        log.exception("a page failed", extra={"route": request.match_info.route.name or ""})
        response = web.Response(status=500, text="抱歉，服务出了点问题，请稍后再试。")
    _harden(request, response)
    return response


def _harden(request: web.Request, response: web.StreamResponse) -> None:
    if response.prepared:
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_policy(request.host))
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")


def from_here(request: web.Request) -> None:
    """Raise 403 where a browser says that the request was made by a page of another site.

    Programs that are no browsers send no Origin and carry no cookie of somebody else's.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site"):
            raise web.HTTPForbidden(text="请从本站页面操作。")
        return
    own = {request.host, urlsplit(request.app[NEEDS].public_url).netloc}
    if urlsplit(origin).netloc not in own:
        raise web.HTTPForbidden(text="请从本站页面操作。")
