"""The services joined as in the real program, on a real store, with a fake clock and courier."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeVar

from core.board.board import Board
from core.domain.catalogue import Article
from core.domain.delivery import Delivery
from core.domain.events import Event, kind_of
from core.domain.handover import Custom, Handover
from core.domain.ids import ChannelName, CourierName, OrderId, StaffId
from core.domain.limits import CourierLimits
from core.domain.moment import Moment
from core.domain.money import Money
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.purchase import Purchase
from core.domain.review import ReviewRules
from core.domain.search import SearchRules
from core.domain.send import Send
from core.domain.staff import Permission
from core.domain.store_rules import StoreRules
from core.domain.wish import DispatchRules
from core.ports.courier import Ability
from core.ports.shop import ShopDesk
from core.services.aftermath import Aftermath
from core.services.care import CareService
from core.services.choosing import Choosing
from core.services.coaching import Coaching
from core.services.comparing import Comparing
from core.services.desk import Services
from core.services.dispatch import DispatchService
from core.services.entering import Entering
from core.services.fitting import Fitting
from core.services.handing import HandingService
from core.services.holding import HoldingService
from core.services.intake import Intake, Taken
from core.services.joining import Joining
from core.services.journeys import Journeys
from core.services.load import LoadService
from core.services.looking import LookingService
from core.services.orders import OrderService
from core.services.packing import PackingService
from core.services.picture import Painter
from core.services.quoting import Quoting
from core.services.receiving import Receiving
from core.services.refunding import Refunding
from core.services.reviewing import NO_REVIEW, Reviewing
from core.services.searching import Searching, able
from core.services.sending import Sending
from core.services.shorting import Shorting
from core.services.station_lease import StationLease
from core.services.telling import Telling
from core.services.timing import Timing
from core.services.undoing import Undoing
from core.store.database import Database
from core.store.lease import STATION
from core.store.unit_of_work import UnitOfWork, reading, writing
from core.store.writer import Writer
from tests import builders
from tests.builders import MEI, RULES
from tests.core.fake_courier import FakeCourier
from tests.core.fake_shop import FakeShop
from tests.core.fakes import FakeClock

T = TypeVar("T")
GOODS = {
    "GREEN": Article(name="Green tea", price=Money(25_000, "TWD"), barcode="4719", weight_g=500),
    "DEAR": Article(name="High mountain tea", price=Money(90_000, "TWD")),
}
PROOFS = Custom(has_proofs=True)
ANYTHING = CourierLimits()


class Shop:
    """One store with everything it needs; `close` when done."""

    def __init__(
        self,
        database: Database,
        rules: StoreRules = RULES,
        custom: Custom = PROOFS,
        limits: CourierLimits = ANYTHING,
        *,
        others: Iterable[CourierName] = (),
        search: SearchRules | None = None,
        dispatch: DispatchRules | None = None,
        shops: Iterable[FakeShop] = (),
        review: ReviewRules = NO_REVIEW,
    ) -> None:
        self.database = database
        self.rules = rules
        self.clock = FakeClock()
        self.courier = FakeCourier(self.clock, limits=limits)
        more = {name: FakeCourier(self.clock, name=name) for name in others}
        self.couriers = {self.courier.name: self.courier} | more
        self.writer = Writer(database)
        self.customs = {self.courier.name: custom}
        choosing = Choosing(rules, {name: courier.limits for name, courier in self.couriers.items()}, dispatch)
        abilities = {name: frozenset({Ability.CANCEL, Ability.TIP}) for name in self.couriers}
        self.searching = Searching(search, able(choosing), abilities, choosing.wish)
        self.shops: dict[ChannelName, ShopDesk] = {desk.name: desk for desk in shops}
        self.telling = Telling(
            {name: desk.abilities for name, desk in self.shops.items()},
            rules.hold_sends,
            [name for name, desk in self.shops.items() if desk.cancel_refunds],
        )
        self.refunding = Refunding(self.telling)
        self.journeys = Journeys(self.customs, self.searching, self.telling)
        aftermath = Aftermath(self.refunding)
        orders = OrderService(rules, aftermath, self.telling)
        self.timing = Timing(couriers=(self.courier.name,), zone=rules.zone)
        quoting = Quoting(lambda: dict(self.couriers), timedelta(seconds=30))
        self.joining = Joining(rules, aftermath)
        self.reviewing = Reviewing(review, rules.phone)
        self.shorting = Shorting(self.refunding, GOODS, rules.hold_sends)
        calling = DispatchService(rules, choosing, self.timing)
        self.services = Services(
            orders=orders,
            packing=PackingService(self.telling),
            dispatch=calling,
            undoing=Undoing(calling, self.telling, self.shorting),
            shorting=self.shorting,
            refunding=self.refunding,
            care=CareService(Receiving(self.telling, self.refunding)),
            looking=LookingService(
                orders,
                customs=self.customs,
                phone=rules.phone,
                timing=self.timing,
                fitting=Fitting({self.courier.name: self.courier.limits}),
            ),
            load=LoadService(rules),
            comparing=Comparing(rules, choosing, quoting, self.clock),
            handing=HandingService(self.customs, rules.staff, self.telling),
            joining=self.joining,
            entering=Entering(rules, self.joining),
            holding=HoldingService(rules.staff),
            coaching=Coaching(rules, aftermath, self.telling, self.refunding),
            reviewing=self.reviewing,
        )
        self.intake = Intake(rules, self.journeys, aftermath, joining=self.joining, reviewing=self.reviewing)
        self.painter = Painter(rules, self.timing)
        self.open_station()

    def open_station(self) -> None:
        """A station as after a start: it knows only what is on disk."""
        self.write(_forget_the_last_station)
        self.lease = StationLease("http://127.0.0.1:8750")
        self.write(self.lease.take)
        self.sending = Sending(
            self.writer, self.couriers, self.journeys, self.rules, self.clock, self.lease, self.searching, self.shops
        )

    def close(self) -> None:
        self.writer.close()

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        with writing(self.database) as uow:
            return work(uow)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        with reading(self.database) as uow:
            return work(uow)

    def now(self, by: StaffId = MEI) -> Moment:
        return Moment(self.clock.now(), by)

    def told(self, bought: Purchase, key: str = "") -> Taken:
        """A letter of the channel with this purchase."""
        letter = builders.letter(received_at=self.clock.now())
        return self.write(lambda uow: self.intake.take(uow, letter, builders.reading(bought, key=key)))

    def accept(self, *ids: OrderId, permission: Permission | None = None) -> list[Order]:
        return self.write(lambda uow: self.services.orders.accept(uow, ids, self.now(), permission))

    def cancel(self, order_id: OrderId) -> Order:
        return self.write(lambda uow: self.services.orders.cancel(uow, order_id, "sold out", self.now()))

    def pack(self, order_id: OrderId) -> Order:
        def work(uow: UnitOfWork) -> Order:
            self.services.packing.tick_all(uow, order_id, self.now())
            return self.services.packing.ready(uow, order_id, 1, "", self.now())

        return self.write(work)

    def make_ready(self, number: str = "1042", **more: object) -> OrderId:
        """An order told, accepted and packed."""
        bought = builders.purchase(number, **more)
        self.told(bought)
        self.accept(bought.order_id)
        return self.pack(bought.order_id).id

    def ship(self, order_id: OrderId, courier: str | None = None) -> Send:
        return self.write(lambda uow: self.services.dispatch.ship(uow, order_id, courier, self.now()))

    def take_back(self, order_id: OrderId) -> Send:
        return self.write(lambda uow: self.services.undoing.take_back(uow, order_id, self.now()))

    def recall(self, order_id: OrderId) -> None:
        self.write(lambda uow: self.services.dispatch.recall(uow, order_id, self.now()))

    def hand_over(self, order_id: OrderId, waybill: str) -> Order:
        given = Handover(waybill=waybill)
        return self.write(lambda uow: self.services.handing.hand_over(uow, order_id, given, self.now()))

    def hear(self, report: builders.Report) -> bool:
        """The courier's own call."""
        return self.write(lambda uow: self.journeys.hear(uow, report, Moment(self.clock.now())))

    async def send_due(self) -> None:
        """Make every call that is due, and wait for the answers."""
        self.start_due()
        await self.sending.stop()

    async def send(self, seconds: float = 5) -> None:
        """The held seconds pass, then every call that is due is made."""
        self.clock.move(seconds=seconds)
        await self.send_due()

    def start_due(self) -> None:
        self.sending.start_due(self.read(lambda uow: uow.outbox.due(self.clock.now())))

    async def crash(self) -> None:
        """The station dies in the middle of its calls; another one starts."""
        tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith("send-")]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for courier in self.couriers.values():
            courier.restart()
        self.open_station()

    def order(self, order_id: OrderId) -> Order:
        return self.read(lambda uow: uow.orders.get(order_id))

    def open_send(self, order_id: OrderId) -> Send | None:
        return self.read(lambda uow: uow.outbox.open_of(order_id))

    def deliveries(self, order_id: OrderId) -> list[Delivery]:
        return self.read(lambda uow: uow.deliveries.of(order_id))

    def delivery(self, order_id: OrderId) -> Delivery:
        return self.deliveries(order_id)[0]

    def problems(self) -> list[ProblemKind]:
        return [problem.kind for problem in self.read(lambda uow: uow.problems.all_open())]

    def history(self, order_id: OrderId) -> list[Event]:
        return list(self.read(lambda uow: uow.journal.of(order_id)))

    def words(self, order_id: OrderId) -> list[str]:
        """The kinds of what happened, oldest first."""
        return [kind_of(event) for event in self.history(order_id)]

    def board(self) -> Board:
        return self.read(lambda uow: self.painter.whole(uow, self.clock.now()))


def _forget_the_last_station(uow: UnitOfWork) -> None:
    """As when its process is found dead: here it is the test's own, which lives."""
    held = uow.leases.get(STATION)
    if held is not None:
        uow.leases.give_back(STATION, held.holder)
