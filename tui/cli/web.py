"""`orderbell web`: the same counter in a browser tab; `orderbell tab` is the process behind one."""

import os
from typing import Annotated

import typer

from tui.cli import out
from tui.cli.answers import Failed
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.i18n import _


def web(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Where it listens; default web.host of the config, 127.0.0.1.")] = "",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default web.port; 0: any free one.")] = None,
    token: Annotated[
        str, typer.Option(help="What opens the door; others on this machine see it: web.token hides it.")
    ] = "",
) -> None:
    """Serve the counter to browser tabs until Ctrl-C; one line says the link that opens it."""
    from tui.wiring.web.run import Address, run_web

    said: Everywhere = context.obj
    _require_host(host)
    settings = said.shop.loaded.config.web
    kept = settings.token.get_secret_value() if settings.token else ""
    address = Address(host or settings.host, settings.port if port is None else port, token or kept)
    if address.is_open and address.token:
        words = _("{host} is open to the network, and without HTTPS before it others can read along")
        out.note(words.format(host=address.host))
    run_web(said.shop, address, language=said.lang, words=said.again, on_ready=lambda url: _tell_ready(said, url))


def _require_host(host: str) -> None:
    from core.config.sections import is_host

    if host and not is_host(host):
        raise BadUsage(allowed_are(f"--host {host!r:.60}", _("an address such as 127.0.0.1, or a host name")))


def tab(context: typer.Context) -> None:
    """The counter of one tab: its terminal is the page, on standard input and output."""
    from tui.wiring.beside import ensure_station
    from tui.wiring.web.run import run_tab

    said: Everywhere = context.obj
    if "TEXTUAL_DRIVER" not in os.environ:
        raise Failed(_("a tab is opened by `orderbell web`; the counter in a terminal is `orderbell`"))
    ensure_station(said.shop)
    run_tab(said.shop, language=said.lang, staff=said.staff)


def _tell_ready(said: Everywhere, url: str) -> None:
    if said.as_json:
        out.tell({"event": "ready", "url": url, "pid": os.getpid()})
    else:
        out.say(_("Counter in a browser: {url}").format(url=url))
