"""Saying whether a channel's copy is an order that was keyed in by hand."""

from core.domain.ids import OrderId
from tui.i18n import _
from tui.screens.dialogs import PickOne
from tui.screens.page import Page


class JoinKeys(Page):
    """Reached from accept, reject and trouble."""

    async def decide_join(self, order_id: OrderId) -> None:
        """The same order as one of these, or another; nothing by going back."""
        from tui.labels import by_hand

        likely = await self.desk.join_choices(order_id)
        zone = self.around.terminal.zone
        same = tuple(_("Same order as {order}").format(order=by_hand.alike(line, zone)) for line in likely)
        copy = (await self.desk.sheet(order_id)).order
        facts = _("#{number} came in by {channel}. Compare before you say.")
        at = await self.ask(
            PickOne(
                _(by_hand.ALIKE),
                facts.format(number=copy.number, channel=copy.purchase.channel),
                options=(*same, _("Another order: two orders")),
            )
        )
        if at is None:
            return
        hand_id = likely[at].order_id if at < len(likely) else None
        await self.tell(lambda: self.desk.decide_join(order_id, hand_id))
        if hand_id is None:
            self.say(_("Two orders: #{number} can be accepted now.").format(number=copy.number))
        else:
            self.say(_("One order: it is #{number} now.").format(number=copy.number))
