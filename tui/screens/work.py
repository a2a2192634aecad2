"""Everything a page with orders can do: troubles, finding, scanning, going about."""

from collections.abc import Awaitable, Callable

from core.board.lamps import LampKind
from core.board.problems import ProblemLine
from core.domain.ids import OrderId, ProblemId
from core.domain.refusal import UnknownLine
from tui import keys, labels
from tui.i18n import N_, _
from tui.labels.problems import TROUBLES
from tui.screens.dialogs import Confirm, PickOne, PickReason
from tui.screens.driver_keys import DriverKeys
from tui.screens.errands import errand
from tui.screens.forms import AskText
from tui.screens.help import HelpScreen

RESULTS = (
    N_("customer told"),
    N_("money given back"),
    N_("goods taken back in"),
    N_("solved with the courier"),
    N_("nothing to do"),
)
Option = tuple[str, Callable[[], Awaitable[None]]]


class WorkPage(DriverKeys):
    """F8, N, /, ?, Q, F1 to F3 and the scanner."""

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

    @errand
    async def action_find(self) -> None:
        """By number, name, phone, waybill."""
        label = _("Number, name, phone or waybill")
        wanted = await self.ask(AskText(_("Find an order"), label=label))
        if wanted is not None:
            await self._find(wanted.words)

    @errand
    async def action_leave(self) -> None:
        """The counter closes; orders go on."""
        facts = _("This screen closes. The bell no longer rings here.")
        if await self.ask(Confirm(_("Quit Orderbell?"), facts, yes=_("Quit"))):
            self.app.exit()

    def action_next(self) -> None:
        """To what needs a hand most."""
        urgent = self.picture.urgent if self.picture else None
        if urgent is None:
            return self.say(_("Nothing needs a hand."))
        return self.choose(urgent.order_id)

    def action_help(self) -> None:
        """Keys and signs."""
        self.app.push_screen(HelpScreen())

    def action_page(self, name: str) -> None:
        """F1 to F3."""
        self.app.switch_mode(name)

    def go_to_counter(self, order_id: OrderId) -> None:
        """Show an order where everything about it is shown."""
        self.app.switch_mode("counter")
        counter = self.app.screen_stack[0]
        if isinstance(counter, WorkPage):
            counter.call_after_refresh(counter.choose, order_id)

    def action_open(self) -> None:
        """Pages without a panel go to the counter."""

    def action_back(self) -> None:
        """Other pages lead back to the counter."""
        self.action_page("counter")

    async def scanned(self, code: str) -> bool:
        """An item of the chosen order, a waybill, or an order's number; anything else is said to be unknown."""
        self.send_out(lambda: self._scanned(code))
        return True

    async def _scanned(self, code: str) -> None:
        by_waybill = self._order_with_waybill(code)
        if by_waybill is not None:
            self.choose(by_waybill)
            return await self.give(by_waybill, waybill=code)
        if self.order_id is not None and (self.can_tick or self._is_item(code)):
            return await self._scan_item(self.order_id, code)
        return await self._find(code)

    async def _scan_item(self, order_id: OrderId, code: str) -> None:
        try:
            await self.tell(lambda: self.desk.scan(order_id, code))
        except UnknownLine:
            if not await self.desk.find(code):
                raise
            await self._find(code)
        else:
            self.after_tick()

    async def _find(self, words: str) -> None:
        found = await self.desk.find(words)
        if not found:
            return self.say(_("Nothing is called “{words}”.").format(words=words), is_bad=True)
        at = 0 if len(found) == 1 else await self._pick(found)
        return self.choose(found[at]) if at is not None else None

    async def _pick(self, found: object) -> int | None:
        index = self.picture.index if self.picture else None
        ids = tuple(found) if isinstance(found, (list, tuple)) else ()
        lines = [index.line(order_id) if index else None for order_id in ids]
        words = tuple(f"#{line.number} {line.customer}" if line else _("an ended order") for line in lines)
        return await self.ask(PickOne(_("Several fit"), options=words))

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

    async def _close_problem(self, problem_id: ProblemId) -> None:
        results = tuple(_(result) for result in RESULTS)
        result = await self.ask(PickReason(_("How was it dealt with?"), reasons=results, back=_("Not yet")))
        if result:
            await self.tell(lambda: self.desk.close_problem(problem_id, result))

    def _order_with_waybill(self, code: str) -> OrderId | None:
        plain = plain_code(code)
        drivers = self.picture.board.drivers if self.picture else ()
        fits = (
            line.order_id for line in drivers if plain and plain_code(line.waybill) == plain and not line.handed_over
        )
        return next(fits, None)

    def _is_item(self, code: str) -> bool:
        return self.sheet is not None and any(item.is_called(code) for item in self.sheet.order.lines)


def plain_code(text: str) -> str:
    """Letters and digits, in capitals: scanners and people differ in the rest."""
    return "".join(sign for sign in text.upper() if sign.isalnum())
