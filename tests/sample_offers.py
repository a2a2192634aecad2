"""Ready-made offers of couriers for the shop of `samples`: one is cheap, one quick, one late, one too small."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.domain.choice import Choice, Comparison, choose
from core.domain.fit import Fit, Limit, Misfit
from core.domain.ids import CourierName
from core.domain.money import Money
from core.domain.offer import Answer, Offer
from core.domain.quote import Quote
from core.domain.why import Reason, Why
from core.domain.wish import Policy, Wish

UBER, PANDAGO, LALAMOVE, DOORDASH = map(CourierName, ("uber", "pandago", "lalamove", "doordash"))
CHEAPEST = Wish(policy=Policy.CHEAPEST, prefer=(UBER, PANDAGO, LALAMOVE, DOORDASH))
TOO_HEAVY = Fit(courier=DOORDASH, misfits=(Misfit(Limit.WEIGHT, "14.2", "13"),))
UBER_PREFERRED = Choice(courier=UBER, why=Why(reason=Reason.PREFERRED))
BY_HAND = Why(reason=Reason.NAMED)


def quoted(
    courier: CourierName, dollars: int, now: datetime, *, store: float = 9, door: float | None = 24, holds: float = 5
) -> Offer:
    """Minutes from `now`."""
    quote = Quote(
        courier=courier,
        ref=f"q-{courier}",
        fee=Money(dollars * 100, "TWD"),
        expires_at=now + timedelta(minutes=holds),
        at_store=now + timedelta(minutes=store),
        at_door=None if door is None else now + timedelta(minutes=door),
    )
    return Offer(courier=courier, answer=Answer.QUOTED, quote=quote)


def compared(now: datetime, wish: Wish = CHEAPEST) -> tuple[Comparison, ...]:
    """As answers come."""
    asking = {name: Offer(courier=name) for name in (UBER, PANDAGO, LALAMOVE)}
    small = Offer(courier=DOORDASH, answer=Answer.MISFIT, fits=(TOO_HEAVY,))
    answers = (
        quoted(PANDAGO, 82, now, store=4, door=19, holds=15),
        quoted(UBER, 65, now),
        Offer(courier=LALAMOVE, answer=Answer.LATE),
    )
    told, states = dict(asking), [Comparison(offers=(*asking.values(), small))]
    for offer in answers:
        told[offer.courier] = offer
        states.append(Comparison(offers=(*told.values(), small)))
    done = states.pop()
    return (*states, Comparison(offers=done.offers, choice=choose(done.offers, wish, now)))


def limited(dollars: int) -> Wish:
    """The preferred one, for at most so much."""
    return replace(CHEAPEST, policy=Policy.PREFERRED, max_fee=Money(dollars * 100, "TWD"))


def over(offer: Offer) -> Offer:
    """One that only a person may take."""
    return replace(offer, is_over=True)
