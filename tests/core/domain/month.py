"""A simulated month of a shop: rush hours, slow and quick bags, late drivers, couriers that grow slower."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from statistics import mean

from core.domain.call_advice import Advice, CallVerdict, TimerRules, Work, advise
from core.domain.purchase import OrderType
from core.domain.stage import Stage
from core.domain.timed import Packing, Ride, timings_of
from core.domain.timing import Timings
from tests.builders import TAIPEI, UBER, minutes

DAYS = 30
OPENS = datetime(2026, 10, 1, 9, tzinfo=TAIPEI)
ORDERS = (2, 2, 3, 6, 6, 3, 2, 2, 3, 7, 6, 3)  # by hour, from nine
LEAD = (6, 6, 7, 11, 12, 8, 6, 6, 8, 14, 12, 7)  # minutes
QUEUE = (2, 2, 3, 7, 7, 3, 2, 2, 3, 9, 7, 3)  # minutes until somebody begins
DRIFT = 0.3  # drivers take so much longer at the end of the month
LEARNED_EVERY = timedelta(hours=6)
NEWEST = 300


@dataclass(frozen=True)
class Order:
    """What will happen, whoever decides: the minutes of each piece, and how slow the driver is that day."""

    at: datetime
    picks: tuple[datetime, ...]
    ready_at: datetime
    slowness: float

    def arrival(self, called_at: datetime) -> datetime:
        """A driver called at that moment."""
        hour = min(max(called_at.astimezone(TAIPEI).hour - 9, 0), 11)
        drift = 1 + DRIFT * (called_at - OPENS) / timedelta(days=DAYS)
        return called_at + minutes(LEAD[hour] * self.slowness * drift)


@dataclass
class Waited:
    """Minutes, an order each."""

    driver: list[float] = field(default_factory=list)
    goods: list[float] = field(default_factory=list)

    def note(self, ready_at: datetime, arrival: datetime) -> None:
        gap = (arrival - ready_at) / timedelta(minutes=1)
        self.driver.append(max(0.0, -gap))
        self.goods.append(max(0.0, gap))

    @property
    def both(self) -> float:
        return mean(self.driver) + mean(self.goods)


def month(seed: int) -> list[Order]:
    """All orders, oldest first."""
    chance = Random(seed)
    return [order for day in range(DAYS) for order in _day(chance, OPENS + timedelta(days=day))]


def _day(chance: Random, opens: datetime) -> Iterator[Order]:
    for hour, count in enumerate(ORDERS):
        for at in sorted(chance.uniform(0, 60) for _ in range(chance.randint(count - 1, count + 1))):
            yield _order(chance, opens + timedelta(hours=hour, minutes=at), hour)


def _order(chance: Random, at: datetime, hour: int) -> Order:
    now, picks, pace = (
        at + minutes(chance.expovariate(1 / QUEUE[hour])),
        list[datetime](),
        chance.lognormvariate(0, 0.3),
    )
    for _piece in range(chance.randint(1, 8)):
        now += minutes(pace * chance.uniform(1, 3))
        picks.append(now)
    return Order(at, tuple(picks), now + minutes(pace * chance.uniform(1, 3)), chance.lognormvariate(0, 0.3))


def naive(orders: list[Order], called_at: Callable[[Order], datetime]) -> Waited:
    """Always at the same step."""
    waited = Waited()
    for order in orders:
        waited.note(order.ready_at, order.arrival(called_at(order)))
    return waited


class Timed:
    """A shop that does as it is advised, and knows nothing but what it has written down itself."""

    def __init__(self, rules: TimerRules, *, tells_arrival: bool = True) -> None:
        self.rules = rules
        self.tells_arrival = tells_arrival
        self.rides: list[Ride] = []
        self.packings: list[Packing] = []
        self.early = 0
        self._timings = Timings(TAIPEI)
        self._learned_at: datetime | None = None

    def live_through(self, orders: list[Order]) -> Waited:
        waited = Waited()
        for order in orders:
            called_at = self._called_at(order)
            arrival = order.arrival(called_at)
            waited.note(order.ready_at, arrival)
            self.early += called_at < order.ready_at
            self._write_down(order, called_at, arrival)
        return waited

    def _called_at(self, order: Order) -> datetime:
        """Looks whenever something happens to the order, and every other minute."""
        self._learn(order.at)
        now = order.at
        while now < order.ready_at:
            advice = self._advice(order, now)
            if advice.verdict(now) is CallVerdict.NOW:
                return now
            now = self._next_look(order, now, advice)
        return order.ready_at

    def _advice(self, order: Order, now: datetime) -> Advice:
        picked = sum(1 for at in order.picks if at <= now)
        work = Work(
            stage=Stage.PREPARING, type=OrderType.DELIVERY, pieces=len(order.picks), picked=picked, since=order.at
        )
        advice = advise(now, work, UBER, self._timings, self.rules)
        assert advice is not None
        return advice

    def _next_look(self, order: Order, now: datetime, advice: Advice) -> datetime:
        news = [at for at in (*order.picks, order.ready_at) if at > now]
        due = [advice.call_at] if advice.call_at else []
        return min([now + timedelta(minutes=2), *news, *due])

    def _learn(self, now: datetime) -> None:
        if self._learned_at is None or now - self._learned_at >= LEARNED_EVERY:
            self._learned_at = now
            known = [one for one in self.rides if (one.picked_up_at or now) < now][-NEWEST:]
            packed = [one for one in self.packings if one.ready_at < now][-NEWEST:]
            self._timings = timings_of(known, packed, TAIPEI, now, self.rules.records_needed)

    def _write_down(self, order: Order, called_at: datetime, arrival: datetime) -> None:
        ride = Ride(
            courier=UBER,
            called_at=called_at,
            at_store_at=arrival if self.tells_arrival else None,
            picked_up_at=max(arrival, order.ready_at) + minutes(0.5),
            ready_at=order.ready_at,
        )
        self.rides.append(ride)
        self.packings.append(
            Packing(accepted_at=order.at, ready_at=order.ready_at, pieces=len(order.picks), begun_at=order.picks[0])
        )
