"""One paid order, a shop's system with books of its own, and a station that may die at any step; one loop."""

import asyncio
from dataclasses import replace

from core.domain.events import Event, kind_of
from core.domain.ids import OrderId
from core.domain.money import Money
from core.domain.payment import Payment
from core.domain.purchase import Purchase
from core.domain.refund import Refund, RefundState
from core.domain.refusal import OrderRefusal
from core.domain.send import Send
from core.domain.shop_call import ShopAbility, ShopCall
from core.domain.tell import TellingEnd, is_in_trouble
from core.store.database import Database
from tests.builders import line, purchase
from tests.core.fake_shop import FakeShop
from tests.core.services.telling_shop import TellingShop
from tests.core.world import StepWriter

PAID = 124_000
ORDER = "co-1042"
PATIENCE = 10  # tries, after which a person gives up


def bought(**more: object) -> Purchase:
    """Three pieces and a fee, paid."""
    lines = (line("1", 2, unit_price=Money(40_000, "TWD")), line("2", 1, unit_price=Money(38_000, "TWD")))
    return purchase(lines=lines, total=Money(PAID, "TWD"), **more)


class MoneyWorld:
    """Nothing in it depends on the wall's time: each wait is a step of the loop."""

    def __init__(self, database: Database, system: FakeShop) -> None:
        self.system = system
        self.shop = TellingShop(database, system)
        self.shop.writer.close()
        self.shop.writer = StepWriter(database)  # type: ignore[assignment]
        self.shop.open_station()
        self.id: OrderId = bought().order_id
        self.told = bought()
        self.shop.told(self.told)
        self.given_up = 0  # minor units that a person said are not to go back
        self.by_staff = 0  # given back in the shop's own system, without us

    @property
    def money(self) -> int:
        """Minor units that went back by the shop's books."""
        return self.system.money[ORDER]

    @property
    def refunds(self) -> list[Refund]:
        return self.shop.refunds(self.id)

    @property
    def tellings(self) -> list[Send]:
        return self.shop.tellings(self.id)

    def is_busy_now(self, runner: asyncio.Runner) -> bool:
        """Something of the station's is under way."""
        return any(task.get_name().startswith("send-") for task in asyncio.all_tasks(runner.get_loop()))

    @property
    def in_trouble(self) -> list[Send]:
        return [send for send in self.tellings if is_in_trouble(send)]

    async def begin(self) -> None:
        """The station looks at what is due: tellings leave."""
        self.shop.start_due()

    async def step(self, count: int) -> None:
        for _ in range(count):
            await asyncio.sleep(0)

    async def crash(self) -> None:
        """The station dies where it stands, and another one starts."""
        tasks = self._tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.system.waiting.clear()
        self.shop.open_station()

    async def run(self) -> None:
        """Until nothing is under way: whoever is silent answers in the end."""
        while tasks := self._tasks():
            await asyncio.sleep(0)
            if not all(task.done() for task in tasks):
                self.system.release(answered=True)

    def settle(self, end: TellingEnd) -> None:
        """A person looks into the shop's own system first, and is honest about what is there."""
        send = self.shop.read(lambda uow: self.shop.services.settling.in_trouble(uow, self.id))
        self.shop.settle(end, "agreed with the customer", self.id)
        money = send.call.money if send.call else None
        if end is TellingEnd.BY_HAND and send.call is not None:
            self._do_by_hand(send.call)
        elif end is TellingEnd.GIVEN_UP and money is not None:
            self.given_up += money.minor

    def staff_gives(self, minor: int) -> None:
        """In the shop's own system, without us: whatever is left there, and no more."""
        minor = min(minor, PAID - self.money)
        if minor > 0:
            call = ShopCall(
                ability=ShopAbility.REFUND,
                key=f"staff-{len(self.system.done)}",
                shop="nanxi",
                channel_order_id=ORDER,
                number="1042",
                money=Money(minor, "TWD"),
            )
            self.system.done[call.key] = call
            self.by_staff += minor

    def channel_tells(self) -> None:
        """How the order stands by the shop's books."""
        payment = Payment.REFUNDED if self.money >= PAID else Payment.PART_REFUNDED if self.money else Payment.PAID
        reason = "cancelled" if ShopAbility.CANCEL.value in self.system.told else None
        self.told = replace(self.told, updated_at=self.shop.clock.now(), payment=payment, cancel_reason=reason)
        self.shop.told(self.told)

    async def make_peace(self) -> None:
        """Nothing goes wrong any more, time passes, and a person tries again whatever was refused."""
        self.system.script.clear()
        self.system.refuses.clear()
        await self.run()
        for _ in range(40):
            self.shop.clock.move(minutes=2)
            await self.step(2)
            await self.begin()
            await self.run()
            while any(not send.is_open for send in self.in_trouble):
                self._deal_with_refused()

    def _deal_with_refused(self) -> None:
        """Tried again; where the shop has nothing left to give, it is given up in the end."""
        send = self.shop.read(lambda uow: self.shop.services.settling.in_trouble(uow, self.id))
        try:
            self.settle(TellingEnd.AGAIN if send.attempts < PATIENCE else TellingEnd.GIVEN_UP)
        except OrderRefusal:
            self.settle(TellingEnd.GIVEN_UP)

    def _do_by_hand(self, call: ShopCall) -> None:
        if call.key not in self.system.done:
            money = min(call.money.minor, PAID - self.money) if call.money else 0
            done = replace(call, money=Money(money, "TWD") if call.money else None)
            self.system.done[call.key] = done

    def gone(self, refund: Refund) -> int:
        """Minor units that went back for this one."""
        done = self.system.done.get(refund.id)
        return done.money.minor if done and done.money else 0

    def owed_by_hand(self) -> int:
        """What a person is asked to give back."""
        mine = (refund for refund in self.refunds if refund.state is RefundState.OWED and refund.send_id is None)
        return sum(refund.amount.minor for refund in mine)

    def story(self) -> str:
        """What happened, for whoever reads why it went wrong."""
        told = (_line(event) for event in self.shop.history(self.id))
        kept = [*self.tellings, *self.refunds, *self.system.done.values()]
        return "\n".join(["", *told, *map(str, kept)])

    def _tasks(self) -> "list[asyncio.Task[None]]":
        return [task for task in asyncio.all_tasks() if task.get_name().startswith("send-")]


def _line(event: Event) -> str:
    more = {name: value for name, value in vars(event).items() if name not in ("order_id", "at", "by", "send_id")}
    return f"{event.at:%H:%M:%S} {kind_of(event)} {more}"
