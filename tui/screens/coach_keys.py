"""The key for the telephone: the coach asks why, shows who pays and what to say, and does what was agreed."""

from dataclasses import replace

from core.domain.agreement import Agreement, Settled
from core.domain.coaching import Action
from core.domain.ids import OrderId
from core.domain.refusal import NotAManager
from core.domain.situation import CALLS_OFF, Counsel, Offer, Situation
from core.domain.staff import Permission
from tui import labels
from tui.i18n import _
from tui.labels import coach
from tui.labels.coach_words import action, done
from tui.labels.costs import recall_cost
from tui.screens.dialogs import Confirm
from tui.screens.errands import errand
from tui.screens.order_keys import OrderKeys


class CoachKeys(OrderKeys):
    """X."""

    @errand
    async def action_coach(self) -> None:
        """About the chosen order, wherever it stands."""
        if (order_id := self.need_order()) is not None:
            await self.coach(order_id)

    async def coach(self, order_id: OrderId) -> None:
        """Why they call, what can be done, and do it; Escape leads back step by step."""
        from tui.screens.coach import PickCause, PickWay

        situation, cause = await self.desk.situation(order_id), None
        while (cause := await self.ask(PickCause(situation, chosen=cause))) is not None:
            counsel = situation.counsel(cause)
            picked = await self.ask(PickWay(situation, counsel))
            if picked is None or picked.offer is None:
                continue
            agreement = await self._agreement(situation, counsel, picked.offer)
            if agreement is not None and await self._agree(situation, picked.offer, agreement):
                return

    async def _agreement(self, situation: Situation, counsel: Counsel, offer: Offer) -> Agreement | None:
        """The sum where there is one to agree on; else once more whether it is meant, where it is hard to undo."""
        plain = Agreement(cause=counsel.cause, action=offer.action, phase=situation.phase)
        facts = _facts(situation, counsel, offer)
        if offer.asks_for_sum:
            return await self._with_sum(situation, offer, plain, facts)
        if offer.action not in CALLS_OFF and not offer.most.minor:
            return plain
        question = f"{action(offer.action)}? {labels.money(offer.suggested) if offer.most.minor else ''}".strip()
        return plain if await self.ask(Confirm(question, facts, yes=_("Do it"))) else None

    async def _with_sum(self, situation: Situation, offer: Offer, agreement: Agreement, facts: str) -> Agreement | None:
        from tui.screens.ask_sum import AskSum

        given = await self.ask(AskSum(f"{action(offer.action)}?", facts, offer=offer, situation=situation))
        return replace(agreement, refund=given.refund, words=given.words) if given is not None else None

    async def _agree(self, situation: Situation, offer: Offer, agreement: Agreement) -> bool:
        """With a manager's word where one is needed; False when nobody gave it."""
        trouble = ""
        is_allowed = not offer.way.needs_manager and (agreement.refund is None or offer.within(agreement.refund))
        while True:
            if not is_allowed:
                permission = await self._ask_coach_manager(situation, offer, trouble)
                if permission is None:
                    return False
                agreement = replace(agreement, permission=permission)
            try:
                return await self._tell_agreed(situation, agreement)
            except NotAManager as refusal:
                is_allowed, trouble = False, labels.why(refusal, self.number) if not is_allowed else ""

    async def _tell_agreed(self, situation: Situation, agreement: Agreement) -> bool:
        settled: list[Settled] = []

        async def call() -> None:
            settled.append(await self.desk.agree(situation.order.id, agreement))

        await self.tell(call)
        self.say(f"#{situation.order.number}: {_outcome(settled[0])}")
        return True

    async def _ask_coach_manager(self, situation: Situation, offer: Offer, trouble: str) -> Permission | None:
        from tui.screens.forms import AskManager

        facts = (
            f"{coach.offered(offer)}\n{coach.limits(offer, situation)}" if offer.most.minor else coach.offered(offer)
        )
        managers = self.around.terminal.managers
        return await self.ask(AskManager(_("A manager's word is needed"), facts, managers=managers, trouble=trouble))


def _facts(situation: Situation, counsel: Counsel, offer: Offer) -> str:
    """What becomes of driver and goods, and what that costs."""
    if offer.action in CALLS_OFF:
        parts = [coach.what_happens(counsel.cell), recall_cost(situation.job)]
    elif offer.action is Action.BRING_BACK:
        parts = [_("The money goes back when the goods are here."), coach.driver_words(situation)]
    else:
        parts = []
    return "\n".join(part for part in (*parts, _who_pays(counsel)) if part)


def _who_pays(counsel: Counsel) -> str:
    return _("Who pays: {bearer}").format(bearer=coach.who_pays(counsel.cell))


def _outcome(settled: Settled) -> str:
    """What was done, and with how much money."""
    said = done(settled.agreement.action)
    return f"{said} · {labels.money(settled.refund)}" if settled.refund.minor else said
