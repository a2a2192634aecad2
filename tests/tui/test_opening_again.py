"""A counter that broke opens anew; what breaks at once stays shut, and nobody is shown a traceback."""

from collections.abc import Iterator

import pytest

from tests.fakes import FakeClock
from tests.tui.gallery import terminal
from tui.app import OrderbellApp
from tui.wiring import screen
from tui.wiring.late import Parts


class Runs:
    """What each opening of the screen ends with."""

    def __init__(self, *accidents: Exception | None) -> None:
        self.accidents: Iterator[Exception | None] = iter(accidents)
        self.greetings: list[str] = []

    def run(self, app: OrderbellApp) -> None:
        self.greetings.append(app._greeting)
        app.accident = next(self.accidents)


def opened(monkeypatch: pytest.MonkeyPatch, runs: Runs, lasts: float) -> None:
    times = iter(range(1000))
    monkeypatch.setattr(screen, "monotonic", lambda: next(times) * lasts)
    monkeypatch.setattr(OrderbellApp, "run", lambda app: runs.run(app))
    screen.show(terminal(), FakeClock(), _no_parts)


def _no_parts(*_: object) -> Parts:
    raise AssertionError("nothing is made before the screen is there")


def test_after_an_accident_it_opens_anew_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(KeyError("Ms Chen"), None)
    opened(monkeypatch, runs, lasts=60)
    first, second = runs.greetings
    assert first == ""
    assert second.startswith("Something failed here. Noted as E-")
    assert "Ms Chen" not in second


def test_what_breaks_at_once_stays_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(KeyError("Ms Chen"))
    with pytest.raises(RuntimeError, match=r"^Something failed here\. Noted as E-....\.$"):
        opened(monkeypatch, runs, lasts=1)


def test_left_by_a_person_it_is_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(None)
    opened(monkeypatch, runs, lasts=60)
    assert runs.greetings == [""]
