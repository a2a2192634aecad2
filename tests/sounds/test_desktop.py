"""A notice on the desktop, by programs made up as scripts that write down how they were called."""

import pytest

from sounds import desktop
from sounds.desktop import Desktop
from tests.sounds.conftest import FakeProgram, Log, needs_linux

pytestmark = needs_linux
WRITE_DOWN = 'printf "%s\\n" "$@" > "$LOG"'
WORDS = '#1042 <b>"$(reboot)"</b> & more'


async def test_notify_send_gets_words_that_are_no_markup(fake_program: FakeProgram, log: Log) -> None:
    fake_program("notify-send", WRITE_DOWN)
    assert await Desktop().show("Orderbell", WORDS)
    assert log.lines()[-3:] == [
        "--",
        "Orderbell",
        "#1042 &lt;b&gt;&quot;$(reboot)&quot;&lt;/b&gt; &amp; more",
    ]


async def test_osascript_gets_words_as_arguments_never_in_its_script(fake_program: FakeProgram, log: Log) -> None:
    fake_program("osascript", WRITE_DOWN)
    assert await Desktop().show("Orderbell", WORDS)
    assert log.lines()[-2:] == ["Orderbell", WORDS]
    assert not any("reboot" in line for line in log.lines()[:-1])


async def test_without_a_desktop_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not await Desktop().show("Orderbell", WORDS)


async def test_a_desktop_that_refuses_is_no_notice(fake_program: FakeProgram) -> None:
    fake_program("notify-send", "exit 1")
    assert not await Desktop().show("Orderbell", WORDS)


async def test_a_program_that_cannot_be_run_is_no_notice(fake_program: FakeProgram) -> None:
    fake_program("notify-send", "").write_bytes(b"\x00not a program")
    assert not await Desktop().show("Orderbell", WORDS)


async def test_a_desktop_that_never_answers_is_left(fake_program: FakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop, "PATIENCE", 0.2)
    fake_program("notify-send", "exec /bin/sleep 60")
    assert not await Desktop().show("Orderbell", WORDS)
