"""Shopify: signatures, headers and the order of section 1."""

from datetime import UTC, datetime

import pytest

from adapters.channels import shopify
from core.domain.line import OrderLine
from core.domain.money import Money
from core.domain.payment import Payment, is_received
from core.domain.purchase import Customer, OrderType
from core.ports.letter import BadSignature, Letter, Unreadable
from tests.adapters.channels.letters import (
    NOW,
    SHOPIFY_SECRET,
    changed,
    letter,
    of_shopify,
    only,
    payload,
    shopify_shop,
)

PAID = payload("shopify")
WORKED = b'{"id":450789469,"name":"#1001","financial_status":"paid"}'
WORKED_SIGNATURE = "fraIyocm874jiUyXhky24H0WcrSTRRhha13frz19O/I="


def order(path: str, value: object, **settings: object):
    return only(shopify_shop(**settings), of_shopify(changed(PAID, path, value)))


def test_the_worked_signature_opens_the_door() -> None:
    shopify_shop().verify(letter("web", WORKED, {"x-shopify-hmac-sha256": WORKED_SIGNATURE}))


def test_the_newer_header_names_open_it_too() -> None:
    shopify_shop().verify(letter("web", WORKED, {"shopify-hmac-sha256": WORKED_SIGNATURE}))


def test_while_a_secret_is_changed_both_are_good() -> None:
    shopify_shop(secret=["the-new-one", SHOPIFY_SECRET]).verify(of_shopify(PAID))
    shopify_shop(secret=[SHOPIFY_SECRET, "the-new-one"]).verify(of_shopify(PAID))


@pytest.mark.parametrize("secret", [[], "", "  ", ["", " "], "another"])
def test_without_the_right_secret_the_door_is_shut(secret: object) -> None:
    with pytest.raises(BadSignature):
        shopify_shop(secret=secret).verify(of_shopify(PAID))


@pytest.mark.parametrize("given", ["", "é", "\ud800", WORKED_SIGNATURE.lower()])
def test_another_signature_is_bad(given: str) -> None:
    with pytest.raises(BadSignature):
        shopify_shop().verify(letter("web", WORKED, {"x-shopify-hmac-sha256": given}))


def test_one_changed_byte_is_noticed() -> None:
    sent = of_shopify(PAID)
    with pytest.raises(BadSignature):
        shopify_shop().verify(Letter(sender="web", headers=sent.headers, body=sent.body + b" ", received_at=NOW))


def test_a_call_of_another_shop_is_turned_away() -> None:
    shopify_shop(shop="example.myshopify.com").verify(of_shopify(PAID))
    with pytest.raises(BadSignature, match="another shop"):
        shopify_shop(shop="other.myshopify.com").verify(of_shopify(PAID))


def test_a_paid_local_delivery_is_read_whole() -> None:
    window = {"window_from": "Delivery from", "window_to": "Delivery until", "invoice_attribute": "Invoice"}
    read = only(shopify_shop(**window), of_shopify(PAID))
    assert (read.channel, read.shop, read.channel_order_id, read.number) == ("web", "", "9007199254740993123", "1042")
    assert read.updated_at == datetime(2026, 11, 21, 6, 31, 7, tzinfo=UTC)
    assert read.placed_at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    assert (read.payment, read.type, read.total) == (Payment.PAID, OrderType.DELIVERY, Money(49800, "TWD"))
    assert read.promised_from == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    assert read.promised_to == datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
    assert (read.note, read.wants_invoice, read.is_test) == ("請按兩次門鈴 · Floor: 5F", True, False)
    assert (read.cancel_reason, read.clash) == (None, "")


def test_the_recipient_is_read() -> None:
    assert only(shopify_shop(), of_shopify(PAID)).customer == Customer(
        name="陳曉雯",
        phone="0900000017",
        address="範例路 1042 號, 5 樓, 台北市, 104",
        latitude=25.0523,
        longitude=121.5202,
    )


def test_the_lines_are_read_and_no_grams_is_unknown() -> None:
    assert only(shopify_shop(), of_shopify(PAID)).lines == (
        OrderLine(
            id="466157049",
            sku="TEA-OOL-600",
            name="Oolong tea 烏龍茶 600 ml",
            quantity=2,
            unit_price=Money(3900, "TWD"),
            weight_g=620,
            options="No sugar · Ice: less",
        ),
        OrderLine(id="466157050", sku="RICE-CRK", name="Rice crackers", quantity=3, unit_price=Money(12000, "TWD")),
    )


