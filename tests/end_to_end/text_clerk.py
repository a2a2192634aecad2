"""A clerk who works a day by plain mode's words alone: reads what is said, types what it says comes next."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.end_to_end.listener import Listener

NEXT: Final = re.compile(r"Next: .*, type (\S+)\.$")
OF: Final = re.compile(r"Order (\S+?):")
WAYBILL: Final = re.compile(r"The order's waybill is (\S+)\. It has (\d+) parcel")
PROBLEM: Final = re.compile(r"Problem (\d+), (?:order (\S+), )?(.*)")
OPTION: Final = re.compile(r"(\d+): (.*)\.$")
COACH: Final = "call it off"
PAUSE: Final = 0.2  # seconds, when there is nothing to do


@dataclass
class TextClerk:
    """`scans`: items by their code, handovers by the waybill the driver shows."""

    listener: Listener
    typed: int = 0

    def works_until(self, is_done: Callable[[], Any], patience: float) -> None:
        """Step by step."""
        end = time.monotonic() + patience
        while not is_done():
            assert self.listener.process.poll() is None, self.listener.text[-4000:]
            assert time.monotonic() < end, self.listener.text[-4000:]
            self.step()

    def step(self) -> None:
        """What the order that needs a hand most asks for, else what is wrong, else wait a little."""
        answer = self.ask("next")
        if answer and "Nothing needs your hand" not in answer[0]:
            self.go_on(answer)
        elif not self.put_right():
            time.sleep(PAUSE)

    def go_on(self, answer: list[str]) -> None:
        """The last line of an answer says what comes next; as long as it says something else than before, go on."""
        for _step in range(40):
            wanted = self.wanted(answer)
            if wanted in ("", "u"):
                return None
            if wanted == "h":
                return self.hand_over()
            if wanted == "r":
                return self.reject()
            answer = self.ask(wanted)
        return None

    def wanted(self, answer: list[str]) -> str:
        """What to type, as it was said."""
        for line in reversed(answer):
            if line.startswith("Next, item"):
                return "tick"
            if match := NEXT.search(line):
                return match[1]
        return ""

    def hand_over(self) -> None:
        """Question by question; the driver is asked for the waybill that was read out."""
        answer = self.ask("h", questions=False)
        facts = next((match for line in answer if (match := WAYBILL.search(line))), None)
        if facts is None:
            return
        self.listener.says(facts[1], "Parcels counted?")
        pins = any("PIN at the door" in line for line in answer)
        self.listener.says(facts[2], "PIN, if one" if pins else "Handed over")
        if pins:
            self.listener.says("", "Handed over")
        self.typed += 3

    def reject(self) -> None:
        """For the first reason."""
        self.ask("r", questions=False)
        self.ask("1")

    def put_right(self) -> bool:
        """Where no driver comes the order is called off, all else is said to be dealt with."""
        first = next((match for line in self.ask("problems") if (match := PROBLEM.match(line))), None)
        if first is None:
            return False
        options = [match for line in self.ask(f"trouble {first[1]}", questions=False) if (match := OPTION.match(line))]
        if not options:
            return True
        off = [option for option in options if COACH in option[2]]
        if off and "no driver for long" in first[3]:
            return self.call_off(off[0][1])
        self.ask(options[-1][1], questions=False)
        if any("Who pays?" in line for line in self.ask("1", questions=False)):
            self.ask("2")
        return True

    def call_off(self, option: str) -> bool:
        """The shop does, whoever telephones; all the money goes back, and that is meant."""
        causes = [match for line in self.ask(option, questions=False) if (match := OPTION.match(line))]
        for answer in (causes[-1][1], "1"):
            self.ask(answer, questions=False)
        self.ask("yes")
        return True

    def ask(self, line: str, *, questions: bool = True) -> list[str]:
        """The whole answer; where a question may come, what was said until the person is waited for."""
        self.typed += 1
        if questions:
            return self.listener.asks(line)
        before = len(self.listener.lines)
        self.listener.says(line)
        return self.listener.until_question(before)
