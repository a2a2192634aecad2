"""Troubles that have a script, typed: steps, names, another way, the end."""

from typing import Final

from core.board.problems import ProblemLine
from core.board.recurring import Side
from core.domain.bearer import Bearer
from core.domain.goods_back import Onward
from core.domain.ids import OrderId
from core.domain.money import BadMoney, Money
from core.domain.record import AS_KNOWN, Ending
from core.domain.second_way import SecondWay
from core.domain.trouble import NAMED
from tui import labels
from tui.i18n import _
from tui.labels.bearers import BEARERS
from tui.labels.choices import Choice
from tui.labels.reasons import RESULTS
from tui.labels.recurs import SIDES, habit_words, place
from tui.labels.script_ways import Do
from tui.labels.scripts import now_to_do, script_lines, who_pays
from tui.labels.typed import WINDOW, amount, coming
from tui.plain import speech
from tui.plain.refund_work import RefundWork
from tui.plain.speech import sentence, spoken
from tui.screens.left_back import left_back

WEEK: Final = 7  # days
LONGEST: Final = 366
MOST: Final = 3  # values of a side: what is read aloud is short


class TroubleWork(RefundWork):
    """No command of its own but `recurs`: `trouble` leads here."""

    async def recurs(self, words: list[str]) -> None:
        """What goes wrong again and again in seven days, or as many as are said: the sentence, then each count."""
        await self.settled()
        days = int(words[0]) if words and words[0].isdecimal() and 0 < int(words[0]) <= LONGEST else WEEK
        found = await self.desk.recurring(days)
        self.say(spoken(habit_words(found)))
        for side in Side:
            for one in found.by(side)[:MOST]:
                cost = labels.money(one.cost) if one.cost and one.cost.minor else ""
                self.say(sentence(spoken(_(SIDES[side]).capitalize()), place(side, one.value), str(one.count), cost))

    async def name_trouble(self, order_id: OrderId) -> None:
        """Somebody rings and says what is wrong."""
        at = await self.pick(_("What is wrong?"), tuple(labels.title(kind) for kind in NAMED))
        if at is None:
            return
        words = await self.own_words(_("What was said? Enter alone: nothing."))
        await self.tell(order_id, lambda: self.desk.name_trouble(order_id, NAMED[at], words))
        self.say(sentence(_("noted"), labels.title(NAMED[at])))

    async def do(self, way: Choice, problem: ProblemLine) -> None:
        """One of the ways that no command does."""
        order_id = problem.order_id
        if order_id is None:
            return
        if way.does is Do.STEP:
            await self._step(problem)
        elif way.does is Do.RENAME:
            await self.name_trouble(order_id)
        elif way.does is Do.ADDRESS:
            await self._readdress(order_id)
        elif way.does is Do.AGAIN:
            await self._send_again(order_id)
        elif way.does is Do.REFUND:
            await self._back(order_id, problem)

    async def end_problem(self, problem: ProblemLine) -> None:
        """A result; where it cost something, how much and who pays."""
        result = await self.reason(_("How was it dealt with?"), tuple(_(result) for result in RESULTS))
        if not result:
            return
        ends = await self._ending(problem)
        await self.tell(None, lambda: self.desk.close_problem(problem.problem_id, result, ends))
        self.say(sentence(_("dealt with"), result))

    def say_script(self, problem: ProblemLine) -> None:
        """What happens by itself, what was done, what is to do; who pays."""
        lines = list(script_lines(problem.kind, problem.step))
        told = {"✓": _("done"), "▶": _("now"), "·": _("then")}
        self.say(*(sentence(told[line.sign], spoken(line.text)) for line in lines))
        if paid := who_pays(problem):
            self.say(sentence(spoken(paid)))

    async def _step(self, problem: ProblemLine) -> None:
        said = await self.own_words(
            f"{spoken(now_to_do(problem.kind, problem.step))} {_('What came of it? Enter alone: nothing.')}"
        )
        await self.tell(problem.order_id, lambda: self.desk.step_done(problem.problem_id, said))
        self.say(sentence(_("noted"), _("the next step is up")))

    async def _readdress(self, order_id: OrderId) -> None:
        address = await self.own_words(_("The right address? Enter alone: none."))
        if not address or not await self.is_yes(sentence(address)):
            return self.say(_("Nothing was done."))
        extra = await self._amount(order_id, _("Extra fee that the customer pays? Enter alone: none."))
        await self.tell(order_id, lambda: self.desk.readdress(order_id, address, extra))
        return self.say(_("Tell the driver, too: couriers are not told of it from here."))

    async def _send_again(self, order_id: OrderId) -> None:
        typed = await self.ask(_("At what time, as 18:30? Enter alone: at once."))
        try:
            start = coming(typed, self.now.at, self.now.zone)
        except ValueError:
            return self.say(_("A time as 18:30, please."))
        address = await self.own_words(_("Another address? Enter alone: as before."))
        extra = await self._amount(order_id, _("Extra fee that the customer pays? Enter alone: none."))
        until = start + WINDOW if start else None
        way = SecondWay(promised_from=start, promised_to=until, address=address, extra=extra)
        await self.tell(order_id, lambda: self.desk.send_again(order_id, way))
        return self.say(sentence(speech.order(self.number), _("it goes once more")))

    async def _back(self, order_id: OrderId, problem: ProblemLine) -> None:
        order = (await self.sheet(order_id)).order
        sum_back = await self.desk.share_back(order_id, Onward.REFUND)
        if not await self.is_yes(_("{amount} goes back.").format(amount=labels.money(sum_back))):
            return self.say(_("Nothing was done."))
        reason = labels.title(problem.kind)
        await self.tell(order_id, lambda: self.desk.refund(order_id, sum_back, reason, left_back(order)))
        await self.tell(None, lambda: self.desk.close_problem(problem.problem_id, _("money given back")))
        return self.say(sentence(_("dealt with"), _("money given back")))

    async def _ending(self, problem: ProblemLine) -> Ending:
        """As far as it is known, unless the person knows better."""
        if problem.order_id is None:
            return AS_KNOWN
        known = (await self.desk.record(problem.problem_id)).problem
        if known.cost is None or not known.cost.minor:
            return AS_KNOWN
        self.say(sentence(_("what it cost so far: {amount}").format(amount=labels.money(known.cost))))
        at = await self.pick(_("Who pays?"), tuple(word.text for word in BEARERS.values()))
        return AS_KNOWN if at is None else Ending(bearer=tuple(Bearer)[at])

    async def _amount(self, order_id: OrderId, question: str) -> Money | None:
        """None for nothing, and for what is no amount: it is said so."""
        typed = await self.ask(question)
        try:
            return amount(typed, (await self.sheet(order_id)).order.purchase.total.currency)
        except BadMoney:
            self.say(_("“{found}” is no amount.").format(found=typed))
            return None
