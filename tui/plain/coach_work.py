"""A customer calls: the coach's questions and the table of who pays, typed."""

from dataclasses import replace

from core.domain.agreement import Agreement, Settled, typed_sum
from core.domain.cause import Cause
from core.domain.coach_table import TABLE
from core.domain.coaching import Action
from core.domain.money import BadMoney, Money
from core.domain.phase import Phase
from core.domain.refusal import NotAManager
from core.domain.situation import CALLS_OFF, Counsel, Offer, Situation
from tui import labels
from tui.i18n import _
from tui.labels import coach
from tui.labels.bearers import BEARERS
from tui.labels.coach_words import action, cause as cause_word, done, phase as phase_word
from tui.labels.costs import recall_cost
from tui.plain import speech
from tui.plain.order_work import OrderWork
from tui.plain.speech import sentence, spoken


class CoachWork(OrderWork):
    """customer calls, who pays."""

    async def coach(self, words: list[str]) -> None:
        """Why they call, who pays, what to say, what can be done; words behind the number are kept with it."""
        if (order_id := await self.take_order(words, more=True)) is None:
            return
        situation = await self.desk.situation(order_id)
        cost = coach.driver_cost(situation)
        self.say(sentence(speech.order(self.number), spoken(coach.standing(situation))), *([cost] if cost else []))
        causes = tuple(Cause)
        at = await self.pick(_("Why do they call?"), tuple(cause_word(one) for one in causes))
        if at is None:
            return
        counsel = situation.counsel(causes[at])
        self._advise(situation, counsel)
        offers = tuple(_offered(offer) for offer in counsel.offers)
        way = await self.pick(_("What is agreed?"), offers)
        if way is not None:
            await self._agreed(situation, counsel, counsel.offers[way], " ".join(words))

    async def who_pays(self, words: list[str]) -> None:
        """A place of the table, read out."""
        places = tuple(Phase)
        at = await self.pick(_("Where does the order stand?"), tuple(phase_word(place) for place in places))
        if at is not None:
            self.say(*(_read_out(places[at], cause) for cause in Cause))

    def _advise(self, situation: Situation, counsel: Counsel) -> None:
        pays = BEARERS[counsel.cell.bearer].text
        lines = (
            sentence(_("Who pays: {bearer}").format(bearer=pays), counsel.cell.rule),
            _("Say: {words}").format(words=coach.sentence(counsel)),
            spoken(coach.what_happens(counsel.cell)),
            coach.driver_words(situation),
        )
        self.say(*(line for line in lines if line))

    async def _agreed(self, situation: Situation, counsel: Counsel, offer: Offer, words: str) -> None:
        agreement = Agreement(cause=counsel.cause, action=offer.action, phase=situation.phase, words=words, refund=None)
        if offer.asks_for_sum:
            if (refund := await self._sum(situation, offer)) is None:
                return self.say(_("Nothing was done."))
            agreement = replace(agreement, refund=refund)
        if not await self._is_meant(situation, offer, agreement.refund):
            return self.say(_("Nothing was done."))
        return await self._agree(situation, offer, agreement)

    async def _sum(self, situation: Situation, offer: Offer) -> Money | None:
        """Enter alone is the suggestion; what is no sum is asked again once."""
        self.say(coach.limits(offer, situation))
        suggested = coach.plain_sum(offer.suggested)
        usual = _("Enter alone: {count}.").format(count=suggested)
        question = f"{_('How much goes back? A sum or a percentage.')} {usual}"
        for _try in range(2):
            typed = await self.console.ask(question)
            if typed is None or typed.casefold() in ("back", "esc", "no"):
                return None
            try:
                refund = typed_sum(typed or suggested, situation.left)
            except BadMoney:
                self.say(_("A sum like 120, or a share like 50 %, please."))
                continue
            if refund.minor <= situation.left.minor:
                return refund
            left = labels.money(situation.left)
            self.say(_("{sum} is more than is left: {left}.").format(sum=labels.money(refund), left=left))
        return None

    async def _is_meant(self, situation: Situation, offer: Offer, refund: Money | None) -> bool:
        """Only where it is hard to undo."""
        if offer.action not in CALLS_OFF and not offer.most.minor:
            return True
        amount = offer.suggested if refund is None else refund
        asked = f"{action(offer.action)}: {labels.money(amount)}?" if offer.most.minor else f"{action(offer.action)}?"
        cost = recall_cost(situation.job) if offer.action in CALLS_OFF else ""
        back = _("The money goes back when the goods are here.") if offer.action is Action.BRING_BACK else ""
        return await self.is_yes(" ".join(part for part in (asked, cost, back) if part))

    async def _agree(self, situation: Situation, offer: Offer, agreement: Agreement) -> None:
        is_allowed = not offer.way.needs_manager and (agreement.refund is None or offer.within(agreement.refund))
        while True:
            if not is_allowed:
                self.say(_("A manager's word is needed; Enter alone goes back."))
                if (permission := await self.permission()) is None:
                    return self.say(_("Nothing was done."))
                agreement = replace(agreement, permission=permission)
            try:
                return self.say(_outcome(self.number, await self._tell(situation, agreement)))
            except NotAManager as refusal:
                is_allowed = False
                self.say(speech.why(refusal, self.number))

    async def _tell(self, situation: Situation, agreement: Agreement) -> Settled:
        settled: list[Settled] = []

        async def call() -> None:
            settled.append(await self.desk.agree(situation.order.id, agreement))

        await self.tell(situation.order.id, call)
        return settled[0]


def _offered(offer: Offer) -> str:
    return spoken(coach.offered(offer))


def _outcome(number: str, settled: Settled) -> str:
    refund = labels.money(settled.refund) if settled.refund.minor else ""
    return sentence(speech.order(number), done(settled.agreement.action), refund)


def _read_out(phase: Phase, cause: Cause) -> str:
    cell = TABLE[phase][cause]
    pays = _("who pays: {bearer}").format(bearer=BEARERS[cell.bearer].text)
    ways = "; ".join(spoken(coach.way(way)) for way in cell.ways)
    return sentence(cause_word(cause), pays, cell.rule, ways)
