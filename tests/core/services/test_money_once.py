"""No money goes back twice, never more than was paid, and none is forgotten: whatever is asked, answered, lost, killed.

`ORDERBELL_TEST_REFUNDS=2000 pytest tests/core/services/test_money_once.py` is the long form.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import count as counting
from pathlib import Path
from typing import Final
from unittest.mock import patch
from uuid import UUID

import pytest
from hypothesis import Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.domain.ids import LineId
from core.domain.refund import RefundState
from core.domain.refusal import OrderRefusal
from core.domain.shop_call import ShopAbility
from core.domain.stage import Stage
from core.domain.tell import TellingEnd
from core.store import migrate
from core.store.database import Database, sqlite_url
from tests.conftest import BUILD, NOON
from tests.core.fake_shop import EVERYTHING, FakeShop, Said
from tests.core.money_world import PAID, MoneyWorld

EXAMPLES: Final = int(os.environ.get("ORDERBELL_TEST_REFUNDS", "15"))
ANSWERS: Final = st.lists(
    st.sampled_from([Said.GOOD, Said.GOOD, Said.LOST, Said.LOST, Said.DOWN, Said.SILENT, Said.DEAF, Said.BROKEN]),
    max_size=4,
)
SUMS: Final = st.sampled_from([1, 100, 20_000, 40_000, 100_000, PAID, PAID + 1])
STEPS: Final = st.sampled_from([0, 1, 2, 3, 5, 8, 13, 21])
FINAL: Final = frozenset(RefundState) - {RefundState.OWED}
CALLED_OFF: Final = (Stage.REJECTED, Stage.CANCELLED)
pytestmark = pytest.mark.timeout(120 + 5 * EXAMPLES)


@cache
def _empty_store() -> Path:
    """Made once: the most of an example's time would go into it."""
    folder = Path(tempfile.mkdtemp(prefix="money-once-", dir=BUILD))
    database = Database(sqlite_url(folder))
    migrate.ensure(database, NOON)
    database.close()
    return folder


def _counted() -> Callable[[], UUID]:
    numbers = counting(1)
    return lambda: UUID(int=next(numbers))


