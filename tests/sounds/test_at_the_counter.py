"""The whole program at a pseudo-terminal: what rings, what is on the loudspeaker's wire, what the screen says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.domain.alert import Chime
from sounds.chimes import wav_of
from sounds.sound import read_sound
from tests.end_to_end.program import surroundings
from tests.end_to_end.shop import Shop, eventually, open_shop
from tests.end_to_end.terminal import Terminal
from tests.sounds.conftest import needs_aplay, needs_linux, needs_simpleaudio

pytestmark = needs_linux


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    folder = tmp_path / "shop"
    folder.mkdir()
    with open_shop(folder, hold_seconds=0) as opened:
        yield opened


@contextmanager
def counter(shop: Shop, **sound: Any) -> Iterator[Terminal]:
    """A counter with these sounds, beside a station that takes orders in."""
    shop.settings["sound"] = {"check_after_minutes": 0, **sound}
    shop.write()
    shop.env = surroundings()
    shop.serve()
    terminal = Terminal(shop.words("--lang", "en"), shop.env)
    try:
        terminal.shows("台北南西店", "ORDERS")
        yield terminal
    finally:
        terminal.close()


def leave(terminal: Terminal) -> None:
    terminal.press("q")
    terminal.shows("Quit Orderbell?")
    terminal.press("tab", "enter")
    assert terminal.ended() == 0
    eventually(lambda: terminal.screen.title == "")  # the terminal has its own title back


def test_the_terminals_bell_rings_until_somebody_has_it(shop: Shop) -> None:
    with counter(shop, backend="bell") as terminal:
        terminal.shows("sound not checked")
        assert terminal.screen.bells == 0
        shop.post("1042")
        eventually(lambda: terminal.screen.bells >= 2)
        assert terminal.screen.title == "(1) #1042 Orderbell"
        terminal.press("g")
        eventually(lambda: terminal.screen.title == "Orderbell")
        rung = terminal.screen.bells
        shop.order("show", "1042")  # takes a while, too
        assert terminal.screen.bells == rung
        leave(terminal)


def test_the_beeps_at_the_start_are_counted_and_answered(shop: Shop) -> None:
    with counter(shop, backend="bell", check_after_minutes=120) as terminal:
        terminal.shows("how many beeps?")
        beeps = terminal.screen.bells
        assert 2 <= beeps <= 4
        terminal.press("o")
        terminal.shows("How many beeps did you hear?")
        terminal.press(str(beeps))
        terminal.shows("SOUND OK", "counter")


def test_a_muted_bell_rings_for_nobody_until_it_is_lifted(shop: Shop) -> None:
    with counter(shop, backend="bell") as terminal:
        terminal.press("z")
        terminal.shows("Mute the bell for how long?")
        terminal.press("down", "enter")
        terminal.shows("MUTED until")
        shop.post("1042")
        eventually(lambda: terminal.screen.title == "(1) #1042 Orderbell")
        assert terminal.screen.bells == 0
        terminal.press("z")
        eventually(lambda: terminal.screen.bells)


def test_without_a_device_the_lamp_is_red_and_the_terminal_rings(shop: Shop, no_device: None) -> None:
    with counter(shop) as terminal:
        terminal.shows("NO SOUND: no sound device")
        assert terminal.screen.bells == 0
        shop.post("1042")
        eventually(lambda: terminal.screen.bells >= 2)
        terminal.shows("#1042", "NO SOUND: no sound device")


@needs_simpleaudio
@needs_aplay
def test_every_sample_of_the_bell_reaches_the_loudspeaker(shop: Shop, recording: Path) -> None:
    with counter(shop, backend="simpleaudio", volume=0.5) as terminal:
        shop.post("1042")
        terminal.shows("RINGING")
        bell = read_sound(wav_of(Chime.NEW)).at_volume(0.5)
        eventually(lambda: recording.exists() and heard(recording) == bell.samples)


@needs_simpleaudio
def test_a_device_pulled_out_in_mid_day_is_missed_and_found_again(
    shop: Shop, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug = recording.with_name("file.conf")
    plugged = plug.read_text()
    with counter(shop) as terminal:
        terminal.shows("sound not checked")
        shop.post("1042")
        terminal.shows("RINGING")
        assert terminal.screen.bells == 0
        plug.write_text("")
        terminal.shows("NO SOUND: no sound device", "Sound is lost")
        eventually(lambda: terminal.screen.bells)
        plug.write_text(plugged)
        terminal.shows("RINGING", "Sound is back, by simpleaudio.")


def test_a_library_that_crashes_leaves_the_counter_alive(shop: Shop, no_device: None, fake_module: Any) -> None:
    for name in ("simpleaudio", "miniaudio"):
        fake_module(name, "import os; os.abort()")
    with counter(shop) as terminal:
        terminal.shows("NO SOUND")
        shop.post("1042")
        eventually(lambda: terminal.screen.bells >= 2)
        terminal.press("a")
        eventually(lambda: shop.look("1042")["stage"] == "preparing")
        leave(terminal)


def heard(recording: Path) -> bytes:
    """What the device got so far; nothing while it is being written."""
    try:
        return read_sound(recording).samples
    except Exception:
        return b""
