"""The keys of the bell: mute it, and prove that it is heard."""

from collections.abc import Callable
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button

from core.board.lamps import Light, SoundLamp
from core.domain.sound_check import SoundCheck
from core.domain.sound_trouble import Fault
from core.ports.bell import TERMINAL
from core.ports.desk import AlertDesk
from tui import keys, labels
from tui.i18n import _
from tui.screens.dialogs import Dialog, PickOne
from tui.screens.errands import errand
from tui.screens.page import Page

MINUTES: Final = (5.0, 15.0, 60.0, None)
DIGITS: Final = "0123456789"


class HowMany(Dialog[int]):
    """One digit answers at once; `again` plays the beeps once more while the question stays."""

    def __init__(self, question: str, facts: str, *, again: Callable[[], None]) -> None:
        super().__init__(question, facts)
        self._again = again

    def compose_body(self) -> ComposeResult:
        """A button for each number, the way back first."""
        with Horizontal(classes="answers"):
            yield Button(_("Back"), id="no", compact=True)
            yield Button(_("Play again"), id="again", compact=True)
        with Horizontal(classes="answers digits"):
            for digit in DIGITS:
                yield Button(digit, id=f"heard-{digit}", compact=True)

    def on_key(self, event: events.Key) -> None:
        """A digit is the answer."""
        if event.character and event.character in DIGITS:
            event.stop()
            self.dismiss(int(event.character))

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by arrows and Enter."""
        name = event.button.id or ""
        if name == "again":
            self._again()
        else:
            self.dismiss(int(name[-1]) if name.startswith("heard-") else None)


class SoundKeys(Page):
    """Z and O."""

    @property
    def alerts(self) -> AlertDesk:
        """Whose bell it is."""
        return self.around.alerts

    @errand
    async def action_mute(self) -> None:
        """For how long; pressed again, the bell is back."""
        if self.alerts.lamp.mute is not None:
            self.alerts.unmute()
            return self.say(_("The bell rings again."))
        facts = _("Screen and window title go on calling. The lamp says that it is muted.")
        at = await self.ask(PickOne(_("Mute the bell for how long?"), facts, options=_spans()))
        if at is not None:
            self.alerts.mute(MINUTES[at])
        return None

    @errand
    async def action_check_sound(self) -> None:
        """Answer, when beeps were played; else play some."""
        lamp = self.alerts.lamp
        if lamp.is_asked(self.around.clock.now()):
            return await self._ask_how_many()
        if words := _not_now(lamp):
            return self.say(words, is_bad=True)
        self.alerts.check_sound()
        return self.say(_listen(lamp), is_bad=lamp.light is Light.FAIL)

    async def _ask_how_many(self) -> None:
        facts = _("Press the number. 0: you heard nothing.")
        heard = await self.ask(HowMany(_("How many beeps did you hear?"), facts, again=self.alerts.check_sound))
        if heard is None:
            return None
        told = await self.alerts.answer(heard)
        if told is None:
            return self.say(_listen(self.alerts.lamp))
        return self.say(_result(told), is_bad=told.is_wrong)


def _spans() -> tuple[str, ...]:
    return tuple(_("{count} min").format(count=int(span)) if span else _("until I unmute") for span in MINUTES)


def _not_now(lamp: SoundLamp) -> str:
    """Why no beep could be heard."""
    if lamp.mute is not None:
        return _("The bell is muted: {key} first.").format(key=keys.cap("sound.mute"))
    is_off = any(one.fault is Fault.OFF for one in lamp.trouble)
    return _("Sound is off: [sound] backend in the config.") if is_off else ""


def _listen(lamp: SoundLamp) -> str:
    """What to do now; where no device plays, first what may be heard at all."""
    if lamp.light is not Light.FAIL:
        return _count(lamp)
    is_bell_left = lamp.backend == TERMINAL and all(one.backend != TERMINAL for one in lamp.trouble)
    words = _("Only the terminal's bell is left ({trouble}). {then}")
    if not is_bell_left:
        words = _("Perhaps nothing sounds ({trouble}). {then}")
    return words.format(trouble=labels.main_trouble(lamp.trouble), then=_count(lamp))


def _count(lamp: SoundLamp) -> str:
    key = keys.cap("sound.check")
    if lamp.is_ringing:
        return _("It rings now. The beeps come after; count them, then press {key}.").format(key=key)
    return _("Listen and count the beeps, then press {key}.").format(key=key)


def _result(told: SoundCheck) -> str:
    if told.is_right:
        return _("Right. The bell is heard.")
    return _("There were {played}. The next way to make a sound is tried: check it with {key}.").format(
        played=told.played, key=keys.cap("sound.check")
    )
