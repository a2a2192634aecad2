"""The bell, typed: is it heard, and silence for a while."""

from typing import Final

from tui.i18n import _, ngettext
from tui.plain.lines import sound_line
from tui.plain.questions import DIGITS
from tui.plain.session import Session
from tui.plain.speech import sentence

DAY: Final = 24 * 60  # minutes
MINUTES: Final = (5, 15, 60)


class SoundWork(Session):
    """sound, mute."""

    async def check_sound(self, words: list[str]) -> None:
        """Plays beeps to be counted; with a number behind it: so many were heard."""
        if words and words[0].isdecimal() and len(words[0]) <= DIGITS:
            return await self._heard(int(words[0]))
        if not self.alerts.lamp.is_asked(self.clock.now()):
            self.alerts.check_sound()
            return self.say(_("Beeps are played. Count them, then type sound and the number."))
        answer = await self.ask(_("How many beeps did you hear? Enter alone goes back."))
        return await self._heard(int(answer)) if answer.isdecimal() and len(answer) <= DIGITS else None

    async def mute(self, words: list[str]) -> None:
        """So many minutes; muted already, it is lifted."""
        if self.alerts.lamp.mute is not None:
            self.alerts.unmute()
            return self.say(_("The bell rings again."))
        if words:
            minutes = self.within(words[0], least=1, most=DAY)
            return None if minutes is None else self._mute(minutes)
        named = [ngettext("{count} minute", "{count} minutes", count).format(count=count) for count in MINUTES]
        at = await self.pick(_("No noise for how long?"), (*named, _("until I lift it")))
        return None if at is None else self._mute(MINUTES[at] if at < len(MINUTES) else None)

    async def _heard(self, count: int) -> None:
        check = await self.alerts.answer(count)
        if check is None:
            self.say(_("No beeps were played. Type sound, then count."))
        elif check.is_right:
            self.say(_("Right: the bell is heard."))
        else:
            words = _(
                "{heard} heard, {played} played: the bell is not heard as it should be. Another way is tried next."
            )
            self.say(words.format(heard=count, played=check.played))

    def _mute(self, minutes: float | None) -> None:
        self.alerts.mute(minutes)
        self.say(sentence(sound_line(self.alerts.lamp, self.now)))
