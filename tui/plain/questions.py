"""Asking a person, a line each: Enter alone, Escape and `back` are the safe answer."""

from collections.abc import Sequence
from typing import Final

from tui.i18n import _
from tui.plain import speech
from tui.plain.console import Console

DIGITS: Final = 9  # of the largest number anybody means
NO: Final = frozenset({"", "back", "esc", "no"})


class Questions:
    """What is said to a person at a console, and what is asked."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, *lines: str) -> None:
        """An answer."""
        self.console.say(*lines)

    async def ask(self, question: str, *, is_secret: bool = False) -> str:
        """What the person says; empty: nothing, the safe answer."""
        answer = await self.console.ask(question, is_secret=is_secret) or ""
        return "" if answer.casefold() in NO else answer

    async def is_yes(self, question: str) -> bool:
        """No, unless it was said plainly."""
        answer = await self.ask(f"{question} {_('Yes or no?')}")
        return answer.casefold() in ("y", "yes", _("yes").casefold())

    async def pick(self, question: str, options: Sequence[str]) -> int | None:
        """One of several by its number; None for none of them."""
        self.say(*(f"{place}: {speech.ended(words)}" for place, words in enumerate(options, start=1)))
        answer = await self.ask(f"{question} {_('Type the number; Enter alone goes back.')}")
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return int(answer) - 1
        self.say(_("Nothing was done."))
        return None

    async def reason(self, question: str, reasons: Sequence[str]) -> str:
        """One of the reasons by its number, or one's own words; empty for none."""
        self.say(*(f"{place}: {speech.ended(words)}" for place, words in enumerate(reasons, start=1)))
        wanted = f"{question} {_('Type a number or your own words; Enter alone goes back.')}"
        answer = await self.own_words(wanted, len(reasons))
        if answer.isdecimal() and 1 <= int(answer) <= len(reasons):
            return reasons[int(answer) - 1]
        if answer and not answer.isdecimal() and await self.is_yes(_("Reason: {reason}.").format(reason=answer)):
            return answer
        self.say(_("Nothing was done."))
        return ""

    async def own_words(self, question: str, choices: int = 0) -> str:
        """A person's words, or the number of a choice; a command or a code is asked about again once."""
        for _try in range(2):
            answer = await self.ask(question)
            if not answer or (answer.isdecimal() and 1 <= int(answer) <= choices):
                return answer
            if not (mistake := await self.mistaken(answer)):
                return answer
            self.say(mistake)
        return ""

    async def mistaken(self, words: str) -> str:
        """Why these words were not meant for a person; empty when they may have been."""
        return ""

    def within(self, typed: str, *, least: int, most: int) -> int | None:
        """A whole number within the limits; says what they are when it is none."""
        if typed.isdecimal() and len(typed) <= DIGITS and least <= int(typed) <= most:
            return int(typed)
        self.say(_("A number from {least} to {most}, please.").format(least=least, most=most))
        return None

    async def count(self, question: str, *, usual: int, least: int, most: int) -> int | None:
        """A whole number; Enter alone is the usual one, anything else is asked again once."""
        for _try in range(2):
            answer = await self.console.ask(f"{question} {_('Enter alone: {count}.').format(count=usual)}")
            if answer is None or answer.casefold() in NO - {""}:
                break
            if not answer:
                return usual
            if (number := self.within(answer, least=least, most=most)) is not None:
                return number
        self.say(_("Nothing was done."))
        return None
