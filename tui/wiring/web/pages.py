"""Our own pages: nothing in them comes from outside this machine."""

from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from aiohttp import web

from tui import i18n
from tui.i18n import _

SAFE: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the first address holds the token
    "Server": "orderbell",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TEXT_SIZES: Final = range(8, 73)  # pixels


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Every answer's headers: nothing from outside is loaded, framed, guessed or kept."""
    response.headers.update(SAFE)
    response.headers.setdefault("Cache-Control", "no-cache" if _is_file(request) else "no-store")


def counter(name: str, *, text_size: int) -> web.Response:
    """The page around the terminal."""
    words = {
        "quiet": _("No sound in this tab yet: click here, or press any key."),
        "missed": _("An order rings, and this tab may not make a sound: click here, or press any key."),
        "closed": _("This counter is closed."),
        "ended": _("The counter ended by itself."),
        "lost": _("No connection to the counter. Trying again …"),
        "again": _("Open again"),
        "starting": _("The counter is being opened …"),
    }
    return _page(200, "counter.html", name=name, text_size=str(text_size), **words)


def turned_away(status: int, title: str, what_to_do: str) -> web.Response:
    """A shut door that says what to do."""
    return _page(status, "door.html", title=title, words=what_to_do)


def let_in(where: str) -> web.Response:
    """A page of ours that goes on: a redirect would come without the cookie when another site's link led here."""
    response = _page(200, "door.html", title=_("Come in."), words="")
    response.headers["Refresh"] = f"0; url={where}"
    return response


def text_size_of(asked: str) -> int:
    """Pixels; the usual ones for anything odd."""
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in TEXT_SIZES else 16


def _page(status: int, template: str, **words: str) -> web.Response:
    text = (files("tui.wiring.web") / "page" / template).read_text(encoding="utf-8")
    escaped = {name: escape(word) for name, word in words.items()}
    body = Template(text).substitute(escaped, language=i18n.spoken_tag())
    return web.Response(status=status, text=body, content_type="text/html")


def _is_file(request: web.Request) -> bool:
    return request.path.startswith(("/static/", "/page/", "/chimes/"))
