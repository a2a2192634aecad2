"""Goods change hands only against the right paper."""

from dataclasses import replace

import pytest

from core.domain.delivery import Delivery, DeliveryState
from core.domain.handover import WITH_DRIVER, Custom, Handover, PinAt, PinCheck, check_pin, compare, door_pin
from core.domain.ids import StaffId
from core.domain.refusal import NoDriverYet, NotAManager, TooManyPins, WrongParcels, WrongPin, WrongWaybill
from core.domain.staff import Permission, Role, Staff
from tests.builders import delivery, ready

THERE = delivery(DeliveryState.AT_STORE, waybill="7F2K-01", pin="4471")


@pytest.mark.parametrize("waybill", ["7F2K-01", "7f2k01", " 7F2K 01 ", "J1"])
def test_the_waybill_or_the_couriers_own_number_will_do(waybill: str) -> None:
    assert compare(Handover(waybill=waybill), ready(), THERE) == THERE


@pytest.mark.parametrize("waybill", ["7F2K-02", "", "  ", "1042"])
def test_another_waybill_is_refused_with_both_numbers(waybill: str) -> None:
    with pytest.raises(WrongWaybill) as refused:
        compare(Handover(waybill=waybill), ready(), THERE)
    assert (refused.value.rule, refused.value.found, refused.value.allowed) == ("C49", waybill, "7F2K-01")


def test_nothing_is_compared_with_an_empty_waybill() -> None:
    with pytest.raises(WrongWaybill):
        compare(Handover(waybill="--"), ready(), delivery(DeliveryState.AT_STORE, waybill=""))


@pytest.mark.parametrize("state", [state for state in DeliveryState if state not in WITH_DRIVER])
def test_without_a_driver_nothing_is_handed_over(state: DeliveryState) -> None:
    with pytest.raises(NoDriverYet) as refused:
        compare(Handover(waybill="J1"), ready(), delivery(state))
    assert refused.value.found == state.value


def test_without_a_courier_nothing_is_handed_over() -> None:
    with pytest.raises(NoDriverYet):
        compare(Handover(waybill="J1"), ready(), None)


@pytest.mark.parametrize("state", sorted(WITH_DRIVER))
def test_a_driver_may_be_at_the_door_before_the_courier_says_so(state: DeliveryState) -> None:
    assert compare(Handover(waybill="J1"), ready(), delivery(state)).state is state


def test_parcels_must_add_up() -> None:
    with pytest.raises(WrongParcels) as refused:
        compare(Handover(waybill="J1", parcels=2), ready(), THERE)
    assert (refused.value.rule, refused.value.found, refused.value.allowed) == ("C50", "2", "1")


def test_a_pin_that_is_given_must_be_the_one_on_the_order() -> None:
    assert check_pin(Handover(waybill="J1", pin=" 4471 "), THERE) == ""
    with pytest.raises(WrongPin):
        check_pin(Handover(waybill="J1", pin="4472"), THERE)


def test_a_refusal_never_tells_the_pin() -> None:
    with pytest.raises(WrongPin) as refused:
        check_pin(Handover(waybill="J1", pin="1234"), THERE)
    assert "4471" not in f"{refused.value} {refused.value.found} {refused.value.allowed}"


@pytest.mark.parametrize("at", [PinAt.NONE, PinAt.DOOR])
def test_a_driver_need_not_know_the_customers_pin(at: PinAt) -> None:
    assert check_pin(Handover(waybill="J1"), THERE, PinCheck(custom=Custom(pin=at))) == ""


def test_a_pick_up_pin_must_be_said() -> None:
    asked = PinCheck(custom=Custom(pin=PinAt.PICKUP))
    with pytest.raises(WrongPin):
        check_pin(Handover(waybill="J1"), THERE, asked)
    assert check_pin(Handover(waybill="J1", pin="4471"), THERE, asked) == ""


def test_a_courier_that_told_no_pin_is_asked_for_none() -> None:
    asked = PinCheck(custom=Custom(pin=PinAt.PICKUP))
    assert check_pin(Handover(waybill="J1"), delivery(DeliveryState.AT_STORE), asked) == ""


@pytest.mark.parametrize("pin", ["4471", "1", None])
def test_after_three_wrong_pins_no_pin_helps(pin: str | None) -> None:
    with pytest.raises(TooManyPins) as refused:
        check_pin(Handover(waybill="J1", pin=pin), THERE, PinCheck(wrong=3))
    assert (refused.value.rule, refused.value.found) == ("C57", "3")


def test_a_manager_waives_the_pin_with_a_reason() -> None:
    lin = Staff(id=StaffId("Lin"), name="Lin", role=Role.MANAGER, pin="8")
    word = Permission(manager=lin.id, reason="phoned the courier", pin="8")
    given = Handover(waybill="J1", permission=word)
    assert check_pin(given, THERE, PinCheck(wrong=3, staff=(lin,))) == "phoned the courier"
    with pytest.raises(NotAManager):
        check_pin(replace(given, permission=replace(word, pin="9")), THERE, PinCheck(wrong=3, staff=(lin,)))


@pytest.mark.parametrize(
    ("phone", "pin"), [("0912-345-671", "5671"), ("+886 912 345 67 1", "5671"), ("12", ""), ("", "")]
)
def test_the_pin_at_the_door_is_the_end_of_the_customers_number(phone: str, pin: str) -> None:
    assert door_pin(phone) == pin


def test_what_was_not_asked_for_is_not_compared() -> None:
    journey: Delivery = compare(Handover(waybill="J1"), ready(), THERE)
    assert journey is THERE
