"""The ways in which a person is reached who is not at the counter, from the `[tell]` section."""

from collections.abc import Callable

from core.config.load import Loaded
from core.domain.notice import Notice
from core.domain.store_rules import StoreRules
from core.ports.notice import Teller
from tui import i18n
from tui.labels.notices import notice_words


def tellers_of(loaded: Loaded) -> dict[str, Teller]:
    """Each ready to use, with a connection of its own."""
    told, found = loaded.config.tell, dict[str, Teller]()
    if told.command:
        from adapters.notices.command import CommandTeller

        found["command"] = CommandTeller(told.command)
    if told.url:
        from adapters import http
        from adapters.notices.url import UrlTeller

        secret = told.secret.get_secret_value() if told.secret else ""
        found["url"] = UrlTeller(http.client(told.url), told.url, secret=secret, style=told.style)
    return found


def saying(loaded: Loaded, rules: StoreRules) -> Callable[[Notice], str]:
    """In the store's language."""
    words = i18n.saying(loaded.config.store.language)
    return lambda notice: notice_words(notice, rules.zone, words)
