"""A shop's system that does not answer is left alone, and tried again."""

from core.domain.circuit import IN_A_ROW
from core.domain.ids import ChannelName
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.courier import CIRCUIT_OPEN
from core.ports.shop import NO_LOOKUP, ShopDown, ShopProblem, ShopRefused
from core.services.heard_shop import HeardShop
from tests.core.fakes import FakeClock

CALL = ShopCall(ability=ShopAbility.CANCEL, key="k", shop="s", channel_order_id="1", number="1")


class Desk:
    """Says what it is told to, and counts."""

    name = ChannelName("web")
    abilities = frozenset(ShopAbility)
    cancel_refunds = False

    def __init__(self) -> None:
        self.problem: ShopProblem | None = None
        self.asked = 0
        self.is_closed = False

    async def tell(self, call: ShopCall) -> str:
        self.asked += 1
        if self.problem:
            raise self.problem
        return "ref"

    async def find(self, call: ShopCall) -> str | None:
        return await self.tell(call)

    async def ping(self) -> str:
        return await self.tell(CALL)

    async def close(self) -> None:
        self.is_closed = True


async def told(shop: HeardShop) -> object:
    try:
        return await shop.tell(CALL)
    except ShopProblem as problem:
        return problem


def silent() -> tuple[HeardShop, Desk, FakeClock]:
    desk, clock = Desk(), FakeClock()
    desk.problem = ShopDown("no answer")
    return HeardShop(desk, clock), desk, clock


async def test_after_several_silences_nobody_asks() -> None:
    shop, desk, _ = silent()
    for _ in range(IN_A_ROW + 2):
        answer = await told(shop)
    assert desk.asked == IN_A_ROW
    assert isinstance(answer, ShopDown)
    assert (answer.code, answer.may_have_happened) == (CIRCUIT_OPEN, False)
    assert answer.retry_after


async def test_after_a_pause_one_tries_and_an_answer_opens_the_way() -> None:
    shop, desk, clock = silent()
    for _ in range(IN_A_ROW):
        await told(shop)
    clock.move(minutes=5)
    desk.problem = None
    assert [await told(shop), await told(shop)] == ["ref", "ref"]
    assert shop.circuit.is_closed


async def test_a_refusal_is_an_answer() -> None:
    shop, desk, _ = silent()
    desk.problem = ShopRefused("over the sum")
    for _ in range(IN_A_ROW * 2):
        await told(shop)
    assert desk.asked == IN_A_ROW * 2


async def test_a_pause_that_is_asked_for_is_kept() -> None:
    shop, desk, clock = silent()
    desk.problem = ShopDown("too many", retry_after=600)
    for _ in range(IN_A_ROW):
        await told(shop)
    clock.move(minutes=9)
    await told(shop)
    assert desk.asked == IN_A_ROW


async def test_what_cannot_be_looked_up_says_nothing_of_the_shop() -> None:
    shop, desk, _ = silent()
    desk.problem = ShopDown("no list", code=NO_LOOKUP)
    for _ in range(IN_A_ROW * 2):
        await told(shop)
    assert shop.circuit.is_closed


async def test_a_ping_is_asked_whatever_was_before() -> None:
    shop, desk, _ = silent()
    for _ in range(IN_A_ROW):
        await told(shop)
    desk.problem = None
    assert await shop.ping() == "ref"
    await shop.close()
    assert desk.is_closed
