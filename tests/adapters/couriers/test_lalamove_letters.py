"""Lalamove's webhooks: signatures inside the body, states, and whatever else may be in them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from adapters.couriers import lalamove
from adapters.payloads.lalamove import signed_text
from adapters.signatures import hmac_hex
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.measures import Place
from core.domain.money import Money
from core.ports.letter import BadSignature, Letter, Reading, Unreadable
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
REF = "2100000000000004821"
SECRET = "sk_test_abc"
DATA = (
    b'{"order":{"orderId":"1234567890123456789","market":"TW_TPE","driverId":"80557","previousStatus":"ON_GOING",'
    b'"status":"PICKED_UP"},"updatedAt":"2026-01-02T11:04.05Z"}'
)
SIGNATURE = "13b81cccef0cbfeea6892b545103a9d64a30d66f21654b55ce7646f456176a01"
URL = "https://orders.example.com/hooks/lalamove"
TOLD_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def courier(**changed) -> lalamove.Lalamove:
    section = {"api_key": "pk_test_abc", "api_secret": SECRET} | changed
    return lalamove.build("lala", lalamove.Settings.model_validate(section), now=lambda: NOW)


def letter(body: bytes, path: str = URL) -> Letter:
    return Letter(sender="lala", body=body, received_at=NOW, path=path)


def written(data: bytes = DATA, timestamp: str = "1767323045", signature: str = SIGNATURE) -> bytes:
    return b'{"apiKey":"pk_test_abc","timestamp":%s,"signature":"%s","eventId":"E1","data":%s}' % (
        timestamp.encode(),
        signature.encode(),
        data,
    )


def signed(data: bytes, timestamp: str, path: str = "/hooks/lalamove") -> bytes:
    text = signed_text(timestamp.strip('"'), "POST", path, data)
    return written(data, timestamp, hmac_hex(SECRET, text))


def event(kind: str, data: object, **more) -> Letter:
    whole = {"timestamp": 1767323045, "eventId": "E1", "eventType": kind, "data": data} | more
    return letter(json.dumps(whole).encode())


def told(kind: str, order: dict, **more) -> Report:
    return courier().read_letter(event(kind, {"order": {"orderId": REF} | order} | more)).reports[0]


# Signatures


def test_the_worked_example_is_believed() -> None:
    courier().verify(letter(written()))


@pytest.mark.parametrize("timestamp", ["1767323045", "1767323045123", '"1767323045"'])
def test_a_timestamp_is_signed_as_it_is_printed(timestamp) -> None:
    courier().verify(letter(signed(DATA, timestamp)))


@pytest.mark.parametrize(
    "data", [b'{"a" : "\\u8336",\n "b":1.50, "c":[ ]}', '{"a":"茶"}'.encode(), b"{}", b'{"a":"\\"data\\":{}"}']
)
def test_the_text_of_the_data_is_taken_as_it_stands(data) -> None:
    courier().verify(letter(signed(data, "1767323045")))


def test_a_body_with_blanks_is_believed_by_what_javascript_would_write() -> None:
    value = {"a": "茶", "b": [1, 2.5, True, None], "c": {}}
    compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    text = signed_text("1767323045", "POST", "/hooks/lalamove", compact)
    courier().verify(letter(written(json.dumps(value, indent=1).encode(), "1767323045", hmac_hex(SECRET, text))))


def test_the_path_is_that_of_the_url_they_were_given() -> None:
    behind = courier(webhook_url=URL)
    behind.verify(letter(written(), "http://127.0.0.1:8750/couriers/lala"))
    with pytest.raises(BadSignature):
        courier().verify(letter(written(), "http://127.0.0.1:8750/couriers/lala"))


@pytest.mark.parametrize("path", [f"{URL}?a=1", "/hooks/lalamove"])
def test_only_the_path_counts(path) -> None:
    courier().verify(letter(written(), path))


@pytest.mark.parametrize("path", ["", "http://[x/hooks/lalamove", "/hooks/lalamove/"])
def test_another_path_is_another_signature(path) -> None:
    with pytest.raises(BadSignature):
        courier().verify(letter(written(), path))


@pytest.mark.parametrize("secrets", [["sk_new", SECRET], [SECRET, "sk_new"]])
def test_either_of_two_keys_is_believed_while_they_change(secrets) -> None:
    courier(api_secret="sk_newest", webhook_secret=secrets).verify(letter(written()))


@pytest.mark.parametrize("given", ["", "00", SIGNATURE[:-1], SIGNATURE.upper(), "簽名"])
def test_any_other_signature_is_refused(given) -> None:
    with pytest.raises(BadSignature):
        courier().verify(letter(written(signature=given)))


@pytest.mark.parametrize(
    "body",
    [
        written(DATA.replace(b"PICKED_UP", b"COMPLETED")),
        written(timestamp="1767323046"),
        b'{"data":{},' + written()[1:],  # the signed part and another of its name
        b"{}",
        b"[]",
        b" ",
        b"\xff",
        b"{" * 100_000,
        b'{"timestamp":null,"signature":null,"data":null}',
        b'{"timestamp":{},"signature":[],"data":1e999}',
    ],
)
def test_whatever_is_not_signed_is_refused(body) -> None:
    with pytest.raises(BadSignature):
        courier().verify(letter(body))


@pytest.mark.parametrize("secret", ["", " "])
def test_without_a_secret_the_door_is_shut(secret) -> None:
    with pytest.raises(BadSignature):
        courier(api_secret=secret).verify(letter(written(signature=hmac_hex(secret, b""))))


def test_an_empty_call_only_asks_whether_anybody_listens() -> None:
    knock = letter(b"")
    courier().verify(knock)
    reading = courier().read_letter(knock)
    assert (reading.reports, reading.purchases, bool(reading.ignored)) == ((), (), True)


# States


@pytest.mark.parametrize(("status", "state"), [*lalamove.STATUS.items(), ("AT_STORE", S.UNKNOWN), ("", S.UNKNOWN)])
def test_each_word_has_its_state(status, state) -> None:
    report = told("ORDER_STATUS_CHANGED", {"status": status})
    assert (report.state, report.word) == (state, status or "ORDER_STATUS_CHANGED")


def test_a_way_their_support_ended_is_not_lost_yet() -> None:
    report = told("ORDER_STATUS_CHANGED", {"status": "CANCELED", "cancelParty": "LALAMOVE_CUSTOMER_SUPPORT"})
    assert (report.state, report.word, report.reason) == (S.UNKNOWN, "CANCELED", "LALAMOVE_CUSTOMER_SUPPORT")


def test_a_way_somebody_else_ended_is() -> None:
    report = told("ORDER_STATUS_CHANGED", {"status": "CANCELED", "cancelParty": "DRIVER"})
    assert (report.state, report.reason) == (S.FAILED, "DRIVER")


@pytest.mark.parametrize(("status", "state"), [("FAILED", S.FAILED), ("DELIVERED", S.UNKNOWN), ("SIGNED", S.UNKNOWN)])
def test_a_proof_that_failed_is_a_failed_way(status, state) -> None:
    assert told("POD_STATUS_CHANGED", {"stops": [{"POD": {"status": status}}]}).state is state


def test_an_order_done_at_a_door_that_failed_has_failed() -> None:
    order = {"status": "COMPLETED", "stops": [{}, {"POD": {"status": "FAILED"}}]}
    assert told("ORDER_STATUS_CHANGED", order).state is S.FAILED


# What else is in them


def reading(payload, name: str) -> Reading:
    return courier().read_letter(letter(payload(f"lalamove/{name}")))


def test_a_status_event_is_read(payload) -> None:
    told = reading(payload, "status_event")
    report = told.reports[0]
    assert told.key == "5F0E2A77-0000-4000-8000-000000000001"
    assert (report.ref, report.our_key, report.state, report.at) == (REF, KEY, S.HEADING_TO_STORE, TOLD_AT)
    assert (report.waybill, report.tracking_url[:8]) == ("04821", "https://")


def test_a_driver_event_tells_who_and_where(payload) -> None:
    report = reading(payload, "driver_event").reports[0]
    at = TOLD_AT - timedelta(seconds=1)
    assert report.driver == Driver(name="王大明", phone="+886900000111", plate="**LAM0V*")
    assert (report.state, report.place) == (S.UNKNOWN, Place(25.046, 121.517, at))


def test_an_event_about_the_amount_tells_the_fee(payload) -> None:
    assert reading(payload, "amount_event").reports[0].fee == Money(12_500, "TWD")


def test_a_code_for_the_door_is_its_pin(payload) -> None:
    assert reading(payload, "code_event").reports[0].pin == "4821"


def test_an_order_put_in_anothers_place_is_told_of_the_one_we_booked(payload) -> None:
    lala = courier()
    first = lala.read_letter(letter(payload("lalamove/replaced_event"))).reports[0]
    assert (first.ref, first.state, first.word, first.waybill) == (REF, S.UNKNOWN, "ORDER_REPLACED", "09999")
    later = {"order": {"orderId": "2100000000000009999", "status": "ON_GOING"}}
    assert lala.read_letter(event("ORDER_STATUS_CHANGED", later)).reports[0].ref == REF


def test_an_order_under_a_key_that_has_a_job_stands_in_for_it() -> None:
    lala, metadata = courier(), {"key": KEY}
    for ref in ("1", "2"):
        report = lala.read_letter(event("ORDER_CREATED", {"order": {"orderId": ref, "metadata": metadata}})).reports[0]
    assert (report.ref, report.our_key) == ("1", KEY)


@pytest.mark.parametrize("name", ["eventId", "eventID"])
def test_an_event_is_known_by_its_id_however_that_is_spelled(name) -> None:
    data = {"order": {"orderId": REF}}
    whole = {"timestamp": 1, "eventType": "ORDER_EDITED", "data": data, name: "E7"}
    assert courier().read_letter(letter(json.dumps(whole).encode())).key == "E7"


def test_an_event_without_an_id_is_known_by_its_bytes() -> None:
    sent = event("ORDER_EDITED", {"order": {"orderId": REF}}, eventId=None)
    assert courier().read_letter(sent).key == sent.body_key


@pytest.mark.parametrize("kind", ["WALLET_BALANCE_CHANGED", "SOMETHING_NEW", "", None])
def test_other_events_are_ignored_and_say_so(kind) -> None:
    read = courier().read_letter(event(kind, {"order": {"orderId": REF}}))
    assert (read.key, read.reports) == ("E1", ())
    assert read.ignored


@pytest.mark.parametrize("data", [{}, {"order": {}}, {"order": {"orderId": None}}, {"order": []}, None, 7])
def test_an_event_that_names_no_order_is_ignored(data) -> None:
    read = courier().read_letter(event("ORDER_STATUS_CHANGED", data))
    assert (read.key, read.reports) == ("E1", ())
    assert "names no order" in read.ignored


@pytest.mark.parametrize("timestamp", [1767323045, "1767323045", 1767323045999, "1767323045000", 1767323045.7])
def test_the_signed_time_counts_in_whole_seconds(timestamp) -> None:
    sent = event("ORDER_EDITED", {"order": {"orderId": REF}}, timestamp=timestamp)
    assert courier().read_letter(sent).reports[0].at == TOLD_AT


@pytest.mark.parametrize("timestamp", [None, "now", -5, 0, 10**40, []])
def test_a_time_that_is_none_is_the_moment_it_came(timestamp) -> None:
    sent = event("ORDER_EDITED", {"order": {"orderId": REF}}, timestamp=timestamp)
    assert courier().read_letter(sent).reports[0].at == NOW


@pytest.mark.parametrize("body", [b"[]", b"\xff", b'"x"', b"{", b"[" * 100_000])
def test_what_is_no_event_is_unreadable(body) -> None:
    with pytest.raises(Unreadable):
        courier().read_letter(letter(body))


@pytest.mark.parametrize(
    "order",
    [
        {"stops": "x", "priceBreakdown": [], "metadata": 7, "shareLink": None, "driverId": 5},
        {"stops": [None, 3, {}], "price": {"totalPrice": "much", "currency": 7}},
        {"price": {"totalPrice": "-5", "currency": "TWD"}},
        {"price": {"totalPrice": "NaN", "currency": "TWD"}},
        {"price": {"totalPrice": "9" * 60, "currency": "TWD"}},
        {"price": {"totalPrice": "5", "currency": "dollars"}},
    ],
)
def test_wrong_types_count_as_not_said(order) -> None:
    report = told("ORDER_STATUS_CHANGED", {"status": "ON_GOING"} | order, driver=[], location={"lat": 1000, "lng": "x"})
    assert (report.state, report.fee, report.pin, report.our_key) == (S.HEADING_TO_STORE, None, "", "")
    assert (report.driver, report.place) == (None, None)


def test_texts_are_harmless() -> None:
    report = told("ORDER_STATUS_CHANGED", {"status": "ON_\x1b[31mGOING\n"}, driver={"name": "Mei\x07 \u202eL."})
    assert (report.word, report.driver.name) == ("ON_GOING", "Mei L.")


def test_a_blank_where_a_plus_was_is_a_plus() -> None:
    assert told("DRIVER_ASSIGNED", {}, driver={"phone": " 886912345678"}).driver.phone == "+886912345678"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["status", "stops", "price", "priceBreakdown", "metadata", "driverId", "shareLink", "cancelParty"]
LALA = courier()


@given(st.dictionaries(st.sampled_from(KEYS), JSON), JSON, JSON)
def test_whatever_the_data_is_it_is_a_report_or_unreadable(order, driver, location) -> None:
    data = {"order": order | {"orderId": REF}, "driver": driver, "location": location}
    try:
        report = LALA.read_letter(event("DRIVER_ASSIGNED", data)).reports[0]
    except Unreadable:
        return
    assert report.state in DeliveryState
    assert report.at == TOLD_AT


@given(JSON, JSON, JSON)
def test_whatever_is_sent_is_refused_and_nothing_breaks(timestamp, signature, data) -> None:
    body = json.dumps({"timestamp": timestamp, "signature": signature, "data": data}).encode()
    with pytest.raises(BadSignature):
        LALA.verify(letter(body))
