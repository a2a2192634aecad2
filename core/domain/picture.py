"""Whether bytes are a whole picture: told by their own build, whatever the courier calls them."""

from typing import Final

LARGEST: Final = 10_000_000  # bytes
PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8\xff"
TOO_LARGE: Final = "the proof is too large"
NO_PICTURE: Final = "the proof is no picture"
CUT_SHORT: Final = "the proof is cut short"
_SCAN: Final = 0xDA
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG markers without a length behind them


def trouble(body: bytes) -> str:
    """Why these bytes are not kept; empty for a whole PNG or JPEG."""
    if len(body) > LARGEST:
        return TOO_LARGE
    if not body.startswith((PNG, JPEG)):
        return NO_PICTURE
    return "" if (_is_whole_png(body) if body.startswith(PNG) else _is_whole_jpeg(body)) else CUT_SHORT


def ending(body: bytes) -> str:
    """Of the file's name."""
    return "png" if body.startswith(PNG) else "jpg"


def _is_whole_png(body: bytes) -> bool:
    """Chunk by chunk to the one that ends it."""
    at = len(PNG)
    while at + 12 <= len(body):
        name, after = body[at + 4 : at + 8], at + 12 + int.from_bytes(body[at : at + 4])
        if name == b"IEND":
            return after <= len(body)
        at = after
    return False


def _is_whole_jpeg(body: bytes) -> bool:
    """Past the headers, which may hold a small picture of their own; then the mark of the end must come."""
    at = 2
    while at + 4 <= len(body) and body[at] == 0xFF:
        marker = body[at + 1]
        if marker == _SCAN:
            return body.find(b"\xff\xd9", at) >= 0
        at += _length(body, at, marker)
    return False


def _length(body: bytes, at: int, marker: int) -> int:
    if marker == 0xFF:  # filling
        return 1
    return 2 if marker in _ALONE else 2 + int.from_bytes(body[at + 2 : at + 4])
