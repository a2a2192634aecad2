"""The door before everything the web server has: a token once, then a cookie; nothing is served without."""

import hmac
import logging
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from tui.i18n import _
from tui.wiring.web import pages

logger = logging.getLogger(__name__)
REMEMBERED: Final = 180 * 24 * 3600  # seconds
PARAMETER: Final = "token"


@dataclass(frozen=True)
class Door:
    """Who may come in; every comparison takes the same time whatever is offered."""

    token: str

    @cached_property
    def cookie(self) -> str:
        """Its name differs by token: cookies know no ports, and two stores may live on one machine."""
        return f"orderbell_{self._derived('name')[:12]}"

    @cached_property
    def pass_(self) -> str:
        """What the cookie holds: no way back to the token, and worthless once the token changes."""
        return self._derived("pass")

    def opens_with(self, token: str) -> bool:
        """It is the token."""
        return _same(token, self.token)

    def knows(self, request: web.Request) -> bool:
        """The caller was let in before."""
        return _same(request.cookies.get(self.cookie, ""), self.pass_)

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.token.encode(), f"orderbell web {purpose}".encode(), sha256).hexdigest()


def guard(door: Door) -> Middleware:
    """The middleware before pages, static files, downloads and the WebSocket, unknown addresses too."""

    @web.middleware
    async def guarding(request: web.Request, handler: Handler) -> web.StreamResponse:
        if PARAMETER in request.query:
            return _admit(door, request)
        if not door.knows(request):
            return pages.turned_away(401, _("This counter opens with its link."), _where_the_link_is())
        if _is_foreign(request):
            logger.warning("turned away: a page of another site asked for the counter")
            return pages.turned_away(403, _("Another site's page asked for this counter."), _("Nothing was opened."))
        return await handler(request)

    return guarding


def _admit(door: Door, request: web.Request) -> web.Response:
    if not door.opens_with(request.query[PARAMETER]):
        logger.warning("turned away: a wrong token from %s", request.remote)
        return pages.turned_away(403, _("This link is not right, or not any more."), _where_the_link_is())
    rest = [(name, value) for name, value in request.query.items() if name != PARAMETER]
    response = pages.let_in("/" + (f"?{urlencode(rest)}" if rest else ""))
    response.set_cookie(
        door.cookie,
        door.pass_,
        max_age=REMEMBERED,
        httponly=True,
        samesite="Strict",
        secure=request.secure or request.headers.get("X-Forwarded-Proto") == "https",
    )
    return response


def _where_the_link_is() -> str:
    return _("On the machine that runs it, “orderbell web” prints the link when it starts. Open that link here once.")


def _is_foreign(request: web.Request) -> bool:
    """A WebSocket is not held back by the browser's own rules: its page must be ours (cross-site hijacking)."""
    if request.headers.get("Upgrade", "").lower() != "websocket":
        return False
    return urlsplit(request.headers.get("Origin", "")).netloc.lower() != request.host.lower()


def _same(offered: str, right: str) -> bool:
    return hmac.compare_digest(offered.encode("utf-8", "surrogateescape"), right.encode())
