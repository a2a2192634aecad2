"""Where a driver is and when he is expected, with its age; what was not told is said to be unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final

from core.board.drivers import DriverLine
from core.domain.delivery import DeliveryState
from tui.i18n import _
from tui.labels.amounts import number
from tui.labels.times import ago, clock
from tui.labels.tones import Tone

_S: Final = DeliveryState
ON_THE_WAY_HERE: Final = frozenset({_S.HEADING_TO_STORE, _S.RETURNING})
WITH_GOODS: Final = frozenset({_S.PICKED_UP})
OLD: Final = timedelta(minutes=5)  # of a time that was told: it may have moved since
NOW: Final = timedelta(minutes=1)  # in a list nothing counts the seconds of what is younger
JOIN: Final = " · "


@dataclass(frozen=True)
class Said:
    """Some words, and what they mean."""

    text: str
    tone: Tone = Tone.STRONG


def untold(what: str = "") -> Said:
    """`– not told`: nothing is guessed."""
    return Said(f"– {_('not told: {what}').format(what=what) if what else _('not told')}", Tone.MUTED)


def distance(metres: int) -> str:
    """`40 m`, `1.2 km`, `14 km`: no finer than anybody walks."""
    if (shown := rounded(metres)) < 1000:
        return _("{count} m").format(count=shown)
    return _("{count} km").format(count=kilometres(shown))


def rounded(metres: int) -> int:
    """To single metres at one's feet, then to ten, a hundred, a thousand."""
    return round(metres, 0 if metres < 20 else -1 if metres < 995 else -2 if metres < 9950 else -3)


def kilometres(metres: int) -> str:
    """`1.2`, as the language writes it."""
    return number(Decimal(metres) / 1000)


def spots(line: DriverLine, now: datetime) -> Iterator[Said]:
    """How far from the end that counts now, how long ago that was, and how far from the other one."""
    if line.place is None:
        yield untold()
        return
    tone, (first, *other) = _tone(line, now), _ends(line)
    yield Said(first, tone)
    yield Said(_age(line.place.at, now), tone)
    yield from (Said(words, Tone.MUTED) for words in other)


def short_spot(line: DriverLine, now: datetime) -> Said:
    """How far from the end that counts, and how old that is; nothing where it was not told."""
    metres = line.to_door if line.state in WITH_GOODS else line.to_store
    if line.place is None:
        return Said("", Tone.MUTED)
    words = _ends(line)[0] if metres is None else distance(metres)
    is_new = line.place.at is not None and now - line.place.at < NOW
    return Said(_(", ").join((words, _("just now") if is_new else _age(line.place.at, now))), _tone(line, now))


def spot(line: DriverLine, now: datetime) -> Said:
    """The same, or that nobody told."""
    return short_spot(line, now) if line.place else Said(f"– {_('position not told')}", Tone.MUTED)


def near(line: DriverLine, now: datetime) -> str:
    """Of one whose courier has not said that he is here; empty when he is not, or was not seen lately."""
    return _("near the store (by position)") if line.is_near and line.is_fresh(now) else ""


def expected(at: datetime | None, line: DriverLine, now: datetime, zone: tzinfo) -> Iterator[Said]:
    """`14:37, in 5 min`, and when that was told; a time that is over says so, and one told long ago is pale."""
    if at is None:
        yield untold()
        return
    is_old = line.eta_at is None or now - line.eta_at > OLD
    words = _("was due {at}, {time} ago") if at < now else _("{at}, in {time}")
    tone = Tone.TROUBLE if at < now else Tone.MUTED if is_old else Tone.STRONG
    yield Said(words.format(at=clock(at, zone), time=ago(abs(at - now))), tone)
    told = _("told {time} ago").format(time=ago(now - line.eta_at)) if line.eta_at else _("age unknown")
    yield Said(told, Tone.MUTED)


def next_time(line: DriverLine) -> datetime | None:
    """The expected time that counts now."""
    if line.state in WITH_GOODS:
        return line.eta_door
    return line.eta_store if line.state in (_S.MATCHING, *ON_THE_WAY_HERE) else None


