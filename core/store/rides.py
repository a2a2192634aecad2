"""Live deliveries as the lists show them, read by themselves: compared as rows, made into lines where they differ."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from core.board.drivers import SOMEWHERE, DriverLine, Ground, metres, point
from core.domain.delivery import DeliveryState, is_of_now
from core.domain.ids import DeliveryId, OrderId
from core.domain.measures import Place

Run = Callable[[str], Iterable[Sequence[Any]]]
"""Runs a query that has no parameters."""

Word = Sequence[Any]
"""A live delivery as its row has it, compared and not looked into."""

_IN_QUEUE: Final = "order_id, state, id, courier, waybill"
_RIDE: Final = (
    f"{_IN_QUEUE}, at, heard_at, state_since, driver_name, driver_phone, driver_vehicle, driver_plate, driver_from,"
    " former_driver, driver_changed_at, place_latitude, place_longitude, place_at, eta_store, eta_door, eta_at,"
    " eta_told_at, pin, handed_over_at"
)
_RIDES: Final = f"SELECT {_RIDE} FROM deliveries WHERE ended_at IS NULL{{more}}"
_SHOWN_THERE: Final = _IN_QUEUE.count(",") + 1
_DOORS: Final = (
    "SELECT orders.id, number, latitude, longitude FROM deliveries JOIN orders ON orders.id = order_id"
    " WHERE deliveries.ended_at IS NULL"
)


class Door(NamedTuple):
    """What a line needs of its order; the place None when the map does not know it."""

    number: str
    place: Place | None = None


def words(run: Run, where: str = "") -> dict[OrderId, Word]:
    """The newest word of each live delivery, by its order; `where` is ours, and of the orders."""
    more = f" AND order_id IN (SELECT id FROM orders WHERE {where})" if where else ""
    return {row[0]: tuple(row) for row in run(_RIDES.format(more=more))}


def doors(run: Run) -> dict[OrderId, Door]:
    """Where each live delivery goes."""
    return {row[0]: Door(row[1], point(row[2], row[3])) for row in run(_DOORS)}


def moved_only(before: Mapping[OrderId, Word], now: Mapping[OrderId, Word], order_id: OrderId) -> bool:
    """Another word of the same ride, of which the queue shows nothing."""
    old, new = before.get(order_id), now.get(order_id)
    return old is not None and new is not None and old[:_SHOWN_THERE] == new[:_SHOWN_THERE]


def ride_of(word: Word, door: Door, ground: Ground = SOMEWHERE) -> DriverLine:
    """How a live delivery shows: the same line that is made of a whole one."""
    state = DeliveryState(word[1])
    order_id, _, id, courier, waybill, at, heard_at, since, name, phone, vehicle, plate, *rest = word
    driver_from, former, changed_at, latitude, longitude, place_at, *rest = rest
    eta_store, eta_door, eta_at, eta_told_at, pin, handed_over_at = rest
    place = _place(latitude, longitude, _time(place_at), _time(driver_from))
    is_expected = not former or is_of_now(_time(eta_told_at), _time(driver_from))
    return DriverLine(
        delivery_id=DeliveryId(id),
        order_id=OrderId(order_id),
        number=door.number,
        courier=courier,
        state=state,
        state_since=known(since),
        usual=ground.usual.get(state),
        told_at=known(heard_at or at),
        driver=name or "",
        phone=phone or "",
        vehicle=vehicle or "",
        plate=plate or "",
        former=former,
        changed_at=_time(changed_at),
        place=place,
        to_store=metres(place, ground.store),
        to_door=metres(place, door.place),
        eta_store=_time(eta_store) if is_expected else None,
        eta_door=_time(eta_door) if is_expected else None,
        eta_at=_time(eta_at),
        waybill=waybill,
        pin=pin,
        handed_over=handed_over_at is not None,
        door=door.place,
    )


def _place(
    latitude: float | None, longitude: float | None, at: datetime | None, driver_from: datetime | None
) -> Place | None:
    return point(latitude, longitude, at) if is_of_now(at, driver_from) else None


def _time(value: str | datetime | None) -> datetime | None:
    return None if value is None else known(value)


def known(value: str | datetime) -> datetime:
    """SQLite keeps text in UTC, PostgreSQL instants."""
    return datetime.fromisoformat(f"{value}+00:00") if isinstance(value, str) else value.astimezone(UTC)
