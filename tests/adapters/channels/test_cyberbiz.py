"""CYBERBIZ: both signatures, both encodings, and the order of section 3."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters import gathering
from adapters.channels import cyberbiz
from core.domain.money import Money
from core.domain.payment import Payment, is_received
from core.domain.purchase import Customer, OrderType
from core.ports.letter import BadSignature, Unreadable
from tests.adapters.channels.letters import NOW, changed, cyberbiz_shop, letter, of_cyberbiz, only, payload

PAID = payload("cyberbiz")
WORKED = b'{"id":1,"order_name":"#1001"}'
WORKED_HEX = "09c1010cafdbe95d1528138a2ff68d8caf7c7f894c1d5912563995fa74e15851"
WORKED_BASE64 = "CcEBDK/b6V0VKBOKL/aNjK98f4lMHVkSVjmV+nThWFE="
WORKED_DOMAIN_HEX = "97694009b6e4ade734f9f3303bfa0f544077f2cb5630856d10abc88d3008d959"


def order(path: str, value: object, event: str = "orders/paid", **settings: object):
    return only(cyberbiz_shop(**settings), of_cyberbiz(changed(PAID, path, value), event=event))


@pytest.mark.parametrize("given", [WORKED_HEX, WORKED_BASE64])
def test_the_worked_signature_opens_the_door_in_both_writings(given: str) -> None:
    cyberbiz_shop().verify(letter("web", WORKED, {"x-cyberbiz-hmac-sha256": given}))


@pytest.mark.parametrize("given", ["", WORKED_HEX[:-1], WORKED_HEX.upper(), WORKED_DOMAIN_HEX, "秘密"])
def test_another_signature_is_bad(given: str) -> None:
    with pytest.raises(BadSignature):
        cyberbiz_shop().verify(letter("web", WORKED, {"x-cyberbiz-hmac-sha256": given}))


@pytest.mark.parametrize("secret", [[], "", "another"])
def test_without_the_right_secret_the_door_is_shut(secret: object) -> None:
    with pytest.raises(BadSignature):
        cyberbiz_shop(secret=secret).verify(of_cyberbiz(PAID))


def test_while_a_secret_is_changed_both_are_good() -> None:
    cyberbiz_shop(secret=["the-new-one", "example-app-secret"]).verify(of_cyberbiz(PAID))


def test_a_domain_that_is_set_must_be_named_and_signed() -> None:
    headers = {
        "x-cyberbiz-hmac-sha256": WORKED_HEX,
        "x-cyberbiz-domain": "example.cyberbiz.co",
        "x-cyberbiz-domain-hmac-sha256": WORKED_DOMAIN_HEX,
    }
    shop = cyberbiz_shop(domain="example.cyberbiz.co")
    shop.verify(letter("web", WORKED, headers))
    for missing in ("x-cyberbiz-domain", "x-cyberbiz-domain-hmac-sha256"):
        with pytest.raises(BadSignature, match="another shop"):
            shop.verify(letter("web", WORKED, headers | {missing: ""}))


def test_a_signed_call_of_another_domain_is_turned_away() -> None:
    with pytest.raises(BadSignature, match="another shop"):
        cyberbiz_shop(domain="example.cyberbiz.co").verify(of_cyberbiz(PAID, domain="other.cyberbiz.co"))


def test_a_paid_fast_arrival_order_is_read_whole() -> None:
    read = only(cyberbiz_shop(domain="example.cyberbiz.co"), of_cyberbiz(PAID))
    assert (read.shop, read.channel_order_id, read.number) == ("example.cyberbiz.co", "31415926", "1042")
    assert (read.payment, read.type, read.total) == (Payment.PAID, OrderType.DELIVERY, Money(34950, "TWD"))
    assert (read.wants_invoice, read.is_test, read.cancel_reason, read.clash) == (False, False, None, "")
    assert read.note == "放門口 · 2026-11-21 slot 2"


def test_times_without_a_zone_are_taipei_times() -> None:
    read = only(cyberbiz_shop(), of_cyberbiz(PAID))
    assert read.placed_at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    assert read.updated_at == datetime(2026, 11, 21, 6, 31, 7, tzinfo=UTC)


def test_times_that_bring_a_zone_keep_it() -> None:
    assert order("updated_at", "2026-11-21 15:31:07 +0900").updated_at == datetime(2026, 11, 21, 6, 31, 7, tzinfo=UTC)


def test_missing_times_fall_back() -> None:
    assert order("updated_at", None).updated_at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    timeless = changed(changed(PAID, "updated_at", None), "created_at", "")
    assert only(cyberbiz_shop(), of_cyberbiz(timeless)).updated_at == NOW


def test_the_recipient_is_read_with_the_country_of_the_telephone() -> None:
    assert only(cyberbiz_shop(), of_cyberbiz(PAID)).customer == Customer(
        name="林小美", phone="+886900000022", address="106 台北市大安區範例路 8 號3 樓"
    )


@pytest.mark.parametrize("told", ["886900000022", "+886900000022"])
def test_a_telephone_that_has_its_country_does_not_get_it_twice(told: str) -> None:
    assert order("receiver.phone", told).customer.phone == "+886900000022"


def test_the_buyers_telephone_stands_in() -> None:
    assert order("receiver.phone", None).customer.phone == "0900000021"


def test_lines_carry_barcode_price_and_the_parts_of_a_bundle() -> None:
    tea, bundle = only(cyberbiz_shop(), of_cyberbiz(PAID)).lines
    assert (tea.id, tea.sku, tea.barcode, tea.options) == ("3", "TEA-02", "2900000000025", "無糖")
    assert (bundle.barcode, bundle.options, bundle.unit_price) == ("", "2 × 米果 · 1 × 牛軋糖", Money(19950, "TWD"))


@pytest.mark.parametrize(("unit", "grams"), [("", None), ("g", 580), ("kg", 580_000)])
def test_a_weight_counts_only_in_a_unit_the_shop_has_named(unit: str, grams: int | None) -> None:
    tea, bundle = only(cyberbiz_shop(weight_unit=unit), of_cyberbiz(PAID)).lines
    assert (tea.weight_g, bundle.weight_g) == (grams, None)


def test_a_weight_no_piece_has_is_unknown() -> None:
    assert order("line_items.0.weight", 5800.0, weight_unit="kg").lines[0].weight_g is None


@pytest.mark.parametrize(
    ("status", "payment"),
    [
        ("pending", Payment.UNPAID),
        ("cod", Payment.COD),
        ("paid", Payment.PAID),
        ("partial_refunded", Payment.PART_REFUNDED),
        ("refunded", Payment.REFUNDED),
        ("voided", Payment.VOID),
    ],
)
def test_every_financial_status_has_its_meaning(status: str, payment: Payment) -> None:
    assert order("statuses.financial_status", status, event="orders/create").payment is payment


@pytest.mark.parametrize("status", ["pending", "cod"])
def test_a_paid_event_whose_status_is_not_is_not_paid_and_says_so(status: str) -> None:
    read = order("statuses.financial_status", status)
    assert not is_received(read.payment)
    assert read.clash == f"orders/paid, but payment state {status}"


@pytest.mark.parametrize("status", ["錢到了", None, ""])
def test_a_state_nobody_told_us_of_is_not_money_received(status: str | None) -> None:
    read = order("statuses.financial_status", status)
    assert not is_received(read.payment)
    assert "counted as unpaid" in read.clash


def test_an_order_without_statuses_is_unpaid() -> None:
    assert order("statuses", None).payment is Payment.UNPAID


def test_money_the_event_says_went_back_is_not_counted_on() -> None:
    read = order("statuses.financial_status", "paid", event="orders/refunded")
    assert read.payment is Payment.REFUNDED
    assert read.clash == "orders/refunded, but payment state paid"


def test_a_cancelled_order_says_why() -> None:
    off = changed(PAID, "statuses.order_status", "cancelled")
    why = changed(off, "customer_cancel_reason_detail", {"source": "shop", "reason_detail": "顧客改變心意"})
    assert only(cyberbiz_shop(), of_cyberbiz(off)).cancel_reason == "cancelled"
    assert only(cyberbiz_shop(), of_cyberbiz(why)).cancel_reason == "顧客改變心意"


def test_the_cancelling_event_is_enough_and_the_contradiction_is_shown() -> None:
    read = only(cyberbiz_shop(), of_cyberbiz(PAID, event="orders/cancelled"))
    assert (read.is_cancelled, read.clash) == (True, "orders/cancelled, but order not cancelled")


def test_a_reason_without_a_cancelling_is_none() -> None:
    detail = {"reason_detail": "顧客改變心意"}
    assert order("customer_cancel_reason_detail", detail).cancel_reason is None


def test_a_parcel_nobody_fetched_is_no_cancelled_order() -> None:
    assert only(cyberbiz_shop(), of_cyberbiz(PAID, event="orders/expired")).cancel_reason is None


@pytest.mark.parametrize(
    ("express", "store", "type_"),
    [
        ({"store_no": "S001"}, {"store_no": "S001"}, OrderType.DELIVERY),
        ({"name": "南西店"}, None, OrderType.DELIVERY),
        (None, {"store_no": "S001"}, OrderType.PICKUP),
        ({}, None, OrderType.SHIPPING),
        (None, None, OrderType.SHIPPING),
    ],
)
def test_the_stores_tell_the_way_of_the_goods(express: object, store: object, type_: OrderType) -> None:
    body = changed(changed(PAID, "express_delivery_branch_store", express), "branch_store", store)
    assert only(cyberbiz_shop(), of_cyberbiz(body)).type is type_


def test_the_fast_arrival_event_is_a_delivery_whatever_the_stores() -> None:
    read = order("express_delivery_branch_store", None, event="express_delivery_orders/update")
    assert read.type is OrderType.DELIVERY


def test_slots_become_hours_when_the_shop_has_named_them() -> None:
    read = only(cyberbiz_shop(slots=("", "09:00-13:00", "13:00-18:00")), of_cyberbiz(PAID))
    assert read.promised_from == datetime(2026, 11, 21, 5, tzinfo=UTC)
    assert read.promised_to == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert read.note == "放門口"


@pytest.mark.parametrize("slot", [0, 7, None, "soon"])
def test_a_slot_without_hours_promises_nothing(slot: object) -> None:
    read = order("delivery_time", slot, slots=("", "09:00-13:00"))
    assert (read.promised_from, read.promised_to) == (None, None)


@pytest.mark.parametrize("field", ["company_no", "title"])
def test_an_invoice_to_a_company_is_asked_for(field: str) -> None:
    assert order(f"einvoice.{field}", "12345678").wants_invoice


@pytest.mark.parametrize(
    "field", ["receiver", "buyer", "einvoice", "note", "delivery_date", "delivery_time", "order_name"]
)
def test_a_half_filled_order_is_read(field: str) -> None:
    assert order(field, None).pieces == 3


@pytest.mark.parametrize(
    "event", ["products/update", "variants/update", "customers/create", "apps/uninstall", "new/thing"]
)
def test_an_event_without_an_order_is_ignored_with_a_reason(event: str) -> None:
    reading = cyberbiz_shop().read(of_cyberbiz(b"whatever", event=event))
    assert reading.purchases == ()
    assert reading.ignored == f"{event} carries no order"


def test_two_messages_of_one_second_have_two_keys() -> None:
    shop = cyberbiz_shop()
    keys = {
        shop.read(of_cyberbiz(PAID)).key,
        shop.read(of_cyberbiz(PAID, event="orders/create")).key,
        shop.read(of_cyberbiz(changed(PAID, "note", "changed"))).key,
        shop.read(of_cyberbiz(changed(PAID, "updated_at", "2026-11-21 14:31:08"))).key,
    }
    assert len(keys) == 4


def test_a_repeat_has_the_same_key() -> None:
    sent = of_cyberbiz(PAID)
    again = replace(sent, received_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert cyberbiz_shop().read(sent).key == cyberbiz_shop().read(again).key


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("line_items.0.quantity", 0, "line_items[0].quantity: found 0, allowed whole pieces"),
        ("prices.total_price", -1.0, "prices.total_price: found -1.0"),
        ("updated_at", "2026-13-01 00:00:00", "updated_at: found 2026-13-01 00:00:00, allowed a time like"),
        ("receiver.name", {"first": "小美"}, "receiver.name: found an object, allowed text"),
        ("id", 1.5, "id: found 1.5"),
    ],
)
def test_an_absurd_order_is_refused_with_path_and_reason(path: str, value: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        order(path, value)
    assert caught.value.reason.startswith(reason)


def test_an_unknown_time_zone_in_the_config_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        cyberbiz.Settings.model_validate({"timezone": "Asia/Nowhere"})


def test_a_slot_that_is_no_time_in_the_config_is_refused() -> None:
    with pytest.raises(ValueError, match="slots"):
        cyberbiz.Settings.model_validate({"slots": ["in the morning"]})


def test_a_missing_total_costs_nobody_a_paid_order() -> None:
    purchase = order("prices", None)
    assert purchase.total == gathering.line_sum(purchase.lines, "TWD")
    assert "no total was told" in purchase.clash


@pytest.mark.parametrize("statuses", [{"fulfillment_status": "shipped"}, {"order_status": "closed"}])
def test_what_was_shipped_in_the_shops_own_system_is_said(statuses: dict[str, str]) -> None:
    assert order("statuses", PAID["statuses"] | statuses).is_fulfilled
