"""`orderbell order booked` and `not-booked`: what became of a call whose answer was lost."""

from datetime import timedelta

from core.domain.ids import OrderId
from core.domain.moment import Moment
from core.domain.problem import ProblemKind
from core.domain.send import SendState
from core.services import steps
from core.store.unit_of_work import UnitOfWork, writing
from tests.tui.cli.till import Till


def in_doubt(till: Till) -> OrderId:
    """Called, and nobody knows whether it arrived."""
    order = till.take()
    for step in (("accept",), ("check", "--all"), ("ready",), ("ship",)):
        till.order(step[0], "1042", *step[1:])

    def lose(uow: UnitOfWork) -> None:
        send = uow.outbox.open_of(order.id)
        assert send is not None
        moment = Moment(send.created_at + timedelta(seconds=9))
        uow.outbox.save(send.started().postponed("no answer", moment.at))
        steps.open_problem(uow, ProblemKind.BOOKING_UNSURE, moment, order_id=order.id, detail="panda: no answer")

    with writing(till.shop.database) as uow:
        lose(uow)
    return order.id


def test_what_never_arrived_is_called_no_more(till: Till) -> None:
    in_doubt(till)
    order = till.order("not-booked", "1042")
    assert (order["send"], order["problems"]) == (None, [])


def test_the_number_of_the_job_is_left_to_the_station(till: Till) -> None:
    order_id = in_doubt(till)
    said = till.run("order", "booked", "1042", "--ref", "p-4711")
    assert said.code == 0
    assert "asked about p-4711; if it knows no such job, the problem says so" in said.err
    with writing(till.shop.database) as uow:
        send = uow.outbox.open_of(order_id)
    assert send is not None
    assert (send.ref, send.state) == ("p-4711", SendState.CALLING)


def test_an_empty_number_is_no_number(till: Till) -> None:
    in_doubt(till)
    said = till.run("order", "booked", "1042", "--ref", " ")
    assert said.code == 2
    assert "not-booked" in said.err


def test_where_nothing_is_in_doubt_it_is_refused(till: Till) -> None:
    till.take()
    said = till.run("order", "not-booked", "1042")
    assert said.code == 1
    assert "in doubt" in said.err
