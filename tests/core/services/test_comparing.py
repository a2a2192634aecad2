"""Live offers over the desk: everybody in time, the store's pick, and a call that carries offer and reason."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.domain.choice import Comparison
from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.limits import CourierLimits
from core.domain.money import Money
from core.domain.offer import Answer
from core.domain.purchase import OrderType
from core.domain.quote import Quote
from core.domain.refusal import NoCourier, NoOffer, NotReady, OverLimits
from core.domain.why import Reason, unpacked
from core.domain.wish import DispatchRules, Policy, Wish
from core.ports.courier import Ability, CourierRefused
from core.services.choosing import Choosing
from core.services.comparing import Comparing
from core.services.desk import StoreDesk
from core.services.dispatch import DispatchService
from core.services.quoting import Quoting
from tests.builders import MEI, RULES, line, purchase
from tests.core.fake_courier import FakeCourier
from tests.core.shop import Shop
from tests.sample_offers import quoted

ID = purchase().order_id
CHEAPEST = Wish(policy=Policy.CHEAPEST)
NONE: Mapping[str, int] = {}


@dataclass
class Priced(FakeCourier):
    """Charges so many dollars; none: it never answers; below none: it refuses."""

    dollars: int = 65
    abilities: frozenset[Ability] = field(default_factory=lambda: frozenset({Ability.QUOTE}))
    asked: int = 0

    async def quote(self, job: Job) -> Quote:
        self.asked += 1
        if self.dollars < 0:
            raise CourierRefused("400 address_undeliverable: too far")
        if not self.dollars:
            await asyncio.Event().wait()
        quote = quoted(self.name, self.dollars, self.clock.now()).quote
        assert quote is not None
        return quote


class Town:
    """The shop with several couriers; `prices` by name, `most` grams of some."""

    def __init__(
        self, shop: Shop, wish: Wish = CHEAPEST, within: float = 30, most: Mapping[str, int] = NONE, **prices: int
    ) -> None:
        self.shop = shop
        self.couriers = {
            CourierName(name): Priced(shop.clock, name=CourierName(name), dollars=dollars)
            for name, dollars in prices.items()
        }
        limits = {name: CourierLimits(max_weight_g=most.get(name)) for name in self.couriers}
        usual = replace(wish, prefer=tuple(limits))
        choosing = Choosing(RULES, limits, DispatchRules(usual=usual))
        quoting = Quoting(lambda: self.couriers, timedelta(seconds=within))
        comparing = Comparing(RULES, choosing, quoting, shop.clock)
        services = replace(shop.services, dispatch=DispatchService(RULES, choosing), comparing=comparing)
        self.desk = StoreDesk(shop.database, shop.writer, services, shop.clock, MEI)

    @property
    def asked(self) -> dict[str, int]:
        return {name: courier.asked for name, courier in self.couriers.items()}


async def test_everybodys_offer_and_the_cheapest_is_picked(shop: Shop) -> None:
    shop.make_ready()
    told = await Town(shop, uber=82, panda=65).desk.quotes(ID)
    assert [(offer.courier, offer.answer) for offer in told.offers] == [
        ("uber", Answer.QUOTED),
        ("panda", Answer.QUOTED),
    ]
    assert told.choice is not None
    assert (told.choice.courier, told.choice.why.reason) == ("panda", Reason.CHEAPEST)


async def test_answers_are_shown_as_they_come_and_the_pick_when_all_are_there(shop: Shop) -> None:
    shop.make_ready()
    seen: list[Comparison] = []
    await Town(shop, uber=82, panda=65).desk.quotes(ID, seen.append)
    assert [sum(offer.answer is Answer.ASKING for offer in told.offers) for told in seen] == [2, 1, 0]
    assert [told.choice is not None for told in seen] == [False, False, True]


async def test_a_slow_one_holds_nobody(shop: Shop) -> None:
    shop.make_ready()
    told = await Town(shop, within=0.3, uber=0, panda=65).desk.quotes(ID)
    assert [offer.answer for offer in told.offers] == [Answer.LATE, Answer.QUOTED]
    assert told.choice is not None
    assert (told.choice.courier, told.choice.why.reason) == ("panda", Reason.ONLY)


async def test_who_cannot_carry_it_is_not_asked(shop: Shop) -> None:
    shop.make_ready(lines=(line("1", 1, weight_g=14_200),))
    town = Town(shop, most={"uber": 13_000}, uber=65, panda=82)
    told = await town.desk.quotes(ID)
    assert {offer.courier: offer.answer for offer in told.offers} == {"uber": Answer.MISFIT, "panda": Answer.QUOTED}
    assert town.asked == {"uber": 0, "panda": 1}


async def test_what_nobody_knows_of_the_goods_stays_with_an_offer(shop: Shop) -> None:
    shop.make_ready(lines=(line("1", 2, weight_g=None),))
    told = await Town(shop, most={"uber": 13_000}, uber=65, panda=82).desk.quotes(ID)
    sure = {offer.courier: [fit.is_sure for fit in offer.fits] for offer in told.offers}
    assert sure == {"uber": [False], "panda": [True]}
    assert [offer.answer for offer in told.offers] == [Answer.QUOTED] * 2


async def test_the_call_carries_offer_and_reason(shop: Shop) -> None:
    shop.make_ready()
    choice = await Town(shop, uber=82, panda=65).desk.ship(ID)
    send = shop.open_send(ID)
    assert send is not None
    assert (send.courier, send.quote) == ("panda", choice.quote)
    assert unpacked(send.why) == choice.why


async def test_preference_alone_asks_nobody(shop: Shop) -> None:
    shop.make_ready()
    town = Town(shop, Wish(), uber=82, panda=65)
    choice = await town.desk.ship(ID)
    assert (choice.courier, choice.why.reason, town.asked) == ("uber", Reason.PREFERRED, {"uber": 0, "panda": 0})


async def test_when_nobody_answers_in_time_the_preferred_one_is_called(shop: Shop) -> None:
    shop.make_ready()
    choice = await Town(shop, within=0.2, uber=0, panda=0).desk.ship(ID)
    assert (choice.courier, choice.quote, choice.why.reason) == ("uber", None, Reason.NO_QUOTES)


async def test_over_the_limits_nobody_is_called_by_itself_but_a_person_may(shop: Shop) -> None:
    shop.make_ready()
    town = Town(shop, replace(CHEAPEST, max_fee=Money(6_000, "TWD")), uber=82, panda=65)
    with pytest.raises(OverLimits) as refused:
        await town.desk.ship(ID)
    assert (refused.value.why.next, refused.value.why.next_fee) == ("panda", Money(6_500, "TWD"))
    assert shop.open_send(ID) is None
    told = await town.desk.quotes(ID)
    assert [offer.is_over for offer in told.offers] == [True, True]
    offer = told.offers[1]
    assert (await town.desk.ship(ID, offer.courier, offer.quote)).courier == "panda"


async def test_when_all_say_no_each_ones_reason_is_named(shop: Shop) -> None:
    shop.make_ready()
    with pytest.raises(NoOffer) as refused:
        await Town(shop, uber=-1, panda=-1).desk.ship(ID)
    assert refused.value.found.startswith("uber: 400 address_undeliverable: too far; panda:")


async def test_an_offer_of_another_courier_does_not_go_with_the_call(shop: Shop) -> None:
    shop.make_ready()
    strange = quoted(CourierName("panda"), 65, shop.clock.now()).quote
    await Town(shop, uber=82, panda=65).desk.ship(ID, "uber", strange)
    send = shop.open_send(ID)
    assert send is not None
    assert (send.courier, send.quote) == ("uber", None)


async def test_what_is_not_packed_asks_nobody(shop: Shop) -> None:
    shop.told(purchase())
    town = Town(shop, uber=82, panda=65)
    with pytest.raises(NotReady):
        await town.desk.ship(ID)
    assert town.asked == {"uber": 0, "panda": 0}


async def test_what_the_customer_fetches_asks_nobody(shop: Shop) -> None:
    shop.make_ready(type=OrderType.PICKUP)
    with pytest.raises(NoCourier):
        await Town(shop, uber=82, panda=65).desk.quotes(ID)


async def test_an_offer_that_expired_before_the_call_leaves_binds_nobody(shop: Shop) -> None:
    shop.make_ready()
    await Town(shop, uber=82, panda=65).desk.ship(ID)
    send = shop.open_send(ID)
    assert send is not None
    assert send.quote is not None
    assert send.offer_at(send.quote.expires_at - timedelta(seconds=1)) == send.quote
    assert send.offer_at(send.quote.expires_at) is None
