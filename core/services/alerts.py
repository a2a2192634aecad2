"""Rings until a person has it: works out what must be heard from the board, and keeps the bell going."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from logging import getLogger
from typing import Final

from core.board.alerts import loudness, ringing, starts_to_ring
from core.board.board import Board
from core.board.lamps import Light, SoundLamp
from core.domain.alert import Alert, Chime, Mute, SoundRules
from core.domain.events import Event, SoundChecked
from core.domain.hours import OpeningHours
from core.domain.ids import StaffId
from core.domain.sound_check import SoundCheck
from core.ports.bell import TERMINAL, Bell, Rung
from core.ports.clock import Clock
from core.services.hearing import Beeps, Hearing, two_to_four
from core.services.occasions import Occasions, Pending
from core.services.sound_lamp import LampKeeper

logger = getLogger(__name__)
PAUSES: Final = (3.0, 2.0, 1.0, 0.2)  # wall seconds between two rings: fewer with every reminder
RINGS: Final = frozenset({Chime.NEW, Chime.REMINDER})  # go on until a person acts
LOOK_AGAIN: Final = 0.5  # time alone can make an order ring
GAP: Final = 0.7  # between two beeps that are to be counted
PROBE_AGAIN: Final = {Light.FAIL: 30.0, Light.OK: 300.0, Light.UNKNOWN: 0.0}  # wall seconds, when nothing sounds

Note = Callable[[Event], Awaitable[None]]
"""Writes to the journal."""


async def nowhere(event: Event) -> None:
    """A terminal that keeps no journal."""


class Alerts:
    """One a terminal. What rings follows from how things stand, so a restart rings for what still waits."""

    def __init__(
        self,
        bell: Bell,
        clock: Clock,
        *,
        by: StaffId,
        rules: SoundRules | None = None,
        hours: OpeningHours | None = None,
        note: Note = nowhere,
        beeps: Beeps = two_to_four,
    ) -> None:
        rules = rules or SoundRules()
        self._bell, self._clock, self._by, self._note = bell, clock, by, note
        self._keeper, self._hearing = LampKeeper(rules), Hearing(rules, hours, beeps)
        self._occasions, self._pending = Occasions(by), Pending()
        self._board, self._has_heard = Board(), False
        self._news = asyncio.Event()
        self._sounding: Chime | None = None
        self._tried_at: float | None = None

    @property
    def lamp(self) -> SoundLamp:
        """Whether the bell is heard."""
        return self._keeper.lamp

    async def changed(self) -> None:
        """Returns when the lamp is not what it was."""
        await self._keeper.changed()

    def hear(self, board: Board, events: Iterable[Event] = ()) -> None:
        """Taken up on any terminal: the sound stops in the middle."""
        now, before = self._clock.now(), self._board
        self._pending.add(self._occasions.hear(board, events, now))
        self._board, self._has_heard = board, True
        is_news = starts_to_ring(before, board, now)  # other boards must not make the bell stutter
        is_over = self.lamp.is_ringing and not self._must_ring()
        if is_over and self._sounding in RINGS:
            self._bell.hush()
        if self._pending or is_news or is_over:
            self._cut_in()

    def lose(self) -> None:
        """The store cannot be read: heard once a loss, for the follower tells it once."""
        self._pending.add([Alert(Chime.FEED_DOWN)])
        self._cut_in()

    def mute(self, minutes: float | None) -> None:
        """No noise for so long, None: until `unmute`; eyes are served all the same."""
        until = self._clock.now() + timedelta(minutes=minutes) if minutes is not None else None
        self._keeper.mute(Mute(by=self._by, until=until))
        self._bell.hush()
        self._news.set()

    def unmute(self) -> None:
        """What rings is heard at once."""
        self._keeper.mute(None)
        self._news.set()

    def check_sound(self) -> None:
        """Play beeps to be counted, as soon as nothing rings."""
        self._hearing.ask()
        self._news.set()

    async def answer(self, heard: int) -> SoundCheck | None:
        """So many beeps were heard; None when nothing is asked."""
        now, asked = self._clock.now(), self.lamp.question
        if asked is None or not asked.is_asked(now):
            return None
        told = asked.answered(heard, by=self._by, at=now)
        self._keeper.believe(told)
        if told.is_wrong:
            self._bell.distrust(told.backend)
            self._tried_at = None
        await self._write_down(told)
        return told

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._news.clear()
                await self._turn()
        finally:
            self._bell.hush()

    async def _turn(self) -> None:
        """The bell first, then what is heard once, then what can wait for a silent moment."""
        self._keeper.pass_time(self._clock.now())
        rang, loud = self._must_ring(), self._loudness()
        self._keeper.show(is_ringing=rang)
        if rang:
            await self._sound(Chime.REMINDER if loud else Chime.NEW)
        self._pending.add(self._occasions.pass_time(self._clock.now()))
        if once := self._pending.take():
            self._keeper.call(once)
            await self._sound(once.chime)
        elif not rang:
            await self._rest()
        if rang:
            await self._pause(PAUSES[min(loud, len(PAUSES) - 1)])

    async def _rest(self) -> None:
        """Nothing is due."""
        if self._probe_is_due():
            self._take(await self._unless_needed(self._bell.probe))
        elif self._check_is_due(self._clock.now()):
            await self._play_check()
        else:
            await self._pause(LOOK_AGAIN)

    async def _sound(self, chime: Chime) -> None:
        if not self._keeper.is_silent(chime, self._clock.now()):
            await self._ring(chime)

    async def _ring(self, chime: Chime) -> Rung:
        self._sounding = chime
        try:
            rung = await self._bell.ring(chime)
        finally:
            self._sounding = None
        self._hearing.noise(now := self._clock.now())
        self._keeper.noise(now)
        self._take(rung)
        return rung

    async def _unless_needed(self, probe: Callable[[], Awaitable[Rung]]) -> Rung:
        """Like a beep it gives way to a ring."""
        self._sounding = Chime.CHECK
        try:
            return await probe()
        finally:
            self._sounding = None

    def _take(self, rung: Rung) -> None:
        if not rung.was_stopped:
            self._tried_at = asyncio.get_running_loop().time()
        if self._keeper.take(rung):
            self._hearing.want()

    def _cut_in(self) -> None:
        """What can be played again later gives way."""
        if self._sounding is Chime.CHECK:
            self._bell.hush()
        self._news.set()

    async def _pause(self, seconds: float) -> None:
        """Cut short by news, also by what came while a sound was played."""
        # `wait_for` of Python 3.11 may swallow a cancellation that comes together with the news.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _must_ring(self) -> bool:
        return any(True for _ in ringing(self._board, self._clock.now()))

    def _loudness(self) -> int:
        """Grows with every reminder of what rings (L13)."""
        return loudness(ringing(self._board, self._clock.now()))

    def _probe_is_due(self) -> bool:
        patience = PROBE_AGAIN[self.lamp.light]
        return self._tried_at is None or asyncio.get_running_loop().time() - self._tried_at >= patience

    def _check_is_due(self, now: datetime) -> bool:
        if not self._has_heard or not self._hearing.is_due(now):
            return False
        if self._hearing.is_asked_for:  # by a person, who may want it in quiet hours too
            return self.lamp.mute is None
        return self._can_sound and not self._keeper.is_silent(Chime.CHECK, now)

    @property
    def _can_sound(self) -> bool:
        """By a device, or at least by the terminal."""
        return self.lamp.light is Light.OK or self.lamp.backend == TERMINAL

    async def _play_check(self) -> None:
        """A ring that is due cuts in; then all the beeps are played anew afterwards."""
        self._keeper.show(is_playing=True, question=None)
        try:
            count = self._hearing.beeps()
            last = await self._beep(count)
        finally:
            self._keeper.show(is_playing=False)
        if last is None:
            return
        now = self._clock.now()
        self._hearing.done(now)
        if last.sounded:
            self._keeper.ask(SoundCheck(played=count, backend=last.backend, at=now))

    async def _beep(self, count: int) -> Rung | None:
        """The last beep, or the one that failed; None when something cut in or another way took over."""
        ways = set()
        for beep in range(count):
            if not await self._is_silent_for(GAP if beep else 0):
                return None
            rung = await self._ring(Chime.CHECK)
            ways.add(rung.backend)
            if rung.was_stopped or len(ways) > 1:
                return None
            if not rung.sounded:
                return rung
        return rung

    async def _is_silent_for(self, seconds: float) -> bool:
        """Wait, unless a ring or a mute comes first."""
        end = asyncio.get_running_loop().time() + seconds
        while not (self._pending or self._must_ring() or self.lamp.mute):
            self._news.clear()
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return True
            await self._pause(left)
        return False

    async def _write_down(self, told: SoundCheck) -> None:
        """For the morning somebody asks whether the bell was tried; a store that is away keeps nobody from it."""
        event = SoundChecked(
            order_id=None,
            at=told.at,
            by=self._by,
            backend=told.backend,
            played=told.played,
            heard=told.heard or 0,
        )
        try:
            await self._note(event)
        except Exception:
            logger.warning("a sound check could not be written down", exc_info=True)
