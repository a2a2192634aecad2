"""The key for an order that is told on the telephone, while a channel is down (L3–L5)."""

from core.domain.ids import OrderId
from tui.screens.errands import errand
from tui.screens.page import Page


class EnterKeys(Page):
    """Ctrl+N."""

    def choose(self, order_id: OrderId) -> None:
        """Go to an order."""
        raise NotImplementedError

    @errand
    async def action_new_order(self) -> None:
        """Goes on with what was begun, or begins; read back, then confirmed by another key."""
        from tui.screens.phone_call import PhoneCall

        await PhoneCall(self).run()
