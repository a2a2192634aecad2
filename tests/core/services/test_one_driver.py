"""At most one live job for an order at any instant, and none lost: whatever is asked, answered, lost or killed.

`ORDERBELL_TEST_DRIVERS=2000 pytest tests/core/services/test_one_driver.py` is the long form.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.domain.delivery import DeliveryState, Report
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.refusal import OrderRefusal
from core.domain.search import SearchRules
from core.domain.send import SendKind
from core.domain.stage import Stage
from core.store.database import Database
from tests.builders import UBER, told_later
from tests.core.fake_courier import Answer, FakeJob
from tests.core.shop import Shop
from tests.core.world import PANDA, World
from tests.empty import empty_sqlite
from tests.paths import BUILD

S = DeliveryState
NEXT: Final = {
    S.MATCHING: [S.HEADING_TO_STORE, S.HEADING_TO_STORE, S.FAILED],
    S.HEADING_TO_STORE: [S.AT_STORE, S.MATCHING, S.FAILED],
    S.AT_STORE: [S.PICKED_UP, S.FAILED],
    S.PICKED_UP: [S.DELIVERED, S.RETURNING, S.FAILED],
    S.RETURNING: [S.RETURNED],
}
COMING_BACK: Final = [S.RETURNING, S.RETURNED]  # of what failed on the way
A = Answer
ANSWERS: Final = st.lists(
    st.sampled_from([A.GOOD, A.LOST, A.LOST, A.DOWN, A.NEVER_LEFT, A.REFUSED, A.HOPELESS, A.SILENT, A.DEAF]),
    min_size=1,
    max_size=4,
)
STEPS: Final = st.sampled_from([0, 1, 2, 3, 5, 8, 13, 21])
MOST_TIP: Final = 10_000
AUTOMATIC: Final = SearchRules(
    tip_after=timedelta(minutes=4),
    tip=Money(4_000, "TWD"),
    tip_most=Money(MOST_TIP, "TWD"),
    extra_most=Money(MOST_TIP, "TWD"),
    call_again_after=timedelta(minutes=7),
    calls_most=2,
    next_after=timedelta(minutes=12),
    give_up_after=timedelta(minutes=45),
)
BY_HAND: Final = SearchRules()
EXAMPLES: Final = int(os.environ.get("ORDERBELL_TEST_DRIVERS", "15"))
pytestmark = pytest.mark.timeout(120 + 5 * EXAMPLES)


def _ship(world: "OneDriver", data: st.DataObject | None) -> None:
    courier = data.draw(st.sampled_from([None, UBER, PANDA])) if data else None
    world.shop.ship(world.world.id, courier)
    world.is_wanted, world.world.is_settled = True, False


def _undo(world: "OneDriver", data: st.DataObject) -> None:
    taken_back = world.shop.take_back(world.world.id)
    world.is_wanted = taken_back.kind is SendKind.CANCEL_COURIER


def _recall(world: "OneDriver", data: st.DataObject) -> None:
    world.shop.recall(world.world.id)
    world.is_wanted = False


def _cancel(world: "OneDriver", data: st.DataObject) -> None:
    world.shop.cancel(world.world.id)


def _told_off(world: "OneDriver", data: st.DataObject) -> None:
    """By the customer, at the channel."""
    world.shop.told(told_later(world.shop.order(world.world.id).purchase, 1, cancel_reason="asked"))


class OneDriver(RuleBasedStateMachine):
    """Couriers keep their own lists of jobs and are honest in them; ours must come to agree with theirs."""

    @initialize(
        keyless=st.frozensets(st.sampled_from([UBER, PANDA])),
        policy=st.sampled_from([AUTOMATIC, AUTOMATIC, BY_HAND]),
        answers=ANSWERS,
        count=STEPS,
        is_in_doubt=st.booleans(),
    )
    def open(
        self, keyless: frozenset[Any], policy: SearchRules, answers: list[Answer], count: int, is_in_doubt: bool
    ) -> None:
        """A driver was just called; where it is in doubt nobody here knows whether he comes."""
        self.folder = Path(tempfile.mkdtemp(prefix="one-driver-", dir=BUILD))
        self.database = Database(empty_sqlite(self.folder))
        self.runner = asyncio.Runner()
        self.world = self.runner.run(self._world(keyless, policy))
        self.letters: list[Report] = []  # said by a courier, still on their way to us
        self.is_wanted = False  # a person, or nobody, called off what was called
        _ship(self, None)
        self.begin([A.LOST] if is_in_doubt else answers, [A.GOOD], 5, 13 if is_in_doubt else count)
        if is_in_doubt:
            self.runner.run(self.world.crash())
            for _ in range(3):
                self.begin([A.DOWN], [A.GOOD], 61, 13)

    @property
    def shop(self) -> Shop:
        return self.world.shop

    async def _world(self, keyless: frozenset[Any], policy: SearchRules) -> World:
        return World(self.database, keyless, policy)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.runner.run(self.world.make_peace())
            self._we_agree_with_the_couriers()
            self._nobody_waits_unknown()
        finally:
            self.shop.close()
            self.database.close()
            self.runner.close()
            shutil.rmtree(self.folder)

    # What people do, at any terminal.

    @rule(deed=st.sampled_from([*[_ship] * 8, *[_undo] * 2, *[_recall] * 3, _cancel, _told_off]), data=st.data())
    def a_person_acts(self, deed: Callable[["OneDriver", st.DataObject], object], data: st.DataObject) -> None:
        """Whatever stands in the way is a refusal, and changes nothing."""
        with suppress(OrderRefusal):
            deed(self, data)

    @precondition(lambda self: self.world.in_doubt())
    @rule(errs=st.sampled_from([False, False, True]))
    def a_person_settles_a_doubt(self, errs: bool) -> None:
        self.world.settle_doubt(errs=errs)

    # What the station does, and what becomes of it.

    @precondition(lambda self: self.is_owing)
    @rule(of_uber=ANSWERS, of_panda=ANSWERS, seconds=st.sampled_from([5, 61, 61]), count=STEPS)
    def begin(self, of_uber: list[Answer], of_panda: list[Answer], seconds: int, count: int) -> None:
        """Calls leave that are due; how they will be answered is settled."""
        for name, answers in ((UBER, of_uber), (PANDA, of_panda)):
            self.world.couriers[name].script.clear()
            self.world.couriers[name].answers(*answers)
        self.shop.clock.move(seconds=seconds)
        self.runner.run(self.world.begin())
        self.steps(count)

    @precondition(lambda self: self.world.is_called)
    @rule(minutes=st.sampled_from([0, 1, 5, 8]), count=STEPS)
    def look(self, minutes: int, count: int) -> None:
        """Time passes, and the station looks at searches and silent jobs."""
        self.shop.clock.move(minutes=minutes)
        self.runner.run(self.world.look())
        self.steps(count)

    @precondition(lambda self: self.world.is_busy)
    @rule(count=STEPS)
    def steps(self, count: int) -> None:
        """Whatever is under way goes on by so many steps."""
        self.runner.run(self.world.step(count))

    @precondition(lambda self: any(courier.waiting for courier in self.world.couriers.values()))
    @rule(answered=st.booleans())
    def silence_ends(self, answered: bool) -> None:
        for courier in self.world.couriers.values():
            courier.release(answered=answered)
        self.runner.run(self.world.step(8))

    @precondition(lambda self: self.world.is_busy)
    @rule()
    def crash(self) -> None:
        self.runner.run(self.world.crash())

    # What couriers do, and say.

    @precondition(lambda self: self.world.jobs)
    @rule(data=st.data(), is_told=st.booleans())
    def a_driver_moves(self, data: st.DataObject, is_told: bool) -> None:
        courier, job = data.draw(st.sampled_from(self.world.jobs))
        came = NEXT.get(job.state, COMING_BACK if self._failed_on_the_way(job) else [])
        if not came:
            return
        self.shop.clock.move(seconds=1)
        letter = courier.says(job, data.draw(st.sampled_from(came)))
        self.had_goods = self.had_goods | {job.ref} if job.state is S.PICKED_UP else self.had_goods
        if is_told:
            self.letters.append(letter)

    @precondition(lambda self: self.world.jobs)
    @rule(data=st.data())
    def a_courier_writes(self, data: st.DataObject) -> None:
        """How a job stands, perhaps before our own call for it was answered."""
        courier, job = data.draw(st.sampled_from(self.world.jobs))
        self.letters.append(courier.says(job))

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), stays=st.booleans())
    def a_letter_arrives(self, data: st.DataObject, stays: bool) -> None:
        """In any sequence, and perhaps once more later."""
        letter = data.draw(st.sampled_from(self.letters))
        if not stays:
            self.letters.remove(letter)
        self.shop.hear(letter)

    @precondition(lambda self: any(job.state is S.MATCHING for _, job in self.world.alive))
    @rule()
    def a_courier_forgets(self) -> None:
        """It said 200, and nobody ever comes."""
        courier, job = next((courier, job) for courier, job in self.world.alive if job.state is S.MATCHING)
        courier.forget(job)

    # What must hold.

    @invariant()
    def at_most_one_driver_comes(self) -> None:
        if hasattr(self, "world"):
            assert len(self.world.alive) <= 1 or self.world.is_misled, self.world.story()
            assert all((job.tip.minor if job.tip else 0) <= MOST_TIP for _, job in self.world.jobs)

    def _we_agree_with_the_couriers(self) -> None:
        """Of a driver who was believed not to come, and had the job already, a person knows."""
        if self.world.is_misled and ProblemKind.RECALL_REFUSED in self.shop.problems():
            return
        ours = {(job.courier, job.ref) for job in self.shop.deliveries(self.world.id) if job.is_live}
        assert {(courier.name, job.ref) for courier, job in self.world.alive} == ours, self.world.story()

    def _nobody_waits_unknown(self) -> None:
        """What was called came to something, or a person knows."""
        shop = self.world.shop
        order, problems = shop.order(self.world.id), shop.problems()
        assert shop.open_send(self.world.id) is None, self.world.story()
        if self.is_wanted and not self.world.is_settled and order.stage is Stage.READY:
            assert self.world.alive or problems, self.world.story()
        if self.world.alive and order.stage is Stage.CANCELLED:  # a driver comes for nothing
            assert ProblemKind.RECALL_REFUSED in problems or ProblemKind.GOODS_RETURNING in problems, self.world.story()

    had_goods: frozenset[str] = frozenset()

    def _failed_on_the_way(self, job: FakeJob) -> bool:
        return job.state is S.FAILED and job.ref in self.had_goods

    @property
    def is_owing(self) -> bool:
        return any(send.is_open for send in self.world.sends())


OneDriver.TestCase.settings = settings(
    deadline=None,
    max_examples=EXAMPLES,
    stateful_step_count=40,
    phases=[Phase.reuse, Phase.generate],  # short enough to read; shrinking takes minutes
    report_multiple_bugs=False,
)
TestOneDriver = OneDriver.TestCase
