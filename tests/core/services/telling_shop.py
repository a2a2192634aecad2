"""A shop whose web feed can be told things, for the tests of telling and refunds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from core.domain.ids import LineId, OrderId
from core.domain.money import Money
from core.domain.refund import Refund
from core.domain.send import Send
from core.domain.sharing import NO_PIECES
from core.domain.tell import TellingEnd
from core.store.database import Database
from tests.builders import purchase
from tests.core.fake_shop import FakeShop
from tests.core.shop import Shop

ID = purchase().order_id


class TellingShop(Shop):
    """With a fake shop's system behind its feed."""

    def __init__(self, database: Database, system: FakeShop | None = None) -> None:
        self.system = system or FakeShop()
        super().__init__(database, shops=(self.system,))

    def reject(self, order_id: OrderId = ID, reason: str = "sold out") -> None:
        self.write(lambda uow: self.services.orders.reject(uow, order_id, reason, self.now()))

    def give(self, minor: int | None, lines: Mapping[LineId, int] = NO_PIECES, order_id: OrderId = ID) -> Refund:
        amount = None if minor is None else Money(minor, "TWD")
        return self.write(lambda uow: self.refunding.give(uow, order_id, amount, "spoilt", lines, self.now()))

    def settle(self, end: TellingEnd, reason: str = "", order_id: OrderId = ID) -> Send:
        return self.write(lambda uow: self.services.settling.settle(uow, order_id, end, reason, self.now()))

    def refunds(self, order_id: OrderId = ID) -> list[Refund]:
        return self.read(lambda uow: uow.refunds.of(order_id))

    def tellings(self, order_id: OrderId = ID) -> list[Send]:
        return sorted(self.read(lambda uow: uow.outbox.tellings(order_id)), key=lambda send: send.created_at)

    def left(self, order_id: OrderId = ID) -> int:
        """Minor units that may still go back."""
        return self.read(lambda uow: self.refunding.purse(uow, uow.orders.get(order_id)).left.minor)

    async def tell_all(self) -> None:
        """The held seconds pass, and whatever waits for another one follows it."""
        for seconds in (5, 1, 1, 1):
            await self.send(seconds)


@contextmanager
def opened(database: Database, system: FakeShop | None = None) -> Iterator[TellingShop]:
    """Closed when done."""
    shop = TellingShop(database, system)
    try:
        yield shop
    finally:
        shop.close()
