"""The bell of a browser tab believes the page, and rings on the machine when the page may not."""

import asyncio
from typing import Any

import pytest

from core.domain.alert import Chime
from core.domain.sound_trouble import Fault, SoundTrouble
from core.ports.bell import Rung
from tui.wiring.web import bell as page_bell
from tui.wiring.web.bell import PageBell
from tui.wiring.web.line import Meta, PageLine

ALOUD = dict.fromkeys(Chime, 0.5)
NO_DEVICE = (SoundTrouble(Fault.NO_DEVICE, "system"),)


class Machine:
    """The shop's own loudspeaker, which remembers."""

    def __init__(self, *trouble: SoundTrouble) -> None:
        self.asked: list[object] = []
        self._rung = Rung("system", trouble)

    async def ring(self, chime: Chime) -> Rung:
        self.asked.append(chime)
        return self._rung

    async def probe(self) -> Rung:
        self.asked.append("probe")
        return self._rung

    def hush(self) -> None:
        self.asked.append("hush")

    def distrust(self, backend: str) -> None:
        self.asked.append(backend)


class Page:
    """The other end of the line: answers each question with `trouble`, or not at all when it is None."""

    def __init__(self, line: PageLine, trouble: str | None) -> None:
        self.heard: list[Meta] = []
        self.is_asked = asyncio.Event()
        self._line, self._trouble = line, trouble
        line.connect(self._take)

    def _take(self, meta: Meta) -> None:
        self.heard.append(meta)
        self.is_asked.set()
        if self._trouble is not None and "id" in meta:
            asyncio.get_running_loop().run_in_executor(None, self.answer, meta["id"], self._trouble)

    def answer(self, number: Any, trouble: str) -> None:
        self._line.heard({"type": "rung", "id": number, "trouble": trouble})


def joined(trouble: str | None, machine: Machine, **volumes: float) -> tuple[PageBell, Page]:
    line = PageLine()
    loud = ALOUD | {Chime(name): volume for name, volume in volumes.items()}
    return PageBell(line, machine, loud), Page(line, trouble)


async def test_the_page_rings_alone_when_it_may() -> None:
    machine = Machine()
    bell, page = joined("", machine)
    assert await bell.ring(Chime.NEW) == Rung("browser")
    assert [(told["type"], told["chime"], told["volume"]) for told in page.heard] == [("chime", "new", 0.5)]
    assert machine.asked == []


@pytest.mark.parametrize(("said", "fault"), [("blocked", Fault.BLOCKED), ("failed", Fault.FAILED), ("?", Fault.FAILED)])
async def test_a_page_that_may_not_sound_is_trouble_though_the_machine_rings(said: str, fault: Fault) -> None:
    machine = Machine()
    bell, _ = joined(said, machine)
    assert await bell.ring(Chime.NEW) == Rung("system", (SoundTrouble(fault, "browser"),))
    assert machine.asked == [Chime.NEW]


async def test_where_neither_sounds_the_page_is_what_is_said() -> None:
    bell, _ = joined("blocked", Machine(*NO_DEVICE))
    assert await bell.ring(Chime.NEW) == Rung("browser", (SoundTrouble(Fault.BLOCKED, "browser"),))


async def test_a_page_that_never_answers_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bell, "GRACE", 0.01)
    bell, _ = joined(None, Machine())
    rung = await bell.ring(Chime.NEW)
    assert rung.trouble == (SoundTrouble(Fault.TOO_LONG, "browser"),)


async def test_an_answer_that_comes_too_late_or_twice_or_for_nothing_is_no_accident() -> None:
    bell, page = joined("", Machine())
    await bell.ring(Chime.NEW)
    for number in (1, 99, "1", None):
        page.answer(number, "")
    assert await bell.ring(Chime.NEW) == Rung("browser")


async def test_a_chime_without_volume_is_left_to_the_machine_which_says_why() -> None:
    machine = Machine(SoundTrouble(Fault.NO_VOLUME))
    bell, page = joined("", machine, overdue=0.0)
    assert (await bell.ring(Chime.OVERDUE)).trouble == (SoundTrouble(Fault.NO_VOLUME),)
    assert page.heard == []


async def test_hushed_it_stops_on_both_and_blames_nobody() -> None:
    machine = Machine()
    bell, page = joined(None, machine)
    ringing = asyncio.create_task(bell.ring(Chime.NEW))
    await page.is_asked.wait()
    bell.hush()
    page.answer(page.heard[0]["id"], "blocked")
    assert await ringing == Rung("browser", was_stopped=True)
    assert page.heard[-1] == {"type": "hush"}
    assert machine.asked == ["hush"]


@pytest.mark.parametrize("trouble", ["", "blocked"])
async def test_a_probe_asks_the_page_without_a_sound(trouble: str) -> None:
    bell, page = joined(trouble, Machine())
    assert (await bell.probe()).sounded is not bool(trouble)
    assert [told["type"] for told in page.heard] == ["probe"]


async def test_when_nobody_heard_the_page_the_machine_rings_with_it() -> None:
    machine = Machine()
    bell, page = joined("", machine)
    bell.distrust("browser")
    assert await bell.ring(Chime.CHECK) == Rung("system")
    assert (len(page.heard), machine.asked) == (1, [Chime.CHECK])
    bell.distrust("system")
    assert machine.asked == [Chime.CHECK, "system"]


async def test_before_there_is_a_page_the_machine_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bell, "GRACE", 0.01)
    bell = PageBell(PageLine(), Machine(), ALOUD)
    assert (await bell.ring(Chime.NEW)).backend == "system"
