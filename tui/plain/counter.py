"""The counter in lines: what a typed line leads to."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from tui import i18n
from tui.i18n import _
from tui.plain import commands
from tui.plain.coach_work import CoachWork
from tui.plain.commands import Said
from tui.plain.find_work import FindWork
from tui.plain.help import help_lines
from tui.plain.hold_work import HoldWork
from tui.plain.keyboard import Stroke
from tui.plain.sound_work import SoundWork
from tui.plain.speech import harmless, sentence

ENDS: Final = frozenset({Stroke.END, Stroke.INTERRUPT})
Work = Callable[["PlainCounter", list[str]], Awaitable[None]]


class PlainCounter(SoundWork, FindWork, HoldWork, CoachWork):
    """Reads lines until the person leaves; one after the other, so answers come in the order of the questions."""

    _has_left = False

    async def run(self) -> None:
        """Until quit, Ctrl-C, Ctrl-D or the end of the input."""
        while not self._has_left:
            line = await self.console.line()
            if line in ENDS:
                return self.say(_("Goodbye."))
            await self.carry_out(partial(self._hear, line))
        return None

    async def obey(self, name: str, words: list[str]) -> None:
        """Carry out a command; keys that only change a screen say so."""
        if name in WORK:
            await WORK[name](self, words)
        else:
            self.say(_("{word} is for the screen: here everything is read out.").format(word=commands.word_of(name)))

    async def leave(self, words: list[str]) -> None:
        """The counter closes; orders go on."""
        if await self.is_yes(f"{_('Quit Orderbell?')} {_('The bell no longer rings here.')}"):
            self._has_left = True
            self.say(_("Goodbye."))

    async def help(self, words: list[str]) -> None:
        """Short, everything, or one command."""
        said = commands.read(" ".join(words)) if words else Said("")
        if words and words[0].casefold() == "all":
            return self.say(*help_lines("all"))
        if words and not said.name:
            said = commands.guess(said)
        if words and not said.name:
            return self._unknown(said)
        return self.say(*help_lines(said.name))

    async def language(self, words: list[str]) -> None:
        """Another language for this terminal."""
        tags = tuple(i18n.LANGUAGES)
        tag = next((tag for tag in tags if words and i18n.locale_of(tag) == i18n.locale_of(words[0])), None)
        if tag is None:
            at = await self.pick(_("Which language?"), tuple(i18n.LANGUAGES.values()))
            tag = None if at is None else tags[at]
        if tag is not None:
            i18n.use(tag)
            self.say(sentence(i18n.LANGUAGES[tag]))

    async def back(self, words: list[str]) -> None:
        """No order is meant, none is marked."""
        self.order_id, self.number, self.marked = None, "", ()
        self.say(self.summary())

    async def again(self, words: list[str]) -> None:
        """The last answer once more."""
        self.say(*self.console.last)

    async def _hear(self, line: str) -> None:
        if line is Stroke.LEAVE:
            return await self.back([])
        text = harmless(line)
        said = commands.read(text if text else line)
        if said.name and not self._is_number(text):
            return await self.obey(said.name, list(said.words))
        if " " not in text and await self.scanned(text):
            return None
        said = commands.guess(said)
        return await self.obey(said.name, list(said.words)) if said.name else self._unknown(said)

    def _is_number(self, text: str) -> bool:
        """An order that is called like a page's key comes first."""
        return text.isdecimal() and any(line.number == text for line in self.board.queue)

    def _unknown(self, said: Said) -> None:
        words = _("Nothing is called “{words}”.").format(words=" ".join(said.words))
        near = _("Did you mean {words}?").format(words=", ".join(said.near)) if said.near else ""
        self.say(f"{words} {near or _('Type help for the commands.')}")


WORK: Final[Mapping[str, Work]] = {
    "order.accept": PlainCounter.accept,
    "order.reject": PlainCounter.reject,
    "order.see": PlainCounter.see,
    "order.see_changes": PlainCounter.see_changes,
    "order.mark": PlainCounter.mark,
    "order.cancel": PlainCounter.coach,
    "order.hold": PlainCounter.hold,
    "order.new": PlainCounter.new_order,
    "order.trouble": PlainCounter.trouble,
    "line.tick": PlainCounter.tick,
    "line.more": PlainCounter.more,
    "line.less": PlainCounter.less,
    "line.count": PlainCounter.count_pieces,
    "check.all": PlainCounter.tick_all,
    "order.ready": PlainCounter.ready,
    "order.parcels": PlainCounter.parcels,
    "order.fit": PlainCounter.fit,
    "order.reopen": PlainCounter.reopen,
    "order.partial": PlainCounter.partial,
    "order.ship": PlainCounter.ship,
    "order.quotes": PlainCounter.quotes,
    "order.undo": PlainCounter.undo,
    "order.recall": PlainCounter.recall,
    "order.hand_over": PlainCounter.hand_over,
    "order.receive": PlainCounter.receive,
    "order.proof": PlainCounter.proof,
    "order.next": PlainCounter.next,
    commands.WHERE: PlainCounter.where,
    "find": PlainCounter.find,
    "filter": PlainCounter.find,
    "open": PlainCounter.show_order,
    "back": PlainCounter.back,
    "page.counter": PlainCounter.orders,
    "page.drivers": PlainCounter.drivers,
    "page.problems": PlainCounter.problems,
    "page.load": PlainCounter.load,
    "page.who_pays": PlainCounter.who_pays,
    "page.recurs": PlainCounter.recurs,
    "page.journal": PlainCounter.journal,
    "couriers.health": PlainCounter.couriers,
    "language": PlainCounter.language,
    "sound.check": PlainCounter.check_sound,
    "sound.mute": PlainCounter.mute,
    "help": PlainCounter.help,
    "quit": PlainCounter.leave,
    "history": PlainCounter.history,
    "review": PlainCounter.review,
    "settle": PlainCounter.settle,
    "refund": PlainCounter.refund,
    "told": PlainCounter.told,
    "booked": PlainCounter.booked,
    "status": PlainCounter.status,
    "again": PlainCounter.again,
}
