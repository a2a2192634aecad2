"""What `orderbell doctor` finds of shop systems that can be told what becomes of their orders."""

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.tui.cli.till import Till


@pytest.fixture(autouse=True)
def _quiet(till: Till) -> None:
    till.settings["couriers"] = {}
    till.write()


def found(till: Till, section: dict[str, Any]) -> dict[str, Any]:
    till.settings["channels"] = {"web": section}
    till.write()
    told = {finding["subject"]: finding for finding in till.run("doctor", "--json").told}
    return told["shop web"]


def own(server: HTTPServer, status: int) -> dict[str, Any]:
    server.expect_request("/told", method="POST").respond_with_data("", status=status)
    return {"kind": "standard", "secret": "whsec_c2VjcmV0", "callback_url": server.url_for("/told")}


def test_one_that_answers_is_told_with_what_it_hears(till: Till, httpserver: HTTPServer) -> None:
    finding = found(till, own(httpserver, 204))
    assert finding["grade"] == "ok"
    assert finding["found"] == "is told: accepted, packed, shipped, cancelled, refunds, returns"


def test_one_that_knows_no_refund_says_where_the_money_goes_back(till: Till, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v1/orders").respond_with_json({"orders": []})
    section = {"kind": "cyberbiz", "secret": "s", "api_token": "t", "base_url": httpserver.url_for("")}
    assert found(till, section)["found"].endswith("; refunds are made in its own back office")


@pytest.mark.parametrize(("status", "grade"), [(401, "fail"), (404, "warn"), (500, "fail")])
def test_one_that_does_not_take_it_says_what_to_look_at(
    till: Till, httpserver: HTTPServer, status: int, grade: str
) -> None:
    finding = found(till, own(httpserver, status))
    assert finding["grade"] == grade
    assert str(status) in finding["found"]
    assert finding["mend"]


def test_one_without_keys_is_told_nothing_and_that_is_said(till: Till) -> None:
    finding = found(till, {"kind": "standard", "secret": "whsec_c2VjcmV0"})
    assert (finding["grade"], finding["mend"]) == ("warn", "set its keys for calls back")