@pytest.mark.parametrize(
    ("status", "payment"),
    [
        ("pending", Payment.UNPAID),
        ("authorized", Payment.AUTHORIZED),
        ("partially_paid", Payment.UNPAID),
        ("paid", Payment.PAID),
        ("partially_refunded", Payment.PART_REFUNDED),
        ("refunded", Payment.REFUNDED),
        ("voided", Payment.VOID),
    ],
)
def test_every_financial_status_has_its_meaning(status: str, payment: Payment) -> None:
    assert order("financial_status", status).payment is payment


@pytest.mark.parametrize("status", ["PAID?", "settled", None, ""])
def test_a_state_nobody_told_us_of_is_not_money_received(status: str | None) -> None:
    read = order("financial_status", status)
    assert not is_received(read.payment)
    assert "counted as unpaid" in read.clash


def test_cash_on_delivery_is_seen_by_its_gateway() -> None:
    pending = changed(PAID, "financial_status", "pending")
    read = only(shopify_shop(), of_shopify(changed(pending, "payment_gateway_names", ["Cash on Delivery (COD)"])))
    assert read.payment is Payment.COD


@pytest.mark.parametrize(
    ("shipping", "type_"),
    [
        ([{"title": "Local Delivery"}], OrderType.DELIVERY),
        ([{"code": "本地配送"}], OrderType.DELIVERY),
        ([{"title": "Local Pickup"}], OrderType.PICKUP),
        ([{"title": "門市自取"}], OrderType.PICKUP),
        ([], OrderType.PICKUP),
        (None, OrderType.PICKUP),
        ([{"title": "黑貓宅急便", "code": None}], OrderType.SHIPPING),
    ],
)
def test_the_way_of_the_goods_is_read_from_the_shipping_titles(shipping: object, type_: OrderType) -> None:
    assert order("shipping_lines", shipping).type is type_


def test_titles_can_be_set() -> None:
    assert order("shipping_lines", [{"title": "Rush"}], delivery_titles=("rush",)).type is OrderType.DELIVERY


def test_what_needs_no_shipping_is_virtual() -> None:
    lines = [dict(line, requires_shipping=False) for line in PAID["line_items"]]
    assert order("line_items", lines).type is OrderType.VIRTUAL


def test_the_admins_test_notification_is_a_test() -> None:
    read = only(shopify_shop(), of_shopify(payload("shopify", "test_notification"), topic="orders/create"))
    assert (read.is_test, read.payment) == (True, Payment.VOID)


def test_the_test_notification_is_known_without_its_flag() -> None:
    body = changed(payload("shopify", "test_notification"), "test", None)
    assert only(shopify_shop(), of_shopify(body)).is_test


def test_a_test_order_is_a_test_by_flag_or_header() -> None:
    assert order("test", True).is_test
    assert only(shopify_shop(), of_shopify(PAID, test="true")).is_test


def test_a_cancelled_order_says_why() -> None:
    off = changed(PAID, "cancelled_at", "2026-11-21T14:40:00+08:00")
    assert only(shopify_shop(), of_shopify(off)).cancel_reason == "cancelled"
    assert only(shopify_shop(), of_shopify(changed(off, "cancel_reason", "inventory"))).cancel_reason == "inventory"


def test_the_cancelling_topic_is_enough() -> None:
    assert only(shopify_shop(), of_shopify(PAID, topic="orders/cancelled")).is_cancelled


@pytest.mark.parametrize("topic", ["refunds/create", "products/update", "carts/create", "unheard/of"])
def test_a_topic_without_an_order_is_ignored_with_a_reason(topic: str) -> None:
    reading = shopify_shop().read(of_shopify(b"whatever", topic=topic))
    assert reading.purchases == ()
    assert reading.ignored == f"{topic} carries no order"


def test_the_webhook_id_tells_repeats_apart() -> None:
    assert shopify_shop().read(of_shopify(PAID)).key == "webhook:b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"


def test_without_it_the_event_and_topic_do() -> None:
    reading = shopify_shop().read(of_shopify(PAID, webhook_id="", event_id="e-1"))
    assert reading.key == "event:e-1:orders/paid"


