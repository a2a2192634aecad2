"""Letting an order wait, typed."""

from datetime import timedelta

from core.domain.ids import StaffId
from core.domain.staff import Role
from tests import samples
from tests.sample_waiting import held
from tests.samples import SEEN, order
from tests.tui.plain.talk import talking

ONE = samples.shop((order("7", **SEEN),))
HELD = samples.shop((held(order("7", **SEEN), "the address is not clear"),))
BY_MANAGER = samples.shop((held(order("7", **SEEN), "odd", lifted_by=Role.MANAGER),))


async def test_reason_end_and_who_lifts_it_are_asked_for() -> None:
    async with talking(ONE) as talk:
        heard = await talk.type("hold 7", "2", "20", "yes")
        ends = samples.NOW + timedelta(minutes=20)
        assert talk.asked == [("hold", "7", "the address is not clear", ends, "manager")]
        assert "It ends by itself at 14:52. Only a manager lifts it before." in heard[-1]


async def test_a_typed_reason_is_taken_and_enter_leaves_the_end_open() -> None:
    async with talking(ONE) as talk:
        await talk.type("hold 7 customer phones back", "", "")
        assert talk.asked == [("hold", "7", "customer phones back", None, "cashier")]


async def test_what_is_no_time_holds_nothing() -> None:
    async with talking(ONE) as talk:
        heard = await talk.type("hold 7 later", "soon")
        assert talk.asked == []
        assert "Nothing was done." in heard[-1]


async def test_a_held_order_says_why_and_is_lifted_by_a_yes() -> None:
    async with talking(HELD) as talk:
        heard = " ".join(await talk.type("lift 7", "yes"))
        assert "the address is not clear" in heard
        assert talk.asked == [("lift", "7")]


async def test_without_a_yes_it_stays_held() -> None:
    async with talking(HELD) as talk:
        await talk.type("lift 7", "")
        assert talk.asked == []


async def test_a_managers_hold_asks_for_the_manager() -> None:
    async with talking(BY_MANAGER) as talk:
        await talk.type("hold 7", "yes", "Amy", "1234", "checked")
        ((name, number, permission),) = talk.asked
        assert (name, number) == ("lift", "7")
        assert (permission.manager, permission.pin, permission.reason) == (StaffId("Amy"), "1234", "checked")


async def test_the_queue_read_aloud_says_what_is_held_and_why() -> None:
    async with talking(HELD) as talk:
        heard = " ".join(await talk.type("list all"))
        assert "on hold: the address is not clear" in heard
