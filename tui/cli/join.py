"""`orderbell order join`: whether a channel's copy is an order that was keyed in by hand."""

from core.domain.order import Order
from core.store.unit_of_work import reading, writing
from tui.cli import out
from tui.cli.everywhere import Everywhere
from tui.cli.order_list import moment, tell_orders
from tui.i18n import _
from tui.labels import by_hand


def join_order(said: Everywhere, number: str, same: str, *, is_another: bool) -> None:
    """Says which it may be; or decides."""
    if not same and not is_another:
        return _show(said, number)
    return tell_orders(said, [_decide(said, number, same)])


def _decide(said: Everywhere, number: str, same: str) -> Order:
    with writing(said.shop.database) as uow:
        copy = uow.orders.called(number)
        hand = uow.orders.called(same).id if same else None
        return said.shop.services.joining.decide(uow, copy.id, hand, moment(said))


def _show(said: Everywhere, number: str) -> None:
    from core.board.alike import alike_lines

    with reading(said.shop.database) as uow:
        likely = alike_lines(said.shop.services.joining.choices(uow, uow.orders.called(number).id))
    if said.as_json:
        return out.tell([{"id": one.order_id, "number": one.number, "signs": sorted(one.signs)} for one in likely])
    for line in likely:
        out.say(by_hand.alike(line, said.shop.rules.zone))
    return None if likely else out.say(_("It is no order that was keyed in by hand."))