def test_without_either_the_body_does() -> None:
    sent = of_shopify(PAID, webhook_id="")
    assert shopify_shop().read(sent).key == sent.body_key


def test_a_line_edited_out_is_gone_and_a_changed_one_counts_what_is_left() -> None:
    gone = changed(PAID, "line_items.1.current_quantity", 0)
    read = only(shopify_shop(), of_shopify(changed(gone, "line_items.0.current_quantity", 1)))
    assert [(line.sku, line.quantity) for line in read.lines] == [("TEA-OOL-600", 1)]


def test_an_order_of_which_nothing_is_left_keeps_its_lines_and_total() -> None:
    lines = [dict(line, current_quantity=0) for line in PAID["line_items"]]
    body = changed(changed(PAID, "line_items", lines), "current_total_price", "0.00")
    read = only(shopify_shop(), of_shopify(body))
    assert (read.pieces, read.total) == (5, Money(49800, "TWD"))


@pytest.mark.parametrize(
    "field", ["customer", "shipping_address", "shipping_lines", "note", "note_attributes", "phone"]
)
def test_a_half_filled_order_is_read(field: str) -> None:
    assert order(field, None).pieces == 5


def test_an_order_without_any_person_is_read() -> None:
    bare = {key: PAID[key] for key in ("id", "financial_status", "total_price", "line_items")}
    read = only(shopify_shop(), of_shopify(bare))
    assert (read.customer, read.updated_at, read.number) == (Customer(), NOW, "9007199254740993123")


def test_the_delivery_telephone_stands_in_for_the_recipients() -> None:
    assert order("shipping_address.phone", None).customer.phone == "+886900000018"


def test_a_place_that_is_none_is_left_out() -> None:
    assert order("shipping_address.latitude", "north").customer.latitude is None


def test_without_updated_at_the_creation_counts() -> None:
    assert order("updated_at", None).updated_at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def test_a_window_nobody_understands_is_shown_as_a_clash() -> None:
    body = changed(PAID, "note_attributes.0.value", "after lunch")
    read = only(shopify_shop(window_from="Delivery from"), of_shopify(body))
    assert (read.promised_from, read.clash) == (None, "the promised window is not understood: after lunch")


def test_a_window_that_ends_before_it_starts_is_none() -> None:
    read = only(shopify_shop(window_from="Delivery until", window_to="Delivery from"), of_shopify(PAID))
    assert (read.promised_from, read.promised_to) == (None, None)
    assert "ends before it starts" in read.clash


def test_allergens_are_read_from_their_attribute() -> None:
    body = changed(PAID, "note_attributes.3", {"name": "過敏", "value": "花生"})
    assert only(shopify_shop(allergens_attribute="過敏"), of_shopify(body)).allergens == "花生"


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("line_items.0.quantity", "1.5", "line_items[0].quantity: found 1.5, allowed whole pieces from 1 to 9999"),
        ("line_items.0.quantity", -2, "line_items[0].quantity: found -2"),
        ("line_items.1.price", "-3.00", "line_items[1].price: found -3.00"),
        ("line_items", [], "line_items: found an empty list, allowed at least 1"),
        ("line_items", None, "line_items: found nothing, allowed a list"),
        ("updated_at", "1969-01-01T00:00:00Z", "updated_at: found a text of 20 signs"),
        ("total_price", "lots", "total_price: found a text of 4 signs"),
        ("currency", "dollars", "currency: found a text of 7 signs"),
        ("id", None, "id: found nothing"),
    ],
)
def test_an_absurd_order_is_refused_with_path_and_reason(path: str, value: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        order(path, value)
    assert caught.value.reason.startswith(reason)
    assert caught.value.key == "webhook:b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"


def test_more_than_five_hundred_lines_are_refused() -> None:
    with pytest.raises(Unreadable, match="line_items: found more than 500 entries"):
        order("line_items", [PAID["line_items"][0]] * 501)


def test_the_section_in_the_config_is_checked() -> None:
    with pytest.raises(ValueError, match="secrets"):
        shopify.Settings.model_validate({"kind": "shopify", "secrets": "typing error"})


def test_a_secret_is_not_shown() -> None:
    assert SHOPIFY_SECRET not in repr(shopify.Settings(secret=(SHOPIFY_SECRET,)))
