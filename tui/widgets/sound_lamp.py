"""The sound lamp in the top line: sign, words, and the key that leads on."""

from typing import Final

from core.board.lamps import UNHEARD, SoundShow
from tui import keys, labels
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, Pieces, cap
from tui.widgets.picture import Picture

CAPPED: Final = frozenset({Tone.TROUBLE_CAP, Tone.RING, Tone.RING_LOW})
KEYS: Final = {
    SoundShow.NO_SOUND: "sound.check",
    SoundShow.MUTED: "sound.mute",
    SoundShow.NOT_HEARD: "sound.check",
    SoundShow.ASKED: "sound.check",
    SoundShow.UNCHECKED: "sound.check",
}


def sound_pieces(picture: Picture) -> Pieces:
    """What is the matter first; a mute and a question are said whatever else is."""
    lamp, now = picture.sound, picture.now
    show = lamp.shown(now)
    more: Pieces = ()
    if show is not SoundShow.MUTED and lamp.mute is not None:
        more = (Piece(" "), *_with_key(SoundShow.MUTED, labels.muted(lamp, picture.zone)))
    elif show is not SoundShow.ASKED and lamp.is_asked(now):
        more = (Piece(" "), *_with_key(SoundShow.ASKED, labels.word(SoundShow.ASKED).text))
    words = labels.sound(lamp, now, picture.zone)
    if more or show not in KEYS:
        return (_front(show, words, is_low=show is SoundShow.RINGING and not picture.flash), *more)
    return _with_key(show, words)


def cannot_be_heard(picture: Picture) -> bool:
    """Ears can't be relied on now."""
    return picture.sound.shown(picture.now) in UNHEARD or picture.sound.is_muted


def rings_unheard(picture: Picture) -> bool:
    """Only eyes are left: the whole top line flashes."""
    return bool(picture.ringing) and cannot_be_heard(picture)


def _front(show: SoundShow, words: str, *, is_low: bool = False) -> Piece:
    shown = labels.word(show)
    tone = Tone.RING_LOW if is_low else shown.tone
    text = f"{shown.sign} {words}"
    return Piece(f" {text} " if tone in CAPPED else text, tone)


def _with_key(show: SoundShow, words: str) -> Pieces:
    return (_front(show, words), Piece(" "), cap(keys.cap(KEYS[show]), Tone.CAP))
