"""Signatures over raw bytes: how the outside signs what it sends, and a comparison that tells a thief nothing."""

import binascii
import hmac
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from json import JSONDecoder, dumps
from typing import Final

STANDARD_PREFIX: Final = "whsec_"
_STEP: Final = re.compile(r"[ \t\n\r]*([{}:,])[ \t\n\r]*")
_DECODER: Final = JSONDecoder()


def hmac_hex(secret: str, body: bytes) -> str:
    """HMAC-SHA256 of `body` under `secret`, as 64 lower-case hex digits."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def hmac_base64(secret: str, body: bytes) -> str:
    """HMAC-SHA256 of `body` under `secret`, as 44 signs of base64."""
    return _base64(hmac.new(secret.encode(), body, sha256).digest())


def matches(expected: str, given: str) -> bool:
    """Whether two signatures are the same text, in constant time; takes any text, ASCII or not."""
    return hmac.compare_digest(_raw(expected), _raw(given))


def standard_key(secret: str) -> bytes:
    """The key in a Standard Webhooks secret (`whsec_` and base64); raises `ValueError` when there is none."""
    text = secret.removeprefix(STANDARD_PREFIX).rstrip("=")
    try:
        key = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        # The decoder's own message could repeat signs of the secret.
        raise ValueError("a Standard Webhooks secret is whsec_ followed by base64") from None
    if not key:
        raise ValueError("a Standard Webhooks secret holds at least one byte")
    return key


def standard_signature(secret: str, message_id: str, timestamp: int | str, body: bytes) -> str:
    """`v1,` and the base64 signature of Standard Webhooks 1.0.0; `timestamp` is in whole Unix seconds."""
    signed = f"{message_id}.{timestamp}.".encode(errors="surrogatepass") + body
    return "v1," + _base64(hmac.new(standard_key(secret), signed, sha256).digest())


def token(claims: Mapping[str, object], key: bytes, more: Mapping[str, str]) -> str:
    """A JSON Web Token signed with HMAC-SHA256 (RFC 7519, HS256); `more` follows `alg` and `typ` in its header."""
    parts = ({"alg": "HS256", "typ": "JWT", **more}, claims)
    signed = b".".join(_base64url(dumps(part, separators=(",", ":")).encode()) for part in parts)
    return b".".join((signed, _base64url(hmac.new(key, signed, sha256).digest()))).decode()


def member(body: bytes, name: str) -> bytes:
    """The raw text of one member of a JSON object, for signatures over a part of a body; empty when there is none."""
    try:
        return dict(_members(body.decode())).get(name, "").encode()
    except (ValueError, RecursionError):
        return b""


def _members(text: str) -> Iterator[tuple[str, str]]:
    at, sign = _past(text, 0, "{")
    while sign != "}":
        name, at = _DECODER.raw_decode(text, at)
        start, _ = _past(text, at, ":")
        _, at = _DECODER.raw_decode(text, start)
        yield str(name), text[start:at]
        at, sign = _past(text, at, ",}")


def _past(text: str, at: int, wanted: str) -> tuple[int, str]:
    """Where reading goes on after one of these signs, and which it was; raises `ValueError`."""
    step = _STEP.match(text, at)
    if step is None or step[1] not in wanted:
        raise ValueError(f"no {wanted} at {at}")
    return step.end(), step[1]


def _base64(digest: bytes) -> str:
    return b64encode(digest).decode()


def _base64url(raw: bytes) -> bytes:
    return urlsafe_b64encode(raw).rstrip(b"=")


def _raw(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
