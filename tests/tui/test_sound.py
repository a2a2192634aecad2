"""The bell on the screen: its lamp, its two keys, and what eyes get when ears may get nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from gettext import NullTranslations

import pytest

from core.board.lamps import SoundLamp, SoundShow
from core.domain.alert import Alert, Chime
from core.domain.events import OrderSeen
from core.domain.ids import OrderId
from core.domain.sound_trouble import Fault, SoundTrouble
from tests import samples
from tests.samples import BUSY, EMPTY, FIRST_BELL, HOSTILE, LAMPS_OF_THE_BELL, SHOPS
from tests.tui.gallery import app_of
from tests.tui.play import Player, playing
from tui import i18n, labels
from tui.screens.eyes import RESTORE, SAVE, desktop_call, osc, title_of
from tui.screens.sound_keys import HowMany
from tui.widgets.picture import Picture
from tui.widgets.queue_index import QueueIndex

KEYS = {"unchecked": "O", "asked": "O", "not_heard": "O", "none": "O", "muted": "Z"}


class Desktop:
    """Remembers what it showed."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []

    async def show(self, title: str, words: str) -> bool:
        self.shown.append((title, words))
        return True


@asynccontextmanager
async def watching(shop: samples.Shop, lamp: SoundLamp) -> AsyncIterator[tuple[Player, list[str], Desktop]]:
    """A counter whose terminal and desktop are written down."""
    app, written, desktop = app_of(replace(shop, sound=lamp)), [], Desktop()
    app._desktop = desktop
    app._eyes._write = written.append
    app.write_to_terminal = written.append
    async with app.run_test(size=(120, 40)) as pilot:
        player = Player(pilot, app)
        await player.until(lambda: player.page.picture is not None)
        yield player, written, desktop


def picture_of(shop: samples.Shop, lamp: SoundLamp | None = None) -> Picture:
    index = QueueIndex().after(shop.board.queue)
    return Picture(board=shop.board, index=index, now=samples.NOW, zone=samples.ZONE, sound=lamp or shop.sound)


def top(player: Player) -> str:
    return player.text("status")


# The lamp


@pytest.mark.parametrize("name", LAMPS_OF_THE_BELL)
async def test_every_state_stands_in_the_top_line_of_a_small_terminal(name: str) -> None:
    lamp = LAMPS_OF_THE_BELL[name]
    async with playing(SHOPS[f"sound_{name}"], size=(80, 24)) as player:
        assert labels.word(lamp.shown(samples.NOW)).text in top(player)
        assert labels.sound(lamp, samples.NOW, samples.ZONE) in top(player)
        assert f" {KEYS.get(name, '')} " in top(player)


def test_without_colours_all_states_differ_by_their_words() -> None:
    assert len({labels.word(show).text for show in SoundShow}) == len(SoundShow)


async def test_the_lamp_names_when_and_who() -> None:
    async with playing(SHOPS["sound_ok"]) as player:
        assert "♪ SOUND OK 09:02 Mei" in top(player)
    async with playing(SHOPS["sound_muted"]) as player:
        assert "⊘ MUTED until 14:45 Mei" in top(player)


async def test_a_mute_is_said_whatever_else_is_wrong() -> None:
    async with playing(SHOPS["sound_none_and_muted"], size=(80, 24)) as player:
        assert "NO SOUND" in top(player)
        assert "MUTED until 14:45" in top(player)


class Shouting(NullTranslations):
    """A language in which everything is said twice."""

    def gettext(self, message: str) -> str:
        return f"{message} {message}"


async def test_the_lamp_and_its_reason_speak_the_language_of_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(EMPTY) as player:
        monkeypatch.setattr(i18n._Words, "catalogue", Shouting())
        player.app.alerts.lamp = samples.SILENT
        await player.until(lambda: "NO SOUND NO SOUND: no sound device no sound device" in top(player))


@pytest.mark.parametrize("name", ["muted", "none", "not_heard"])
async def test_what_nobody_hears_flashes_over_the_whole_top_line(name: str) -> None:
    async with playing(SHOPS[f"sound_{name}"]) as player:
        assert await looks_of_the_clock(player) == {True, False}


