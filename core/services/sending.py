"""Makes the calls we owe, each exactly once: written down before it leaves, asked after when its answer was lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from core.domain.ids import CourierName, SendId
from core.domain.moment import Moment
from core.domain.send import Send, SendKind
from core.domain.store_rules import StoreRules
from core.ports.clock import Clock
from core.ports.courier import Courier
from core.services.answers import Answers
from core.services.courier_calls import CourierCalls
from core.services.journeys import Journeys
from core.services.noticing import NO_TELLERS, NoticeCalls
from core.services.searching import Searching
from core.services.shop_calls import NO_SHOPS, ShopCalls, Shops
from core.services.station_lease import StationLease
from core.store.unit_of_work import UnitOfWork
from core.store.writer import Writer

logger = logging.getLogger(__name__)
NOT_YET: Final = timedelta(seconds=1)  # until a call that must wait for another one is looked at again
Leaving = Callable[[], Awaitable[None]]
"""A call that was claimed: makes it, and writes the answer down."""


class Sending:
    """Runs in the station alone; `lease` is checked in the transaction that claims a send."""

    def __init__(
        self,
        writer: Writer,
        couriers: Mapping[CourierName, Courier],
        journeys: Journeys,
        rules: StoreRules,
        clock: Clock,
        lease: StationLease,
        searching: Searching | None = None,
        shops: Shops = NO_SHOPS,
        notices: NoticeCalls | None = None,
    ) -> None:
        self._writer = writer
        policy = searching or Searching()
        self._couriers = CourierCalls(writer, couriers, Answers(journeys, policy), policy, rules, clock)
        self._shops = ShopCalls(writer, shops, clock)
        self._notices = notices or NoticeCalls(writer, NO_TELLERS, rules, clock)
        self._clock = clock
        self._lease = lease
        self._under_way: dict[SendId, asyncio.Task[None]] = {}

    def start_due(self, due: list[Send]) -> None:
        """Begin every call that is due and not under way; each runs by itself, none waits for another."""
        for send in due:
            if send.id not in self._under_way:
                task = asyncio.create_task(self._make(send.id), name=f"send-{send.kind}")
                self._under_way[send.id] = task
                task.add_done_callback(lambda _, id=send.id: self._under_way.pop(id, None))  # type: ignore[misc]

    async def stop(self) -> None:
        """Give calls under way a moment to be answered; what is not is asked after at the next start."""
        tasks = list(self._under_way.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=3)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, send_id: SendId) -> None:
        try:
            leaving = await self._writer.do(lambda uow: self._claim(uow, send_id))
            if leaving is not None:
                await leaving()
        except Exception:
            logger.exception("a send failed; it is tried again")
            await asyncio.sleep(1)

    def _claim(self, uow: UnitOfWork, send_id: SendId) -> Leaving | None:
        """Write down that the call is leaving; None when it was taken back, must wait, or the lease is lost."""
        send, now = uow.outbox.get(send_id), Moment(self._clock.now())
        if not send.is_open or send.due_at > now.at or not self._lease.is_held(uow):
            return None
        if send.kind is SendKind.TELL_PERSON:
            telling = self._notices.claim(uow, send, now)
            return partial(self._notices.make, telling) if telling is not None else None
        side = self._shops if send.kind is SendKind.TELL_SHOP else self._couriers
        if side.must_wait(uow, send):
            uow.outbox.save(replace(send, due_at=now.at + NOT_YET))
            return None
        if send.kind is SendKind.TELL_SHOP:
            told = self._shops.claim(uow, send, now)
            return partial(self._shops.make, told) if told is not None else None
        claimed = self._couriers.claim(uow, send, now)
        return partial(self._couriers.make, claimed) if claimed is not None else None
