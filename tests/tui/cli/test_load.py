"""`orderbell load`: words for people, an object for scripts."""

from datetime import UTC, datetime, timedelta

from tests.tui.cli.till import Till


def test_an_empty_shop_has_room_and_too_few_records(till: Till) -> None:
    said = till.run("load")
    assert said.code == 0
    assert "THIS HOUR  0 of 50 · next free now" in said.out
    assert "too few records" in said.out


def test_what_waits_and_what_was_accepted_stand_apart(till: Till) -> None:
    for number in ("1", "2", "3"):
        till.take(number)
    till.order("accept", "1")
    lines = till.run("load").out.splitlines()
    assert lines[0] == "THIS HOUR  1 of 50 · next free now"
    assert lines[1] == "  waiting 2 · accepting these 2 makes 3"
    assert "in work 1" in lines[2]
    assert lines[-1].startswith("TODAY: 3 orders · accepted 1")


def test_at_the_cap_it_says_when_the_next_order_fits(till: Till) -> None:
    till.settings["store"]["orders_per_hour"] = 1
    till.write()
    till.take("1")
    till.take("2")
    till.order("accept", "1")
    assert "1 of 1 · FULL, next free" in till.run("load").out
    assert "✗ accepting this 1 makes 2 > 1" in till.run("load").out


def test_the_object_for_scripts(till: Till) -> None:
    till.take("1", promised_to=datetime.now(UTC) + timedelta(minutes=1))
    till.order("accept", "1")
    told = till.run("load", "--json").told
    assert (told["cap"], told["accepted"], told["waiting"], told["in_progress"]) == (50, 1, 0, 1)
    assert (told["promised"], told["usual_days"], told["next_hour"]) == (1, 0, None)
    assert told["next_free"] == told["at"]
    assert datetime.fromisoformat(told["at"]).utcoffset() is not None
    assert sum(hour["accepted"] for hour in told["hours"]) == 1
    assert told["busiest"]["accepted"] == 1
    assert told["day"]["orders"] == 1
    assert told["day"]["median_prep"] is None


def test_hours_are_those_of_the_shop(till: Till) -> None:
    told = till.run("load", "--json").told
    assert len(told["hours"]) == 24
    assert {hour["open"] for hour in told["hours"]} == {True}
    assert told["hours"][0]["start"].endswith("T00:00:00+08:00")


def test_it_speaks_the_language_asked_for(till: Till) -> None:
    assert "THIS HOUR" not in till.run("load", "--lang", "zh-Hant").out