async def test_what_is_heard_leaves_the_top_line_in_peace() -> None:
    async with playing(replace(FIRST_BELL, sound=samples.SOUND_OK)) as player:
        assert len(await looks_of_the_clock(player)) == 1


async def looks_of_the_clock(player: Player) -> set[bool]:
    """Whether the clock at the right has the loud ground, over some beats of the bell."""
    seen = set()
    loud = player.app.theme_variables["loud"]
    for _ in range(2):
        before = player.app._flash
        await player.until(lambda before=before: player.app._flash is not before)
        await player.rest(0.1)
        strip = player.page.query_one("#status").render_line(0)
        ground = list(strip)[-1].style.bgcolor
        seen.add(ground is not None and ground.name == loud)
    return seen


# Z


async def test_z_mutes_for_as_long_as_one_says() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("z")
        await player.until(lambda: player.in_dialog)
        await player.press("down", "down", "enter")
        assert player.app.alerts.asked == [("mute", 15.0)]
        await player.until(lambda: "MUTED until 14:47 Mei" in top(player))


async def test_z_again_brings_the_bell_back() -> None:
    async with playing(SHOPS["sound_muted"]) as player:
        await player.press("z")
        assert player.app.alerts.asked == [("unmute",)]
        assert player.toasts() == ["The bell rings again."]
        assert not player.in_dialog


async def test_a_mute_may_last_until_it_is_lifted() -> None:
    async with playing(EMPTY) as player:
        await player.press("z")
        await player.until(lambda: player.in_dialog)
        await player.press("up", "enter")
        assert player.app.alerts.asked == [("mute", None)]


async def test_escape_mutes_nothing() -> None:
    async with playing(EMPTY) as player:
        await player.press("z")
        await player.until(lambda: player.in_dialog)
        await player.press("escape")
        assert player.app.alerts.asked == []


# O


async def test_o_with_nothing_asked_plays_beeps_and_says_what_comes() -> None:
    async with playing(EMPTY) as player:
        await player.press("o")
        assert player.app.alerts.asked == [("check_sound",)]
        assert player.toasts() == ["Listen and count the beeps, then press O."]
        assert not player.in_dialog


@pytest.mark.parametrize(("digit", "said"), [("3", "Right. The bell is heard."), ("0", "There were 3.")])
async def test_o_with_beeps_played_takes_the_number_as_the_answer(digit: str, said: str) -> None:
    async with playing(SHOPS["sound_asked"]) as player:
        await player.press("o")
        await player.until(lambda: player.in_dialog)
        await player.press(digit)
        await player.until(lambda: not player.in_dialog)
        assert player.app.alerts.asked == [("answer", int(digit))]
        await player.until(lambda: bool(player.toasts()))
        assert player.toasts()[-1].startswith(said)


async def test_the_answer_turns_the_lamp() -> None:
    async with playing(SHOPS["sound_asked"]) as player:
        await player.press("o", "3")
        await player.until(lambda: "SOUND OK 14:32 Mei" in top(player))
    async with playing(SHOPS["sound_asked"]) as player:
        await player.press("o", "1")
        await player.until(lambda: "NOT HEARD 14:32 Mei" in top(player))


async def test_beeps_can_be_played_again_while_the_question_stays() -> None:
    async with playing(SHOPS["sound_asked"]) as player:
        await player.press("o")
        await player.until(lambda: player.in_dialog)
        await player.press("right", "enter")
        assert player.app.alerts.asked == [("check_sound",)]
        assert isinstance(player.app.screen, HowMany)


async def test_a_number_can_be_clicked() -> None:
    async with playing(SHOPS["sound_asked"], size=(80, 24)) as player:
        await player.press("o")
        await player.until(lambda: player.in_dialog)
        nine = player.app.screen.query_one("#heard-9")
        await player.until(lambda: nine.region.width > 0 and player.app.screen.focused is not None)
        for _ in range(100):  # the dialog may still be on its way to its place
            await player.pilot.click(nine)
            await player.rest(0.1)
            if not player.in_dialog:
                break
        await player.until(lambda: player.app.alerts.asked == [("answer", 9)])


async def test_enter_and_escape_answer_nothing() -> None:
    for key in ("enter", "escape"):
        async with playing(SHOPS["sound_asked"]) as player:
            await player.press("o")
            await player.until(lambda: player.in_dialog)
            await player.press(key)
            await player.until(lambda: not player.in_dialog)
            assert player.app.alerts.asked == []


