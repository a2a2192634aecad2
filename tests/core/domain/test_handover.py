"""Goods change hands only against the right paper."""

import pytest

from core.domain.delivery import Delivery, DeliveryState
from core.domain.handover import WITH_DRIVER, Handover, compare
from core.domain.refusal import NoDriverYet, WrongParcels, WrongPin, WrongWaybill
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


def test_a_pin_must_be_the_one_on_the_order() -> None:
    assert compare(Handover(waybill="J1", pin=" 4471 "), ready(), THERE)
    with pytest.raises(WrongPin):
        compare(Handover(waybill="J1", pin="4472"), ready(), THERE)


def test_a_refusal_never_tells_the_pin() -> None:
    with pytest.raises(WrongPin) as refused:
        compare(Handover(waybill="J1", pin="1234"), ready(), THERE)
    assert "4471" not in f"{refused.value} {refused.value.found} {refused.value.allowed}"


def test_what_was_not_asked_for_is_not_compared() -> None:
    journey: Delivery = compare(Handover(waybill="J1"), ready(), THERE)
    assert journey is THERE
