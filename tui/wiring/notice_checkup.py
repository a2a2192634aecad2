"""What `doctor` finds of the ways in which a person is told; nobody is told anything by it."""

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

from core.config.load import Loaded
from tui.i18n import _
from tui.wiring.finding import Finding


def notice_findings(loaded: Loaded) -> Iterator[Finding]:
    """A line for each way that is set."""
    told = loaded.config.tell
    if told.command:
        yield _command(told.command[0])
    if told.url:
        yield _url(told.url, is_signed=told.secret is not None)


def _command(program: str) -> Finding:
    path = shutil.which(program)
    if path is None:
        mend = _("install it, or mend tell.command in the config")
        return Finding("fail", "tell command", _("{program}: there is no such program").format(program=program), mend)
    return Finding("ok", "tell command", path)


def _url(url: str, *, is_signed: bool) -> Finding:
    """Its path may be a secret, so only the host is said."""
    host = urlsplit(url).hostname or "?"
    words = _("posts to {host}, signed") if is_signed else _("posts to {host}, unsigned")
    return Finding("ok", "tell url", words.format(host=host))
