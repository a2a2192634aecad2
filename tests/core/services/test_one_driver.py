"""At most one live job for an order at any instant, and none lost: whatever is asked, answered, lost or killed."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.domain.delivery import DeliveryState, Report
from core.domain.problem import ProblemKind
from core.domain.refusal import OrderRefusal
from core.domain.stage import Stage
from core.store import migrate
from core.store.database import Database, sqlite_url
from tests.builders import purchase, told_later
from tests.conftest import BUILD, NOON
from tests.core.fake_courier import Answer, FakeJob
from tests.core.shop import Shop

ID = purchase().order_id
S = DeliveryState
NEXT = {
    S.MATCHING: [S.HEADING_TO_STORE, S.FAILED],
    S.HEADING_TO_STORE: [S.AT_STORE, S.MATCHING, S.FAILED],
    S.AT_STORE: [S.PICKED_UP, S.FAILED],
    S.PICKED_UP: [S.DELIVERED, S.RETURNING, S.FAILED],
    S.RETURNING: [S.RETURNED],
}
ANSWERS = st.sampled_from([Answer.GOOD, Answer.GOOD, Answer.LOST, Answer.DOWN, Answer.REFUSED])


class OneDriver(RuleBasedStateMachine):
    """The courier keeps its own list of jobs; ours must come to agree with it."""

    @initialize(is_called=st.booleans())
    def open(self, is_called: bool) -> None:
        BUILD.mkdir(exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="one-driver-", dir=BUILD))
        database = Database(sqlite_url(self.folder))
        migrate.ensure(database, NOON)
        self.runner = asyncio.Runner()
        self.shop = self.runner.run(self._opened(database))
        self.letters: list[Report] = []  # said by the courier, still on their way to us
        self.shop.make_ready()
        if is_called:
            self.shop.ship(ID)
            self.runner.run(self.shop.send())

    async def _opened(self, database: Database) -> Shop:
        return Shop(database)

    def teardown(self) -> None:
        if not hasattr(self, "shop"):
            return
        try:
            self._settle()
        finally:
            self.shop.close()
            self.shop.database.close()
            self.runner.close()
            shutil.rmtree(self.folder)

    @rule()
    def time_passes(self) -> None:
        self.shop.clock.move(minutes=1)

    @precondition(lambda self: self.is_ready)
    @rule()
    def ship(self) -> None:
        self._try(self.shop.ship)

    @precondition(lambda self: self.owed)
    @rule()
    def undo(self) -> None:
        self._try(self.shop.take_back)

    @precondition(lambda self: self.jobs)
    @rule()
    def recall(self) -> None:
        self._try(self.shop.recall)

    @precondition(lambda self: self.is_ready and (self.jobs or self.owed))
    @rule()
    def cancel(self) -> None:
        self._try(self.shop.cancel)

    @precondition(lambda self: self.is_ready and (self.jobs or self.owed))
    @rule()
    def the_customer_cancels(self) -> None:
        self.shop.told(told_later(purchase(), 1, cancel_reason="asked"))

    @precondition(lambda self: self.owed)
    @rule(answers=st.lists(ANSWERS, min_size=1, max_size=2), seconds=st.sampled_from([5, 60]))
    def send(self, answers: list[Answer], seconds: int) -> None:
        """The seconds pass; calls that are due are made, and answered or not."""
        self.shop.courier.script.clear()
        self.shop.courier.answers(*answers)
        self.runner.run(self.shop.send(seconds))

    @precondition(lambda self: self.owed)
    @rule(heard=st.booleans())
    def crash(self, heard: bool) -> None:
        """The station dies in the middle of a call, before or after the courier heard of it."""
        self.shop.courier.script.clear()
        self.shop.courier.answers(Answer.SILENT if heard else Answer.DEAF)
        self.shop.clock.move(seconds=5)
        self.runner.run(self._crash())

    async def _crash(self) -> None:
        self.shop.courier.took_effect.clear()
        self.shop.start_due()
        calls = [task for task in asyncio.all_tasks() if task.get_name().startswith("send-")]
        asked = asyncio.create_task(self.shop.courier.took_effect.wait())
        await asyncio.wait([*calls, asked], timeout=10 if calls else 0, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        await self.shop.crash()

    @precondition(lambda self: self.shop.courier.live())
    @rule(data=st.data())
    def the_courier_moves(self, data: st.DataObject) -> None:
        """A driver takes, leaves or loses the job; the news of it is under way."""
        job = data.draw(st.sampled_from(self.shop.courier.live()))
        self.shop.clock.move(seconds=1)
        self.letters.append(self.shop.courier.says(job, data.draw(st.sampled_from(NEXT[job.state]))))

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), stays=st.booleans())
    def a_letter_arrives(self, data: st.DataObject, stays: bool) -> None:
        """In any sequence, and perhaps once more later."""
        letter = data.draw(st.sampled_from(self.letters))
        if not stays:
            self.letters.remove(letter)
        self.shop.hear(letter)

    @invariant()
    def at_most_one_driver_comes(self) -> None:
        assert len(self._live()) <= 1

    @invariant()
    def what_we_hold_for_live_is_one_job_at_most(self) -> None:
        if hasattr(self, "shop"):
            self.jobs, self.owed = self.shop.deliveries(ID), self.shop.open_send(ID)
            self.is_ready = self.shop.order(ID).stage is Stage.READY
            assert len([job for job in self.jobs if job.is_live]) <= 1

    def _settle(self) -> None:
        """The world calms down: everything is answered, every letter arrives."""
        self.shop.courier.script.clear()
        for _ in range(6):
            self.runner.run(self.shop.send(400))
            if self.shop.open_send(ID) is None:
                break
        assert self.shop.open_send(ID) is None
        for job in self.shop.courier.jobs.values():
            self.shop.hear(self.shop.courier.says(job))
        self._nothing_is_lost()

    def _nothing_is_lost(self) -> None:
        shop = self.shop
        known = {job.ref for job in shop.deliveries(ID) if job.is_live}
        assert {job.ref for job in self._live()} == known
        assert {job.ref for job in shop.courier.jobs.values()} == {job.ref for job in shop.deliveries(ID)}
        if known and shop.order(ID).stage is Stage.CANCELLED:  # a driver comes for nothing: a person knows
            assert ProblemKind.RECALL_REFUSED in shop.problems()

    def _live(self) -> list[FakeJob]:
        return self.shop.courier.live() if hasattr(self, "shop") else []

    def _try(self, deed: Any) -> None:
        try:
            deed(ID)
        except OrderRefusal:
            return


OneDriver.TestCase.settings = settings(
    deadline=None,
    max_examples=30,
    stateful_step_count=12,
    phases=[Phase.reuse, Phase.generate],  # short enough to read; shrinking takes minutes
    report_multiple_bugs=False,
)
TestOneDriver = OneDriver.TestCase