async def test_an_answer_to_nothing_says_to_listen() -> None:
    async with playing(SHOPS["sound_asked"]) as player:
        await player.press("o")
        await player.until(lambda: player.in_dialog)
        player.app.alerts.lamp = samples.PLAYING
        await player.press("2")
        await player.until(lambda: player.toasts() == ["Listen and count the beeps, then press O."])


async def test_a_muted_bell_is_not_checked_and_o_says_why() -> None:
    async with playing(SHOPS["sound_muted"]) as player:
        await player.press("o")
        assert player.app.alerts.asked == []
        assert player.toasts() == ["The bell is muted: Z first."]


async def test_a_bell_that_is_off_is_not_checked_and_o_says_why() -> None:
    off = replace(samples.SILENT, trouble=(SoundTrouble(Fault.OFF),))
    async with playing(replace(EMPTY, sound=off)) as player:
        await player.press("o")
        assert player.app.alerts.asked == []
        assert player.toasts() == ["Sound is off: [sound] backend in the config."]


async def test_without_a_device_o_says_that_only_the_terminal_s_bell_is_left() -> None:
    for lamp, front in (
        (replace(samples.SILENT, backend="bell"), "Only the terminal's bell is left (no sound device)."),
        (samples.SILENT, "Perhaps nothing sounds (no sound device)."),
    ):
        async with playing(replace(FIRST_BELL, sound=lamp)) as player:
            await player.press("o")
            assert player.app.alerts.asked == [("check_sound",)]
            assert player.toasts() == [f"{front} Listen and count the beeps, then press O."]


async def test_without_a_device_and_while_it_rings_both_are_said() -> None:
    lamp = replace(samples.SILENT, backend="bell", is_ringing=True)
    async with playing(replace(FIRST_BELL, sound=lamp)) as player:
        await player.press("o")
        assert player.toasts()[0].startswith("Only the terminal's bell is left (no sound device). It rings now.")


async def test_while_it_rings_o_says_that_the_beeps_come_after() -> None:
    async with playing(FIRST_BELL) as player:
        await player.press("o")
        assert player.toasts() == ["It rings now. The beeps come after; count them, then press O."]


async def test_a_question_takes_neither_the_keyboard_nor_the_choice() -> None:
    async with playing(BUSY) as player:
        chosen, focused = player.page.order_id, player.app.focused
        player.app.alerts.lamp = samples.ASKED
        await player.until(lambda: "how many beeps?" in top(player))
        assert (player.page.order_id, player.app.focused, player.in_dialog) == (chosen, focused, False)


@pytest.mark.parametrize("page", ["drivers", "problems"])
async def test_both_keys_work_on_every_page(page: str) -> None:
    async with playing(BUSY, page=page) as player:
        await player.press("o", "z")
        assert player.app.alerts.asked == [("check_sound",)]
        assert player.in_dialog


# What the app tells the bell


async def test_the_bell_hears_boards_with_their_events_and_of_losses() -> None:
    event = OrderSeen(order_id=OrderId("1"), at=samples.NOW)
    async with playing(EMPTY) as player:
        player.app.feed.tell(BUSY.board, event)
        await player.until(lambda: player.app.alerts.events == [event])
        player.app.feed.lose()
        await player.until(lambda: player.app.alerts.losses == 1)


async def test_trouble_with_the_sound_is_drawn_without_waiting_for_a_beat() -> None:
    async with playing(EMPTY) as player:
        player.app.stands_still = True
        player.app.alerts.turn(samples.SILENT)
        await player.until(lambda: "NO SOUND" in top(player))


# Eyes


async def test_a_ring_is_in_the_window_title_and_goes_with_it() -> None:
    async with watching(BUSY, samples.RINGING) as (player, written, _desktop):
        await player.until(lambda: osc("2", "(3) #1042 Orderbell") in written)
        await player.tell(EMPTY.board)
        await player.until(lambda: written[-1] == osc("2", "Orderbell"))
    assert written[0] == SAVE
    assert written[-1].endswith(RESTORE)