def short_expected(line: DriverLine, now: datetime, zone: tzinfo) -> Said:
    """`here 14:37`, `there 14:52`, `due 14:32` when that is over; nothing where no time was told."""
    at = next_time(line)
    if at is None:
        return Said("", Tone.MUTED)
    if at < now:
        return Said(_("due {at}").format(at=clock(at, zone)), Tone.TROUBLE)
    words = _("there {at}") if line.state in WITH_GOODS else _("here {at}")
    is_old = line.eta_at is None or now - line.eta_at > OLD
    return Said(words.format(at=clock(at, zone)), Tone.MUTED if is_old else Tone.PLAIN)


def long_expected(line: DriverLine, now: datetime, zone: tzinfo) -> Said:
    """`here 14:37, in 5 min, told 2 min ago`; or that nobody told."""
    at = next_time(line)
    if at is None:
        return Said(f"– {_('time not told')}", Tone.MUTED)
    first = short_expected(line, now, zone)
    words = _("{when}, {time} ago") if at < now else _("{when}, in {time}")
    said = words.format(when=first.text, time=ago(abs(at - now)))
    return Said(_(", ").join((said, *_told_ago(line, now))), first.tone)


def swap(line: DriverLine, now: datetime) -> str:
    """Who took over, or gave it back, a moment ago; empty when nobody did."""
    if line.changed_at is None or not line.has_swapped(now):
        return ""
    time = ago(now - line.changed_at)
    if line.state is _S.MATCHING:
        words = _("driver gave it back {time} ago: {name}") if line.former else _("driver gave it back {time} ago")
        return words.format(time=time, name=line.former)
    words = _("driver changed {time} ago: was {former}, now {name}")
    return words.format(time=time, former=line.former, name=line.driver or line.plate or line.phone or "–")


def person(line: DriverLine) -> Iterator[Said]:
    """Name and phone; then what of it nobody told."""
    if line.state is _S.MATCHING:
        yield Said(f"– {_('nobody yet')}", Tone.MUTED)
        return
    yield from _told({_("name"): line.driver, _("phone"): line.phone})


def vehicle(line: DriverLine) -> Iterator[Said]:
    """Kind and plate, likewise."""
    yield from _told({_("vehicle"): line.vehicle, _("plate"): line.plate})


def _told(facts: dict[str, str]) -> Iterator[Said]:
    known = [fact for fact in facts.values() if fact]
    missing = _(", ").join(name for name, fact in facts.items() if not fact)
    yield from map(Said, known)
    if missing:
        yield untold(missing) if known else untold()


def rider(line: DriverLine) -> str:
    """Who rides, as far as told."""
    return JOIN.join(part for part in (line.driver, line.plate, line.phone) if part)


def _told_ago(line: DriverLine, now: datetime) -> tuple[str, ...]:
    """How old an expected time is, where it is not fresh."""
    if line.eta_at is None:
        return (_("age unknown"),)
    return () if now - line.eta_at < NOW else (_("told {time} ago").format(time=ago(now - line.eta_at)),)


def _tone(line: DriverLine, now: datetime) -> Tone:
    """A driver seen long ago may be anywhere."""
    return Tone.STRONG if line.is_fresh(now) else Tone.MUTED


def _ends(line: DriverLine) -> list[str]:
    """Distances, the one that counts first; a bare place where neither end is on the map."""
    ends = [(_("{distance} from the store"), line.to_store), (_("{distance} from the door"), line.to_door)]
    told = [words.format(distance=distance(metres)) for words, metres in ends if metres is not None]
    if not told and line.place is not None:
        return [f"{line.place.latitude:.4f}, {line.place.longitude:.4f}"]
    return told[::-1] if line.state in WITH_GOODS else told


def _age(at: datetime | None, now: datetime) -> str:
    return _("{time} old").format(time=ago(now - at)) if at else _("age unknown")
