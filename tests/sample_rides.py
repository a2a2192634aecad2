"""Drivers as they are told of: moving, late, near, swapped, given back, unheard of, coming back; and two hundred."""

from dataclasses import replace

from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.measures import Place
from core.domain.money import Money
from core.domain.order import Order
from core.domain.purchase import Customer
from tests import samples
from tests.samples import A_MING, LIN, RULES, Shop, ago, ahead, out, ready

S = DeliveryState
A_METRE = 1 / 111_195  # degrees of latitude
STORE = RULES.latitude or 0.0, RULES.longitude or 0.0
DOOR = Customer(
    name="Ms Yang",
    phone="0912 345 671",
    address="中山區南京西路 12 號 3 樓",
    latitude=STORE[0] + 1800 * A_METRE,
    longitude=STORE[1],
)
WU = Driver(name="Wu Chia-Hao", phone="0966 120 045", vehicle="scooter", plate="PQR-5566")


def off(metres: float, seconds: float = 12) -> Place:
    """So far on the way from the store to the door, so long ago; less than none is on the other side."""
    return Place(STORE[0] + metres * A_METRE, STORE[1], ago(0, seconds))


def job(number: str, state: DeliveryState, minutes: float, courier: str = "uber", **facts: object) -> Delivery:
    """A live job of which the courier spoke twenty seconds ago."""
    usual: dict[str, object] = {"heard_at": ago(0, 20), "eta_at": ago(0, 20), "fee": Money(6500, "TWD")}
    return samples.delivery(number, state, minutes, courier, **(usual | facts))


def _orders() -> tuple[Order, ...]:
    here = [ready(str(number), customer=DOOR, promised_to=ahead(20 + number % 7)) for number in range(3001, 3009)]
    return (*here, *(out(str(number), customer=DOOR, promised_to=ahead(number % 9)) for number in range(3009, 3014)))


JOBS = (
    job("3001", S.AT_STORE, 2, driver=LIN, pin="4471", place=off(10), tracking_url="https://rides.example/t/3001"),
    job("3002", S.HEADING_TO_STORE, 9, "lalamove", driver=WU, place=off(-46), eta_store=ahead(1), eta_door=ahead(19)),
    job("3003", S.HEADING_TO_STORE, 4, "pandago", driver=A_MING, place=off(-1240), eta_store=ahead(5), eta_at=ago(2)),
    job(
        "3004",
        S.HEADING_TO_STORE,
        6,
        driver=LIN,
        former_driver="A-Ming",
        driver_changed_at=ago(1),
        place=off(-880),
        eta_store=ahead(7),
    ),
    job("3005", S.HEADING_TO_STORE, 33, driver=A_MING, place=off(-2300, 190), eta_store=ago(3), eta_at=ago(6)),
    job("3006", S.HEADING_TO_STORE, 3, "doordash", heard_at=ago(0, 55), fee=None, eta_at=None, waybill=""),
    job("3007", S.MATCHING, 2, former_driver="Wu Chia-Hao", driver_changed_at=ago(2), tip=Money(2000, "TWD")),
    job("3008", S.MATCHING, 7, eta_store=ahead(12), eta_at=ago(7)),
    job("3009", S.PICKED_UP, 12, driver=LIN, place=off(1100), eta_door=ahead(4), handed_over_at=ago(12)),
    job("3010", S.PICKED_UP, 44, "pandago", driver=WU, place=off(400, 840), eta_door=ago(11), eta_at=ago(15)),
    job("3011", S.PICKED_UP, 5, "doordash", driver=Driver(name="Jess"), eta_at=None, fee=None),
    job("3012", S.RETURNING, 6, driver=LIN, place=off(700), eta_store=ahead(6), reason="customer refused"),
    job("3013", S.PICKED_UP, 61, driver=A_MING, place=off(1500, 30), eta_door=ago(20), cancel_fee=Money(6500, "TWD")),
)


def rides() -> Shop:
    """One of each."""
    return samples.shop(_orders(), deliveries=JOBS)


def moving(count: int = 200) -> Shop:
    """So many, each somewhere between here and there."""
    makers = ((ready, S.HEADING_TO_STORE), (out, S.PICKED_UP), (ready, S.MATCHING), (out, S.PICKED_UP))
    orders, jobs = [], []
    for at in range(count):
        make, state = makers[at % 4]
        number, driver = f"{4000 + at}", None if state is S.MATCHING else (A_MING, LIN, WU)[at % 3]
        place = None if state is S.MATCHING else off(at * 9 % 1800 + 90, at % 50)
        orders.append(make(number, customer=DOOR))
        told = job(number, state, at % 29, driver=driver, place=place, eta_store=ahead(at % 9), eta_door=ahead(at % 31))
        jobs.append(told if at % 40 else replace(told, state=S.AT_STORE, pin="4471"))
    return samples.shop(orders, deliveries=jobs)
