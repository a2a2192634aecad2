"""Letting an order wait, and ending that, typed."""

from core.domain.hold import HOLDABLE, Hold, end_of
from core.domain.holding import held
from core.domain.ids import OrderId
from core.domain.refusal import BadTime, NotAManager
from core.domain.staff import Role
from core.domain.stage import Stage
from tui.i18n import _
from tui.labels import holds
from tui.plain import speech
from tui.plain.order_work import OrderWork
from tui.plain.speech import sentence, spoken


class HoldWork(OrderWork):
    """hold."""

    async def hold(self, words: list[str]) -> None:
        """Put on with a reason, asked for or typed; where there is one it is lifted."""
        if (order_id := await self.take_order(words, more=True)) is None:
            return None
        order = (await self.sheet(order_id)).order
        hold = held(order, self.now.at)
        if hold is not None:
            return await self._lift(order_id, hold)
        self.need_stage(await self.sheet(order_id), Stage.NEW, HOLDABLE)
        return await self._hold(order_id, " ".join(words))

    async def _hold(self, order_id: OrderId, given: str) -> None:
        question = _("Why does {order} have to wait?").format(order=speech.order(self.number))
        reason = given or await self.reason(question, tuple(map(_, holds.HOLDING)))
        if not reason:
            return None
        typed = await self.ask(_("Until when? A time, or minutes; Enter alone: until somebody lifts it."))
        try:
            until = end_of(typed, self.now.at, self.now.zone)
        except BadTime as refusal:
            return self.say(speech.why(refusal), _("Nothing was done."))
        is_managers = await self.is_yes(_("Only a manager may lift it?"))
        role = Role.MANAGER if is_managers else Role.CASHIER
        await self.tell(order_id, lambda: self.desk.hold(order_id, reason, until, role))
        hold = Hold(reason=reason, by=self.terminal.staff, at=self.now.at, until=until, lifted_by=role)
        return self.say(sentence(_("on hold"), speech.order(self.number), reason), holds.hold_end(hold, self.now.zone))

    async def _lift(self, order_id: OrderId, hold: Hold) -> None:
        facts = sentence(_("on hold"), spoken(holds.hold_facts(hold, self.now.zone)))
        if not await self.is_yes(f"{facts} {_('Lift the hold?')}"):
            return self.say(_("Nothing was done."))
        if not hold.needs_manager:
            await self.tell(order_id, lambda: self.desk.lift(order_id))
        elif not await self._lift_by_manager(order_id):
            return self.say(_("Nothing was done."))
        return await self.done(order_id, sentence(_("the hold is lifted"), speech.order(self.number)))

    async def _lift_by_manager(self, order_id: OrderId) -> bool:
        self.say(_("A manager's word is needed; Enter alone goes back."))
        while (permission := await self.permission()) is not None:
            given = permission
            try:
                await self.tell(order_id, lambda: self.desk.lift(order_id, given))  # noqa: B023 - awaited here
            except NotAManager as refusal:
                self.say(speech.why(refusal))
            else:
                return True
        return False
