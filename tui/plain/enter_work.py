"""An order from a call, and whether a channel's copy is one that was keyed in, typed (L3–L5)."""

from core.domain.ids import OrderId
from tui.i18n import _
from tui.labels import by_hand
from tui.plain import speech
from tui.plain.phone_talk import PhoneTalk, same_as
from tui.plain.session import Session
from tui.plain.speech import sentence


class EnterWork(Session):
    """new."""

    async def new_order(self, words: list[str]) -> None:
        """Goes on with what was begun, or begins."""
        await PhoneTalk(self).run()

    async def decide_join(self, order_id: OrderId) -> None:
        """The same order as one of these, or another."""
        likely = await self.desk.join_choices(order_id)
        at = await self.pick(_(by_hand.ALIKE), (*same_as(likely, self.terminal.zone), _("Another order: two orders")))
        if at is None:
            return
        hand_id = likely[at].order_id if at < len(likely) else None
        await self.tell(order_id, lambda: self.desk.decide_join(order_id, hand_id))
        if hand_id is not None:
            self.choose(hand_id, self.number)
        self.say(sentence(_("two orders") if hand_id is None else _("one order"), speech.order(self.number)))
