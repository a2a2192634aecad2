"""Stuart's webhooks: the secret that lets them in, states, and whatever else may be in them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from adapters.couriers import stuart
from adapters.payloads.stuart import STATUS
from core.domain.delivery import DeliveryState, Driver, Report
from core.domain.measures import Place
from core.ports.letter import BadSignature, Letter, Unreadable
from tests.adapters.couriers.conftest import KEY, NOW

S = DeliveryState
SECRET = "Bearer a-word-of-ours"
IDA = Driver(name="Ida Essai", phone="+33655500002", vehicle="bike")
AT_STORE, AT_DOOR = datetime(2026, 1, 2, 3, 12, tzinfo=UTC), datetime(2026, 1, 2, 3, 31, 30, tzinfo=UTC)


def courier(secret: object = SECRET) -> stuart.Stuart:
    section = {"client_id": "id-1", "client_secret": "secret-1", "webhook_secret": secret}
    return stuart.build("stu", stuart.Settings.model_validate(section), now=lambda: NOW)


@pytest.fixture
def stu() -> stuart.Stuart:
    return courier()


def event(body: object, minutes: float = 0) -> Letter:
    at = NOW + timedelta(minutes=minutes)
    return Letter(sender="stu", body=json.dumps(body).encode(), received_at=at)


def delivery(status: str, minutes: float = 0, **more) -> Letter:
    data = {"id": 7, "status": status, "clientReference": KEY} | more
    return event({"event": "delivery", "type": "update", "data": data}, minutes)


def told(stu: stuart.Stuart, letter: Letter) -> Report:
    (report,) = stu.read_letter(letter).reports
    return report


def called(url: str = "", **headers: str) -> Letter:
    return Letter(sender="stu", body=b"{}", received_at=NOW, headers=headers, path=url)


# Who sends it


@pytest.mark.parametrize("given", [SECRET, f"  {SECRET} "])
def test_the_header_is_believed(stu, given) -> None:
    stu.verify(called(authorization=given))


@pytest.mark.parametrize("header", ["Bearer plain", "Basic plain", "plain"])
def test_so_is_what_follows_its_scheme(header) -> None:
    courier("plain").verify(called(authorization=header))


@pytest.mark.parametrize("url", ["https://x.example/couriers/stu?token=plain", "/couriers/stu?a=b&token=plain"])
def test_so_is_a_token_in_the_url(url) -> None:
    courier("plain").verify(called(url))


@pytest.mark.parametrize("secrets", [["old", "new"], ["new", "old"]])
def test_either_of_two_secrets_is_believed_while_they_change(secrets) -> None:
    courier(secrets).verify(called(authorization="new"))
    courier(secrets).verify(called("/couriers/stu?token=old"))


@pytest.mark.parametrize("header", ["", "Bearer", SECRET[:-1], SECRET.lower(), f"{SECRET}x", "Bearer 密碼"])
@pytest.mark.parametrize("url", ["", "/couriers/stu", "/couriers/stu?token=", "/couriers/stu?token=x", "http://[x"])
def test_anything_else_is_refused(stu, header, url) -> None:
    with pytest.raises(BadSignature):
        stu.verify(called(url, authorization=header))


@pytest.mark.parametrize("secret", [[], "", " ", ["", " "]])
@pytest.mark.parametrize("header", ["", " ", "Bearer "])
def test_without_a_secret_the_door_is_shut(secret, header) -> None:
    with pytest.raises(BadSignature):
        courier(secret).verify(called("/couriers/stu?token=", authorization=header))


# What it says


def test_a_delivery_is_read_whole(stu, payload) -> None:
    letter = Letter(sender="stu", body=payload("stuart/delivery_event"), received_at=NOW)
    assert told(stu, letter) == Report(
        courier="stu",
        ref=KEY,
        state=S.HEADING_TO_STORE,
        word="picking",
        at=NOW,
        our_key=KEY,
        waybill="1042-5F0C",
        driver=IDA,
        place=Place(48.858012, 2.371133, NOW),
        eta_store=AT_STORE,
        eta_door=AT_DOOR,
        tracking_url="https://stuart.example/100515659/a3837eba1c89",
    )


def test_of_a_job_the_delivery_under_way_is_told(stu, payload) -> None:
    report = told(stu, Letter(sender="stu", body=payload("stuart/job_event"), received_at=NOW))
    assert (report.state, report.word, report.driver, report.our_key) == (S.PICKED_UP, "delivering", IDA, KEY)


def test_of_a_driver_his_place_is_told(stu, payload) -> None:
    report = told(stu, Letter(sender="stu", body=payload("stuart/driver_event"), received_at=NOW))
    assert (report.state, report.driver) == (S.HEADING_TO_STORE, IDA)
    assert report.place == Place(48.85912, 2.3734, NOW)


def test_a_cancelled_one_says_why(stu, payload) -> None:
    report = told(stu, Letter(sender="stu", body=payload("stuart/cancelled_event"), received_at=NOW))
    assert (report.state, report.reason, report.driver) == (S.FAILED, "pu_closed no light on", None)


def test_the_newer_kind_is_read_as_far_as_it_is_known(stu, payload) -> None:
    report = told(stu, Letter(sender="stu", body=payload("stuart/package_event"), received_at=NOW))
    assert (report.state, report.word, report.our_key) == (S.AT_STORE, "courier_waiting_at_pickup", KEY)


@pytest.mark.parametrize(("word", "state"), STATUS.items())
def test_each_word_has_its_state(stu, word, state) -> None:
    assert told(stu, delivery(word)).state is state


@pytest.mark.parametrize("spelling", ["clientReference", "client_reference"])
@pytest.mark.parametrize("kind", ["delivery", "package", "", None])
def test_whatever_the_event_is_called_and_however_it_is_spelt(stu, kind, spelling) -> None:
    report = told(stu, event({"event": kind, "data": {"status": "delivered", spelling: KEY}}))
    assert report.state is S.DELIVERED


def test_a_word_may_stand_in_the_type_alone(stu) -> None:
    body = {"topic": "courier_assigned", "type": "update", "data": {"client_reference": KEY}}
    assert told(stu, event(body)).state is S.HEADING_TO_STORE


def test_a_new_word_stays_unknown(stu) -> None:
    report = told(stu, delivery("taking_a_nap"))
    assert (report.state, report.word) == (S.UNKNOWN, "taking_a_nap")


def test_a_job_whose_number_is_known_needs_no_reference(stu) -> None:
    stu.read_letter(event({"event": "job", "data": {"id": 5, "currentDelivery": {"clientReference": KEY}}}))
    report = told(stu, event({"event": "job", "data": {"id": 5, "status": "expired"}}))
    assert (report.ref, report.state) == (KEY, S.FAILED)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"event": "driver", "type": "online", "data": {"id": 3, "status": "free"}},
        {"event": "job", "type": "create", "data": {"id": 6, "status": "new"}},
        {"event": "delivery", "data": []},
        {"event": ["delivery"], "data": {"clientReference": None}},
        {"event": "driver", "data": {"job": "none"}},
    ],
)
def test_what_names_no_job_of_ours_is_ignored(stu, body) -> None:
    reading = stu.read_letter(event(body))
    assert (reading.reports, reading.ignored) == ((), "names no client_reference")


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{", b'{"data": 1, "data": 2}'])
def test_nonsense_is_unreadable(stu, body) -> None:
    with pytest.raises(Unreadable):
        stu.read_letter(Letter(sender="stu", body=body, received_at=NOW))


def test_the_same_bytes_are_the_same_letter(stu) -> None:
    keys = {stu.read_letter(delivery("picking", minutes)).key for minutes in (0, 3)}
    assert len(keys) == 1
    assert stu.read_letter(delivery("delivering")).key not in keys


def test_a_time_is_taken_where_one_is_told(stu) -> None:
    at = "2026-01-02T03:02:01Z"
    body = {"event": "delivery", "occurred_at": at, "data": {"status": "picking", "clientReference": KEY}}
    assert told(stu, event(body, 9)).at == datetime(2026, 1, 2, 3, 2, 1, tzinfo=UTC)


# Out of turn


def test_goods_that_have_left_are_not_on_their_way_to_the_store_again(stu, fold) -> None:
    booked = replace(told(stu, delivery("pending")), waybill="w")
    words = ("delivering", "waiting_at_pickup", "pending")
    reports = [told(stu, delivery(word, minutes)) for minutes, word in enumerate(words, start=1)]
    assert fold(booked, reports).state is S.PICKED_UP


def test_a_driver_may_be_lost_before(stu, fold) -> None:
    booked = told(stu, delivery("pending"))
    reports = [told(stu, delivery(word, minutes)) for minutes, word in ((1, "picking"), (2, "pending"))]
    assert fold(booked, reports).state is S.MATCHING


def test_the_end_comes_after_the_store_whatever_came_between(stu, fold) -> None:
    booked = told(stu, delivery("delivering"))
    assert fold(booked, [told(stu, delivery("cancelled", 5))]).state is S.FAILED


def test_a_job_put_into_another_is_not_lost(stu, fold) -> None:
    booked = told(stu, delivery("picking"))
    stacked = {"reasonKey": "manually_stacked"}
    gone = told(stu, delivery("cancelled", 1, cancellation=stacked))
    again = told(stu, delivery("picking", 2, id=8))
    assert (gone.state, fold(booked, [gone, again]).state) == (S.UNKNOWN, S.HEADING_TO_STORE)


def test_nor_when_its_end_is_told_last_and_without_a_reason(stu) -> None:
    """Nobody has written down how they say that a job was put into another."""
    job = {"status": "in_progress", "currentDelivery": {"clientReference": KEY, "status": "picking"}}
    for number in (1, 2):
        stu.read_letter(event({"event": "job", "type": "update", "data": {"id": number, **job}}))
    late = {"id": 1, "status": "canceled", "currentDelivery": {"clientReference": KEY, "status": "cancelled"}}
    reading = stu.read_letter(event({"event": "job", "type": "update", "data": late}))
    assert (reading.reports, reading.ignored) == ((), "about a job that another stands in for")


# Whatever comes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "event type data job id status clientReference currentDelivery driver cancellation".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_any_json_is_read_ignored_or_unreadable(body) -> None:
    try:
        reading = courier().read_letter(event(body))
    except Unreadable:
        return
    assert bool(reading.reports) != bool(reading.ignored)
