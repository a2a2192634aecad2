"""An order nobody accepts: the real station reminds, then posts to a real address, once, killed or not."""

import pytest
from pytest_httpserver import HTTPServer

from tests.end_to_end.shop import Shop, eventually

TELL = "/topic"


@pytest.fixture
def impatient(shop: Shop, httpserver: HTTPServer) -> Shop:
    """Three seconds to accept; the receiver says no to the first try."""
    httpserver.expect_ordered_request(TELL).respond_with_data("busy", status=503)
    httpserver.expect_ordered_request(TELL).respond_with_data("told")
    shop.settings["store"]["accept_within_minutes"] = 0.05
    shop.settings["accept"] = {"remind_minutes": 0.05, "again_seconds": 0.5}
    shop.settings["tell"] = {"url": httpserver.url_for(TELL)}
    shop.write()
    return shop


def test_a_person_is_told_under_one_key_though_the_station_is_killed(impatient: Shop, httpserver: HTTPServer) -> None:
    station = impatient.serve()
    assert impatient.post("1042").status_code == 200
    eventually(lambda: len(httpserver.log) == 1)
    station.kill()
    impatient.serve()
    eventually(lambda: len(httpserver.log) == 2)
    told = eventually(
        lambda: impatient.here("order", "show", "1042", "--json").told, lambda one: one["problems"] and one["ringing"]
    )
    assert [problem["kind"] for problem in told["problems"]] == ["not_accepted"]
    bodies = {request.get_data().decode() for request, _answer in httpserver.log}
    keys = {request.headers["webhook-id"] for request, _answer in httpserver.log}
    assert (len(bodies), len(keys), len(httpserver.log)) == (1, 1, 2)
    assert "#1042" in bodies.pop()
    history = impatient.here("order", "show", "1042").out
    assert history.count("a person was told") == 1
