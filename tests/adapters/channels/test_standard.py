"""Our own order over Standard Webhooks, signed by the official library."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from adapters.channels import standard
from core.domain.line import OrderLine
from core.domain.measures import Box
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.purchase import Customer, OrderType
from core.ports.letter import BadSignature, Letter, Unreadable
from tests.adapters.channels.letters import (
    NOW,
    STANDARD_SECRET,
    changed,
    letter,
    of_standard,
    only,
    payload,
    standard_shop,
)

PAID = payload("standard")
SMALLEST = payload("standard", "smallest")
OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def order(path: str, value: object):
    return only(standard_shop(), of_standard(changed(PAID, path, value)))


def signed_officially(secret: str = STANDARD_SECRET, at: datetime = NOW, before: str = "") -> Letter:
    bare = letter("own", PAID)
    signature = before + Webhook(secret).sign("msg_1", at, bare.body.decode())
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}
    return letter("own", bare.body, headers)


def test_the_official_signer_opens_the_door() -> None:
    standard_shop().verify(signed_officially())


@pytest.mark.parametrize(
    ("message_id", "at", "body", "signature"),
    [
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
            1741921500,
            b'{"type":"order.paid","timestamp":"2025-03-14T03:05:00Z","data":{"id":"A-1001"}}',
            "v1,33itI5IzMA+om6GxmxYP8r75yiYXu/i9IXc4oRhc1as=",
        ),
    ],
)
def test_the_worked_signatures_open_it(message_id: str, at: int, body: bytes, signature: str) -> None:
    headers = {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": signature}
    received = datetime.fromtimestamp(at, UTC)
    standard_shop().verify(Letter(sender="own", headers=headers, body=body, received_at=received))


@pytest.mark.parametrize(
    "before",
    [
        "v1,AAAA ",
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYQ== ",
        "v2,x  ",
    ],
)
def test_one_good_signature_among_others_is_enough(before: str) -> None:
    standard_shop().verify(signed_officially(before=before))


def test_while_a_secret_is_changed_both_are_good() -> None:
    standard_shop(secret=[OTHER_SECRET, STANDARD_SECRET]).verify(signed_officially())


@pytest.mark.parametrize("secret", [[], "", OTHER_SECRET])
def test_without_the_right_secret_the_door_is_shut(secret: object) -> None:
    with pytest.raises(BadSignature):
        standard_shop(secret=secret).verify(signed_officially())


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_forgiven(seconds: int) -> None:
    standard_shop().verify(signed_officially(at=NOW + timedelta(seconds=seconds)))


@pytest.mark.parametrize("seconds", [-301, 301, 10**8])
def test_more_than_five_minutes_are_not(seconds: int) -> None:
    with pytest.raises(BadSignature, match="five minutes"):
        standard_shop().verify(signed_officially(at=NOW + timedelta(seconds=seconds)))


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1.5", "9" * 400, "１７６３", "1763706669 "])
def test_a_time_that_is_none_is_bad(timestamp: str) -> None:
    sent = signed_officially()
    with pytest.raises(BadSignature):
        standard_shop().verify(letter("own", sent.body, {**sent.headers, "webhook-timestamp": timestamp}))


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_every_header_is_needed(name: str) -> None:
    sent = signed_officially()
    with pytest.raises(BadSignature):
        standard_shop().verify(
            letter("own", sent.body, {key: told for key, told in sent.headers.items() if key != name})
        )


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_the_signature_covers_id_and_time(name: str) -> None:
    sent = signed_officially()
    with pytest.raises(BadSignature):
        standard_shop().verify(letter("own", sent.body, {**sent.headers, name: str(int(NOW.timestamp()) + 1)}))


def test_a_signature_of_an_unknown_version_alone_is_bad() -> None:
    sent = signed_officially()
    later = sent.headers["webhook-signature"].replace("v1,", "v2,")
    with pytest.raises(BadSignature):
        standard_shop().verify(letter("own", sent.body, {**sent.headers, "webhook-signature": later}))


def test_a_full_order_is_read_whole() -> None:
    read = only(standard_shop(), of_standard(PAID))
    assert (read.channel, read.shop, read.channel_order_id, read.number) == ("web", "nanxi", "A-1042", "1042")
    assert (read.payment, read.type, read.total) == (Payment.PAID, OrderType.DELIVERY, Money(13800, "TWD"))
    assert read.customer == Customer(
        name="Ms Chen 陳曉雯",
        phone="0900000017",
        address="104 台北市中山區範例路 1042 號",
        latitude=25.0523,
        longitude=121.5202,
    )
    assert read.promised_from == datetime(2026, 11, 21, 7, tzinfo=UTC)
    assert read.promised_to == datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
    assert read.accept_by == datetime(2026, 11, 21, 6, 36, 7, tzinfo=UTC)
    assert (read.note, read.allergens, read.clash, read.cancel_reason) == ("ring twice", "peanuts", "", None)


def test_a_full_line_is_read_whole() -> None:
    tea, cup = only(standard_shop(), of_standard(PAID)).lines
    assert tea == OrderLine(
        id="1",
        sku="TEA-OOL-600",
        barcode="2900000000018",
        name="Oolong tea 烏龍茶 600 ml",
        quantity=2,
        unit_price=Money(3900, "TWD"),
        weight_g=620,
        size=Box(66, 66, 240),
        options="No sugar · less ice",
        note="cold, please",
        shelf="A-03",
    )
    assert (cup.is_gift, cup.unit_price) == (True, Money(0, "TWD"))


@pytest.mark.parametrize("told", [None, "", [0, 0, 0], [10, 0, 10]])
def test_a_size_with_nothing_in_it_is_unknown(told: object) -> None:
    assert order("data.lines.0.size_mm", told).lines[0].size is None


def test_the_smallest_order_gets_its_defaults() -> None:
    read = only(standard_shop(shop="nanxi"), of_standard(SMALLEST))
    assert (read.shop, read.number, read.type, read.total) == ("nanxi", "A-1", OrderType.DELIVERY, Money(3500, "TWD"))
    assert read.lines == (OrderLine(id="1", sku="", name="Green tea", quantity=1),)
    assert (read.updated_at, read.placed_at, read.customer) == (NOW, NOW, Customer())


@pytest.mark.parametrize("payment", list(Payment))
def test_payment_is_told_in_the_words_of_the_contract(payment: Payment) -> None:
    assert order("data.payment", payment.value).payment is payment


@pytest.mark.parametrize("payment", ["unpaid", "authorized", "cod"])
def test_a_paid_event_that_is_not_paid_shows_the_clash(payment: str) -> None:
    assert order("data.payment", payment).clash == f"order.paid, but payment state {payment}"


def test_the_time_of_the_event_stands_in_for_the_version() -> None:
    assert order("data.updated_at", None).updated_at == datetime(2026, 11, 21, 6, 31, 7, tzinfo=UTC)


def test_a_cancelling_type_cancels_and_so_does_a_reason() -> None:
    assert order("type", "order.cancelled").cancel_reason == "cancelled"
    assert order("data.cancel_reason", "too late").cancel_reason == "too late"


def test_a_test_order_is_a_test() -> None:
    assert order("data.test", True).is_test


def test_an_invoice_can_be_asked_for() -> None:
    assert order("data.wants_invoice", True).wants_invoice


def test_a_line_without_a_name_is_called_by_its_sku() -> None:
    assert order("data.lines.0.name", "\u200b").lines[0].name == "TEA-OOL-600"


def test_the_message_id_tells_repeats_apart() -> None:
    assert standard_shop().read(of_standard(PAID, message_id="msg_77")).key == "msg_77"


@pytest.mark.parametrize("type_", ["product.updated", "order.refunded", "", "order.paid "])
def test_a_type_without_an_order_is_ignored_with_a_reason(type_: str) -> None:
    reading = standard_shop().read(of_standard({"type": type_, "data": {}}))
    assert reading.purchases == ()
    assert reading.ignored.endswith("carries no order")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("data.id", 1042, "data.id: found 1042, allowed an id as text"),
        ("data.payment", "Ms Chen", "data.payment: found a text of 7 signs, allowed one of unpaid, authorized"),
        ("data.type", "flying", "data.type: found a text of 6 signs, allowed one of delivery"),
        ("data.lines.1.quantity", 1.5, "data.lines[1].quantity: found 1.5"),
        ("data.lines.1.weight_g", -5, "data.lines[1].weight_g: found -5, allowed grams"),
        ("data.lines.1.size_mm", [10, 10], "data.lines[1].size_mm: found a list, allowed three edges in millimetres"),
        ("data.lines.1.size_mm", [10, 10, -1], "data.lines[1].size_mm: found a list, allowed three edges"),
        ("data.lines.1.size_mm", [10, 10, 10_000], "data.lines[1].size_mm: found a list, allowed three edges"),
        ("data.lines.1.size_mm", "10x10x10", "data.lines[1].size_mm: found a text of 8 signs, allowed three edges"),
        ("data.total", None, "data.total: found nothing, allowed an amount"),
        ("data.accept_by", "soon", "data.accept_by: found a text of 4 signs, allowed a time with zone"),
        ("data.customer.latitude", 250.0, "data.customer.latitude: found a place off the map"),
        ("data.test", "yes", "data.test: found a text of 3 signs, allowed true or false"),
        ("data.lines.0.options", ["x"] * 51, "data.lines[0].options: found a list, allowed at most 50 options"),
        ("data", [], "data: found a list, allowed an object"),
        ("type", ["order.paid"], "type: found a list, allowed text"),
    ],
)
def test_an_absurd_order_is_refused_with_path_and_reason(path: str, value: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        order(path, value)
    assert caught.value.reason.startswith(reason)
    assert caught.value.key == "msg_1"


@pytest.mark.parametrize("secret", ["whsec_", "whsec_&&&", "short"])
def test_a_secret_that_holds_no_key_is_refused_in_the_config(secret: str) -> None:
    with pytest.raises(ValueError, match="Standard Webhooks secret"):
        standard.Settings.model_validate({"secret": secret})
