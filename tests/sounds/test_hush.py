"""Stopping: at once, with everything that was started, and nothing left behind."""

import asyncio
import os
from pathlib import Path

import pytest

from core.domain.alert import Chime
from core.ports.bell import Rung
from sounds.player import Player
from tests.sounds.conftest import FakeProgram, Log, is_running, needs_linux

pytestmark = needs_linux

ENDLESS = 'echo "$PPID $$" >> "$LOG"; exec /bin/sleep 60'


async def started(log: Log) -> list[Path]:
    """The child and its player, once both run."""
    for _ in range(3000):
        if words := log.words():
            return [Path("/proc") / word for word in words]
        await asyncio.sleep(0.01)
    pytest.fail("the player was never started")


async def all_gone(processes: list[Path]) -> bool:
    """Whether they end long before they would by themselves; the kernel may need a moment."""
    for _ in range(1000):
        if not any(map(is_running, processes)):
            return True
        await asyncio.sleep(0.01)
    return False


@pytest.fixture
def endless(fake_program: FakeProgram, log: Log) -> Log:
    """A player that never ends; its log."""
    fake_program("aplay", ENDLESS)
    return log


async def test_hush_stops_child_and_player_in_mid_sound(endless: Log) -> None:
    player = Player("system")
    ring = asyncio.create_task(player.ring(Chime.NEW))
    processes = await started(endless)
    player.hush()
    assert await all_gone(processes)
    assert await ring == Rung("system", was_stopped=True)


async def test_the_child_is_no_zombie_afterwards(endless: Log) -> None:
    player = Player("system")
    ring = asyncio.create_task(player.ring(Chime.NEW))
    child, _ = await started(endless)
    player.hush()
    await ring
    assert not child.exists()


async def test_a_cancelled_ring_leaves_nothing_running(endless: Log) -> None:
    ring = asyncio.create_task(Player("system").ring(Chime.NEW))
    processes = await started(endless)
    ring.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ring
    assert await all_gone(processes)
    assert not processes[0].exists()


async def test_a_ring_can_be_cancelled_before_its_child_has_begun(endless: Log) -> None:
    player = Player("system")
    ring = asyncio.create_task(player.ring(Chime.NEW))
    await asyncio.sleep(0)
    ring.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ring
    await asyncio.sleep(0.2)
    assert endless.words() == []


async def test_a_ring_can_be_hushed_before_its_child_has_begun(endless: Log) -> None:
    player = Player("system")
    ring = asyncio.create_task(player.ring(Chime.NEW))
    await asyncio.sleep(0)
    player.hush()
    assert (await asyncio.wait_for(ring, 30)).was_stopped
    assert endless.words() == []


async def test_the_bell_rings_again_after_a_hush(fake_program: FakeProgram, endless: Log) -> None:
    player = Player("system")
    ring = asyncio.create_task(player.ring(Chime.NEW))
    await started(endless)
    player.hush()
    await ring
    fake_program("aplay", "exit 0")
    assert await player.ring(Chime.NEW) == Rung("system")


async def test_hush_drops_the_rings_that_wait(endless: Log) -> None:
    player = Player("system")
    rings = [asyncio.create_task(player.ring(chime)) for chime in Chime]
    await started(endless)
    player.hush()
    await asyncio.wait_for(asyncio.gather(*rings), 30)
    assert len(endless.lines()) == 1


@pytest.mark.usefixtures("libraries_missing")
async def test_a_hush_never_goes_down_the_ladder(
    fake_program: FakeProgram, player: Player, terminal: list[str]
) -> None:
    fake_program("aplay", 'echo "$PPID $$" > "$LOG.ids"; exec /bin/sleep 60')
    ids = Log(Path(os.environ["LOG"] + ".ids"))
    ids.clear()
    ring = asyncio.create_task(player.ring(Chime.NEW))
    await started(ids)
    player.hush()
    assert (await ring).backend == "system"
    assert terminal == []


async def test_chimes_never_sound_together(fake_program: FakeProgram, log: Log) -> None:
    fake_program("aplay", 'printf "begin " >> "$LOG"; /bin/sleep 0.1; printf "end " >> "$LOG"')
    player = Player("system")
    await asyncio.gather(*(player.ring(chime) for chime in (Chime.NEW, Chime.OVERDUE, Chime.CANCELLED)))
    assert log.words() == ["begin", "end"] * 3


async def test_the_loop_goes_on_while_it_rings(endless: Log) -> None:
    player = Player("system")
    ring = asyncio.create_task(player.ring(Chime.NEW))
    await started(endless)
    for _ in range(20):
        await asyncio.sleep(0.005)
    assert not ring.done()
    player.hush()
    await ring


def test_a_hush_without_a_ring_is_nothing() -> None:
    Player().hush()
