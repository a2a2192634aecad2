"""The driver's timer over the real wires: called while the bag is packed, by hand or by itself."""

from datetime import UTC, datetime, timedelta

from core.store.database import Database, sqlite_url
from core.store.unit_of_work import writing
from tests.core.learned import teach
from tests.end_to_end.shop import COURIER, Shop, deliveries, eventually


def learned(shop: Shop, *, auto: bool) -> str:
    """Drivers of nine minutes against bags of five: a driver is due as soon as an order is accepted."""
    shop.settings["dispatch"] = {"timer": {"auto": auto}}
    shop.settings["store"]["hold_seconds"] = 1
    courier = shop.simulate(speed=600)
    assert shop.here("order", "list").code == 0  # which makes the store
    database = Database(sqlite_url(shop.data))
    with writing(database) as uow:
        teach(uow, until=datetime.now(UTC) - timedelta(hours=1), courier=COURIER, prep=5)
    database.close()
    shop.serve()
    assert shop.post("1042").status_code == 200
    assert shop.here("order", "accept", "1042").code == 0
    return courier


def test_a_driver_is_called_while_the_bag_is_open_and_gets_it_closed(shop: Shop) -> None:
    courier = learned(shop, auto=False)
    called = shop.here("order", "ship", "1042")
    assert called.code == 0, called.err
    told = shop.awaits("1042", "at_store", "picked_up")
    assert told["stage"] in ("preparing", "out")
    assert len(deliveries(courier)) == 1


def test_it_is_called_by_itself_and_the_history_says_why(shop: Shop) -> None:
    courier = learned(shop, auto=True)
    shop.awaits("1042", "matching", "heading_to_store", "at_store", "picked_up", "delivered")
    history = shop.here("order", "show", "1042").out
    assert "called by itself: uber_direct needs 9 min (12 rides), packing" in history
    eventually(lambda: shop.look("1042"), lambda told: told["stage"] == "completed")
    assert len(deliveries(courier)) == 1
