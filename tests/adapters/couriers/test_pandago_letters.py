"""pandago's callbacks: who may be believed, and what is read out of what comes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings as limits, strategies as st

from adapters.couriers import pandago
from adapters.signatures import hmac_base64, hmac_hex
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.measures import Place
from core.ports.letter import BadSignature, Letter, Unreadable
from tests.adapters.couriers.conftest import KEY, NOW
from tests.adapters.couriers.test_pandago import REF, settings

S = DeliveryState
AT = datetime.fromtimestamp(1767323045, UTC)
SECRET = "supersecret"
BODY = b'{"order_id":"y0ud-000001","client_order_id":"S-1001","status":"PICKED_UP","updated_at":1767323045}'
HEX = "4b383b075b87823cce1434dfdff7e9952c11b9ff33c26d175bb4f69b400aa618"
BASE64 = "Szg7B1uHgjzOFDTf3/fplSwRuf8zwm0XW7T2m0AKphg="


@pytest.fixture(scope="module")
def courier() -> pandago.Pandago:
    return pandago.build("panda", settings(webhook_secret=SECRET), now=lambda: NOW)


def told(courier: pandago.Pandago, letter: Callable, **event) -> Report:
    (report,) = courier.read_letter(letter(json.dumps(event).encode())).reports
    return report


# Who may be believed


def test_the_worked_signature_comes_out() -> None:
    assert (hmac_hex(SECRET, BODY), hmac_base64(SECRET, BODY)) == (HEX, BASE64)


@pytest.mark.parametrize("given", [HEX, HEX.upper(), BASE64, f" {HEX} "])
def test_the_worked_signature_is_believed(courier, letter, given) -> None:
    courier.verify(letter(BODY, x_signature_sha256=given))


@pytest.mark.parametrize("given", ["", HEX[:-1], HEX[:-1] + "9", BASE64.lower(), BASE64[:-1], "é", "\udcff", HEX * 2])
def test_any_other_signature_is_not(courier, letter, given) -> None:
    with pytest.raises(BadSignature):
        courier.verify(letter(BODY, x_signature_sha256=given))


def test_a_changed_body_is_not_believed(courier, letter) -> None:
    with pytest.raises(BadSignature):
        courier.verify(letter(BODY.replace(b"PICKED_UP", b"DELIVERED"), x_signature_sha256=HEX))


def test_a_letter_without_the_header_is_not_believed(courier, letter) -> None:
    for headers in ({}, {"x_signature": HEX}):
        with pytest.raises(BadSignature):
            courier.verify(letter(BODY, **headers))


@pytest.mark.parametrize("secrets", [["old", SECRET], [SECRET, "new"]])
def test_several_secrets_are_taken_while_they_change(letter, secrets) -> None:
    pandago.build("panda", settings(webhook_secret=secrets)).verify(letter(BODY, x_signature_sha256=HEX))


@pytest.mark.parametrize("secrets", [[], "", " "])
def test_without_a_secret_the_door_is_shut(letter, secrets) -> None:
    courier = pandago.build("panda", settings(webhook_secret=secrets))
    for signature in (hmac_hex("", BODY), hmac_base64("", BODY), ""):
        with pytest.raises(BadSignature):
            courier.verify(letter(BODY, x_signature_sha256=signature))


# What they say


def test_a_status_is_read_with_its_driver(courier, letter, payload) -> None:
    reading = courier.read_letter(letter(payload("pandago/status_event")))
    (report,) = reading.reports
    assert (report.courier, report.ref, report.our_key, report.waybill) == ("panda", REF, KEY, REF)
    assert (report.state, report.word, report.at) == (S.PICKED_UP, "PICKED_UP", AT)
    assert report.driver == Driver(name="A-Ming", phone="+886900000000")
    assert report.place == Place(25.03, 121.56, AT)
    assert (report.eta_store, report.eta_door) == (NOW + timedelta(minutes=10), NOW + timedelta(minutes=35))
    assert (report.tracking_url, report.fee, report.reason) == ("https://example.invalid/t/1", None, "")


def test_a_cancellation_says_why(courier, letter, payload) -> None:
    (report,) = courier.read_letter(letter(payload("pandago/cancelled_event"))).reports
    assert (report.state, report.word, report.reason) == (S.FAILED, "CANCELLED", "NO_COURIER")
    assert (report.driver, report.eta_door) == (None, None)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("NEW", S.MATCHING),
        ("RECEIVED", S.MATCHING),
        ("WAITING_FOR_TRANSPORT", S.MATCHING),
        ("ASSIGNED_TO_TRANSPORT", S.MATCHING),
        ("COURIER_ACCEPTED_DELIVERY", S.HEADING_TO_STORE),
        ("NEAR_VENDOR", S.AT_STORE),
        ("PICKED_UP", S.PICKED_UP),
        ("COURIER_LEFT_VENDOR", S.PICKED_UP),
        ("NEAR_CUSTOMER", S.PICKED_UP),
        ("DELIVERED", S.DELIVERED),
        ("RETURNED_TO_VENDOR", S.RETURNED),
        ("CANCELLED", S.FAILED),
        ("DELAYED", S.UNKNOWN),
        ("delivered", S.UNKNOWN),
        ("", S.UNKNOWN),
    ],
)
def test_each_word_has_its_state(courier, letter, status, state) -> None:
    assert told(courier, letter, order_id=REF, status=status).state is state


@pytest.mark.parametrize("reason", ["UNABLE_TO_FIND", "UNABLE_TO_PAY", "WRONG_ORDER_ITEMS_DELIVERED"])
def test_what_nobody_took_at_the_door_is_coming_back(courier, letter, reason) -> None:
    cancellation = {"source": "LOGISTICS", "reason": reason}
    report = told(courier, letter, order_id=REF, status="CANCELLED", cancellation=cancellation)
    assert (report.state, report.reason) == (S.RETURNING, reason)


@pytest.mark.parametrize("reason", ["NO_COURIER", "COURIER_ACCIDENT", "BAD_WEATHER", "MISTAKE_ERROR", "SOMETHING_NEW"])
def test_any_other_cancellation_has_failed(courier, letter, reason) -> None:
    report = told(courier, letter, order_id=REF, status="CANCELLED", cancellation={"reason": reason})
    assert (report.state, report.reason) == (S.FAILED, reason)


def test_a_delay_keeps_the_state_and_brings_its_times(courier, letter, fold) -> None:
    first = told(courier, letter, order_id=REF, status="COURIER_ACCEPTED_DELIVERY", updated_at=1767323045)
    late = {"estimated_pickup_time": "2026-01-02T03:40:00.000Z", "estimated_delivery_time": ""}
    delayed = told(courier, letter, order_id=REF, status="DELAYED", updated_at=1767323105, timeline=late)
    delivery = fold(replace(first, state=S.MATCHING), [first, delayed])
    assert (delivery.state, delivery.word) == (S.HEADING_TO_STORE, "DELAYED")
    assert delivery.eta_store == NOW + timedelta(minutes=40)


def test_goods_come_back_after_a_cancellation_and_without_one(courier, letter, fold) -> None:
    near = told(courier, letter, order_id=REF, status="NEAR_CUSTOMER", updated_at=1767323045)
    why = {"source": "LOGISTICS", "reason": "UNABLE_TO_FIND"}
    off = told(courier, letter, order_id=REF, status="CANCELLED", updated_at=1767323145, cancellation=why)
    back = told(courier, letter, order_id=REF, status="RETURNED_TO_VENDOR", updated_at=1767323245)
    assert fold(near, [near, off]).state is S.RETURNING
    assert fold(near, [near, off, back]).state is S.RETURNED
    assert fold(near, [near, back]).state is S.RETURNED


@pytest.mark.parametrize("misspelt", ["extimated", "estimate", "estimated"])
def test_times_are_read_however_they_are_spelt(courier, letter, misspelt) -> None:
    timeline = {f"{misspelt}_pickup_time": "2026-01-02T03:10:00.000Z"}
    report = told(courier, letter, order_id=REF, status="PICKED_UP", timeline=timeline)
    assert report.eta_store == NOW + timedelta(minutes=10)


# Repeats, disorder, what is missing


def test_a_repeat_has_the_same_key_and_a_later_word_another(courier, letter) -> None:
    event = {"order_id": REF, "status": "PICKED_UP", "updated_at": 1767323045}

    def key(**changed) -> str:
        return courier.read_letter(letter(json.dumps(event | changed).encode())).key

    assert key() == key(tracking_link="https://example.invalid/x")
    assert len({key(), key(status="DELIVERED"), key(updated_at=1767323046), key(order_id="y0ud-000002")}) == 4


@pytest.mark.parametrize("missing", ["status", "updated_at"])
def test_where_something_of_the_key_is_missing_the_bytes_are_the_key(courier, letter, missing) -> None:
    event = {"order_id": REF, "status": "PICKED_UP", "updated_at": 1767323045}
    del event[missing]
    sent = letter(json.dumps(event).encode())
    assert courier.read_letter(sent).key == sent.body_key


def test_an_older_report_changes_nothing(courier, letter, fold) -> None:
    new = told(courier, letter, order_id=REF, status="PICKED_UP", updated_at=1767323145)
    old = told(courier, letter, order_id=REF, status="NEAR_VENDOR", updated_at=1767323045)
    assert fold(replace(old, state=S.MATCHING), [new, old]).state is S.PICKED_UP


@pytest.mark.parametrize("updated", [None, "", "soon", 0, -5, True, [], 10**30, 1.5e300])
def test_a_time_that_is_none_gives_way_to_when_it_came(courier, letter, updated) -> None:
    assert told(courier, letter, order_id=REF, status="PICKED_UP", updated_at=updated).at == NOW


@pytest.mark.parametrize("updated", [1767323045, "1767323045", 1767323045.0, 1767323045000])
def test_a_time_is_read_however_it_is_written(courier, letter, updated) -> None:
    assert told(courier, letter, order_id=REF, status="PICKED_UP", updated_at=updated).at == AT


def test_what_names_no_order_is_ignored(courier, letter) -> None:
    reading = courier.read_letter(letter(b'{"status": "PICKED_UP"}'))
    assert (reading.reports, reading.ignored) == ((), "names no order")


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{", b'"x"', b"null", b"[" * 9999])
def test_nonsense_is_unreadable(courier, letter, body) -> None:
    with pytest.raises(Unreadable):
        courier.read_letter(letter(body))


@pytest.mark.parametrize(
    "driver",
    [
        None,
        [],
        "A-Ming",
        {"name": None},
        {"name": [], "phone_number": {}},
        {"location": {"latitude": 91, "longitude": 0}},
    ],
)
def test_a_driver_that_is_none_is_nobody(courier, letter, driver) -> None:
    report = told(courier, letter, order_id=REF, status="NEAR_VENDOR", driver=driver)
    assert (report.driver, report.place, report.state) == (None, None, S.AT_STORE)


def test_hostile_text_arrives_tidy(courier, letter) -> None:
    driver = {"name": "\x1b[31mA\u202eMing\n" + "x" * 9000, "phone_number": "\x07+886900000000"}
    report = told(courier, letter, order_id=REF, status="NEW\x1b]0;x\x07", driver=driver, tracking_link="u" * 9000)
    assert report.word == "NEW"
    assert report.driver.name.startswith("AMing x")
    assert (len(report.driver.name), report.driver.phone, len(report.tracking_url)) == (200, "+886900000000", 1000)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = "status client_order_id timeline driver created_at updated_at tracking_link cancellation distance".split()


ANY = pandago.build("panda", settings(), now=lambda: NOW)


@limits(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_values_give_a_report(event) -> None:
    letter = Letter(sender="panda", body=json.dumps(event | {"order_id": REF}).encode(), received_at=NOW)
    try:
        (report,) = ANY.read_letter(letter).reports
    except Unreadable:
        return  # JSON that no reader takes, like half a sign
    assert (report.ref, report.at.tzinfo) == (REF, UTC)
