"""A shop's own system that keeps its own books of orders and money, and answers as a test wants."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.ids import ChannelName
from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.shop import NO_LOOKUP, ShopDown, ShopLockedOut, ShopRefused

WEB = ChannelName("web")
EVERYTHING = frozenset(ShopAbility)


class Said(StrEnum):
    """What a telling comes to. LOST and SILENT take effect all the same."""

    GOOD = "good"
    REFUSED = "refused"
    DOWN = "down"  # nothing happened, no answer
    LOST = "lost"  # it happened, no answer
    SILENT = "silent"  # it happened, and nobody ever answers
    DEAF = "deaf"  # nothing happened, and nobody ever answers
    LOCKED_OUT = "locked_out"
    BROKEN = "broken"  # our own code fails


TAKES_EFFECT = (Said.GOOD, Said.LOST, Said.SILENT)


@dataclass(repr=False)
class FakeShop:
    """The same key is the same deed; gives back whatever it is asked to, so that too much would show.

    `is_forgetful`: it keeps no list that can be asked. `most`: minor units of each order, above which it refuses.
    """

    name: ChannelName = WEB
    abilities: frozenset[ShopAbility] = EVERYTHING
    is_forgetful: bool = False
    cancel_refunds: bool = False
    most: int | None = None
    script: deque[Said] = field(default_factory=deque)
    calls: list[str] = field(default_factory=list)
    done: dict[str, ShopCall] = field(default_factory=dict)  # by our key, in the order it took effect
    refuses: set[ShopAbility] = field(default_factory=set)  # until it is put right
    took_effect: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: list[asyncio.Future[bool]] = field(default_factory=list)

    def __repr__(self) -> str:
        return self.name

    def answers(self, *answers: Said) -> None:
        """What the next calls come to."""
        self.script.extend(answers)

    @property
    def told(self) -> list[str]:
        """What took effect, in that order."""
        return [call.ability.value for call in self.done.values()]

    @property
    def money(self) -> Counter[str]:
        """Minor units that went back, by order."""
        gone: Counter[str] = Counter()
        for call in self.done.values():
            gone[call.channel_order_id] += call.money.minor if call.money else 0
        return gone

    def release(self, *, answered: bool) -> None:
        """Whoever waits has an answer now, however late, or none."""
        waiting, self.waiting = self.waiting, []
        for call in waiting:
            if not call.done():
                call.set_result(answered)

    async def tell(self, call: ShopCall) -> str:
        self.calls.append(call.ability.value)
        return await self._answer(lambda: self._do(call), refuses=call.ability in self.refuses)

    async def find(self, call: ShopCall) -> str | None:
        self.calls.append(f"find {call.ability.value}")
        if self.is_forgetful:
            raise ShopDown("keeps no list", code=NO_LOOKUP)
        return await self._answer(lambda: f"ref-{call.key}" if call.key in self.done else None)

    async def ping(self) -> str:
        return "a shop"

    async def close(self) -> None:
        return None

    def _do(self, call: ShopCall) -> str:
        if call.key not in self.done:
            wanted = call.money.minor if call.money else 0
            if self.most is not None and self.money[call.channel_order_id] + wanted > self.most:
                raise ShopRefused("more than is left", code="too_much")
            self.done[call.key] = call
        return f"ref-{call.key}"

    async def _answer(self, effect: Callable[[], str | None], *, refuses: bool = False) -> str:
        await asyncio.sleep(0)
        said = self.script.popleft() if self.script else Said.REFUSED if refuses else Said.GOOD
        if said is Said.DEAF and not await self._wait():
            raise ShopDown("no answer")
        result = effect() if said in (*TAKES_EFFECT, Said.DEAF) else None
        await asyncio.sleep(0)
        if said is Said.SILENT and not await self._wait():
            raise ShopDown("no answer")
        _TROUBLES.get(said, _nothing)()
        return result  # type: ignore[return-value]

    async def _wait(self) -> bool:
        call: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.waiting.append(call)
        self.took_effect.set()
        return await call


def _nothing() -> None:
    return None


def _refuse() -> None:
    raise ShopRefused("the order is closed", code="closed")


def _no_answer() -> None:
    raise ShopDown("no answer")


def _lock_out() -> None:
    raise ShopLockedOut("the keys are refused")


def _break() -> None:
    raise ZeroDivisionError("a mistake of ours")


_TROUBLES = {
    Said.REFUSED: _refuse,
    Said.DOWN: _no_answer,
    Said.LOST: _no_answer,
    Said.LOCKED_OUT: _lock_out,
    Said.BROKEN: _break,
}
