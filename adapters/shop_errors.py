"""What calls to shop systems share: how answers become the errors of their port."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from core.domain.shop_call import ShopAbility, ShopCall
from core.ports.courier import CourierDown, CourierLockedOut, CourierRefused
from core.ports.shop import UNABLE, ShopDown, ShopLockedOut, ShopRefused


@contextmanager
def as_shop(*, is_look: bool = False) -> Iterator[None]:
    """What `adapters.http` raises, in the words of this port. A look has changed nothing, whatever came back."""
    try:
        yield
    except CourierRefused as refused:
        raise ShopRefused(str(refused), code=refused.code) from None
    except CourierLockedOut as locked_out:
        raise ShopLockedOut(str(locked_out), code=locked_out.code) from None
    except CourierDown as down:
        happened = down.may_have_happened and not is_look
        raise ShopDown(str(down), code=down.code, retry_after=down.retry_after, may_have_happened=happened) from None


def require(call: ShopCall, abilities: Collection[ShopAbility]) -> None:
    """Raises `ShopRefused` for what is not among them: nobody was asked."""
    if call.ability not in abilities:
        raise ShopRefused(f"their system knows no call for {call.ability}", code=UNABLE)
