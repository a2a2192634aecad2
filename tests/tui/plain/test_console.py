"""Answers, news and questions, and what is half typed."""

import asyncio

from tui.plain.console import BEHIND, Console
from tui.plain.keyboard import Stroke


class Desk:
    """A console whose text is kept."""

    def __init__(self, *, owes: int = 0) -> None:
        self.text = ""
        self.console = Console(self._write, echo=True, behind=lambda: owes)

    def _write(self, text: str) -> None:
        self.text += text


async def waiting(console: Console) -> "asyncio.Task[str]":
    """Somebody asks for the next line."""
    task = asyncio.create_task(console.line())
    await asyncio.sleep(0)
    return task


async def test_news_are_told_at_once_when_nothing_is_typed() -> None:
    desk = Desk()
    task = await waiting(desk.console)
    desk.console.tell("One.")
    assert desk.text == "One.\n"
    desk.console.take("n\r")
    assert await task == "n"


async def test_news_wait_for_a_line_that_is_being_typed() -> None:
    desk = Desk()
    task = await waiting(desk.console)
    desk.console.take("acc")
    desk.console.tell("One.")
    desk.console.take("ept\r")
    assert await task == "accept"
    desk.console.say("Accepted.")
    await waiting(desk.console)
    assert desk.text == "accept\nAccepted.\nOne.\n"


async def test_news_do_not_wait_for_ever_and_what_was_typed_is_shown_again_below_them() -> None:
    desk = Desk()
    task = await waiting(desk.console)
    desk.console.take("acc")
    desk.console.tell("One.")
    desk.console.waited()
    desk.console.take("ept\r")
    assert await task == "accept"
    assert desk.text == "acc\nOne.\naccept\n"


async def test_a_line_given_up_lets_the_news_through() -> None:
    desk = Desk()
    await waiting(desk.console)
    desk.console.take("acc")
    desk.console.tell("One.")
    desk.console.interrupt()
    desk.console.quiet()
    assert desk.text == "acc\nOne.\n"


async def test_ctrl_c_on_an_empty_line_is_a_key() -> None:
    desk = Desk()
    desk.console.interrupt()
    assert await desk.console.line() is Stroke.INTERRUPT


async def test_news_never_come_between_a_command_and_its_answer() -> None:
    desk = Desk()
    desk.console.take("n\r")
    await desk.console.line()
    desk.console.tell("News.")
    desk.console.say("Answer.")
    await waiting(desk.console)
    assert desk.text == "n\nAnswer.\nNews.\n"


async def test_a_question_is_asked_again_below_the_news() -> None:
    desk = Desk()
    task = asyncio.create_task(desk.console.ask("Parcels counted?"))
    await asyncio.sleep(0)
    desk.console.tell("News.")
    desk.console.take("2\r")
    assert await task == "2"
    assert desk.text == "Parcels counted?\nNews.\nParcels counted?\n2\n"


async def test_a_question_to_nobody_gets_the_safe_answer() -> None:
    desk = Desk()
    desk.console.end()
    assert await desk.console.ask("Sure?") is None
    assert await desk.console.ask("Sure?") is None
    assert await desk.console.line() is Stroke.END


async def test_a_slow_link_hears_how_many_news_it_missed() -> None:
    owed = [BEHIND + 1]
    written: list[str] = []
    console = Console(written.append, behind=lambda: owed[0])
    await waiting(console)
    console.tell("One.", "Two.")
    owed[0] = 0
    console.tell("Three.")
    assert "".join(written) == "Three.\n2 messages were left out. Type list to hear how things stand.\n"


async def test_outside_words_cannot_steer_the_terminal() -> None:
    desk = Desk()
    desk.console.say("a\x1b[2Jb\x07\x9b1m\u202ec\r\nd")
    assert desk.text == "ab1mc d\n"
