"""A waybill in whatever form it is read: bare, with dashes, in small letters, in a link or a QR code's text (C49)."""

import re
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from core.domain.delivery import Delivery

LONGEST: Final = 2000  # signs that are looked at
SHORTEST_PIECE: Final = 4  # signs of a piece of a longer text that may stand for a waybill
_SCHEME: Final = re.compile(r"^\s*[a-z][a-z0-9+.-]*:/*", re.IGNORECASE)
_GAPS: Final = (re.compile(r"[^\w-]+"), re.compile(r"(?:[^\w-]|_)+"))


def plain(text: str) -> str:
    """Letters and digits, in capitals: scanners and people differ in the rest."""
    return "".join(sign for sign in normalize("NFKC", text).upper() if sign.isalnum())


def codes_in(scanned: str) -> frozenset[str]:
    """What a code may stand for: the whole of it, and its longer pieces when it is a link or a list."""
    whole = scanned[:LONGEST]
    inner = unquote(_SCHEME.sub("", whole))
    pieces = {plain(piece) for gap in _GAPS for piece in gap.split(inner)}
    return frozenset({plain(whole)} | {piece for piece in pieces if len(piece) >= SHORTEST_PIECE}) - {""}


def names(delivery: Delivery) -> frozenset[str]:
    """What a driver may show for a job: the waybill, the courier's number, that without its prefix, the link to it."""
    bare = delivery.ref.rpartition("_")[2]
    told = (delivery.waybill, delivery.ref, bare, delivery.tracking_url)
    return frozenset(plain(name) for name in told) - {""}


def is_meant(scanned: str, delivery: Delivery) -> bool:
    """Whether a code, as it was read, is this job's."""
    return not codes_in(scanned).isdisjoint(names(delivery))
