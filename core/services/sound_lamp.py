"""Keeps the sound lamp true: what a ring, a person's answer or a wish for silence says about it."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.board.lamps import Light, SoundLamp
from core.domain.alert import Alert, Chime, Mute, SoundRules
from core.domain.sound_check import SoundCheck
from core.domain.sound_trouble import Fault, SoundTrouble, Troubles
from core.ports.bell import Rung


class LampKeeper:
    """`lamp` is what is true now; `changed` wakes when it says something else."""

    def __init__(self, rules: SoundRules) -> None:
        self._rules = rules
        self._news = asyncio.Event()
        self.lamp = SoundLamp(silences_new=rules.quiet_new)

    async def changed(self) -> None:
        """Returns when the lamp is not what it was."""
        await self._news.wait()
        self._news.clear()

    def show(self, **facts: Any) -> None:
        """The same lamp with other facts."""
        lamp = replace(self.lamp, **facts)
        if lamp != self.lamp:
            self.lamp = lamp
            self._news.set()

    def pass_time(self, now: datetime) -> None:
        """A mute may have run out, quiet hours begun."""
        mute, quiet = self.lamp.mute, self._rules.quiet
        is_quiet = quiet is not None and quiet.is_open(now)
        until = quiet.closes_at(now) if quiet and is_quiet else None
        self.show(mute=mute if mute and mute.holds(now) else None, is_quiet=is_quiet, quiet_until=until)

    def is_silent(self, chime: Chime, now: datetime) -> bool:
        """A person or the config wants no such noise now."""
        mute = self.lamp.mute
        is_muted = mute is not None and mute.holds(now)
        return is_muted or chime in self._rules.never or self._rules.is_hushed(chime, now)

    def call(self, alert: Alert) -> None:
        """It was due, whether it sounds or not."""
        self.show(called=alert, calls=self.lamp.calls + 1)

    def mute(self, mute: Mute | None) -> None:
        """Silence, or its end."""
        self.show(mute=mute)

    def noise(self, at: datetime) -> None:
        """It made one."""
        self.show(rung_at=at)

    def take(self, rung: Rung) -> bool:
        """What a ring says; whether what a person said about it holds no more."""
        if rung.was_stopped:
            return False
        was, light = self.lamp.light, self._light(rung)
        self.show(light=light, backend=rung.backend, trouble=self._trouble(rung))
        is_back = was is Light.FAIL and light is Light.OK
        is_stale = self._is_stale(rung, light)
        if is_back or is_stale:
            self.show(check=None, question=None)
        return is_back or is_stale

    def ask(self, question: SoundCheck) -> None:
        """Beeps were played: that they were heard long ago is no answer any more, that they were not is."""
        check = self.lamp.check
        self.show(question=question, check=check if check is not None and check.is_wrong else None)

    def believe(self, check: SoundCheck) -> None:
        """A person's answer outranks what the machine thinks."""
        if check.is_right and not self._is_never_new:
            self.show(light=Light.OK, trouble=())
        self.show(check=check, question=None)

    def _is_stale(self, rung: Rung, light: Light) -> bool:
        """What was heard was another way, or is not there any more; what was not heard stays so until it is."""
        check = self.lamp.check or self.lamp.question
        if check is None or check.is_wrong:
            return False
        return check.backend != rung.backend or (light is Light.FAIL and check.is_right)

    def _light(self, rung: Rung) -> Light:
        if not rung.sounded or self._is_never_new:
            return Light.FAIL
        return Light.FAIL if rung.is_last_resort and not self._is_proven(rung) else Light.OK

    def _trouble(self, rung: Rung) -> Troubles:
        if self._is_never_new and rung.sounded:
            return (SoundTrouble(Fault.NO_VOLUME),)
        return rung.trouble or (rung.passed_over if rung.is_last_resort and not self._is_proven(rung) else ())

    def _is_proven(self, rung: Rung) -> bool:
        """Over SSH the terminal's bell may be the one thing that is heard."""
        check = self.lamp.check
        return check is not None and check.is_right and check.backend == rung.backend

    @property
    def _is_never_new(self) -> bool:
        return Chime.NEW in self._rules.never