class MoneyOnce(RuleBasedStateMachine):
    """The shop's system keeps honest books; unless it is `guarded` it would give back whatever it is asked to."""

    @initialize(guarded=st.booleans(), forgetful=st.booleans(), gives_money=st.sampled_from([True, True, True, False]))
    def open(self, guarded: bool, forgetful: bool, gives_money: bool) -> None:
        self.ids = patch("core.domain.ids.uuid4", _counted())  # the same examples must go the same way
        self.ids.start()
        self.folder = Path(tempfile.mkdtemp(prefix="money-once-", dir=BUILD))
        shutil.copytree(_empty_store(), self.folder, dirs_exist_ok=True)
        self.database = Database(sqlite_url(self.folder))
        self.runner = asyncio.Runner()
        abilities = EVERYTHING if gives_money else EVERYTHING - {ShopAbility.REFUND}
        system = FakeShop(abilities=abilities, is_forgetful=forgetful, most=PAID if guarded else None)
        self.world = self.runner.run(self._world(system))

    async def _world(self, system: FakeShop) -> MoneyWorld:
        return MoneyWorld(self.database, system)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.runner.run(self.world.make_peace())
            self.never_more_than_was_paid()
            self._each_sum_went_once_or_not_at_all()
            self._nothing_is_forgotten()
        finally:
            self.world.shop.close()
            self.database.close()
            self.runner.close()
            shutil.rmtree(self.folder)
            self.ids.stop()

    # What people do, at any terminal.

    @rule(minor=SUMS)
    def a_person_gives_a_sum_back(self, minor: int) -> None:
        with suppress(OrderRefusal):
            self.world.shop.give(minor, order_id=self.world.id)

    @rule(line=st.sampled_from(["1", "2"]), pieces=st.sampled_from([1, 2]))
    def a_person_gives_pieces_back(self, line: str, pieces: int) -> None:
        with suppress(OrderRefusal):
            self.world.shop.give(None, {LineId(line): pieces}, self.world.id)

    @rule(deed=st.sampled_from(["accept", "pack", "reject", "cancel"]))
    def a_person_goes_on_with_it(self, deed: str) -> None:
        shop, order_id = self.world.shop, self.world.id
        with suppress(OrderRefusal):
            {"accept": shop.accept, "pack": shop.pack, "reject": shop.reject, "cancel": shop.cancel}[deed](order_id)

    @rule()
    def a_person_takes_back(self) -> None:
        with suppress(OrderRefusal):
            self.world.shop.take_back(self.world.id)

    @precondition(lambda self: self.world.in_trouble)
    @rule(end=st.sampled_from(TellingEnd), puts_right=st.booleans())
    def a_person_settles(self, end: TellingEnd, puts_right: bool) -> None:
        if puts_right:
            self.world.system.refuses.clear()
        with suppress(OrderRefusal):
            self.world.settle(end)

    # What the station does, and what becomes of it.

    @precondition(lambda self: any(send.is_open for send in self.world.tellings))
    @rule(answers=ANSWERS, seconds=st.sampled_from([1, 5, 5, 61]), count=STEPS)
    def begin(self, answers: list[Said], seconds: int, count: int) -> None:
        self.world.system.script.clear()
        self.world.system.answers(*answers)
        self.world.shop.clock.move(seconds=seconds)
        self.runner.run(self.world.begin())
        self.steps(count)

    @precondition(lambda self: self.world.is_busy_now(self.runner))
    @rule(count=STEPS)
    def steps(self, count: int) -> None:
        self.runner.run(self.world.step(count))

    @precondition(lambda self: self.world.system.waiting)
    @rule(answered=st.booleans())
    def silence_ends(self, answered: bool) -> None:
        self.world.system.release(answered=answered)
        self.runner.run(self.world.step(8))

    @rule()
    def crash(self) -> None:
        self.runner.run(self.world.crash())

    # What the shop's own system does.

    @rule(ability=st.sampled_from([ShopAbility.CANCEL, ShopAbility.REFUND]))
    def it_refuses_from_now_on(self, ability: ShopAbility) -> None:
        self.world.system.refuses.add(ability)

    @precondition(lambda self: self.world.system.most is not None)
    @rule(minor=SUMS)
    def its_staff_gives_money_back_there(self, minor: int) -> None:
        """Only where it looks after its own books: two who know nothing of each other can't both be right."""
        self.world.staff_gives(minor)

    @rule()
    def the_channel_tells(self) -> None:
        self.world.shop.clock.move(seconds=1)
        self.world.channel_tells()

    # What must hold.

    @invariant()
    def never_more_than_was_paid(self) -> None:
        if hasattr(self, "world"):
            assert self.world.money <= PAID, self.world.story()
            counted = sum(refund.amount.minor for refund in self.world.refunds if refund.is_counted)
            assert counted <= PAID, self.world.story()

    @invariant()
    def what_went_back_is_counted(self) -> None:
        if hasattr(self, "world"):
            for refund in self.world.refunds:
                assert refund.is_counted or not self.world.gone(refund), self.world.story()

    def _each_sum_went_once_or_not_at_all(self) -> None:
        for refund in self.world.refunds:
            gone = self.world.gone(refund)
            if refund.state in (RefundState.TAKEN_BACK, RefundState.REFUSED):
                assert gone == 0, self.world.story()
            elif refund.send_id is not None and not self.world.by_staff:
                assert gone == refund.amount.minor, self.world.story()

    def _nothing_is_forgotten(self) -> None:
        world = self.world
        order = world.shop.order(world.id)
        assert not any(send.is_open for send in world.tellings), world.story()
        assert all(refund.state in FINAL or refund.send_id is None for refund in world.refunds), world.story()
        is_told = ShopAbility.CANCEL.value in world.system.told
        if order.stage in CALLED_OFF:
            back = world.money + world.owed_by_hand()
            assert back + world.given_up >= PAID, world.story()
        elif not world.by_staff and not order.purchase.is_cancelled:
            assert not is_told, world.story()


MoneyOnce.TestCase.settings = settings(
    deadline=None,
    max_examples=EXAMPLES,
    stateful_step_count=30,
    phases=[Phase.reuse, Phase.generate],  # short enough to read; shrinking takes minutes
    report_multiple_bugs=False,
)
TestMoneyOnce = MoneyOnce.TestCase
