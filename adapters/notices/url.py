"""Posts a notice to an address: as words (for ntfy and its like) or as JSON (for chat rooms), signed with a secret."""

import json
from typing import Final

from adapters import http
from adapters.signatures import standard_signature
from core.domain.notice import Notice
from core.ports.courier import CourierProblem
from core.ports.notice import NotTold

NAME: Final = "url"
TEXT: Final = "text"
JSON: Final = "json"


class UrlTeller:
    """Signs as Standard Webhooks do; its id is the same at every try, so that nobody need be told twice."""

    name = NAME

    def __init__(self, client: http.Client, url: str, *, secret: str = "", style: str = TEXT) -> None:
        self._client = client
        self._url = url
        self._secret = secret
        self._style = style

    async def tell(self, notice: Notice) -> None:
        """Returns when they say 2xx; raises `NotTold`."""
        body = _json(notice) if self._style == JSON else notice.words.encode()
        call = http.Call(method="POST", url=self._url, raw=body, headers=self._headers(notice, body))
        try:
            await http.ask(self._client, call)
        except CourierProblem as trouble:
            raise NotTold(str(trouble)) from None

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    def _headers(self, notice: Notice, body: bytes) -> dict[str, str]:
        kind = "application/json" if self._style == JSON else "text/plain; charset=utf-8"
        seconds = int(notice.at.timestamp())
        shown = {"Content-Type": kind, "Title": "Orderbell", "Priority": "urgent"}  # the last two: ntfy reads them
        named = {"webhook-id": notice.key, "webhook-timestamp": str(seconds)}
        if not self._secret:
            return shown | named
        return shown | named | {"webhook-signature": standard_signature(self._secret, notice.key, seconds, body)}


def _json(notice: Notice) -> bytes:
    """`text` is what chat rooms show; the rest is for programs. No word about the customer."""
    told = {
        "text": notice.words,
        "kind": notice.kind.value,
        "store": notice.store,
        "number": notice.number,
        "channel": notice.channel,
        "deadline": notice.deadline.isoformat(timespec="seconds"),
    }
    return json.dumps(told, ensure_ascii=False).encode()
