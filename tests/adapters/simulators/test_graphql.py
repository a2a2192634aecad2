"""The little GraphQL of the simulated shop: it answers what was asked, and nothing that is not there."""

import pytest

from adapters.payloads import shopify_orders as ours
from adapters.simulators.graphql import BadQuery, answer, root_of

STOCK = {"id": 1, "name": "x", "lines": {"nodes": [{"id": 2, "of": {"id": 3}}, {"id": 4, "of": None}]}, "gone": None}


def asked(fields: str) -> object:
    return answer(root_of(f"query Q($id: ID!) {{ order(id: $id, first: 5) {fields} }}"), STOCK)


def test_only_what_was_asked_for_is_answered() -> None:
    assert asked("{ id lines { nodes { of { id } } } }") == {
        "id": 1,
        "lines": {"nodes": [{"of": {"id": 3}}, {"of": None}]},
    }


def test_nothing_stays_nothing() -> None:
    assert asked("{ gone { id } }") == {"gone": None}


@pytest.mark.parametrize("fields", ["{ colour }", "{ lines { nodes { colour } } }", "{ lines }"])
def test_what_is_not_there_is_refused(fields: str) -> None:
    with pytest.raises(BadQuery):
        asked(fields)


@pytest.mark.parametrize("query", ["", "{", "query {", "{ a b }", "mutation M { a(x y) }", "{ a # }", "{ a(b: ) "])
def test_what_is_no_query_is_refused(query: str) -> None:
    with pytest.raises(BadQuery):
        root_of(query)


def test_arguments_and_directives_are_read() -> None:
    root = root_of(ours.REFUND)
    assert (root.name, root.given, root.directives) == (
        "refundCreate",
        {"input": "$input"},
        {"idempotent": {"key": "$key"}},
    )


@pytest.mark.parametrize(
    "query",
    [ours.STANDING, ours.SHIPPING, ours.MONEY, ours.SHOP, ours.PROGRESS, ours.FULFIL, ours.CANCEL, ours.REFUND],
)
def test_every_query_of_ours_is_one(query: str) -> None:
    assert root_of(query).fields
