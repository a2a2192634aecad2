"""Letters from outside: kept, understood and answered in one transaction (house 5.2, 5.3)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from core.domain import arrival
from core.domain.catalogue import Catalogue, filled_in
from core.domain.ids import SYSTEM
from core.domain.joined import with_spoken
from core.domain.moment import Moment
from core.domain.order import Order
from core.domain.payment import is_gone
from core.domain.problem import ProblemKind
from core.domain.purchase import Purchase
from core.domain.store_rules import StoreRules
from core.ports.letter import Letter, Reading
from core.services import refund_ends, steps
from core.services.aftermath import Aftermath
from core.services.joining import Joining
from core.services.journeys import Heard, Journeys
from core.services.reviewing import NO_REVIEW, Reviewing
from core.store.inbox import LetterState
from core.store.unit_of_work import UnitOfWork

AHEAD: Final = timedelta(minutes=10)  # what a sender's clock may be fast
KEPT_OF_LARGE: Final = 65_536  # bytes of a body that is too long


@dataclass(frozen=True)
class Taken:
    """What became of a letter."""

    state: LetterState
    reason: str = ""
    is_repeat: bool = False


class Intake:
    """Takes orders and courier reports in. Whatever was answered 2xx is on disk."""

    def __init__(
        self,
        rules: StoreRules,
        journeys: Journeys,
        aftermath: Aftermath,
        catalogue: Catalogue | None = None,
        reviewing: Reviewing | None = None,
        joining: Joining | None = None,
    ) -> None:
        self._rules = rules
        self._catalogue = catalogue or {}
        self._journeys = journeys
        self._aftermath = aftermath
        self._reviewing = reviewing or Reviewing(NO_REVIEW)
        self._joining = joining or Joining(rules, aftermath, catalogue=catalogue)

    def take(self, uow: UnitOfWork, letter: Letter, reading: Reading) -> Taken:
        """Keep a letter that was understood, and do what it says; a repeat changes nothing.

        Where a driver is now is told every second: it is kept with the delivery, the letters are not.
        """
        if reading.reports and not reading.purchases:
            return self._reported(uow, letter, reading)
        state = LetterState.IGNORED if reading.ignored else LetterState.READ
        if not uow.inbox.keep(letter, reading.key, state, reading.ignored):
            return self._repeated(uow, letter, reading.key)
        now = Moment(letter.received_at)
        for purchase in reading.purchases:
            self._purchase(uow, purchase, now)
        return Taken(state, reading.ignored)

    def _reported(self, uow: UnitOfWork, letter: Letter, reading: Reading) -> Taken:
        if (known := uow.inbox.known(letter.sender, reading.key)) is not None:
            return Taken(*known, is_repeat=True)
        now = Moment(letter.received_at)
        heard = [self._journeys.hear(uow, report, now) for report in reading.reports]
        if any(one is not Heard.MOVED for one in heard):
            uow.inbox.keep(letter, reading.key, LetterState.READ)
        return Taken(LetterState.READ)

    def refuse(self, uow: UnitOfWork, letter: Letter, reason: str, *, key: str = "", too_large: bool = False) -> Taken:
        """Keep a signed letter nobody could read, and say so under problems: it is not lost."""
        key = key or letter.body_key
        state = LetterState.TOO_LARGE if too_large else LetterState.UNREADABLE
        kept = replace(letter, body=letter.body[:KEPT_OF_LARGE]) if too_large else letter
        if not uow.inbox.keep(kept, key, state, reason, size=len(letter.body)):
            return self._repeated(uow, letter, key)
        now = Moment(letter.received_at)
        steps.open_problem(uow, ProblemKind.UNREADABLE, now, detail=f"{letter.sender}: {reason}")
        return Taken(state, reason)

    def _repeated(self, uow: UnitOfWork, letter: Letter, key: str) -> Taken:
        known = uow.inbox.known(letter.sender, key)
        return Taken(*known, is_repeat=True) if known else Taken(LetterState.READ, is_repeat=True)

    def _purchase(self, uow: UnitOfWork, purchase: Purchase, now: Moment) -> None:
        """A test order is kept as a letter only: never to the kitchen, never counted."""
        if purchase.is_test:
            return None
        if purchase.updated_at > now.at + AHEAD:  # a telling of the far future would bar every true one after it
            purchase = replace(purchase, updated_at=now.at)
        told, events = arrival.first_told(purchase, now.at, self._rules.accept_within)
        filled = filled_in(told, self._catalogue)
        meeting = self._joining.meet(uow, filled.purchase, now)
        known = uow.orders.known_as(purchase) if meeting.likely else None
        if meeting.sure is not None and known is None:
            joined = self._joining.join(uow, meeting.sure.order_id, filled.purchase, now)
            return self._clash(uow, "", joined, now)
        asked_about = [one.order_id for one in meeting.likely]  # a person says whether it is the same: asked once
        first, odd = self._reviewing.look(uow, filled, now.at, asked_about)
        if known is None and uow.orders.add(first):
            uow.journal.add((*events, *odd))
            self._clash(uow, "", first, now)
            return self._joining.ask(uow, first, meeting, now)
        return self._told_again(uow, known or uow.orders.get_told(purchase), purchase, now)

    def _told_again(self, uow: UnitOfWork, before: Order, told: Purchase, now: Moment) -> None:
        purchase = with_spoken(before, told)
        after, events = arrival.told_again(before, purchase, now.at, self._rules.accept_within)
        known = after if after is before else filled_in(after, self._catalogue)
        known, events = self._reviewing.look_again(uow, before, (known, events), now.at)
        saved = steps.keep(uow, before, known, events)
        self._aftermath.of(uow, before, saved, Moment(now.at, SYSTEM))
        if is_gone(saved.purchase.payment) and not is_gone(before.purchase.payment):
            refund_ends.reported(uow, saved, now)
        self._clash(uow, before.purchase.clash, saved, now)

    def _clash(self, uow: UnitOfWork, before: str, order: Order, now: Moment) -> None:
        """A message that contradicts itself is shown; once."""
        if (clash := order.purchase.clash) and clash != before:
            steps.open_problem(uow, ProblemKind.CLASH, now, order_id=order.id, detail=clash)
