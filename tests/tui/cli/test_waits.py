"""How long drivers and goods waited, in words and for scripts."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.delivery import DeliveryState
from core.domain.order import Order
from core.domain.stage import Stage
from core.services import reports
from core.store.unit_of_work import writing
from tests import builders
from tests.tui.cli.till import Till
from tui import i18n
from tui.cli.everywhere import Everywhere
from tui.cli.shift import tell_report


def fetched(till: Till) -> Order:
    """Ready for six minutes when its driver left, who had come two minutes before."""
    order, now = till.take(), datetime.now(UTC)
    ready = replace(order, stage=Stage.OUT, accepted_at=now, ready_at=now - timedelta(minutes=6), left_at=now)
    job = builders.delivery(
        DeliveryState.PICKED_UP, order_id=order.id, at_store_at=now - timedelta(minutes=2), picked_up_at=now
    )

    with writing(till.shop.database) as uow:
        uow.orders.save(ready, order)
        uow.deliveries.add(job)
    return order


def report(till: Till, capsys: pytest.CaptureFixture[str], *, as_json: bool = False) -> str:
    """As at the end of the practice day."""
    now = datetime.now(UTC)
    shift = till.read(lambda uow: reports.shift(uow, now - timedelta(days=1), now))
    i18n.use("en")
    tell_report(Everywhere(as_json=as_json), shift)
    return capsys.readouterr().out


def test_the_shift_report_tells_both_means(till: Till, capsys: pytest.CaptureFixture[str]) -> None:
    fetched(till)
    assert "drivers 2:00 (1 timed), goods 6:00 (1 timed), means" in report(till, capsys)
    told = json.loads(report(till, capsys, as_json=True))
    assert (told["driver_wait"], told["driver_waits"], told["goods_wait"], told["goods_waits"]) == (120, 1, 360, 1)


def test_before_anybody_was_timed_there_are_dashes(till: Till, capsys: pytest.CaptureFixture[str]) -> None:
    assert "drivers – (0 timed), goods – (0 timed), means" in report(till, capsys)
    assert "waited" not in till.run("load").out


def test_the_load_of_the_day_tells_them_too(till: Till) -> None:
    fetched(till)
    assert "drivers waited 2:00 · goods waited 6:00" in till.run("load").out
    told = till.run("load", "--json").told["day"]
    assert (told["mean_driver_wait"], told["drivers_timed"]) == (120, 1)
    assert (told["mean_goods_wait"], told["goods_timed"]) == (360, 1)
