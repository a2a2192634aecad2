"""The key for troubles: what can be done about a problem."""

from collections.abc import Awaitable, Callable

from core.board.problems import ProblemLine
from core.domain.ids import OrderId
from core.domain.problem import ProblemKind
from core.domain.stage import Stage
from core.domain.trouble_scripts import SCRIPTS
from tui import keys, labels
from tui.i18n import _
from tui.labels.choices import Choice, choices
from tui.labels.script_ways import Do
from tui.screens.dialogs import PickOne
from tui.screens.trouble_keys import TroubleKeys

Option = tuple[str, Callable[[], Awaitable[None]]]


class CareKeys(TroubleKeys):
    """F8."""

    def choose(self, order_id: OrderId) -> None:
        """Go to an order."""
        raise NotImplementedError

    def action_trouble(self) -> None:
        """The chosen order's problem, else the first there is."""
        problems = self.picture.board.problems if self.picture else ()
        mine = next((problem for problem in problems if problem.order_id == self.order_id), None)
        if mine is None and self.order_id is not None and self.is_in_review:
            order_id = self.order_id
            return self.send_out(lambda: self.review(order_id))
        if mine is None and self.line is not None and self.line.stage is Stage.OUT:
            order_id, number = self.line.order_id, self.line.number
            return self.send_out(lambda: self.name_trouble(order_id, number))
        problem = mine or next(iter(problems), None)
        if problem is None:
            return self.say(_("Nothing is wrong."))
        return self.open_problem(problem.problem_id)

    def open_problem(self, problem_id: str) -> None:
        """What can be done about it."""
        problems = self.picture.board.problems if self.picture else ()
        problem = next((problem for problem in problems if problem.problem_id == problem_id), None)
        if problem is not None:
            self.send_out(lambda: self._deal_with(problem))

    async def _deal_with(self, problem: ProblemLine) -> None:
        if problem.order_id is not None and problem.order_id != self.order_id:
            self.choose(problem.order_id)
            await self.fetch_sheet()
        if problem.kind is ProblemKind.JOIN_UNSURE and problem.order_id is not None:
            return await self.decide_join(problem.order_id)
        options = self._options(problem)
        is_lost = any(choice.came_back is not None for choice in self._choices(problem))
        to_do = _("Nobody reports on it any more: say how it ended.") if is_lost else labels.advice(problem.kind)
        facts = f"{labels.detail(problem.kind, problem.detail)}\n{to_do}".strip()
        if problem.kind in SCRIPTS and problem.order_id is not None:
            facts = "\n".join(self.trouble_facts(problem, is_lost=is_lost))
        number = f"#{problem.number} " if problem.number else ""
        question = f"▲ {number}{labels.title(problem.kind)}"
        at = await self.ask(PickOne(question, facts, options=tuple(words for words, _do in options)))
        return await options[at][1]() if at is not None else None

    def _options(self, problem: ProblemLine) -> list[Option]:
        """What may help, best first; that it is dealt with comes last."""
        return [self._option(choice, problem) for choice in self._choices(problem)]

    def _choices(self, problem: ProblemLine) -> tuple[Choice, ...]:
        lamps = self.picture.board.lamps if self.picture else ()
        is_its_own = self.sheet is not None and self.sheet.order.id == problem.order_id
        return choices(problem, self.line, lamps, self.sheet.fits if self.sheet and is_its_own else ())

    def _option(self, choice: Choice, problem: ProblemLine) -> Option:
        if choice.key:
            return self._key_option(choice.key)
        if choice.does is not Do.NOTHING:
            return choice.text, lambda: self.do(choice, problem)
        if choice.receives:
            return choice.text, lambda: self.receive(problem.order_id)
        if (end := choice.end) is not None and (told_id := problem.order_id) is not None:
            return choice.text, lambda: self.settle_telling(told_id, end)
        if choice.courier or choice.came_back is not None or choice.booked is not None:
            return choice.text, lambda: self._go(choice, problem.order_id)
        return choice.text, lambda: self.end_problem(problem)

    def _key_option(self, name: str) -> Option:
        async def press() -> None:
            await self.run_action(keys.BY_ID[name].action)

        return f"{keys.cap(name)}  {_(keys.BY_ID[name].tooltip)}", press

    async def _go(self, choice: Choice, order_id: OrderId | None) -> None:
        """Another courier, whether a call arrived, or how a way ended that nobody reports on any more."""
        if order_id is not None and choice.came_back is not None:
            came_back = choice.came_back
            await self.tell(lambda: self.desk.settle(order_id, came_back))
        elif order_id is not None and choice.booked is not None:
            await self.settle_booking(order_id, choice.booked)
        elif order_id is not None:
            await self.call_driver(order_id, courier=choice.courier)