async def test_the_title_is_written_only_when_it_changes() -> None:
    async with watching(FIRST_BELL, samples.RINGING) as (player, written, _desktop):
        await player.rest(1.5)
        assert written.count(osc("2", "(1) #1042 Orderbell")) == 1


async def test_a_bell_that_is_heard_needs_no_notice_on_the_desktop() -> None:
    async with watching(FIRST_BELL, samples.RINGING) as (player, written, desktop):
        await player.rest(1.0)
        assert desktop.shown == []
        assert not any("777" in codes for codes in written)


@pytest.mark.parametrize("name", ["none", "not_heard", "muted"])
async def test_a_bell_that_is_not_heard_calls_on_the_desktop_once_an_order(name: str) -> None:
    async with watching(FIRST_BELL, LAMPS_OF_THE_BELL[name]) as (player, written, desktop):
        await player.until(lambda: len(desktop.shown) == 1)
        await player.rest(1.2)
        assert desktop.shown == [("(1) #1042 Orderbell", "A new order waits, and the bell is not heard.")]
        assert written.count(desktop_call(*desktop.shown[0])) == 1
        await player.tell(BUSY.board)
        await player.until(lambda: len(desktop.shown) == 2)


async def test_an_alert_is_named_at_the_edge() -> None:
    async with playing(EMPTY) as player:
        player.app.alerts.lamp = replace(samples.SOUND_OK, called=Alert(Chime.CANCELLED, ("1042", "1043")), calls=1)
        await player.until(lambda: player.toasts() == ["♪ order cancelled: #1042, #1043"])


async def test_an_alert_that_cannot_be_heard_is_shown_on_the_desktop_too() -> None:
    lamp = replace(samples.MUTED, called=Alert(Chime.FEED_DOWN, ("uber",)), calls=1)
    async with watching(EMPTY, lamp) as (player, _written, desktop):
        await player.until(lambda: desktop.shown == [("Orderbell", "a feed is silent: uber")])


async def test_sound_that_is_lost_and_back_again_is_said() -> None:
    async with playing(EMPTY) as player:
        player.app.alerts.lamp = samples.SILENT
        await player.until(lambda: player.toasts() == ["Sound is lost: no sound device"])
        player.app.alerts.lamp = samples.UNCHECKED
        await player.until(lambda: "Sound is back, by miniaudio." in player.toasts())


def test_outside_words_cannot_steer_the_terminal() -> None:
    title = title_of(picture_of(HOSTILE, samples.RINGING))
    codes = osc("2", title) + desktop_call(title, samples.NASTY)
    inside = codes.replace("\x1b]2;", "").replace("\x1b]9;", "").replace("\x1b]777;notify;", "").replace("\x07", "")
    assert inside.isprintable()
    assert codes.count("\x07") == 3
    assert len(title) < 60


@pytest.mark.parametrize("chime", Chime)
def test_every_chime_has_words_for_what_it_was(chime: Chime) -> None:
    assert labels.called(Alert(chime, ("7",)))
    assert labels.called(Alert(chime))


def test_of_a_burst_a_few_are_named() -> None:
    words = labels.called(Alert(Chime.OVERDUE, tuple(map(str, range(50)))))
    assert words == "overdue: #0, #1, #2, #3, #4 …"


async def test_outside_words_at_the_edge_are_tidy() -> None:
    async with playing(EMPTY) as player:
        player.app.alerts.lamp = replace(samples.SOUND_OK, called=Alert(Chime.CANCELLED, (samples.NASTY,)), calls=1)
        await player.until(lambda: bool(player.toasts()))
        assert player.toasts()[0].isprintable()


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_words_and_a_backend_before_them(fault: Fault) -> None:
    found = SoundTrouble(fault, "system")
    assert labels.trouble(found) == f"the system's player: {labels.word(fault).text}"
    assert "{" not in labels.mend(found)


def test_a_missing_device_outranks_a_library_that_was_never_there() -> None:
    troubles = (SoundTrouble(Fault.NOT_INSTALLED, "simpleaudio"), SoundTrouble(Fault.NO_DEVICE, "miniaudio"))
    assert labels.main_trouble(troubles) == "no sound device"
    assert labels.main_trouble(troubles[:1]) == "simpleaudio: not installed"
    assert labels.main_trouble(()) == "no sound can be made"
