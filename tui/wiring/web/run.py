"""`orderbell web`: the web server's process, and the counter's behind each of its tabs."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final
from urllib.parse import quote

from adapters.hosting import bound, url_of
from core.config.load import volumes
from core.config.sections import SHORTEST_TOKEN
from core.domain.alert import Chime
from core.ports.bell import Bell
from tui import i18n
from tui.i18n import _
from tui.wiring.beside import command, ensure_station
from tui.wiring.counter import present, run_counter
from tui.wiring.logs import log_to_file
from tui.wiring.remaps import require_keys
from tui.wiring.shop import Shop
from tui.wiring.simulators import stopped
from tui.wiring.web.bell import PageBell
from tui.wiring.web.line import LINE
from tui.wiring.web.token import kept_token

INSTALL: Final = '.venv/bin/pip install "textual-serve>=1.1.3,<2"'


class NotOpened(Exception):
    """The web server may not or cannot listen; the message says how to mend it."""


class NoBrowserExtra(Exception):
    """textual-serve is not installed."""

    def __init__(self) -> None:
        super().__init__(_("a browser needs one more package: {command}").format(command=INSTALL))


@dataclass(frozen=True)
class Address:
    """Where tabs come in, and what opens the door; empty token: the store's own."""

    host: str
    port: int
    token: str

    @property
    def is_open(self) -> bool:
        """Others than this machine can reach it."""
        if self.host == "localhost":
            return False
        with suppress(ValueError):
            return not ipaddress.ip_address(self.host).is_loopback
        return True


def run_web(
    shop: Shop, address: Address, *, language: str, words: Sequence[str], on_ready: Callable[[str], None]
) -> None:
    """Until SIGTERM or Ctrl-C; `words` are what each tab's counter is told. Raises `NotOpened` and others."""
    require_keys(shop.loaded)
    _need_textual_serve()
    _check(address)
    with closing(_listen(address)) as listener:
        token = address.token or kept_token(shop.loaded.data)
        i18n.use(language or shop.loaded.config.store.language)
        log_to_file(shop.loaded.data / "logs", "web")
        ensure_station(shop)
        with present(shop):
            asyncio.run(_serve(shop, listener, token, words, on_ready))
    shop.database.close()


def _check(address: Address) -> None:
    if address.is_open and not address.token:
        words = _(
            "{host} is open to the network: choose a token first (web.token, or --token) and put HTTPS before it; "
            "or stay on 127.0.0.1 and come through an SSH tunnel"
        )
        raise NotOpened(words.format(host=address.host))
    if 0 < len(address.token) < SHORTEST_TOKEN:
        words = _("a token of {found} letters can be guessed: {allowed} or more")
        raise NotOpened(words.format(found=len(address.token), allowed=SHORTEST_TOKEN))


def run_tab(shop: Shop, *, language: str, staff: str) -> None:
    """The counter, drawn in the page and ringing there."""
    sound = shop.loaded.config.sound
    own = volumes(shop.loaded.config)
    loud = {chime: sound.volume * own.get(chime, 1.0) for chime in Chime}

    def in_page(machine: Bell) -> Bell:
        page: Bell = PageBell(LINE, machine, loud)
        return machine if sound.backend == "off" else page

    run_counter(shop, language=language, staff=staff, around=in_page)


async def _serve(
    shop: Shop, listener: socket.socket, token: str, words: Sequence[str], on_ready: Callable[[str], None]
) -> None:
    from tui.wiring.web.door import Door
    from tui.wiring.web.server import WebServer, serving

    tab = command(shop.loaded.source.path, shop.loaded.data, *words, "tab")
    async with serving(WebServer(tab, name=shop.rules.name, door=Door(token)), listener):
        on_ready(f"{url_of(listener)}/?token={quote(token, safe='')}")
        await stopped()


def _listen(address: Address) -> socket.socket:
    try:
        return bound(address.host, address.port)
    except OSError as error:
        place = f"{address.host}:{address.port}: {error.strerror or error}"
        raise NotOpened(_("{place}; set web.port, or --port").format(place=place)) from error


def _need_textual_serve() -> None:
    if find_spec("textual_serve") is None:
        raise NoBrowserExtra
