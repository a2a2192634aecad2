"""How the outside world stands, a lamp each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.domain.alert import Alert, Mute
from core.domain.sound_check import SoundCheck
from core.domain.sound_trouble import Troubles
from core.domain.vitals import Vitals


class Light(StrEnum):
    """Unknown is a state, not a guess."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


class LampKind(StrEnum):
    """What a lamp stands for."""

    STATION = "station"
    CHANNEL = "channel"
    COURIER = "courier"


@dataclass(frozen=True, kw_only=True)
class LampLine:
    """`heard_at` is the last word from there; `word` says what is wrong. Of a courier more is known: its `vitals`."""

    kind: LampKind
    name: str
    light: Light
    heard_at: datetime | None = None
    word: str = ""
    vitals: Vitals | None = None


def courier_lamp(name: str, vitals: Vitals, now: datetime | None = None) -> LampLine:
    """Yellow while it mends itself, red where it lasts or a person must act; `now` tells whether a pause is over."""
    light = next(light for light, is_so in _courier_claims(vitals, now) if is_so)
    word = vitals.trouble or vitals.letter_trouble
    return LampLine(kind=LampKind.COURIER, name=name, light=light, heard_at=vitals.heard_at, word=word, vitals=vitals)


def _courier_claims(vitals: Vitals, now: datetime | None) -> Iterator[tuple[Light, bool]]:
    yield Light.FAIL, vitals.is_locked_out or vitals.circuit.is_lasting
    yield Light.WARN, bool(vitals.trouble or vitals.letter_trouble)
    yield Light.WARN, now is not None and vitals.is_limited(now)
    yield Light.OK, vitals.heard_at is not None
    yield Light.UNKNOWN, True


class SoundShow(StrEnum):
    """What the sound lamp says, the worst first."""

    NO_SOUND = "no_sound"
    MUTED = "muted"
    NOT_HEARD = "not_heard"
    RINGING = "ringing"
    QUIET = "quiet"
    PLAYING = "playing"
    ASKED = "asked"
    OK = "ok"
    UNCHECKED = "unchecked"
    UNTRIED = "untried"


UNHEARD: Final = frozenset({SoundShow.NO_SOUND, SoundShow.MUTED, SoundShow.NOT_HEARD})
"""Nobody can rely on the ears now."""


@dataclass(frozen=True, kw_only=True)
class SoundLamp:
    """Whether the bell is heard: by which backend, whether a machine (`light`) and a person (`check`) say so.

    `rung_at`: the last noise. `check` is the last one answered, `question` the one that waits. `trouble` says why
    not; `mute` and `quiet_until` why it is silent on purpose. `called` is the last alert that was due, sounded or
    not, and `calls` counts them.
    """

    light: Light = Light.UNKNOWN
    backend: str = ""
    rung_at: datetime | None = None
    trouble: Troubles = ()
    is_ringing: bool = False
    is_playing: bool = False
    check: SoundCheck | None = None
    question: SoundCheck | None = None
    mute: Mute | None = None
    is_quiet: bool = False
    quiet_until: datetime | None = None
    silences_new: bool = False
    called: Alert | None = None
    calls: int = 0

    def shown(self, now: datetime) -> SoundShow:
        """The one thing it says."""
        return next(show for show, is_so in self._claims(now) if is_so)

    def is_asked(self, now: datetime) -> bool:
        """Beeps were played, and nobody has said yet how many."""
        return self.question is not None and self.question.is_asked(now)

    @property
    def is_muted(self) -> bool:
        """By a person, or by quiet hours that hold for new orders too."""
        return self.mute is not None or (self.is_quiet and self.silences_new)

    def _claims(self, now: datetime) -> Iterator[tuple[SoundShow, bool]]:
        check = self.check
        yield SoundShow.NO_SOUND, self.light is Light.FAIL
        yield SoundShow.MUTED, self.mute is not None
        yield SoundShow.NOT_HEARD, check is not None and check.is_wrong
        yield SoundShow.RINGING, self.is_ringing and not self.is_muted
        yield SoundShow.QUIET, self.is_quiet
        yield SoundShow.PLAYING, self.is_playing
        yield SoundShow.ASKED, self.is_asked(now)
        yield SoundShow.OK, check is not None and check.is_right
        yield SoundShow.UNCHECKED, self.light is not Light.UNKNOWN
        yield SoundShow.UNTRIED, True
