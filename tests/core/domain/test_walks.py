"""Random walks over every move: whatever is tried, in whatever sequence, these things hold."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from core.domain import arrival, fulfilment, short_move
from core.domain.checklist import Check
from core.domain.events import Event, OrderAccepted, PackingFinished, ShippedShort
from core.domain.ids import LineId
from core.domain.line import OrderLine
from core.domain.order import Order, Outcome
from core.domain.payment import Payment
from core.domain.refusal import OrderRefusal
from core.domain.stage import ENDED, MOVES, Stage
from tests.builders import AT_STAGE, MEI, RULES, after, line, new, packed, preparing, told_later

Step = Callable[[Order, float], Outcome]
LINE_IDS = st.sampled_from([LineId("1"), LineId("2"), LineId("3")])
COUNTS = st.integers(-1, 4)


def simple(move: Callable[..., Outcome], **more: object) -> Step:
    return lambda order, at: move(order, by=MEI, at=after(at), **more)


def accepting(order: Order, at: float) -> Outcome:
    return fulfilment.accept(order, by=MEI, ready_by=after(at + 15), at=after(at))


@st.composite
def picking(draw: st.DrawFn) -> Step:
    line_id, count = draw(LINE_IDS), draw(COUNTS)
    return lambda order, at: fulfilment.pick(order, line_id, count, by=MEI, at=after(at))


@st.composite
def ticking(draw: st.DrawFn) -> Step:
    return simple(fulfilment.tick, check=draw(st.sampled_from(Check)), ticked=draw(st.booleans()))


@st.composite
def shipping_short(draw: st.DrawFn) -> Step:
    return simple(short_move.ship_short, quantities=draw(st.dictionaries(LINE_IDS, COUNTS, max_size=3)))


@st.composite
def telling(draw: st.DrawFn) -> Step:
    """The channel says something else of the order, now or as of earlier."""
    delay = draw(st.sampled_from([0.0, 0.0, -20.0]))
    lines: tuple[OrderLine, ...] = tuple(
        line(id, draw(st.integers(1, 3))) for id in draw(st.sets(st.sampled_from("123"), min_size=1).map(sorted))
    )
    said = {
        "payment": draw(st.sampled_from(Payment)),
        "lines": lines,
        "cancel_reason": draw(st.sampled_from([None, None, None, "asked"])),
        "note": draw(st.sampled_from(["", "ring twice"])),
    }
    return lambda order, at: arrival.told_again(
        order, told_later(order.purchase, at + delay, **said), after(at), RULES.accept_within
    )


PLAIN: list[Step] = [
    simple(fulfilment.see),
    accepting,
    simple(fulfilment.reject, reason="no"),
    simple(fulfilment.finish_packing),
    simple(fulfilment.finish_packing, reason="in a hurry"),
    simple(fulfilment.reopen_packing),
    simple(fulfilment.plan_parcels, parcels=2),
    simple(fulfilment.cancel, reason="off"),
    simple(fulfilment.leave),
    simple(fulfilment.complete),
    simple(fulfilment.come_back),
    simple(arrival.see_changes),
]
STEPS = st.lists(
    st.one_of(st.sampled_from(PLAIN), st.just(accepting), picking(), ticking(), shipping_short(), telling()),
    max_size=25,
)
FIRST = st.sampled_from([new, preparing, preparing, packed, AT_STAGE[Stage.WAITING_PAYMENT]])
Seen = tuple[Order, Order, tuple[Event, ...]]


def walk(first: Callable[[], Order], steps: list[Step]) -> list[Seen]:
    """Every step that was made: the order before, the order after, and what was written down."""
    order, made = first(), list[Seen]()
    for count, step in enumerate(steps, start=30):
        try:
            moved, happened = step(order, count)
        except OrderRefusal:
            continue
        made.append((order, moved, happened))
        order = moved
    return made


walks = st.builds(walk, FIRST, STEPS)
often = settings(deadline=None, max_examples=60)


@often
@given(walks)
def test_an_order_moves_only_as_the_table_allows(made: list[Seen]) -> None:
    for before, order, _ in made:
        assert order.stage is before.stage or order.stage in MOVES[before.stage]


@often
@given(walks)
def test_an_ended_order_never_moves_but_back_to_the_store(made: list[Seen]) -> None:
    for before, order, _ in made:
        if before.stage in ENDED:
            assert order.stage in (before.stage, Stage.RETURNED)


@often
@given(walks)
def test_an_ended_order_has_an_end_and_an_open_one_has_none(made: list[Seen]) -> None:
    for _, order, _ in made:
        assert (order.ended_at is not None) == order.has_ended


@often
@given(walks)
def test_nothing_is_accepted_unpaid(made: list[Seen]) -> None:
    for before, _, events in made:
        assert before.is_paid or not any(isinstance(event, OrderAccepted) for event in events)


@often
@given(walks)
def test_never_more_is_picked_or_shipped_than_was_ordered(made: list[Seen]) -> None:
    for _, order, _ in made:
        for one in order.lines:
            assert 0 <= one.picked <= one.quantity
            assert 0 <= order.needed(one) <= one.quantity


@often
@given(walks)
def test_an_order_is_shipped_short_once(made: list[Seen]) -> None:
    events = [event for _, _, some in made for event in some]
    assert sum(isinstance(event, ShippedShort) for event in events) <= 1


@often
@given(walks)
def test_nothing_is_closed_on_words_nobody_has_read(made: list[Seen]) -> None:
    for before, _, events in made:
        if any(isinstance(event, PackingFinished) for event in events):
            assert not before.changed


@often
@given(walks)
def test_nothing_happens_without_a_word_in_the_journal(made: list[Seen]) -> None:
    for before, order, events in made:
        in_the_shop = replace(order, purchase=before.purchase)
        assert events or in_the_shop == before


@often
@given(walks)
def test_every_event_tells_of_this_order(made: list[Seen]) -> None:
    for _, order, events in made:
        assert all(event.order_id == order.id for event in events)


@often
@given(walks)
def test_whoever_accepted_has_seen(made: list[Seen]) -> None:
    for _, order, _ in made:
        assert order.accepted_at is None or order.seen_at is not None
