"""What is asked and done about a trouble that has a script; no key of its own: F8 leads here."""

from collections.abc import Iterator

from core.board.problems import ProblemLine
from core.domain.bearer import Bearer
from core.domain.goods_back import Onward
from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money
from core.domain.order import Order
from core.domain.record import AS_KNOWN, Ending
from core.domain.trouble import NAMED
from tui import labels
from tui.i18n import _
from tui.labels.choices import Choice
from tui.labels.reasons import RESULTS
from tui.labels.script_ways import Do
from tui.labels.scripts import now_to_do, script_lines, who_pays
from tui.screens.dialogs import Confirm, PickOne, PickReason
from tui.screens.forms import AskText
from tui.screens.left_back import left_back
from tui.screens.telling_keys import TellingKeys

ROOM = 36  # rows of a terminal in which the whole script is shown


class TroubleKeys(TellingKeys):
    """Steps, names, another way, the end."""

    async def name_trouble(self, order_id: OrderId, number: str) -> None:
        """Somebody rings and says what is wrong."""
        question = _("What is wrong with #{number}?").format(number=number)
        facts = _("The rest follows by itself: what to do, until when, and who pays.")
        at = await self.ask(PickOne(question, facts, options=tuple(labels.title(kind) for kind in NAMED)))
        if at is None:
            return
        facts = _("What was said? Enter alone: nothing.")
        said = await self.ask(AskText(labels.title(NAMED[at]), facts, label=_("Words"), is_needed=False))
        if said is not None:
            await self.tell(lambda: self.desk.name_trouble(order_id, NAMED[at], said.words))

    def trouble_facts(self, problem: ProblemLine, *, is_lost: bool) -> Iterator[str]:
        """What was found, who pays, and the script: all of it where there is room."""
        if problem.detail:
            yield labels.detail(problem.kind, problem.detail)
        if is_lost:
            yield _("Nobody reports on it any more: say how it ended.")
        if paid := who_pays(problem):
            yield paid
        lines = list(script_lines(problem.kind, problem.step))
        if self.app.size.height < ROOM:
            lines = [line for line in lines if line.is_now]
        yield from (f"{line.sign} {line.text}" for line in lines)

    async def do(self, choice: Choice, problem: ProblemLine) -> None:
        """One of the ways that no key does."""
        order_id = problem.order_id
        if order_id is None:
            return
        if choice.does is Do.STEP:
            await self._step(problem)
        elif choice.does is Do.RENAME:
            await self.name_trouble(order_id, problem.number)
        elif choice.does is Do.ADDRESS:
            await self._readdress(order_id)
        elif choice.does is Do.AGAIN:
            await self._send_again(order_id)
        elif choice.does is Do.REFUND:
            await self._give_back(order_id, problem)

    async def end_problem(self, problem: ProblemLine) -> None:
        """A result; where it cost something, how much and who pays."""
        results = tuple(_(result) for result in RESULTS)
        result = await self.ask(PickReason(_("How was it dealt with?"), reasons=results, back=_("Not yet")))
        ends = await self._ending(problem) if result else None
        if result and ends is not None:
            await self.tell(lambda: self.desk.close_problem(problem.problem_id, result, ends))

    async def _step(self, problem: ProblemLine) -> None:
        facts = f"{now_to_do(problem.kind, problem.step)}\n{_('What came of it? Enter alone: nothing.')}"
        said = await self.ask(AskText(_("Done"), facts, label=_("Words"), is_needed=False))
        if said is not None:
            await self.tell(lambda: self.desk.step_done(problem.problem_id, said.words))

    async def _readdress(self, order_id: OrderId) -> None:
        from tui.screens.trouble_forms import AskAddress

        order = (await self.desk.sheet(order_id)).order
        question = _("Where does #{number} really go?").format(number=order.number)
        facts = _("Read it back to the customer. The extra way is theirs to pay: it is noted, not charged.")
        bought = order.purchase
        way = await self.ask(
            AskAddress(question, facts, address=bought.customer.address, currency=bought.total.currency)
        )
        if way is not None:
            await self.tell(lambda: self.desk.readdress(order_id, way.address, way.extra))
            self.say(_("Tell the driver, too: couriers are not told of it from here."))

    async def _send_again(self, order_id: OrderId) -> None:
        from tui.screens.trouble_forms import AskSecondWay

        order = (await self.desk.sheet(order_id)).order
        question = _("When does #{number} go once more?").format(number=order.number)
        facts = _("As agreed with the customer. What is damaged or missing is packed anew first.")
        bought = order.purchase
        way = await self.ask(
            AskSecondWay(
                question,
                facts,
                address=bought.customer.address,
                currency=bought.total.currency,
                now=self.around.clock.now(),
                zone=self.around.terminal.zone,
            )
        )
        if way is not None:
            await self.tell(lambda: self.desk.send_again(order_id, way))
            self.say(_("#{number} goes once more.").format(number=order.number))

    async def _give_back(self, order_id: OrderId, problem: ProblemLine) -> None:
        order = (await self.desk.sheet(order_id)).order
        sum_back = await self.desk.share_back(order_id, Onward.REFUND)
        amount = labels.money(sum_back)
        question = _("Give {amount} back for #{number}?").format(amount=amount, number=order.number)
        facts = f"{who_pays(problem)}\n{_('It leaves after the held seconds; U takes it back.')}".strip()
        if await self.ask(Confirm(question, facts, yes=_("Give it back"))):
            await self.tell(lambda: self._refund(order, problem.problem_id, sum_back, labels.title(problem.kind)))

    async def _refund(self, order: Order, problem_id: ProblemId, amount: Money, reason: str) -> None:
        await self.desk.refund(order.id, amount, reason, left_back(order))
        await self.desk.close_problem(problem_id, _("money given back"))

    async def _ending(self, problem: ProblemLine) -> Ending | None:
        """None when nobody wanted to say."""
        if problem.order_id is None:
            return AS_KNOWN
        known = (await self.desk.record(problem.problem_id)).problem
        if known.cost is None or not known.cost.minor:
            return AS_KNOWN
        from tui.screens.trouble_forms import AskEnding

        bearer = Bearer(known.bearer) if known.bearer in set(Bearer) else None
        question = _("What did it cost, and who pays?")
        facts = _("As far as it is known. Say otherwise if you know better.")
        ends = Ending(cost=known.cost, bearer=bearer)
        return await self.ask(AskEnding(question, facts, known=ends, currency=known.cost.currency))
