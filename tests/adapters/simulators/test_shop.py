"""The simulated shop: a believable day, the same from the same seed, on every shop system."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters import gathering, registry
from adapters.simulators.marks import (
    CALLED_OFF_MARK,
    DELAYED_MARK,
    GIVEN_BACK_MARK,
    NO_DRIVER_MARK,
    NO_REFUND_MARK,
    NOT_AT_HOME_MARK,
    SPILLED_MARK,
)
from adapters.simulators.shop import KINDS, Kind, Post, Shop, Timed
from adapters.simulators.shop_day import TOLD_LATE_BY, Story
from adapters.simulators.shop_goods import GOODS
from core.domain.line import OrderLine
from core.domain.payment import Payment, is_received
from core.domain.purchase import OrderType, Purchase
from core.ports.channel import Channel
from core.ports.letter import BadSignature, Letter

START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
MOST_GRAMS = 20_000
MOST_PIECES = 10


@pytest.fixture(params=KINDS)
def shop(request) -> Shop:
    return Shop(request.param, start=START, channel="web")


@pytest.fixture
def channel(shop: Shop) -> Channel:
    return registry.channel("web", shop.settings(), currency="TWD")


def arriving(timed: Timed[Post]) -> Letter:
    now = START + timedelta(seconds=timed.after)
    return Letter(sender="web", headers=timed.what.headers_at(now), body=timed.what.body, received_at=now)


def told(shop: Shop, channel: Channel, story: Story, orders: int = 30) -> list[Purchase]:
    """What the feed makes of everything told in one story."""
    letters = [arriving(timed) for timed in shop.day(orders, 4, seed=7) if timed.what.story is story]
    return [purchase for letter in letters for purchase in channel.read(letter).purchases]


def test_every_post_is_signed_and_one_order(shop: Shop, channel: Channel) -> None:
    for timed in shop.day(60, 8, seed=1):
        letter = arriving(timed)
        channel.verify(letter)
        (purchase,) = channel.read(letter).purchases
        assert (purchase.channel_order_id, purchase.number) == (timed.what.order_id, timed.what.number)
        assert purchase.clash == ""


def test_another_secret_does_not_open_the_door(shop: Shop) -> None:
    stranger = registry.channel(
        "web", shop.settings() | {"secret": "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCBrZXk="}, currency="TWD"
    )
    with pytest.raises(BadSignature):
        stranger.verify(arriving(shop.day(1, 1, seed=1)[0]))


def test_a_secret_can_be_given(shop: Shop) -> None:
    secret = "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCBrZXk="
    own = Shop(shop.kind, start=START, secret=secret)
    assert own.settings()["secret"] == secret
    registry.channel("web", own.settings(), currency="TWD").verify(arriving(own.day(1, 1, seed=1)[0]))


def test_the_same_seed_gives_the_same_day_byte_for_byte(shop: Shop) -> None:
    assert shop.day(40, 6, seed=3) == Shop(shop.kind, start=START).day(40, 6, seed=3)


def test_another_seed_gives_another_day(shop: Shop) -> None:
    assert shop.day(40, 6, seed=3) != shop.day(40, 6, seed=4)


def test_the_first_order_is_paid_and_comes_at_once(shop: Shop, channel: Channel) -> None:
    first = shop.day(20, 5, seed=9)[0]
    (purchase,) = channel.read(arriving(first)).purchases
    assert first.after == 0
    assert is_received(purchase.payment)
    assert not purchase.is_test
    assert purchase.placed_at == START


def test_posts_come_in_the_order_of_their_times(shop: Shop) -> None:
    offsets = [timed.after for timed in shop.day(50, 2, seed=5)]
    assert offsets == sorted(offsets)
    assert max(offsets) < 2 * 3600 + TOLD_LATE_BY


@pytest.mark.parametrize("orders", [0, 1, 2, 5, 11, 200])
def test_a_day_has_as_many_orders_as_asked_for(shop: Shop, orders: int) -> None:
    assert len({timed.what.order_id for timed in shop.day(orders, 3, seed=2)}) == orders


def test_twenty_orders_are_enough_for_every_story(shop: Shop) -> None:
    stories = {timed.what.story for timed in shop.day(20, 1, seed=2)}
    assert set(Story) - stories == ({Story.TEST} if shop.kind == "cyberbiz" else set())


def test_most_orders_of_a_long_day_are_ordinary(shop: Shop) -> None:
    stories = Counter(timed.what.story for timed in shop.day(200, 8, seed=2))
    assert stories[Story.ORDINARY] > 120


def test_an_ordinary_order_breaks_no_limit(shop: Shop, channel: Channel) -> None:
    for purchase in told(shop, channel, Story.ORDINARY, orders=100):
        assert purchase.payment is Payment.PAID
        assert purchase.type is OrderType.DELIVERY
        assert 0 < (purchase.weight_g or 0) <= MOST_GRAMS
        assert purchase.pieces <= MOST_PIECES


def paid(line: OrderLine) -> int:
    """For all its pieces, in cents."""
    assert line.unit_price
    return line.total.minor if line.total else line.unit_price.minor * line.quantity


def test_the_total_is_goods_less_the_voucher_and_the_way(shop: Shop, channel: Channel) -> None:
    for purchase in told(shop, channel, Story.ORDINARY, orders=60):
        assert purchase.discount
        assert purchase.delivery_fee
        goods = sum(paid(line) for line in purchase.lines)
        assert purchase.total.minor == goods - purchase.discount.minor + purchase.delivery_fee.minor


def test_a_day_has_vouchers_offers_and_free_ways() -> None:
    sales = [timed.what.sale for timed in Shop("standard", start=START).day(60, 8, seed=1)]
    assert {0, 20, 50} <= {sale.discount for sale in sales}
    assert {0, 45, 60} <= {sale.fee for sale in sales}
    items = [item for sale in sales for item in sale.items]
    assert {0, 7} <= {item.discount for item in items}
    assert {"", "call", "swap", "leave_out"} <= {item.if_missing for item in items}


def test_an_order_is_paid_later(shop: Shop, channel: Channel) -> None:
    before, after = told(shop, channel, Story.PAID_LATER)
    assert (before.payment, after.payment) == (Payment.UNPAID, Payment.PAID)
    assert before.order_id == after.order_id
    assert before.updated_at < after.updated_at
    assert before.lines == after.lines


def test_an_order_is_cancelled_while_it_is_new(shop: Shop, channel: Channel) -> None:
    before, after = told(shop, channel, Story.CANCELLED_NEW)
    assert (before.is_cancelled, after.is_cancelled) == (False, True)
    assert after.updated_at - before.updated_at < timedelta(minutes=5)


def test_an_order_changes_while_it_is_packed(shop: Shop, channel: Channel) -> None:
    before, after = told(shop, channel, Story.CHANGED_PACKING)
    assert after.pieces == before.pieces + 1
    assert [line.id for line in after.lines] == [line.id for line in before.lines]
    assert after.total > before.total


def test_an_order_is_too_heavy(shop: Shop, channel: Channel) -> None:
    (purchase,) = told(shop, channel, Story.TOO_HEAVY)
    assert (purchase.weight_g or 0) > MOST_GRAMS
    assert purchase.pieces <= MOST_PIECES


def test_an_order_has_too_many_pieces(shop: Shop, channel: Channel) -> None:
    (purchase,) = told(shop, channel, Story.TOO_MANY)
    assert purchase.pieces > MOST_PIECES
    assert (purchase.weight_g or 0) <= MOST_GRAMS


def test_an_order_finds_no_driver(shop: Shop, channel: Channel) -> None:
    (purchase,) = told(shop, channel, Story.NO_DRIVER)
    assert NO_DRIVER_MARK in purchase.note


MARKED = {
    Story.GIVEN_BACK: GIVEN_BACK_MARK,
    Story.NOT_AT_HOME: NOT_AT_HOME_MARK,
    Story.SPILLED: SPILLED_MARK,
    Story.DELAYED: DELAYED_MARK,
    Story.CALLED_OFF: CALLED_OFF_MARK,
    Story.NO_REFUND: NO_REFUND_MARK,
}


@pytest.mark.parametrize(("story", "mark"), MARKED.items())
def test_an_order_says_what_its_driver_meets(shop: Shop, channel: Channel, story: Story, mark: str) -> None:
    (purchase,) = told(shop, channel, story, orders=20)
    assert mark in purchase.note


def test_an_order_goes_to_no_place_on_earth(shop: Shop, channel: Channel) -> None:
    (purchase,) = told(shop, channel, Story.NONSENSE_ADDRESS, orders=20)
    assert "asdf" in purchase.customer.address


def test_an_order_is_told_long_after_it_was_made(shop: Shop, channel: Channel) -> None:
    (late,) = [timed for timed in shop.day(20, 1, seed=2) if timed.what.story is Story.TOLD_LATE]
    (purchase,) = channel.read(arriving(late)).purchases
    assert (START + timedelta(seconds=late.after) - purchase.placed_at) >= timedelta(seconds=TOLD_LATE_BY)


def test_a_test_order_is_one() -> None:
    for kind in ("shopify", "standard"):
        shop = Shop(kind, start=START)
        (purchase,) = told(shop, registry.channel("web", shop.settings(), currency="TWD"), Story.TEST)
        assert purchase.is_test


def test_cash_at_the_door_is_not_paid(shop: Shop, channel: Channel) -> None:
    (purchase,) = told(shop, channel, Story.CASH)
    assert purchase.payment is Payment.COD


def test_an_order_told_twice_has_one_key(shop: Shop, channel: Channel) -> None:
    twice = [arriving(timed) for timed in shop.day(30, 4, seed=7) if timed.what.story is Story.TOLD_TWICE]
    assert len(twice) == 2
    assert len({channel.read(letter).key for letter in twice}) == 1


def test_all_other_posts_have_keys_of_their_own(shop: Shop, channel: Channel) -> None:
    letters = [arriving(timed) for timed in shop.day(60, 4, seed=7) if timed.what.story is not Story.TOLD_TWICE]
    assert len({channel.read(letter).key for letter in letters}) == len(letters)


def test_nobody_real_is_called(shop: Shop, channel: Channel) -> None:
    for purchase in told(shop, channel, Story.ORDINARY):
        assert re.fullmatch(r"(0|\+886)900000\d{3}", purchase.customer.phone)
        assert re.search(r"9\d\d 號", purchase.customer.address)


def test_customers_live_near_the_shop() -> None:
    for kind in ("shopify", "standard"):
        shop = Shop(kind, start=START)
        for purchase in told(shop, registry.channel("web", shop.settings(), currency="TWD"), Story.ORDINARY):
            assert purchase.customer.latitude == pytest.approx(25.05, abs=0.03)
            assert purchase.customer.longitude == pytest.approx(121.54, abs=0.04)


def test_the_promise_is_half_an_hour_after_the_preparation() -> None:
    shop = Shop("shopify", start=START)
    for purchase in told(shop, registry.channel("web", shop.settings(), currency="TWD"), Story.ORDINARY):
        assert purchase.promised_from
        assert purchase.promised_to == purchase.promised_from + timedelta(minutes=30)
        assert timedelta(minutes=30) < purchase.promised_from - purchase.placed_at < timedelta(minutes=95)


def test_barcodes_have_their_check_digit_and_are_nobodys() -> None:
    assert [good.barcode for good in GOODS] == [gathering.gtin(good.barcode) for good in GOODS]
    assert all(good.barcode.startswith("29") for good in GOODS)


@pytest.mark.parametrize("field", ["sku", "barcode", "name"])
def test_no_two_goods_are_confused(field: str) -> None:
    assert len({getattr(good, field) for good in GOODS}) == len(GOODS)


def test_names_are_in_both_writings() -> None:
    assert all(re.search(r"[\u4e00-\u9fff]", good.name) and re.search("[A-Za-z]", good.name) for good in GOODS)


@pytest.mark.parametrize("kind", ["shopify", "cyberbiz"])
def test_a_repeat_is_signed_as_the_first_time(kind: Kind) -> None:
    post = Shop(kind, start=START).day(1, 1, seed=1)[0].what
    assert post.headers_at(START) == post.headers_at(START + timedelta(hours=1))


def test_a_standard_repeat_is_signed_for_its_own_time() -> None:
    post = Shop("standard", start=START).day(1, 1, seed=1)[0].what
    early, late = post.headers_at(START), post.headers_at(START + timedelta(hours=1))
    assert early["webhook-id"] == late["webhook-id"]
    assert int(late["webhook-timestamp"]) - int(early["webhook-timestamp"]) == 3600
    assert early["webhook-signature"] != late["webhook-signature"]


def test_a_secret_is_not_shown() -> None:
    shop = Shop("standard", start=START)
    assert str(shop.settings()["secret"]) not in repr(shop.day(1, 1, seed=1))
