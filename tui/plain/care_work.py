"""Problems and what may be done about them, typed."""

from collections.abc import Sequence

from core.board.problems import ProblemLine
from core.domain.ids import OrderId
from core.domain.problem import ProblemKind
from core.domain.stage import Stage
from tui import keys
from tui.i18n import _
from tui.labels.choices import Choice, choices
from tui.labels.script_ways import Do
from tui.plain import speech
from tui.plain.lines import problem_line
from tui.plain.speech import sentence
from tui.plain.trouble_work import TroubleWork


class CareWork(TroubleWork):
    """problems, trouble, settle."""

    async def obey(self, name: str, words: list[str]) -> None:
        """Carry out a command."""
        raise NotImplementedError

    async def problems(self, words: list[str]) -> None:
        """All of them, with advice."""
        await self.settled()
        if not self.board.problems:
            return self.say(_("Nothing is wrong."))
        return self.say(*(problem_line(one, place, self.now) for place, one in enumerate(self.board.problems, start=1)))

    async def trouble(self, words: list[str]) -> None:
        """Of the order named or meant, or by its place in `problems`; else the first there is."""
        await self.settled()
        problem = await self._meant(words)
        if problem is None and self.order_id is not None and await self._may_name():
            return await self.name_trouble(self.order_id)
        if problem is None:
            return self.say(_("Nothing is wrong."))
        if problem.order_id is not None:
            self.choose(problem.order_id, problem.number)
        return await self._deal_with(problem)

    async def _may_name(self) -> bool:
        """The order that is meant is with a driver."""
        line = self.line(self.order_id) if self.order_id else None
        return line is not None and line.stage is Stage.OUT

    async def settle(self, words: list[str]) -> None:
        """At the customer's or back in the store; asks which."""
        if (order_id := await self.take_order(words)) is None:
            return
        options = (_("The customer has it"), _("The goods are back in the store"))
        at = await self.pick(_("How did {order} end?").format(order=speech.order(self.number)), options)
        if at is not None:
            await self._settle(order_id, came_back=at == 1)

    async def _meant(self, words: list[str]) -> ProblemLine | None:
        problems = self.board.problems
        if (
            words and (called := _called(words[0], problems)) is not None
        ):  # its order may have ended, and be hard to find
            return called
        if words and (order_id := await self.named(words[0])) is not None:
            return next((problem for problem in problems if problem.order_id == order_id), None)
        if words and words[0].isdecimal() and 1 <= int(words[0]) <= len(problems):
            return problems[int(words[0]) - 1]
        mine = (problem for problem in problems if problem.order_id is not None and problem.order_id == self.order_id)
        return None if words else next(mine, next(iter(problems), None))

    async def _deal_with(self, problem: ProblemLine) -> None:
        if problem.kind is ProblemKind.JOIN_UNSURE and problem.order_id is not None:
            return await self.decide_join(problem.order_id)
        line = self.line(problem.order_id) if problem.order_id else None
        fits = (await self.sheet(problem.order_id)).fits if problem.order_id else ()
        ways = choices(problem, line, self.board.lamps, fits)
        self.say(problem_line(problem, self.board.problems.index(problem) + 1, self.now))
        self.say_script(problem)
        at = await self.pick(_("What is done?"), tuple(_words(way) for way in ways))
        return await self._go(ways[at], problem) if at is not None else None

    async def _go(self, way: Choice, problem: ProblemLine) -> None:
        if way.key:
            return await self.obey(way.key, [])
        if way.does is not Do.NOTHING:
            return await self.do(way, problem)
        if problem.order_id is not None and way.came_back is not None:
            return await self._settle(problem.order_id, came_back=way.came_back)
        if problem.order_id is not None and way.receives:
            return await self.take_in(problem.order_id)
        if problem.order_id is not None and way.booked is not None:
            return await self.settle_booking(problem.order_id, was_booked=way.booked)
        if problem.order_id is not None and way.end is not None:
            return await self.settle_telling(problem.order_id, way.end)
        if problem.order_id is not None and way.courier:
            return await self.call_driver(problem.order_id, way.courier)
        return await self.end_problem(problem)

    async def _settle(self, order_id: OrderId, *, came_back: bool) -> None:
        await self.tell(order_id, lambda: self.desk.settle(order_id, came_back))
        said = _("the goods are back in the store") if came_back else _("the customer has it")
        self.say(sentence(speech.order(self.number), said))


def _called(word: str, problems: Sequence[ProblemLine]) -> ProblemLine | None:
    number = word.strip("#,.").casefold()
    return next((problem for problem in problems if number and problem.number.casefold() == number), None)


def _words(way: Choice) -> str:
    """A key's own sentence, or the way's."""
    words = _(keys.BY_ID[way.key].tooltip) if way.key else way.text
    return words.rstrip(".… ")
