"""Uber Direct's webhooks: signatures, states, and whatever else may be in them."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from adapters.couriers import uber_direct
from adapters.signatures import hmac_hex
from core.domain.delivery import DeliveryState, Driver
from core.domain.measures import Place
from core.domain.money import Money
from core.ports.letter import BadSignature, Letter, Unreadable
from tests.adapters.couriers.conftest import NOW

DEL = "del_AAAAAAAAAAAAAAAAAAAAAA"
RET = "ret_AAAAAAAAAAAAAAAAAAAAAA"
VENDORS_KEY = "c5c26d5a-70d6-46c7-a652-d7c09825ad29"
VENDORS_BODY = b'{"kind": "event.courier_update", "location": {"lat": 37.7974109, "lng": -122.424145}}'
VENDORS_SIGNATURE = "cdff8133fb065f8d37a2c1c94c3331b6a82766d14e7ea4faacc4886558cedd65"
OUR_BODY = (
    b'{"id":"evt_01","kind":"event.delivery_status","created":"2026-01-02T03:04:05.000Z","live_mode":false,'
    b'"delivery_id":"del_AAAAAAAAAAAAAAAAAAAAAA","customer_id":"cus_test","status":"pickup",'
    b'"data":{"id":"del_AAAAAAAAAAAAAAAAAAAAAA","status":"pickup"}}'
)
OUR_SIGNATURE = "a868502a3b5677cf9b8e647a0bc3d933bbb7a04a80b7be06defe70c9cd694423"


def courier(secret: object = VENDORS_KEY) -> uber_direct.UberDirect:
    section = {"customer_id": "cus_test", "client_id": "c", "client_secret": "s", "webhook_secret": secret}
    return uber_direct.build("uber", uber_direct.Settings.model_validate(section), now=lambda: NOW)


UBER = courier()


def event(**fields) -> Letter:
    return Letter(sender="uber", body=json.dumps(fields).encode(), received_at=NOW)


def told(data: object, **fields):
    whole = {"id": "evt_1", "kind": "event.delivery_status", "delivery_id": DEL, "data": data} | fields
    return UBER.read_letter(event(**whole)).reports[0]


# Signatures


def test_the_vendors_own_sample_is_believed(letter) -> None:
    UBER.verify(letter(VENDORS_BODY, x_uber_signature=VENDORS_SIGNATURE))


def test_our_own_sample_is_believed(letter) -> None:
    courier("whsec_uber_test_key").verify(letter(OUR_BODY, x_uber_signature=OUR_SIGNATURE))


def test_the_older_header_is_believed(letter) -> None:
    UBER.verify(letter(VENDORS_BODY, x_postmates_signature=VENDORS_SIGNATURE))


@pytest.mark.parametrize("secrets", [[VENDORS_KEY, "new"], ["new", VENDORS_KEY]])
def test_either_of_two_keys_is_believed_while_they_change(letter, secrets) -> None:
    courier(secrets).verify(letter(VENDORS_BODY, x_uber_signature=VENDORS_SIGNATURE))


@pytest.mark.parametrize("given", ["", "00", VENDORS_SIGNATURE[:-1], VENDORS_SIGNATURE.upper(), "簽名"])
def test_any_other_signature_is_refused(letter, given) -> None:
    with pytest.raises(BadSignature):
        UBER.verify(letter(VENDORS_BODY, x_uber_signature=given))


def test_a_changed_body_is_refused(letter) -> None:
    with pytest.raises(BadSignature):
        UBER.verify(letter(VENDORS_BODY + b" ", x_uber_signature=VENDORS_SIGNATURE))


@pytest.mark.parametrize("secret", ["", [], ["", " "]])
def test_without_a_key_the_door_is_shut(letter, secret) -> None:
    with pytest.raises(BadSignature):
        courier(secret).verify(letter(b"{}", x_uber_signature=hmac_hex("", b"{}")))


# States


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending", DeliveryState.MATCHING),
        ("pickup", DeliveryState.HEADING_TO_STORE),
        ("pickup_complete", DeliveryState.PICKED_UP),
        ("dropoff", DeliveryState.PICKED_UP),
        ("delivered", DeliveryState.DELIVERED),
        ("returned", DeliveryState.RETURNING),
        ("canceled", DeliveryState.FAILED),
        ("shopping_completed", DeliveryState.UNKNOWN),
        ("", DeliveryState.UNKNOWN),
    ],
)
def test_each_word_has_its_state(status, state) -> None:
    report = told({"id": DEL, "status": status})
    assert report.state is state
    assert report.word == (status or "event.delivery_status")


def test_a_driver_who_is_near_the_store_is_at_the_store() -> None:
    assert told({"id": DEL, "status": "pickup", "courier_imminent": True}).state is DeliveryState.AT_STORE


def test_a_driver_who_is_near_the_door_has_still_only_picked_up() -> None:
    assert told({"id": DEL, "status": "dropoff", "courier_imminent": True}).state is DeliveryState.PICKED_UP


def test_thrown_away_goods_do_not_come_back() -> None:
    report = told({"id": DEL, "status": "returned", "undeliverable_action": "discarded"})
    assert report.state is DeliveryState.FAILED


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending", DeliveryState.RETURNING),
        ("pickup", DeliveryState.RETURNING),
        ("dropoff", DeliveryState.RETURNING),
        ("delivered", DeliveryState.RETURNED),
        ("canceled", DeliveryState.FAILED),
        ("swallowed", DeliveryState.UNKNOWN),
    ],
)
@pytest.mark.parametrize("as_list", [True, False])
def test_the_way_back_is_told_of_the_job_we_booked(status, state, as_list) -> None:
    related = {"id": DEL, "relationship": "original"}
    data = {"id": RET, "status": status, "related_deliveries": [related] if as_list else related}
    report = told(data, delivery_id=RET)
    assert (report.ref, report.return_ref, report.state) == (DEL, RET, state)


def test_a_way_back_that_names_no_original_keeps_its_own_name() -> None:
    report = told({"id": RET, "status": "delivered"}, delivery_id=RET)
    assert (report.ref, report.return_ref, report.state) == (RET, RET, DeliveryState.RETURNED)


@pytest.mark.parametrize("word", ["return", "returned"])
def test_the_way_there_names_the_way_back(word) -> None:
    report = told({"id": DEL, "status": "returned", "related_deliveries": {"id": RET, "relationship": word}})
    assert (report.state, report.return_ref) == (DeliveryState.RETURNING, RET)


def test_the_way_back_changes_neither_waybill_nor_fee(payload) -> None:
    report = UBER.read_letter(Letter(sender="uber", body=payload("uber_direct/return_event"), received_at=NOW)).reports[
        0
    ]
    assert (report.waybill, report.fee, report.eta_door) == ("", None, None)
    assert report.eta_store == datetime(2026, 1, 2, 4, 30, tzinfo=UTC)


# What else is in them


def test_a_status_event_is_read(payload) -> None:
    reading = UBER.read_letter(Letter(sender="uber", body=payload("uber_direct/status_event"), received_at=NOW))
    report = reading.reports[0]
    assert reading.key == "evt_BBBBBBBBBBBBBBBBBBBBBB"
    assert report.driver == Driver(
        name="Mei L.", phone="+886255501111", vehicle="motorcycle white Kymco Many", plate="***-4821"
    )
    assert report.at == datetime(2026, 1, 2, 3, 8, 9, 500_000, UTC)
    assert (report.ref, report.fee, report.place.latitude) == (DEL, Money(9900, "TWD"), 25.03)


def test_a_place_without_a_state_is_only_a_place(payload) -> None:
    report = UBER.read_letter(Letter(sender="uber", body=payload("uber_direct/place_event"), received_at=NOW)).reports[
        0
    ]
    at = datetime(2026, 1, 2, 3, 9, tzinfo=UTC)
    assert (report.state, report.word, report.at) == (DeliveryState.UNKNOWN, "", at)
    assert report.place == Place(37.7974109, -122.424145, at)


def test_a_place_with_a_state_tells_both() -> None:
    spot = {"lat": 25.0, "lng": 121.5}
    report = told({"id": DEL, "status": "dropoff"}, kind="event.courier_update", location=spot)
    assert (report.state, report.place.longitude) == (DeliveryState.PICKED_UP, 121.5)


@pytest.mark.parametrize("kind", ["event.refund_request", "event.shopping_progress", "", None])
def test_other_events_are_ignored_and_say_so(kind) -> None:
    reading = UBER.read_letter(event(id="evt_1", kind=kind, delivery_id=DEL))
    assert (reading.key, reading.reports) == ("evt_1", ())
    assert reading.ignored


def test_an_event_without_an_id_is_known_by_its_bytes() -> None:
    letter = event(kind="event.delivery_status", delivery_id=DEL)
    assert UBER.read_letter(letter).key == letter.body_key


def test_an_event_without_a_time_is_of_the_moment_it_came() -> None:
    assert told({"id": DEL, "status": "pickup"}).at == NOW


def test_the_vendors_own_sample_names_no_delivery_and_is_ignored(letter) -> None:
    sample = letter(VENDORS_BODY)
    reading = UBER.read_letter(sample)
    assert (reading.key, reading.reports) == (sample.body_key, ())
    assert "names no delivery" in reading.ignored


@pytest.mark.parametrize("kind", ["event.delivery_status", "event.courier_update"])
def test_an_ignored_event_is_known_by_its_id(kind) -> None:
    reading = UBER.read_letter(event(id="evt_1", kind=kind, status="pickup"))
    assert (reading.key, reading.reports) == ("evt_1", ())
    assert "names no delivery" in reading.ignored


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'"x"', b"{", b"[" * 100_000])
def test_what_is_no_event_is_unreadable(letter, body) -> None:
    with pytest.raises(Unreadable):
        UBER.read_letter(letter(body))


@pytest.mark.parametrize(
    "data",
    [
        {"courier": {"rating": 5, "name": None, "location": None}},
        {"courier": [], "related_deliveries": "ret_x"},
        {"related_deliveries": [None, 3], "fee": "9900x", "currency": 7},
        {"updated": "yesterday", "pickup_eta": 3, "dropoff": None},
        {"courier": {"location": {"lat": 1000, "lng": "x"}}},
        {"dropoff": {"verification_requirements": {"pincode": []}}, "uuid": None},
    ],
)
def test_wrong_types_count_as_not_said(data) -> None:
    report = told(data | {"id": DEL, "status": "pickup"})
    assert (report.state, report.place, report.fee, report.return_ref, report.pin) == (
        DeliveryState.HEADING_TO_STORE,
        None,
        None,
        "",
        "",
    )


def test_texts_are_harmless() -> None:
    report = told({"id": DEL, "status": "pick\x1b[31mup\n", "courier": {"name": "Mei\x07 \u202eL."}})
    assert (report.word, report.driver.name) == ("pickup", "Mei L.")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["status", "courier", "updated", "fee", "currency", "uuid", "related_deliveries", "dropoff", "pickup_eta", "id"]


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_whatever_the_data_is_it_is_a_report_or_unreadable(data) -> None:
    try:
        report = UBER.read_letter(event(kind="event.delivery_status", delivery_id=DEL, data=data)).reports[0]
    except Unreadable:
        return
    assert report.state in DeliveryState
    assert report.at.tzinfo is not None
