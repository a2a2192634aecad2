"""`order fit` on the command line: the same answer for people and for scripts, and a split that is planned."""

import pytest

from core.domain.events import kind_of
from core.domain.measures import Box
from core.domain.purchase import OrderType
from tests.builders import line
from tests.tui.cli.till import COURIER, Till

CASES = (line("1", 2, name="Rice cooker", weight_g=4_000, size=Box(310, 310, 210)),)
TEA = (line("1", 2, size=Box(70, 70, 210)), line("2", 1))


@pytest.fixture
def two(till: Till) -> Till:
    """Uber as it ships, and a van from the year 3000 on."""
    van = {"name": "van", "max_weight_kg": 300, "from": "FROM"}
    till.settings["couriers"] = {"uber": dict(COURIER), "later": COURIER | {"vehicles": [van]}}
    till.write()
    till.config.write_text(till.config.read_text(encoding="utf-8").replace('"FROM"', "3000-01-01"), encoding="utf-8")
    return till


def test_every_courier_is_told_with_its_numbers(two: Till) -> None:
    two.take("1042", lines=TEA)
    told = two.order("fit", "1042")
    assert (told["number"], told["parcels"], told["split"]) == ("1042", 1, None)
    uber, later = told["couriers"]
    assert (uber["courier"], uber["fits"], uber["sure"], uber["box_mm"]) == ("uber", True, False, [300, 600, 400])
    assert uber["unknowns"] == [{"doubt": "size", "found": 1, "pieces": 3}]
    assert later["misfits"] == [{"limit": "vehicle", "found": "", "allowed": ""}]


def test_people_get_a_line_a_courier(two: Till) -> None:
    two.take("1042", lines=CASES)
    said = two.run("order", "fit", "1042")
    assert said.out.splitlines() == [
        "✗ uber: 2 pieces do not go into 30×60×40 cm together",
        "✗ later: no vehicle today",
        "SPLIT: 2 parcels for uber",
        "  parcel 1: 1 × Rice cooker",
        "  parcel 2: 1 × Rice cooker",
        "Once it is accepted, the split can be planned here.",
    ]


def test_the_split_is_planned_and_kept_in_the_journal(two: Till) -> None:
    order = two.take("1042", lines=CASES)
    two.order("accept", "1042")
    assert two.run("order", "fit", "1042", "--plan").code == 0
    assert two.order("fit", "1042")["parcels"] == 2
    assert two.order("fit", "1042")["couriers"][0]["fits"] is True
    assert "parcels_planned" in two.read(lambda uow: [kind_of(event) for event in uow.journal.of(order.id)])


def test_any_number_of_parcels_may_be_planned(two: Till) -> None:
    two.take("1042", lines=TEA)
    two.order("accept", "1042")
    two.order("fit", "1042", "--parcels", "3")
    assert two.order("fit", "1042")["parcels"] == 3


def test_a_plan_nobody_needs_is_refused(two: Till) -> None:
    two.take("1042", lines=TEA)
    said = two.run("order", "fit", "1042", "--plan")
    assert (said.code, "no split helps #1042, or none is needed" in said.err) == (2, True)


def test_a_courier_is_not_called_for_what_does_not_fit(two: Till) -> None:
    two.make_ready("1042", lines=CASES)
    said = two.run("order", "ship", "1042")
    assert said.code == 1
    assert "uber: together 2 > 30×60×40; later: no vehicle that day" in said.err


def test_what_nobody_carries_says_so(two: Till) -> None:
    two.take("1042", type=OrderType.PICKUP)
    assert two.run("order", "fit", "1042").out == "#1042: no courier carries it.\n"


def test_the_contracts_object_has_no_more_keys_than_before(two: Till) -> None:
    two.take("1042", lines=TEA)
    assert not {"fits", "split", "size"} & set(two.order("show", "1042"))
    assert "? uber: 1 of 3 pieces has no size" in two.run("order", "show", "1042").out
