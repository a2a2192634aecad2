"""The top line: store, sound, how the outside world stands, the time."""

from core.board.lamps import LampKind, LampLine, Light
from tui import labels
from tui.i18n import ngettext
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, line, width_of
from tui.widgets.painted import Painted
from tui.widgets.picture import Picture
from tui.widgets.sound_lamp import rings_unheard, sound_pieces


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
    """All of them, or the bad ones and how many are well."""
    lamps = sorted(picture.board.lamps, key=lambda lamp: lamp.light is Light.OK)
    every = tuple(piece for lamp in lamps for piece in _lamp(lamp, picture))
    if width_of(every) <= room:
        return every
    bad = tuple(piece for lamp in lamps if lamp.light is not Light.OK for piece in _lamp(lamp, picture))
    well = sum(1 for lamp in lamps if lamp.light is Light.OK)
    words = ngettext("{count} ok", "{count} ok", well).format(count=well)
    return (*bad, Piece(f"● {words}", Tone.GOOD)) if well else bad


def _lamp(lamp: LampLine, picture: Picture) -> Pieces:
    shown = labels.word(lamp.light)
    name = shown_name(lamp)
    heard = f" {labels.ago(picture.now - lamp.heard_at)}" if lamp.heard_at and lamp.light is Light.OK else ""
    said = f": {labels.said(lamp.word) or shown.text}" if lamp.light is not Light.OK else heard
    words = Tone.MUTED if lamp.light in (Light.OK, Light.UNKNOWN) else shown.tone
    return (Piece(f"{shown.sign} ", shown.tone), Piece(f"{name}{said}  ", words))


def shown_name(lamp: LampLine) -> str:
    """The section's name; the station's is the house's word."""
    return labels.word(LampKind.STATION).text if lamp.kind is LampKind.STATION else lamp.name
