"""Has a person told who is not at the counter: owed in the outbox, made by the station, again until it arrives."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.domain.events import PersonNotTold, PersonTold
from core.domain.ids import CourierName, OrderId, SendId, fresh_id
from core.domain.moment import Moment
from core.domain.notice import Notice, NoticeKind
from core.domain.order import Order
from core.domain.problem import ProblemKind
from core.domain.send import Send, SendKind
from core.domain.stage import RINGING
from core.domain.store_rules import StoreRules
from core.ports.clock import Clock
from core.ports.notice import NotTold, Teller
from core.services import steps
from core.store.unit_of_work import UnitOfWork
from core.store.writer import Writer

logger = logging.getLogger(__name__)
MOST_TRIES: Final = 10  # with pauses of up to a minute: then it is too late to be of use
TROUBLE_AFTER: Final = 2  # tries that failed, and a person at the counter is told of it
Say = Callable[[Notice], str]
"""The sentence for people, in the store's language."""
NO_TELLERS: Final[Mapping[str, Teller]] = {}


def bare(notice: Notice) -> str:
    """Where nobody has words for it."""
    return f"{notice.store}: {notice.kind} {notice.number}"


def owe(uow: UnitOfWork, order: Order, way: str, kind: NoticeKind, now: Moment) -> Send:
    """Write down that somebody is to be told; at once, for nobody takes this back."""
    send = Send(
        id=SendId(fresh_id()),
        order_id=order.id,
        kind=SendKind.TELL_PERSON,
        courier=CourierName(""),
        key=fresh_id(),
        due_at=now.at,
        created_at=now.at,
        created_by=now.by,
        ref=way,
        why=kind,
    )
    uow.outbox.add(send)
    return send


@dataclass(frozen=True)
class Telling:
    """A notice that is ours to give."""

    send: Send
    notice: Notice


class NoticeCalls:
    """One side of sending; the others call couriers and tell shops."""

    def __init__(
        self, writer: Writer, tellers: Mapping[str, Teller], rules: StoreRules, clock: Clock, say: Say = bare
    ) -> None:
        self._writer = writer
        self._tellers = tellers
        self._rules = rules
        self._clock = clock
        self._say = say

    def claim(self, uow: UnitOfWork, send: Send, now: Moment) -> Telling | None:
        """Begun; None when somebody has taken the order up meanwhile, or wants it to wait."""
        order = uow.orders.get(send.order_id)
        if order.stage not in RINGING or order.is_held(now.at):
            uow.outbox.save(send.refused("no longer wanted") if send.may_have_left else send.taken_back())
            return None
        started = send.started()
        uow.outbox.save(started)
        return Telling(started, self._notice(send, order, now))

    async def make(self, telling: Telling) -> None:
        """Tell, and write down what became of it."""
        trouble = await self._trouble(telling)
        if trouble:
            await self._writer.do(lambda uow: self._failed(uow, telling.send, trouble))
        else:
            await self._writer.do(lambda uow: self._told(uow, telling.send))

    async def _trouble(self, telling: Telling) -> str:
        """Why it did not arrive; empty when it did."""
        try:
            await self._teller(telling.send).tell(telling.notice)
        except NotTold as trouble:
            return str(trouble) or "no answer"
        except Exception as error:
            logger.exception("a person could not be told by %s", telling.send.ref)
            return f"something failed here: {type(error).__name__}"
        return ""

    def _notice(self, send: Send, order: Order, now: Moment) -> Notice:
        notice = Notice(
            key=send.key,
            kind=NoticeKind(send.why),
            store=self._rules.name,
            number=order.number,
            channel=order.purchase.channel,
            deadline=order.accept_by,
            at=now.at,
        )
        return replace(notice, words=self._say(notice))

    def _teller(self, send: Send) -> Teller:
        teller = self._tellers.get(send.ref)
        if teller is None:
            raise NotTold(f"{send.ref} is not in the config any more")
        return teller

    def _told(self, uow: UnitOfWork, send: Send) -> None:
        now = self._now()
        uow.outbox.save(send.done(send.ref))
        uow.journal.add([PersonTold(order_id=send.order_id, at=now.at, way=send.ref, kind=send.why)])
        steps.settle_problem(uow, ProblemKind.NOBODY_TOLD, send.order_id, "answers again", now)

    def _failed(self, uow: UnitOfWork, send: Send, reason: str) -> None:
        now, is_last = self._now(), send.attempts >= MOST_TRIES
        after = send.refused(reason) if is_last else send.postponed(reason, now.at)
        uow.outbox.save(after)
        until = None if is_last else after.due_at
        uow.journal.add([PersonNotTold(order_id=send.order_id, at=now.at, way=send.ref, reason=reason, until=until)])
        if send.attempts >= TROUBLE_AFTER:
            _complain(uow, send.order_id, f"{send.ref}: {reason}", now)

    def _now(self) -> Moment:
        return Moment(self._clock.now())


def _complain(uow: UnitOfWork, order_id: OrderId, detail: str, now: Moment) -> None:
    """At the counter, where the order still waits."""
    steps.open_problem(uow, ProblemKind.NOBODY_TOLD, now, order_id=order_id, detail=detail)
