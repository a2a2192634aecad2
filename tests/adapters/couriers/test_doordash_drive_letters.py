"""DoorDash Drive's webhooks: the header that lets them in, states, and whatever else may be in them."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from adapters.couriers import doordash_drive
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.measures import Place
from core.domain.money import Money
from core.ports.letter import BadSignature, Letter, Unreadable
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
BASIC = "Basic d2ViaG9vazpzZWNyZXQ="
CREDENTIALS = {"developer_id": "dev-id-1", "key_id": "key-id-1", "signing_secret": "c2VjcmV0"}


def courier(secret: object = BASIC) -> doordash_drive.DoorDashDrive:
    section = CREDENTIALS | {"webhook_secret": secret}
    return doordash_drive.build("dash", doordash_drive.Settings.model_validate(section), now=lambda: NOW)


DASH = courier()


def event(**fields) -> Letter:
    return Letter(sender="dash", body=json.dumps(fields).encode(), received_at=NOW)


def told(**fields) -> Report:
    (report,) = DASH.read_letter(event(**{"external_delivery_id": KEY} | fields)).reports
    return report


def reading(payload: bytes):
    return DASH.read_letter(Letter(sender="dash", body=payload, received_at=NOW))


# Who sends it


def test_the_header_of_the_portal_is_believed(letter) -> None:
    DASH.verify(letter(b"{}", authorization=BASIC))


@pytest.mark.parametrize("secrets", [[BASIC, "new"], ["new", BASIC]])
def test_either_of_two_headers_is_believed_while_they_change(letter, secrets) -> None:
    courier(secrets).verify(letter(b"{}", authorization=BASIC))


def test_any_plain_text_may_be_the_header(letter) -> None:
    courier("a long text of ours").verify(letter(b"{}", authorization="a long text of ours"))


@pytest.mark.parametrize("other", ["", "Basic", BASIC[:-1], BASIC.lower(), f"{BASIC}=", "Basic 簽名"])
def test_any_other_header_is_refused(letter, other) -> None:
    with pytest.raises(BadSignature):
        DASH.verify(letter(b"{}", authorization=other))


def test_another_header_is_not_looked_at(letter) -> None:
    with pytest.raises(BadSignature):
        DASH.verify(letter(b"{}", x_doordash_signature=BASIC))


@pytest.mark.parametrize("secret", ["", [], ["", " "]])
@pytest.mark.parametrize("other", ["", " ", BASIC])
def test_without_a_secret_the_door_is_shut(letter, secret, other) -> None:
    with pytest.raises(BadSignature):
        courier(secret).verify(letter(b"{}", authorization=other))


# What happened


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("DELIVERY_CREATED", S.MATCHING),
        ("DASHER_CONFIRMED", S.HEADING_TO_STORE),
        ("DASHER_ENROUTE_TO_PICKUP", S.HEADING_TO_STORE),
        ("DASHER_CONFIRMED_PICKUP_ARRIVAL", S.AT_STORE),
        ("DASHER_PICKED_UP", S.PICKED_UP),
        ("DASHER_ENROUTE_TO_DROPOFF", S.PICKED_UP),
        ("DASHER_CONFIRMED_DROPOFF_ARRIVAL", S.PICKED_UP),
        ("DASHER_DROPPED_OFF", S.DELIVERED),
        ("DELIVERY_CANCELLED", S.FAILED),
        ("DELIVERY_RETURN_INITIALIZED", S.RETURNING),
        ("DASHER_ENROUTE_TO_RETURN", S.RETURNING),
        ("DASHER_CONFIRMED_RETURN_ARRIVAL", S.RETURNING),
        ("DELIVERY_RETURNED", S.RETURNED),
        ("DELIVERY_BATCHED", S.UNKNOWN),
        ("DASHER_TOOK_A_NAP", S.UNKNOWN),
    ],
)
@pytest.mark.parametrize("name", ["event_name", "event_type"])
def test_each_event_has_its_state(name, word, state) -> None:
    report = told(**{name: word})
    assert (report.state, report.word) == (state, word)


def test_a_new_word_beside_a_known_status_leaves_the_status_standing() -> None:
    report = told(event_name="DELIVERY_BATCHED", delivery_status="confirmed", batch_id="b1")
    assert (report.state, report.word) == (S.HEADING_TO_STORE, "DELIVERY_BATCHED")


def test_what_happened_counts_more_than_the_status_told_with_it() -> None:
    assert told(event_name="DASHER_PICKED_UP", delivery_status="arrived_at_pickup").state is S.PICKED_UP


def test_an_arrival_is_read_whole(payload) -> None:
    read = reading(payload("doordash_drive/arrival_event"))
    at = datetime(2026, 1, 2, 3, 20, 5, tzinfo=UTC)
    assert read.reports == (
        Report(
            courier="dash",
            ref=KEY,
            state=S.AT_STORE,
            word="DASHER_CONFIRMED_PICKUP_ARRIVAL",
            at=at,
            our_key=KEY,
            driver=Driver(name="Sam T", phone="+16505550198"),
            place=Place(37.77, -122.42, at),
            tracking_url="https://example.invalid/t/1",
            fee=Money(975, "USD"),
        ),
    )


def test_a_cancellation_says_why(payload) -> None:
    (report,) = reading(payload("doordash_drive/cancelled_event")).reports
    assert (report.state, report.reason) == (S.FAILED, "failed_to_assign_and_refunded")


def test_goods_on_their_way_back_are_expected_at_the_store(payload) -> None:
    (report,) = reading(payload("doordash_drive/return_event")).reports
    assert (report.state, report.eta_store) == (S.RETURNING, datetime(2026, 1, 2, 4, 10, tzinfo=UTC))


# What tells two of them apart


def test_delivery_event_and_time_tell_letters_apart(payload) -> None:
    key = reading(payload("doordash_drive/arrival_event")).key
    assert key == f"{KEY}:DASHER_CONFIRMED_PICKUP_ARRIVAL:2026-01-02T03:20:05+00:00"


@pytest.mark.parametrize(
    "fields",
    [
        {"event_name": "DASHER_PICKED_UP", "created_at": "2026-01-02T03:20:05Z"},
        {"event_name": "DASHER_CONFIRMED", "created_at": "2026-01-02T03:20:06Z"},
        {"event_name": "DASHER_CONFIRMED", "created_at": "2026-01-02T03:20:05Z", "external_delivery_id": "other"},
    ],
)
def test_another_event_is_another_letter(fields) -> None:
    usual = {"event_name": "DASHER_CONFIRMED", "created_at": "2026-01-02T03:20:05Z", "external_delivery_id": KEY}
    assert DASH.read_letter(event(**usual)).key != DASH.read_letter(event(**usual | fields)).key


def test_the_same_event_in_other_bytes_is_the_same_letter() -> None:
    fields = {"created_at": "2026-01-02T03:20:05Z", "external_delivery_id": KEY, "event_name": "DASHER_CONFIRMED"}
    again = event(**dict(reversed(fields.items())), fee=975)
    assert DASH.read_letter(event(**fields)).key == DASH.read_letter(again).key


@pytest.mark.parametrize("missing", ["created_at", "event_name", "external_delivery_id"])
def test_without_one_of_the_three_the_bytes_tell_apart(missing) -> None:
    fields = {"created_at": "2026-01-02T03:20:05Z", "external_delivery_id": KEY, "event_name": "DASHER_CONFIRMED"}
    del fields[missing]
    letter = event(**fields)
    assert DASH.read_letter(letter).key == letter.body_key


# What is missing, wrong or hostile


def test_a_letter_about_no_delivery_is_ignored() -> None:
    read = DASH.read_letter(event(event_name="DASHER_CONFIRMED"))
    assert (read.reports, "external_delivery_id" in read.ignored) == ((), True)


def test_a_letter_that_says_nothing_of_a_delivery_is_ignored() -> None:
    read = DASH.read_letter(event(external_delivery_id=KEY))
    assert (read.reports, "neither" in read.ignored) == ((), True)


def test_without_a_time_of_its_own_the_arrival_counts() -> None:
    assert told(event_name="DASHER_CONFIRMED").at == NOW
    assert told(event_name="DASHER_CONFIRMED", created_at="yesterday").at == NOW


def test_a_price_without_currency_is_in_the_markets() -> None:
    assert told(event_name="DASHER_CONFIRMED", fee=975).fee == Money(975, "USD")


@pytest.mark.parametrize("fee", [-1, "much", 9.5, 10**30, None, []])
def test_a_price_that_is_none_is_not_told(fee) -> None:
    assert told(event_name="DASHER_CONFIRMED", fee=fee).fee is None


@pytest.mark.parametrize("place", [{"lat": 91, "lng": 0}, {"lat": 1}, [], "x", None, {"lat": "NaN", "lng": 0}])
def test_a_place_off_the_map_is_not_told(place) -> None:
    assert told(event_name="DASHER_CONFIRMED", dasher_location=place).place is None


def test_outside_words_are_made_harmless() -> None:
    report = told(event_name="DASHER_CONFIRMED", dasher_name="\x1b[31mSam\u202e\n T", cancellation_reason="[b]x[/b]")
    assert (report.driver, report.reason) == (Driver(name="Sam T"), "[b]x[/b]")


def test_the_number_for_the_store_is_called_before_the_one_for_the_door() -> None:
    report = told(event_name="DASHER_CONFIRMED", dasher_dropoff_phone_number="+16505550199")
    assert report.driver == Driver(phone="+16505550199")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b'{"a":1,"a":2}'])
def test_what_is_no_object_is_unreadable(body) -> None:
    with pytest.raises(Unreadable):
        reading(body)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    "event_name event_type created_at external_delivery_id delivery_status updated_at fee currency dasher_name "
    "dasher_location dasher_vehicle_year cancellation_reason dropoff_pin_code_verification_metadata".split()
)


@given(st.dictionaries(NAMES, ANYTHING))
def test_whatever_the_fields_hold_it_is_read_or_unreadable(fields) -> None:
    try:
        read = DASH.read_letter(event(**fields))
    except Unreadable:
        return
    assert all(report.state is S.UNKNOWN for report in read.reports)
