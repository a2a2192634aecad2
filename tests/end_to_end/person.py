"""Somebody at the counter who knows only what the screen says, and has nothing but a keyboard or a scanner in hand."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.end_to_end.practice import Practice
from tests.end_to_end.terminal import Terminal
from tui.keys import cap

GLANCE: Final = 0.4  # seconds until what a key did can be read
# What the coach asks, the innermost question first, and what is answered: the shop calls it off, all of it, yes.
COACH: Final = {"Do it": ("Tab", "Enter"), "◁ Another cause": ("Enter",), "a digit: why they call": ("end", "Enter")}
NO_DRIVER: Final = re.compile(r"#(\d+) no driver for long")
CHOSEN: Final = re.compile(r"^▌\S+ +#(\S+) +(\S+) ")


@dataclass
class Person:
    """Goes by N to what needs a hand, reads the key that stands there, and presses it."""

    practice: Practice
    scans: bool = False

    @property
    def terminal(self) -> Terminal:
        return self.practice.terminal

    def works_until(self, is_done: Callable[[Any], bool], patience: float) -> None:
        """Step by step; `is_done` is asked of the orders as scripts see them."""
        end = time.monotonic() + patience
        while not is_done(self.practice.orders()):
            assert self.terminal.process.poll() is None, self.terminal.text
            assert time.monotonic() < end, f"{self.stands()}\n{self.terminal.text}\n{self.practice.words()}"
            self.step()

    def stands(self) -> list[tuple[str, str]]:
        """Number and stage of each order."""
        return [(order["number"], order["stage"]) for order in self.practice.orders()]

    def step(self) -> None:
        """What the chosen row asks for, else what is wrong, else wait a little."""
        self.press(cap("order.next"))
        time.sleep(GLANCE)
        if "Finish this first" in self.terminal.text or "Go on" in self.terminal.text:  # mistyped: begin anew
            return self.press("Esc")
        number, key = self.chosen()
        if key in ACTIONS and "Nothing needs a hand" not in self.terminal.text:
            ACTIONS[key](self, number)
        elif "PROBLEMS 0" not in self.terminal.text:
            self.put_right()
        return time.sleep(GLANCE)

    def chosen(self) -> tuple[str, str]:
        """Number and key on the row under the bar."""
        found = (CHOSEN.match(line) for line in self.terminal.text.splitlines())
        return next(((match[1], match[2]) for match in found if match), ("", ""))

    def press(self, *caps: str) -> None:
        """Keys as they are printed on the screen."""
        for name in caps:
            if self.scans:
                self.terminal.scan(f"ORDERBELL-{name}")
            else:
                self.terminal.press(name if len(name) == 1 and not name.isalpha() else name.lower())

    def type(self, words: str) -> None:
        """Into a field."""
        for sign in words:
            self.press(sign)

    def order(self, number: str) -> Any:
        """The goods in the hand, the driver's telephone: what a person sees beside the screen."""
        return next(order for order in self.practice.orders() if order["number"] == number)

    def accept(self, number: str) -> None:
        """What the rules forbid is said no to."""
        self.press(cap("order.accept"))
        time.sleep(GLANCE)
        if self.chosen() == (number, cap("order.accept")):
            self.press(cap("order.reject"), "down", "Enter")

    def pick(self, number: str) -> None:
        """Every piece into the bag."""
        if not self.scans:
            return self.press(cap("line.tick"))
        for line in self.order(number)["lines"]:
            for _ in range(int(line["quantity"]) - int(line["picked"])):
                self.terminal.scan(line["sku"])
        return None

    def check(self, number: str) -> None:
        self.press(cap("check.all"))

    def finish(self, number: str) -> None:
        self.press(cap("order.ready"))

    def ship(self, number: str) -> None:
        self.press(cap("order.ship"))

    def read(self, number: str) -> None:
        self.press(cap("order.see_changes"))

    def hand_over(self, number: str) -> None:
        """Field by field, as the form asks; the scanner opens it with the waybill on the driver's telephone."""
        delivery = self.order(number)["delivery"]
        if self.scans:
            self.terminal.scan(delivery["waybill"])
        else:
            self.press(cap("order.hand_over"))
        self.terminal.shows("Parcels counted")
        fields = ["1", delivery["pin"] or ""] if self.scans else [delivery["waybill"], "1", delivery["pin"] or ""]
        for words in fields:
            self.type(words)
            self.press("Enter")

    def put_right(self) -> None:
        """F8: where no driver comes the order is called off, all else is said to be dealt with."""
        self.press("F8")
        time.sleep(GLANCE)
        if "◁" not in self.terminal.text:
            self.press("Esc")
            return
        if (found := NO_DRIVER.search(self.terminal.text)) is not None:
            self.press("Esc")
            self.call_off(found[1])
            return
        self.press("end", "Enter")
        time.sleep(GLANCE)
        self.press("down", "Enter")
        time.sleep(2 * GLANCE)
        if "What it cost" in self.terminal.text:  # as far as it is known
            self.press("Enter", "Enter")

    def call_off(self, number: str) -> None:
        """The shop does, whoever telephones: the last cause, the first way, and yes."""
        time.sleep(GLANCE)
        self.press(cap("find"))
        time.sleep(GLANCE)
        self.type(number)
        self.press("Enter")
        time.sleep(GLANCE)
        if self.chosen()[0] != number:
            return
        self.press(cap("order.cancel"))
        time.sleep(GLANCE)
        for _ in range(9):
            asked = next((words for words in COACH if words in self.terminal.text), "")
            self.press(*COACH.get(asked, ()))
            time.sleep(GLANCE)


ACTIONS: Final[dict[str, Callable[[Person, str], None]]] = {
    cap("order.accept"): Person.accept,
    cap("line.tick"): Person.pick,
    cap("check.all"): Person.check,
    cap("order.ready"): Person.finish,
    cap("order.ship"): Person.ship,
    cap("order.see_changes"): Person.read,
    cap("order.hand_over"): Person.hand_over,
}
