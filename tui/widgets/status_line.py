"""The top line: store, sound, how the outside world stands, the time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from core.board.lamps import LampKind, LampLine, Light
from tui import keys, labels
from tui.i18n import ngettext
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap, line, width_of
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture
from tui.widgets.sound_lamp import rings_unheard, sound_pieces

WORST: Final = (Light.FAIL, Light.WARN, Light.UNKNOWN, Light.OK)


class StatusLine(Painted):
    """Lamps that are not well come first and are never left out."""

    def __init__(self, store: str, **names: str) -> None:
        super().__init__(**names)
        self._store = store
        self._picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Redraw what differs."""
        self._picture = picture
        self.repaint()

    def pieces(self, y: int) -> Pieces:
        """Store, sound lamp, lamps, clock."""
        width = self.content_size.width
        if (picture := self._picture) is None:
            return line((Piece(f" {self._store}", Tone.STRONG),), (), width)
        clock = Piece(f"  {labels.day_clock(picture.now, picture.zone)} ", Tone.STRONG)
        store = Piece(f" {picture.board.store or self._store}   ", Tone.STRONG)
        front = (store, *sound_pieces(picture), Piece("   "))
        room = width - width_of((*front, clock))
        shown = line((*front, *_lamps(picture, room)), (clock,), width)
        return tuple(_flashing(piece, picture.flash) for piece in shown) if rings_unheard(picture) else shown


def _flashing(piece: Piece, flash: bool) -> Piece:
    """Where nobody hears the bell the eyes get all of the line; what is loud already stays as it is."""
    loud = {Tone.TROUBLE_CAP, Tone.CAP}
    return piece if piece.tone in loud else Piece(piece.text, Tone.RING if flash else Tone.RING_LOW)


def _lamps(picture: Picture, room: int) -> Pieces:
    """As much of each as there is room for."""
    pieces: Pieces = ()
    for way in _ways(picture):
        pieces = tuple(piece for part in way for piece in part)
        if width_of(pieces) <= room:
            break
    return pieces


def _ways(picture: Picture) -> Iterator[tuple[Pieces, ...]]:
    """From all that is known to the least that must be: the worst first, and by name; words go before names do."""
    lamps = sorted(picture.board.lamps, key=lambda lamp: WORST.index(lamp.light))
    bad = [lamp for lamp in lamps if lamp.light is not Light.OK]
    well = _well(len(lamps) - len(bad))
    yield _each(lamps, picture), _key(bad)
    yield _each(bad, picture), well, _key(bad)
    yield _each(bad, picture), well
    yield _each(bad, picture, is_short=True), well, _key(bad)
    yield _each(bad, picture, is_short=True), well
    yield _each(bad[:1], picture, is_short=True), _named(bad[1:]), well
    yield _named(bad), well
    yield _named(bad[:1]), _counted(lamps[1:])


def _well(count: int) -> Pieces:
    words = ngettext("{count} ok", "{count} ok", count).format(count=count)
    return (Piece(f"● {words}  ", Tone.GOOD),) if count else ()


def _key(bad: Iterable[LampLine]) -> Pieces:
    """Where more is said about a courier."""
    is_known = any(lamp.kind is LampKind.COURIER and lamp.light is not Light.UNKNOWN for lamp in bad)
    return (cap(keys.cap("couriers.health"), Tone.CAP),) if is_known else ()


def _each(lamps: Iterable[LampLine], picture: Picture, *, is_short: bool = False) -> Pieces:
    return tuple(piece for lamp in lamps for piece in _lamp(lamp, picture, is_short))


def _named(lamps: Iterable[LampLine]) -> Pieces:
    """Sign and name, for want of room."""
    words = [(labels.word(lamp.light), shown_name(lamp)) for lamp in lamps]
    return tuple(Piece(f"{shown.sign} {name}  ", shown.tone) for shown, name in words)


def _counted(lamps: Iterable[LampLine]) -> Pieces:
    """How many of each sign."""
    signs = Counter(lamp.light for lamp in lamps)
    return tuple(
        Piece(f"{labels.word(light).sign} {count}  ", labels.word(light).tone) for light, count in signs.items()
    )


def _lamp(lamp: LampLine, picture: Picture, is_short: bool) -> Pieces:
    shown = labels.word(lamp.light)
    trouble = _trouble(lamp, picture, is_short) or shown.text
    said = _heard(lamp, picture) if lamp.light is Light.OK else f": {trouble}"
    words = Tone.MUTED if lamp.light in (Light.OK, Light.UNKNOWN) else shown.tone
    return (Piece(f"{shown.sign} ", shown.tone), Piece(f"{shown_name(lamp)}{said}  ", words))


def _trouble(lamp: LampLine, picture: Picture, is_short: bool) -> str:
    if lamp.vitals is None:
        return labels.said(lamp.word)
    return labels.courier_state(lamp.vitals, picture.now, picture.zone, picture.pace, is_short=is_short)


def _heard(lamp: LampLine, picture: Picture) -> str:
    """How quickly a courier answered; of all else how long ago there was a word."""
    if lamp.vitals is not None:
        return f" {labels.answer_time(lamp.vitals, picture.now)}"
    return f" {labels.ago(picture.now - lamp.heard_at)}" if lamp.heard_at else ""


def shown_name(lamp: LampLine) -> str:
    """The section's name; the station's is the house's word."""
    return labels.word(LampKind.STATION).text if lamp.kind is LampKind.STATION else lamp.name
