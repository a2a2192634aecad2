"""The key for troubles: what can be done about a problem."""

from collections.abc import Awaitable, Callable

from core.board.lamps import LampKind
from core.board.problems import ProblemLine
from core.domain.ids import OrderId, ProblemId
from core.domain.problem import ProblemKind
from core.domain.stage import Stage
from tui import keys, labels
from tui.i18n import N_, _
from tui.labels.problems import TROUBLES
from tui.screens.dialogs import PickOne, PickReason
from tui.screens.driver_keys import DriverKeys

RESULTS = (
    N_("customer told"),
    N_("money given back"),
    N_("goods taken back in"),
    N_("solved with the courier"),
    N_("nothing to do"),
)
Option = tuple[str, Callable[[], Awaitable[None]]]


class CareKeys(DriverKeys):
    """F8."""

    def choose(self, order_id: OrderId) -> None:
        """Go to an order."""
        raise NotImplementedError

    def action_trouble(self) -> None:
        """The chosen order's problem, else the first there is."""
        problems = self.picture.board.problems if self.picture else ()
        mine = next((problem for problem in problems if problem.order_id == self.order_id), None)
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
        options = self._options(problem)
        facts = f"{problem.detail}\n{labels.advice(problem.kind)}".strip()
        number = f"#{problem.number} " if problem.number else ""
        question = f"▲ {number}{labels.title(problem.kind)}"
        at = await self.ask(PickOne(question, facts, options=tuple(words for words, _do in options)))
        if at is not None:
            await options[at][1]()

    def _options(self, problem: ProblemLine) -> list[Option]:
        """What may help, best first; that it is dealt with comes last."""
        options = [self._key_option(name) for name in TROUBLES[problem.kind].keys if problem.order_id]
        if "order.ship" in TROUBLES[problem.kind].keys and problem.order_id:
            options += self._couriers(problem.order_id)
        if problem.kind is ProblemKind.DELIVERY_FAILED and self.line is not None and self.line.stage is Stage.OUT:
            options = self._endings(self.line.order_id)
        return [*options, (_("It is dealt with …"), lambda: self._close_problem(problem.problem_id))]

    def _key_option(self, name: str) -> Option:
        async def press() -> None:
            await self.run_action(keys.BY_ID[name].action)

        return f"{keys.cap(name)}  {_(keys.BY_ID[name].tooltip)}", press

    def _couriers(self, order_id: OrderId) -> list[Option]:
        lamps = self.picture.board.lamps if self.picture else ()
        names = [lamp.name for lamp in lamps if lamp.kind is LampKind.COURIER]
        return [self._courier(order_id, name) for name in names] if len(names) > 1 else []

    def _courier(self, order_id: OrderId, name: str) -> Option:
        return (
            _("Call a driver of {courier}").format(courier=name),
            lambda: self.tell(lambda: self.desk.ship(order_id, name)),
        )

    def _endings(self, order_id: OrderId) -> list[Option]:
        """Nobody reports on it any more: a person says how it ended."""
        return [
            (_("The customer has it"), lambda: self.tell(lambda: self.desk.settle(order_id, False))),
            (_("The goods are back in the store"), lambda: self.tell(lambda: self.desk.settle(order_id, True))),
        ]

    async def _close_problem(self, problem_id: ProblemId) -> None:
        results = tuple(_(result) for result in RESULTS)
        result = await self.ask(PickReason(_("How was it dealt with?"), reasons=results, back=_("Not yet")))
        if result:
            await self.tell(lambda: self.desk.close_problem(problem_id, result))
