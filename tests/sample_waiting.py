"""Orders that wait: some nobody accepts, some that somebody wants to wait, before accept and after."""

from dataclasses import replace

from core.domain.events import HoldPutOn, OrderReminded, PersonTold
from core.domain.hold import Hold
from core.domain.ids import OrderId, StaffId
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.staff import Role
from tests import samples
from tests.samples import RINGING, SEEN, Shop, ago, ahead, preparing, ready

BO = StaffId("Bo")


def held(order: Order, reason: str, minutes: float = 3, **more: object) -> Order:
    """By Bo, so many minutes ago."""
    return replace(order, hold=Hold(reason=reason, by=BO, at=ago(minutes), **more))  # type: ignore[arg-type]


def waiting() -> Shop:
    """1042 nobody accepts; 1044, 1041 and 1038 are held, 1036 until a manager lifts it."""
    late = replace(samples.order("1042", accept_by=ahead(0, 40)), reminders=3, reminded_at=ago(0, 30), **SEEN)
    over = replace(samples.order("1043", accept_by=ago(0, 50)), reminders=5, reminded_at=ago(0, 50), **SEEN)
    made = samples.shop(
        (
            late,
            over,
            held(samples.order("1044", accept_by=ahead(2, 10), **SEEN), "the address is not clear"),
            held(preparing("1041"), "goods are still coming", until=ahead(18)),
            held(ready("1038"), "the customer is called back", 11),
            held(ready("1036"), "three dear orders to one hotel", 6, lifted_by=Role.MANAGER),
        ),
        problems=(samples.problem("1043", ProblemKind.NOT_ACCEPTED, 0.8, "by 14:31"),),
        sound=RINGING,
    )
    told = (
        *(OrderReminded(order_id=OrderId("1042"), at=ago(2 - nth / 2), nth=nth, most=3, deadline=ahead(0, 40))
          for nth in (1, 2, 3)),
        PersonTold(order_id=OrderId("1042"), at=ago(0, 10), way="url", kind="not_accepted"),
    )  # fmt: skip
    put_on = HoldPutOn(order_id=OrderId("1038"), at=ago(11), by=BO, reason="the customer is called back")
    sheets = {
        **made.sheets,
        "1042": replace(made.sheets["1042"], history=(*made.sheets["1042"].history, *told)),
        "1038": replace(made.sheets["1038"], history=(*made.sheets["1038"].history, put_on)),
    }
    return replace(made, sheets=sheets)
