"""Doubles for what is not ours, and for what a screen asks: they remember, and refuse when told to."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.board.alike import AlikeLine
from core.board.board import Board
from core.board.day_load import DayLoad
from core.board.journal import JournalLine
from core.board.lamps import SoundLamp
from core.board.recurring import Recurring
from core.board.sheet import Sheet
from core.domain.agreement import Agreement, Settled, settle
from core.domain.alert import Chime, Mute
from core.domain.catalogue import Catalogue
from core.domain.checklist import Check
from core.domain.choice import Choice, Comparison
from core.domain.events import Event
from core.domain.goods_back import GoodsBack, Onward
from core.domain.handover import Handover
from core.domain.handwritten import HandOrder
from core.domain.ids import CourierName, LineId, OrderId, ProblemId
from core.domain.keyed import Draft
from core.domain.money import Money
from core.domain.problem import Problem, ProblemKind
from core.domain.quote import Quote
from core.domain.record import AS_KNOWN, Ending, Record
from core.domain.refusal import OrderRefusal, UnknownOrder
from core.domain.review_moves import CallResult
from core.domain.second_way import SecondWay
from core.domain.sharing import NO_PIECES
from core.domain.short import Short
from core.domain.shortage import Shortage
from core.domain.situation import Situation
from core.domain.sound_check import SoundCheck
from core.domain.sound_trouble import Troubles
from core.domain.staff import Permission, Role
from core.domain.tell import TellingEnd
from core.domain.wares import Ware
from core.domain.why import Why
from core.ports.bell import Rung
from core.ports.desk import JOURNAL_PAGE
from core.ports.feed import FeedLost, Update
from tests import samples
from tests.sample_calls import situation_of


@dataclass
class FakeClock:
    """Stands still until it is set."""

    at: datetime = samples.NOW
    pace: float = 1.0

    def now(self) -> datetime:
        return self.at

    def real_seconds(self, seconds: float) -> float:
        return seconds * self.pace

    def go(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class FakeBell:
    """Remembers what it rang."""

    rung: list[Chime] = field(default_factory=list)
    hushed: int = 0
    trouble: Troubles = ()

    async def ring(self, chime: Chime) -> Rung:
        self.rung.append(chime)
        return Rung(backend="fake", trouble=self.trouble)

    async def probe(self) -> Rung:
        return Rung(backend="fake", trouble=self.trouble)

    def hush(self) -> None:
        self.hushed += 1

    def distrust(self, backend: str) -> None:
        pass


@dataclass
class FakeAlerts:
    """Hears boards; its lamp is set by hand, or by what it is asked."""

    lamp: SoundLamp = samples.SOUND_OK
    heard: list[Board] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    losses: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, board: Board, events: Sequence[Event] = ()) -> None:
        self.heard.append(board)
        self.events.extend(events)

    def lose(self) -> None:
        self.losses += 1

    def mute(self, minutes: float | None) -> None:
        self.asked.append(("mute", minutes))
        until = samples.NOW + timedelta(minutes=minutes) if minutes else None
        self.lamp = replace(self.lamp, mute=Mute(by=samples.MEI, until=until))

    def unmute(self) -> None:
        self.asked.append(("unmute",))
        self.lamp = replace(self.lamp, mute=None)

    def check_sound(self) -> None:
        self.asked.append(("check_sound",))

    async def answer(self, heard: int) -> SoundCheck | None:
        self.asked.append(("answer", heard))
        if (question := self.lamp.question) is None:
            return None
        told = question.answered(heard, by=samples.MEI, at=samples.NOW)
        self.lamp = replace(self.lamp, check=told, question=None)
        return told

    def turn(self, lamp: SoundLamp) -> None:
        self.lamp = lamp
        self._news.set()

    async def changed(self) -> None:
        await self._news.wait()
        self._news.clear()

    async def run(self) -> None:
        await asyncio.Event().wait()


class FakeFeed:
    """Tells the boards it is given; `lose` breaks the link until `mend`."""

    def __init__(self, board: Board) -> None:
        self._news: asyncio.Queue[Update | None] = asyncio.Queue()
        self._board = board
        self._is_lost = False
        self.asked = 0

    def tell(self, board: Board, *events: Event) -> None:
        self._board = board
        self._news.put_nowait(Update(board, events))

    def lose(self) -> None:
        self._is_lost = True
        self._news.put_nowait(None)

    def mend(self) -> None:
        self._is_lost = False

    async def updates(self) -> AsyncIterator[Update]:
        self.asked += 1
        if self._is_lost:
            raise FeedLost("gone")
        yield Update(self._board)
        while (update := await self._news.get()) is not None:
            yield update
        raise FeedLost("gone")


def _unseen(comparison: Comparison) -> None:
    """Nobody waits for single answers."""


class RecordingDesk:
    """Remembers what it was asked; refuses the calls named in `refusals`, each refusal once or for ever."""

    def __init__(
        self,
        sheets: Mapping[str, Sheet] | None = None,
        today: DayLoad = samples.NO_DAY,
        happened: Sequence[JournalLine] = (),
    ) -> None:
        self.sheets = dict(sheets or {})
        self.asked: list[tuple[object, ...]] = []
        self.refusals: dict[str, Exception] = {}
        self.found: dict[str, Sequence[OrderId]] = {}
        self.today, self.days_read = today, 0
        self.happened = list(happened)  # oldest first
        self.leafed: list[tuple[int | None, int, OrderId | None]] = []
        self.page = JOURNAL_PAGE
        self.goods: Catalogue = {}
        self.choice = samples.UBER_PREFERRED  # what the store's policy picks
        self.comparisons: Sequence[Comparison] = samples.COMPARED  # as answers come
        self.next_answer: asyncio.Event | None = None  # set: each answer waits for it
        self.gate: asyncio.Event | None = None  # set: calls wait for it
        self.kept: dict[str, Draft] = {}
        self.likely: Sequence[AlikeLine] = ()
        self.records: dict[ProblemId, Record] = {}
        self.troubled = Recurring(days=7, until=samples.NOW, zone=samples.ZONE)

    async def _ask(self, name: str, *facts: object) -> None:
        self.asked.append((name, *facts))
        if self.gate is not None:
            await self.gate.wait()
        if (refusal := self.refusals.get(name)) is not None:
            raise refusal

    def refuse(self, name: str, refusal: OrderRefusal | Exception) -> None:
        self.refusals[name] = refusal

    async def see(self, order_id: OrderId) -> None:
        await self._ask("see", order_id)

    async def see_changes(self, order_id: OrderId) -> None:
        await self._ask("see_changes", order_id)

    async def accept(self, order_ids: Sequence[OrderId], permission: Permission | None = None) -> None:
        if permission is None:
            await self._ask("accept", *order_ids)
        else:
            await self._ask("accept_past_cap", *order_ids, permission)

    async def reject(self, order_id: OrderId, reason: str) -> None:
        await self._ask("reject", order_id, reason)

    async def cancel(self, order_id: OrderId, reason: str) -> None:
        await self._ask("cancel", order_id, reason)

    async def hold(
        self, order_id: OrderId, reason: str, until: datetime | None = None, lifted_by: Role = Role.CASHIER
    ) -> None:
        await self._ask("hold", order_id, reason, until, lifted_by.value)

    async def lift(self, order_id: OrderId, permission: Permission | None = None) -> None:
        await self._ask("lift", order_id, *([permission] if permission else []))

    async def situation(self, order_id: OrderId) -> Situation:
        sheet = await self.sheet(order_id)
        return situation_of(sheet)

    async def agree(self, order_id: OrderId, agreement: Agreement) -> Settled:
        await self._ask("agree", order_id, agreement)
        return settle(await self.situation(order_id), agreement, ())

    async def pick(self, order_id: OrderId, line_id: LineId, picked: int) -> None:
        await self._ask("pick", order_id, line_id, picked)

    async def scan(self, order_id: OrderId, code: str) -> None:
        await self._ask("scan", order_id, code)

    async def tick(self, order_id: OrderId, check: Check, ticked: bool = True) -> None:
        await self._ask("tick", order_id, check.value, ticked)

    async def plan_parcels(self, order_id: OrderId, parcels: int) -> None:
        await self._ask("plan_parcels", order_id, parcels)

    async def ready(self, order_id: OrderId, parcels: int | None = None, reason: str = "") -> None:
        await self._ask("ready_all_the_same" if reason else "ready", order_id, parcels, *([reason] if reason else []))

    async def reopen(self, order_id: OrderId, reason: str = "") -> None:
        await self._ask("reopen", order_id)

    async def shortage(self, order_id: OrderId) -> Shortage:
        order = self.sheets[order_id].order
        refunded = Money(0, order.purchase.total.currency)
        return Shortage(order=order, refunded=refunded, catalogue=self.goods)

    async def ship_short(self, order_id: OrderId, short: Short) -> None:
        await self._ask("ship_short", order_id, short)

    async def quotes(self, order_id: OrderId, seen: Callable[[Comparison], None] = _unseen) -> Comparison:
        await self._ask("quotes", order_id)
        for comparison in self.comparisons:
            seen(comparison)
            if self.next_answer is not None:
                await self.next_answer.wait()
                self.next_answer.clear()
        return self.comparisons[-1]

    async def ship(
        self, order_id: OrderId, courier: str | None = None, quote: Quote | None = None, why: Why | None = None
    ) -> Choice:
        await self._ask("ship", order_id, *(fact for fact in (courier, quote, why) if fact is not None))
        return Choice(courier=CourierName(courier), quote=quote, why=why or samples.BY_HAND) if courier else self.choice

    async def take_back(self, order_id: OrderId) -> None:
        await self._ask("take_back", order_id)

    async def recall(self, order_id: OrderId) -> None:
        await self._ask("recall", order_id)

    async def hand_over(self, order_id: OrderId, handover: Handover) -> None:
        await self._ask("hand_over", order_id, handover)

    async def close_problem(self, problem_id: ProblemId, result: str, ends: Ending = AS_KNOWN) -> None:
        await self._ask("close_problem", problem_id, result, *([ends] if ends != AS_KNOWN else []))

    async def name_trouble(self, order_id: OrderId, kind: ProblemKind, words: str = "") -> None:
        await self._ask("name_trouble", order_id, kind.value, words)

    async def step_done(self, problem_id: ProblemId, said: str = "") -> None:
        await self._ask("step_done", problem_id, said)

    async def readdress(self, order_id: OrderId, address: str, extra: Money | None = None) -> None:
        await self._ask("readdress", order_id, address, extra)

    async def send_again(self, order_id: OrderId, way: SecondWay) -> None:
        await self._ask("send_again", order_id, way)

    async def share_back(self, order_id: OrderId, onward: Onward) -> Money:
        return Money(124_000 if onward is Onward.REFUND_ALL else 115_000, "TWD")

    async def record(self, problem_id: ProblemId) -> Record:
        known = Problem(id=problem_id, kind=ProblemKind.NO_DRIVER, opened_at=samples.NOW)
        return self.records.get(problem_id) or Record(problem=known)

    async def recurring(self, days: int) -> Recurring:
        await self._ask("recurring", days)
        return self.troubled

    async def refund(
        self, order_id: OrderId, amount: Money | None, reason: str, lines: Mapping[LineId, int] = NO_PIECES
    ) -> None:
        await self._ask("refund", order_id, amount, reason, dict(lines))

    async def settle_telling(self, order_id: OrderId, end: TellingEnd, reason: str = "") -> None:
        await self._ask("settle_telling", order_id, end.value, reason)

    async def settle(self, order_id: OrderId, came_back: bool) -> None:
        await self._ask("settle", order_id, came_back)

    async def let_pass(self, order_id: OrderId) -> None:
        await self._ask("let_pass", order_id)

    async def complete(self, order_id: OrderId, address: str | None = None, phone: str | None = None) -> None:
        await self._ask("complete", order_id, address, phone)

    async def take_told(self, order_id: OrderId) -> None:
        await self._ask("take_told", order_id)

    async def called_back(self, order_id: OrderId, result: CallResult) -> None:
        await self._ask("called_back", order_id, result.value)

    async def settle_booking(self, order_id: OrderId, ref: str) -> None:
        await self._ask("settle_booking", order_id, ref)

    async def receive(self, order_id: OrderId, goods: GoodsBack) -> None:
        await self._ask("receive", order_id, goods)

    async def wares(self) -> Sequence[Ware]:
        return samples.WARES

    async def drafts(self) -> Sequence[Draft]:
        return tuple(reversed(self.kept.values()))

    async def keep_draft(self, form: HandOrder) -> None:
        if self.gate is not None:
            await self.gate.wait()
        self.kept[form.id] = Draft(form=form, by=samples.MEI, kept_at=samples.NOW)

    async def drop_draft(self, draft_id: str) -> None:
        await self._ask("drop_draft", draft_id)
        self.kept.pop(draft_id, None)

    async def alike(self, form: HandOrder) -> Sequence[AlikeLine]:
        return self.likely

    async def enter(self, form: HandOrder, apart: Sequence[OrderId] = ()) -> OrderId:
        await self._ask("enter", form, tuple(apart))
        self.kept.pop(form.id, None)
        return form.order_id

    async def join_choices(self, copy_id: OrderId) -> Sequence[AlikeLine]:
        return self.likely

    async def decide_join(self, copy_id: OrderId, hand_id: OrderId | None) -> None:
        await self._ask("decide_join", copy_id, hand_id)

    async def sheet(self, order_id: OrderId) -> Sheet:
        if order_id not in self.sheets:
            raise UnknownOrder("no such order", found=order_id)
        return self.sheets[order_id]

    async def find(self, text: str) -> Sequence[OrderId]:
        return self.found.get(text, ())

    async def day(self) -> DayLoad:
        self.days_read += 1
        return self.today

    async def journal(
        self, *, before: int | None = None, after: int = 0, of: OrderId | None = None
    ) -> Sequence[JournalLine]:
        self.leafed.append((before, after, of))
        fits = (
            line for line in reversed(self.happened) if after < line.seen and (before is None or line.seen < before)
        )
        return [line for line in fits if of is None or line.event.order_id == of][: self.page]
