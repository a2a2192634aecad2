"""Looking: what needs a hand, one order, all orders, drivers, load, history; finding by words and codes."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Final

from core.board.alerts import rings
from core.board.day_load import DayLoad
from core.board.orders import Lane, QueueLine
from core.domain.ids import OrderId
from tui import labels
from tui.i18n import _, ngettext
from tui.plain import sheet as reading, speech
from tui.plain.care_work import CareWork
from tui.plain.commands import word_of
from tui.plain.couriers import courier_lines
from tui.plain.lines import counts, lamp_line, load_lines, order_line, sound_line
from tui.plain.rides import driver_line
from tui.plain.speech import sentence, spoken

PAGE: Final = 20  # lines said at once
LANES: Final = {lane.value: lane for lane in Lane}


class LookWork(CareWork):
    """next, show, list, drivers, load, journal, history, status, find, and whatever a scanner reads."""

    async def next(self, words: list[str]) -> None:
        """To what needs a hand most."""
        await self.settled()
        urgent = self.picture.urgent
        if urgent is None:
            return self.say(_("Nothing needs your hand."), *self._waiting())
        return await self.go_to(urgent.order_id)

    async def go_to(self, order_id: OrderId) -> None:
        """From now on this order is meant: its line, what must not be overlooked, and what leads on."""
        self.choose(order_id)
        self.say(*reading.brief(await self.sheet(order_id), self.now))

    async def where(self, words: list[str]) -> None:
        """The order that is meant, in short; with none meant, how things stand."""
        if self.order_id is None:
            return self.say(self.summary(), *self._hint())
        return self.say(*reading.short(await self.sheet(self.order_id), self.now))

    async def show_order(self, words: list[str]) -> None:
        """Everything about the order named or meant; with none meant, how things stand."""
        if (order_id := await self.take_order(words)) is not None:
            self.say(*reading.whole(await self.sheet(order_id), self.now))

    async def history(self, words: list[str]) -> None:
        """All of it, newest first."""
        if (order_id := await self.take_order(words)) is not None:
            self.say(*reading.history(await self.sheet(order_id), self.now))

    async def orders(self, words: list[str]) -> None:
        """What needs a hand, in reading order; `list all`, `list ready`, `list from 21`."""
        await self.settled()
        name = words[0].casefold() if words else ""
        lines = self._listed(name)
        start = int(words[-1]) if words and words[-1].isdecimal() else 1
        self.say(self.summary())
        self._say_page(lines, start, "all" if name == "from" else name)

    async def drivers(self, words: list[str]) -> None:
        """The one at the door first."""
        await self.settled()
        lines = self.board.drivers
        self.say(*(driver_line(line, self.now) for line in lines[:PAGE]) if lines else (_("No driver is under way."),))

    async def load(self, words: list[str]) -> None:
        """The hour against the cap, and the day hour by hour."""
        await self.settled()
        self.say(*load_lines(self.board.load, self.now), *_day(await self.desk.day(), self.now.zone))

    async def journal(self, words: list[str]) -> None:
        """What happened last in the shop, newest first."""
        lines = await self.desk.journal()
        for line in lines[:PAGE]:
            at = labels.clock(line.event.at, self.now.zone)
            number = speech.order(line.number) if line.number else ""
            self.say(sentence(at, number, spoken(labels.happened(line.event, self.now.zone))))
        if not lines:
            self.say(_("Nothing happened yet."))

    async def status(self, words: list[str]) -> None:
        """The bell and the outside world."""
        await self.settled()
        self.say(sound_line(self.alerts.lamp, self.now), *(lamp_line(lamp, self.now) for lamp in self.board.lamps))

    async def couriers(self, words: list[str]) -> None:
        """How each answers."""
        await self.settled()
        lines = [words for lamp in self.board.lamps for words in courier_lines(lamp, self.now)]
        self.say(*lines or (_("No courier is known yet."),))

    def summary(self) -> str:
        """How many need a hand."""
        return counts(self.board.queue, len(self.board.problems))

    def _listed(self, name: str) -> Sequence[QueueLine]:
        if name in LANES:
            return [line for line in self.board.queue if line.lane is LANES[name]]
        if name in ("all", "from"):
            return self.board.queue
        return [line for line in self.board.queue if line.needs_hand]

    def _say_page(self, lines: Sequence[QueueLine], start: int, name: str) -> None:
        now = self.now
        shown = lines[start - 1 : start - 1 + PAGE]
        self.say(*(order_line(line, now, rings=rings(line, now.at)) for line in shown))
        if (left := len(lines) - (start - 1) - len(shown)) > 0:
            words = _("{count} more: type {command}.")
            self.say(words.format(count=left, command=f"list {name} {start + PAGE}".replace("  ", " ")))

    def _waiting(self) -> tuple[str, ...]:
        """What one waits for, where nothing needs a hand."""
        drivers, problems = len(self.board.drivers), len(self.board.problems)
        ways = ngettext("{count} driver under way", "{count} drivers under way", drivers).format(count=drivers)
        wrong = ngettext("{count} problem", "{count} problems", problems).format(count=problems)
        return tuple(
            sentence(words, _("type {command}").format(command=word_of(page)))
            for words, count, page in ((ways, drivers, "page.drivers"), (wrong, problems, "page.problems"))
            if count
        )

    def _hint(self) -> tuple[str, ...]:
        urgent = self.picture.urgent
        return (_("Type next to go to {order}.").format(order=speech.order(urgent.number)),) if urgent else ()


def _day(day: DayLoad, zone: tzinfo) -> Iterable[str]:
    """The hours of today that say something."""
    for hour in day.shown:
        if not (hour.accepted or hour.promised or hour.usual):
            continue
        usual = _("usually {count}").format(count=round(hour.usual)) if hour.usual else ""
        promised = _("{count} promised").format(count=hour.promised) if hour.promised else ""
        yield sentence(
            labels.clock(hour.span.start, zone),
            _("{count} accepted").format(count=hour.accepted),
            promised,
            usual,
        )
