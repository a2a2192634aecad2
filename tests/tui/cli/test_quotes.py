"""`order quotes` and `order ship` on the command line, with couriers that answer as told."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from core.domain.ids import CourierName
from core.domain.job import Job
from core.domain.purchase import OrderType
from core.domain.quote import Quote
from core.domain.why import Reason, unpacked
from core.ports.courier import Ability, CourierDown
from tests.core.fake_courier import FakeCourier
from tests.core.fakes import FakeClock
from tests.sample_offers import quoted
from tests.tui.cli.till import COURIER, Till
from tui.wiring.shop import Shop

PANDA = {"kind": "uber_direct", "customer_id": "d", "client_id": "i", "client_secret": "hidden-words"}


@dataclass
class Priced(FakeCourier):
    """Charges what it is told; None: it does not answer."""

    dollars: int | None = 65
    abilities: frozenset[Ability] = field(default_factory=lambda: frozenset({Ability.QUOTE}))

    async def quote(self, job: Job) -> Quote:
        if self.dollars is None:
            raise CourierDown("no answer: ReadTimeout")
        quote = quoted(self.name, self.dollars, self.clock.now()).quote
        assert quote is not None
        return quote

    async def close(self) -> None:
        pass


@pytest.fixture
def prices(till: Till, monkeypatch: pytest.MonkeyPatch) -> dict[str, int | None]:
    """What uber and panda charge."""
    told: dict[str, int | None] = {"uber": 82, "panda": 65}

    def built(shop: Shop) -> dict[CourierName, Any]:
        clock = FakeClock()
        clock.at = shop.clock.now()
        names = map(CourierName, shop.loaded.config.couriers)
        return {name: Priced(clock, name=name, dollars=told[name]) for name in names}

    monkeypatch.setattr(Shop, "_new_couriers", built)
    till.settings["couriers"] = {"uber": dict(COURIER), "panda": PANDA}
    till.write()
    return told


def wants(till: Till, **dispatch: Any) -> None:
    till.settings["dispatch"] = dispatch
    till.write()


def make_ready(till: Till) -> None:
    till.take("1042")
    till.order("accept", "1042")
    till.order("check", "1042", "--all")
    till.order("ready", "1042")


def test_quotes_are_told_with_the_stores_pick(till: Till, prices: dict[str, int | None]) -> None:
    wants(till, policy="cheapest")
    make_ready(till)
    told = till.order("quotes", "1042")
    assert [(one["courier"], one["answer"], one["fee"]) for one in told["offers"]] == [
        ("uber", "quoted", "82.00"),
        ("panda", "quoted", "65.00"),
    ]
    assert told["choice"] == {
        "courier": "panda",
        "reason": "cheapest",
        "words": "cheapest: NT$65, next uber NT$82",
    }


def test_quotes_for_people_are_a_table_with_a_sentence(till: Till, prices: dict[str, int | None]) -> None:
    wants(till, policy="cheapest")
    prices["uber"] = None
    make_ready(till)
    said = till.run("order", "quotes", "1042")
    assert said.code == 0
    assert "★ panda" in said.out
    assert "no answer" in said.out
    assert said.out.rstrip().endswith("Our rule: panda · the only one that answered; NT$65; 24 min")


def test_quotes_book_nothing(till: Till, prices: dict[str, int | None]) -> None:
    make_ready(till)
    till.order("quotes", "1042")
    assert till.order("show", "1042")["send"] is None


def test_without_a_courier_the_policy_decides_and_the_offer_goes_with_the_call(
    till: Till, prices: dict[str, int | None]
) -> None:
    wants(till, policy="cheapest")
    make_ready(till)
    order = till.order("ship", "1042")
    send = till.read(lambda uow: uow.outbox.open_of(order["id"]))
    assert send is not None
    assert send.quote is not None
    why = unpacked(send.why)
    assert why is not None
    assert (send.courier, send.quote.fee.text, why.reason) == ("panda", "65.00", Reason.CHEAPEST)


def test_with_a_courier_nobody_is_asked(till: Till, prices: dict[str, int | None]) -> None:
    wants(till, policy="cheapest")
    make_ready(till)
    said = till.run("order", "ship", "1042", "--courier", "uber")
    assert (said.code, "uber: call a driver" in said.out) == (0, True)


def test_over_the_limit_nobody_is_called_and_the_numbers_are_told(till: Till, prices: dict[str, int | None]) -> None:
    wants(till, max_fee=60)
    make_ready(till)
    said = till.run("order", "ship", "1042")
    assert (said.code, "over the store's limits; uber comes nearest" in said.err) == (1, True)
    assert till.order("show", "1042")["send"] is None


def test_who_fetches_it_needs_no_courier(till: Till, prices: dict[str, int | None]) -> None:
    till.take("1042", type=OrderType.PICKUP)
    said = till.run("order", "quotes", "1042")
    assert (said.code, "no courier is called" in said.err) == (1, True)


def test_an_order_that_is_not_ready_asks_nobody(till: Till, prices: dict[str, int | None]) -> None:
    wants(till, policy="cheapest")
    till.take("1042")
    said = till.run("order", "ship", "1042")
    assert (said.code, "[C39]" in said.err) == (1, True)
