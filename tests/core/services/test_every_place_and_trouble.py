"""Every place an order can be in, with everything that can be agreed or go wrong there: money to the cent, once."""

from collections.abc import Iterator

import pytest

from core.domain.agreement import Agreement
from core.domain.cause import Cause
from core.domain.coaching import Action
from core.domain.goods_back import GoodsBack, Onward
from core.domain.ids import StaffId
from core.domain.money import Money
from core.domain.phase import Phase
from core.domain.problem import Problem, ProblemKind
from core.domain.refund import Refund, RefundState
from core.domain.refusal import OrderRefusal
from core.domain.shop_call import ShopAbility
from core.domain.situation import CALLS_OFF, Offer, Situation
from core.domain.staff import Permission
from core.domain.stage import ENDED, Stage
from core.domain.trouble import NAMED
from core.domain.trouble_scripts import step_of
from tests.core.places import ID, PAID, Places, system_of
from tests.core.shop import Shop

WORD = Permission(manager=StaffId("lin"), reason="agreed on the telephone")
TAKES_MONEY = frozenset(ShopAbility)
BY_HAND = frozenset(ShopAbility) - {ShopAbility.REFUND}


@pytest.fixture(scope="module")
def whole_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Wherever an order can be; the way to each place is gone once."""
    found = Places(tmp_path_factory.mktemp("places"))
    yield found
    found.close()


@pytest.fixture
def places(whole_table: Places) -> Iterator[Places]:
    """The same, without the cases of the last test."""
    yield whole_table
    whole_table.forget_twins()


def situation(shop: Shop) -> Situation:
    return shop.read(lambda uow: shop.services.coaching.situation(uow, ID))


def refunds(shop: Shop) -> list[Refund]:
    return shop.read(lambda uow: uow.refunds.of(ID))


def gone(shop: Shop) -> int:
    return sum(refund.amount.minor for refund in refunds(shop) if refund.is_counted)


def problems(shop: Shop) -> list[Problem]:
    return shop.read(lambda uow: uow.problems.of(ID))


def cases(offer: Offer) -> Iterator[tuple[Money, frozenset[ShopAbility]]]:
    """What is suggested, and the bounds, given back by the shop's system; and by a person."""
    yield from ((refund, TAKES_MONEY) for refund in sorted({offer.least, offer.suggested, offer.most}))
    if offer.suggested.minor:
        yield offer.suggested, BY_HAND


def agree(shop: Shop, cause: Cause, action: Action, refund: Money | None) -> None:
    wanted = Agreement(cause=cause, action=action, refund=refund, permission=WORD)
    shop.write(lambda uow: shop.services.coaching.agree(uow, ID, wanted, shop.now()))


async def all_sent(shop: Shop) -> None:
    """Whatever is held or waits for something else goes out."""
    for _ in range(3):
        await shop.send(70)


def require_sound(shop: Shop) -> None:
    """Never below nothing, never more than was paid, and the shop's books say what ours do."""
    assert all(refund.amount.minor > 0 for refund in refunds(shop))
    assert 0 <= gone(shop) <= PAID.minor
    told = sum(refund.amount.minor for refund in refunds(shop) if refund.state is RefundState.DONE)
    assert sum(system_of(shop).money.values()) == told
    for line in shop.order(ID).lines:
        assert 0 <= line.refunded <= line.quantity
    by_hand = [one for one in refunds(shop) if one.state is RefundState.OWED and one.send_id is None]
    due = [problem for problem in problems(shop) if problem.kind is ProblemKind.REFUND_DUE and problem.is_open]
    assert bool(by_hand) <= bool(due)  # what a person owes is shown


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("phase", Phase)
async def test_what_is_agreed_is_what_goes_back(places: Places, phase: Phase, cause: Cause) -> None:
    seen = situation(await places.at(phase))
    assert seen.phase is phase
    for offer in seen.counsel(cause).offers:
        for refund, abilities in cases(offer):
            shop = await places.at(phase, abilities)
            before = gone(shop)
            agree(shop, cause, offer.action, refund)
            await all_sent(shop)
            require_sound(shop)
            later = offer.action is Action.BRING_BACK  # when the goods are here
            assert gone(shop) - before == (0 if later else refund.minor)
            assert (shop.order(ID).stage is Stage.CANCELLED) == (offer.action in CALLS_OFF)


@pytest.mark.parametrize("phase", Phase)
async def test_whatever_is_agreed_after_whatever_no_more_goes_back_than_was_paid(places: Places, phase: Phase) -> None:
    shop = await places.at(phase)
    for cause in Cause:
        for offer in situation(shop).counsel(cause).offers:
            try:
                agree(shop, cause, offer.action, offer.most)
            except OrderRefusal:
                continue
            await all_sent(shop)
            require_sound(shop)


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("phase", [Phase.DRIVER_CALLED, Phase.ON_THE_WAY, Phase.AT_THE_DOOR, Phase.RETURNED])
async def test_a_trouble_is_gone_through_and_its_goods_and_money_come_home_once(
    places: Places, phase: Phase, kind: ProblemKind
) -> None:
    for onward in (Onward.REFUND, Onward.REFUND_ALL):
        await gone_through(await places.at(phase), phase, kind, onward)


async def gone_through(shop: Shop, phase: Phase, kind: ProblemKind, onward: Onward) -> None:
    named = shop.write(lambda uow: shop.services.troubles.name(uow, ID, kind, "on the telephone", shop.now()))
    assert named.bearer
    while (now := open_one(shop, kind)) is not None and step_of(now.kind, now.step) is not None:
        step = now.step
        shop.write(lambda uow, id=now.id: shop.services.troubles.step_done(uow, id, "done", shop.now()))
        after = open_one(shop, kind)
        if after is None or after.step == step:
            break
    if phase in (Phase.AT_THE_DOOR, Phase.RETURNED):
        goods = GoodsBack(parcels=1, onward=onward)
        shop.write(lambda uow: shop.services.care.receive(uow, ID, goods, shop.now()))
        with pytest.raises(OrderRefusal):
            shop.write(lambda uow: shop.services.care.receive(uow, ID, goods, shop.now()))
        assert shop.order(ID).stage in ENDED
    await all_sent(shop)
    require_sound(shop)
    if onward is Onward.REFUND_ALL and phase in (Phase.AT_THE_DOOR, Phase.RETURNED):
        assert gone(shop) == PAID.minor


def open_one(shop: Shop, kind: ProblemKind) -> Problem | None:
    return next((one for one in problems(shop) if one.kind is kind and one.is_open), None)
