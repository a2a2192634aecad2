"""Whatever comes first, twice or late: one order for each that was bought, and nothing done twice (0029)."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings, strategies as st

from core.domain.handwritten import HandLine, HandOrder
from core.domain.money import Money
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.purchase import Customer, Purchase
from core.domain.refusal import CameAlready, JoinFirst, OrderRefusal
from core.store.database import Database
from core.store.tables import metadata
from tests.builders import after, letter, line, purchase, reading
from tests.core.shop import Shop

PEOPLE = (
    Customer(name="Chen", phone="+886912000111", address="台北市大同區 2 號"),
    Customer(name="Wu", phone="0987654321", address="新北市板橋區文化路 99 號"),
    Customer(name="Lin", phone="#7731", address="台北市大同區 2 號"),
)


@dataclass(frozen=True)
class Bought:
    """One that somebody truly bought on the channel; `knows`: the caller tells the number."""

    number: str
    who: Customer
    cups: int
    knows: bool
    at: int  # minutes

    @property
    def copy(self) -> Purchase:
        return purchase(
            self.number,
            customer=self.who,
            lines=(line("1", self.cups),),
            total=Money(self.cups * 4000, "TWD"),
            placed_at=after(self.at),
            updated_at=after(self.at),
        )

    @property
    def form(self) -> HandOrder:
        tea = HandLine(name="Tea 1", sku="SKU-1", quantity=self.cups, price=Money(4000, "TWD"))
        return HandOrder(
            id=f"{int(self.number):032x}"[::-1],
            name=self.who.name,
            phone=self.who.phone,
            address=self.who.address,
            channel="web",
            number=self.number if self.knows else "",
            lines=(tea,),
        )


@dataclass
class World:
    """Says what is true when it is asked; `keyed`: draft id -> what was meant."""

    shop: Shop
    keyed: dict[str, Bought] = field(default_factory=dict)
    called: set[Bought] = field(default_factory=set)
    told_of: set[Bought] = field(default_factory=set)
    cancelled: set[Bought] = field(default_factory=set)

    @property
    def known(self) -> set[Bought]:
        return self.called | self.told_of

    def do(self, deed: str, one: Bought) -> None:
        """Nobody calls twice, and nothing is cancelled that was never told."""
        if deed == "key" and one not in self.called:
            self.called.add(one)
            self.key_in(one)
        elif deed == "tell":
            self.told_of.add(one)
            self.told(one)
        elif deed == "again" and one in self.told_of:
            self.told(one, updated_at=after(one.at + 3), note="again")
        elif deed == "cancel" and one in self.told_of:
            self.cancelled.add(one)
            self.told(one, updated_at=after(one.at + 9), cancel_reason="changed my mind")
        elif deed == "decide":
            self.decide()

    def told(self, bought: Bought, **more: Any) -> None:
        copy = replace(bought.copy, **more)
        self.shop.write(lambda uow: self.shop.intake.take(uow, letter(received_at=after(30)), reading(copy)))

    def key_in(self, bought: Bought) -> None:
        """A person looks at what may be the same, and says the truth."""
        entering = self.shop.services.entering
        try:
            self.shop.write(lambda uow: entering.enter(uow, bought.form, self.shop.now()))
        except CameAlready as came:
            others = came.ids
            if bought.number in [self.shop.order(order_id).number for order_id in others]:
                return
            self.shop.write(lambda uow: entering.enter(uow, bought.form, self.shop.now(), others))
        self.keyed[bought.form.order_id] = bought

    def decide(self) -> None:
        """Whoever is asked compares, and says which it is."""
        joining = self.shop.services.joining
        for problem in self.shop.read(lambda uow: uow.problems.all_open()):
            still = self.shop.read(lambda uow, id=problem.id: uow.problems.get(id))
            if problem.kind is not ProblemKind.JOIN_UNSURE or problem.order_id is None or not (still and still.is_open):
                continue
            copy_id, number = problem.order_id, self.shop.order(problem.order_id).number
            likely = [one.order_id for one, _ in self.shop.read(lambda uow, id=copy_id: joining.choices(uow, id))]
            same = [order_id for order_id in likely if self.keyed[order_id].number == number]
            hand = same[0] if same else None
            self.shop.write(lambda uow, c=copy_id, h=hand: joining.decide(uow, c, h, self.shop.now()))

    @property
    def orders(self) -> list[Order]:
        return self.shop.read(lambda uow: uow.orders.listed())

    def may_be_accepted(self, order: Order) -> bool:
        try:
            self.shop.write(lambda uow: _try_to_accept(self.shop, uow, order))
        except JoinFirst:
            return False
        except _TakenBack:
            return True
        except OrderRefusal:
            return not order.has_ended
        return True


class _TakenBack(Exception):
    """What was only tried."""


def _try_to_accept(shop: Shop, uow: Any, order: Order) -> None:
    shop.services.orders.accept(uow, [order.id], shop.now())
    raise _TakenBack


bought = st.builds(
    Bought,
    number=st.sampled_from(["1", "2", "3", "4"]),
    who=st.sampled_from(PEOPLE),
    cups=st.integers(1, 2),
    knows=st.booleans(),
    at=st.sampled_from([-20, 0, 5]),
)
days = st.lists(bought, min_size=1, max_size=3, unique_by=lambda one: one.number)
deeds = st.lists(
    st.tuples(st.sampled_from(["key", "tell", "again", "cancel", "decide"]), st.integers(0, 2)), min_size=2, max_size=10
)


def _fresh(database: Database) -> Shop:
    with database.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    return Shop(database)


@settings(max_examples=30)
@given(day=days, done=deeds)
def test_one_order_for_each_that_was_bought(lasting: Database, day: list[Bought], done: list[tuple[str, int]]) -> None:
    shop = _fresh(lasting)
    world = World(shop)
    try:
        for deed, which in done:
            world.do(deed, day[which % len(day)])
            _check_at_all_times(world)
        for one in world.known - world.told_of:  # the channel is back, and tells all it has
            world.do("tell", one)
        world.decide()
        _check_in_the_end(world)
    finally:
        shop.close()


def _check_at_all_times(world: World) -> None:
    """Nothing is lost, and of what was bought once, once may be said yes to.

    Two alike of one person may stand for each other until both were told.
    """
    unsure = {
        problem.order_id
        for problem in world.shop.read(lambda uow: uow.problems.all_open())
        if problem.kind is ProblemKind.JOIN_UNSURE
    }
    called, told = Counter(map(_looks, world.called)), Counter(map(_looks, world.told_of))
    assert len(world.orders) >= (called | told).total()
    assert sum(order.id not in unsure for order in world.orders) <= len(world.known)


def _looks(one: Bought) -> tuple[object, ...]:
    return one.who, one.cups


def _check_in_the_end(world: World) -> None:
    """As many orders as were bought, each with the number of its own; and yes may be said to each that is alive."""
    orders, cancelled = world.orders, {one.number for one in world.cancelled}
    assert sorted(order.number for order in orders) == sorted(one.number for one in world.known)
    assert ProblemKind.JOIN_UNSURE not in world.shop.problems()
    assert {order.number for order in orders if order.has_ended} == cancelled
    assert all(world.may_be_accepted(order) for order in orders if not order.has_ended)
