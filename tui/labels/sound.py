"""The bell in words: how it is, what is wrong with it, how to mend it, what it rang for."""

from datetime import datetime, tzinfo
from typing import Final

from core.board.lamps import SoundLamp, SoundShow
from core.domain.alert import Alert, Chime
from core.domain.sound_trouble import Fault, SoundTrouble, Troubles
from tui.i18n import N_, _
from tui.labels.times import clock
from tui.labels.words import word

BACKENDS: Final = {
    "simpleaudio": "simpleaudio",
    "miniaudio": "miniaudio",
    "system": N_("the system's player"),
    "bell": N_("the terminal's bell"),
    "browser": N_("the browser"),
}
MENDS: Final[dict[Fault, str]] = {
    Fault.OFF: N_("set sound.backend in the config"),
    Fault.NO_VOLUME: N_("set sound.volume and sound.volumes in the config"),
    Fault.NO_DEVICE: N_("connect a loudspeaker, or close the program that holds it"),
    Fault.BAD_FILE: N_("reinstall Orderbell"),
    Fault.CRASHED: N_("choose another sound.backend in the config"),
    Fault.FAILED: N_("choose another sound.backend in the config"),
    Fault.TOO_LONG: N_("restart the sound server"),
    Fault.BLOCKED: N_("click in the page once"),
    Fault.CANNOT_START: N_("is Python still where it was?"),
}
INSTALLS: Final = {
    "simpleaudio": N_("it needs a C compiler and ALSA headers: libasound2-dev"),
    "miniaudio": "pip install miniaudio",
    "system": N_("install alsa-utils or pulseaudio-utils"),
}
NAMED: Final = 5  # of a burst no more are named
_BY: Final = N_("{backend}: {trouble}")


def backend(name: str) -> str:
    """The way a sound is made; a name nobody knows stays as it is."""
    return _(BACKENDS[name]) if name in BACKENDS else name


def trouble(found: SoundTrouble) -> str:
    """One way and what was wrong with it."""
    words = fault(found)
    return _(_BY).format(backend=backend(found.backend), trouble=words) if found.backend else words


def fault(found: SoundTrouble) -> str:
    """What was wrong, without the way."""
    return f"{word(found.fault).text} ({found.code})" if found.code else word(found.fault).text


def mend(found: SoundTrouble) -> str:
    """What to do about it; empty where nothing can be done."""
    if found.fault is Fault.NOT_INSTALLED:
        return _(INSTALLS.get(found.backend, ""))
    return _(MENDS[found.fault]) if found.fault in MENDS else ""


def main_trouble(troubles: Troubles) -> str:
    """The one that staff can mend best: a missing device rather than a library that was never there."""
    of_devices = next((one for one in troubles if one.fault is Fault.NO_DEVICE), None)
    first = of_devices or next((one for one in troubles if one.fault is not Fault.NOT_INSTALLED), None)
    if first is None:
        return trouble(troubles[0]) if troubles else _("no sound can be made")
    return fault(first)


def sound(lamp: SoundLamp, now: datetime, zone: tzinfo) -> str:
    """The lamp's words without sign and key: `SOUND OK 09:02 Mei`."""
    show = lamp.shown(now)
    said = word(show).text
    if show is SoundShow.NO_SOUND:
        return f"{said}: {main_trouble(lamp.trouble)}"
    return f"{said} {_details(lamp, show, zone)}".rstrip()


def muted(lamp: SoundLamp, zone: tzinfo) -> str:
    """`MUTED until 14:45 Mei`."""
    return f"{word(SoundShow.MUTED).text} {_details(lamp, SoundShow.MUTED, zone)}"


def called(alert: Alert) -> str:
    """What a chime was for: `order cancelled: #1042`."""
    said = word(alert.chime).text
    if not alert.about:
        return _("the store cannot be read") if alert.chime is Chime.FEED_DOWN else said
    names = alert.about if alert.chime is Chime.FEED_DOWN else tuple(f"#{number}" for number in alert.about)
    more = "" if len(names) <= NAMED else " …"
    return f"{said}: {', '.join(names[:NAMED])}{more}"


def _details(lamp: SoundLamp, show: SoundShow, zone: tzinfo) -> str:
    if show is SoundShow.MUTED and lamp.mute is not None:
        until = _("until {time}").format(time=clock(lamp.mute.until, zone)) if lamp.mute.until else ""
        return f"{until} {lamp.mute.by}".strip()
    if show is SoundShow.QUIET and lamp.quiet_until is not None:
        return _("until {time}").format(time=clock(lamp.quiet_until, zone))
    if show in (SoundShow.OK, SoundShow.NOT_HEARD) and lamp.check is not None:
        return f"{clock(lamp.check.at, zone)} {lamp.check.by or ''}".strip()
    return ""
