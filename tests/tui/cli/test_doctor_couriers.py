"""What `orderbell doctor` finds of couriers: a call of its own, and what the station has known."""

from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from core.domain.circuit import IN_A_ROW
from core.domain.vitals import Vitals
from core.services.health import Health
from core.services.station_lease import StationLease
from core.store.unit_of_work import writing
from tests.tui.cli.till import COURIER, Till

QUOTE = Path(__file__).parents[2] / "adapters" / "couriers" / "payloads" / "uber_direct" / "quote.json"


@pytest.fixture(autouse=True)
def _theirs(till: Till, httpserver: HTTPServer) -> None:
    """Uber's addresses are ours."""
    base = httpserver.url_for("").rstrip("/")
    till.settings["couriers"] = {"uber": {**COURIER, "base_url": base, "auth_url": base}}
    till.settings["store"] |= {"address": "No. 1", "latitude": 25.05, "longitude": 121.52}
    till.write()


def found(till: Till, subject: str) -> dict[str, Any] | None:
    told = {finding["subject"]: finding for finding in till.run("doctor", "--json").told}
    return told.get(subject)


def grant(server: HTTPServer) -> None:
    server.expect_request("/oauth/v2/token").respond_with_json({"access_token": "t", "expires_in": 3600})


def station_tells(till: Till, vitals: Vitals) -> None:
    """A station runs, and has known this."""
    lease, health = StationLease("http://127.0.0.1:1"), Health(couriers={"uber": vitals})
    with writing(till.shop.database) as uow:
        lease.take(uow)
        lease.renew(uow, health.told())


def test_a_courier_that_answers_is_told_with_speed_token_and_rate_limit(till: Till, httpserver: HTTPServer) -> None:
    grant(httpserver)
    quotes = httpserver.expect_request("/v1/customers/c/delivery_quotes")
    quotes.respond_with_data(QUOTE.read_bytes(), headers={"X-RateLimit-Remaining": "7", "X-RateLimit-Limit": "9"})
    finding = found(till, "courier uber")
    assert finding is not None
    assert finding["grade"] == "ok"
    for words in ("uber_direct, quotes ", "it took ", "7 of 9 calls left", "; token ", " old, ends at "):
        assert words in finding["found"]


def test_one_that_refuses_our_keys_fails_and_says_who_can_help(till: Till, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/oauth/v2/token").respond_with_json({"error": "invalid_client"}, status=401)
    finding = found(till, "courier uber")
    assert finding is not None
    assert (finding["grade"], finding["mend"]) == ("fail", "check its keys, or call the office")
    assert finding["found"].startswith("keys refused: 401 invalid_client")


def test_one_that_is_down_fails(till: Till, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/oauth/v2/token").respond_with_data(status=503)
    finding = found(till, "courier uber")
    assert finding is not None
    assert (finding["grade"], finding["mend"]) == ("fail", "check its keys and the network")


def test_what_the_station_knows_has_a_line_of_its_own(till: Till, httpserver: HTTPServer) -> None:
    grant(httpserver)
    now = till.shop.clock.now()
    vitals = Vitals()
    for _ in range(IN_A_ROW):
        vitals = vitals.failed("no answer: ReadTimeout", now)
    station_tells(till, vitals)
    finding = found(till, "uber at the station")
    assert finding is not None
    assert finding["grade"] == "warn"
    assert finding["found"].startswith("no answer, ")
    assert "failed calls: 3 of the last 3" in finding["found"]
    assert finding["mend"]


def test_a_courier_that_is_well_at_the_station_is_ok(till: Till, httpserver: HTTPServer) -> None:
    grant(httpserver)
    station_tells(till, Vitals().answered(till.shop.clock.now()))
    finding = found(till, "uber at the station")
    assert finding is not None
    assert (finding["grade"], finding["mend"]) == ("ok", "")


def test_of_what_the_station_never_called_there_is_no_line(till: Till, httpserver: HTTPServer) -> None:
    grant(httpserver)
    station_tells(till, Vitals())
    assert found(till, "uber at the station") is None


def test_without_a_station_there_is_none_either(till: Till, httpserver: HTTPServer) -> None:
    grant(httpserver)
    assert found(till, "uber at the station") is None
