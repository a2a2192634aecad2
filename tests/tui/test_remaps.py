"""Keys of the config: printed as they act, and refused when they cannot be meant."""

from pathlib import Path

import pytest

from core.config.load import Loaded, parse
from core.config.places import ConfigError, Source
from tests.samples import BUSY, FIRST_BELL
from tests.test_readme import key_table
from tests.tui.play import playing
from tui import keys
from tui.wiring.remaps import checked, prefix_checked, require_keys

FILE = Path("shop.toml")


def refused(**remaps: str) -> str:
    """What is said of them; `_` stands for the dot of an id."""
    named = {name.replace("_", ".", 1): pressed for name, pressed in remaps.items()}
    text = "\n".join(["[keys]", *(f'"{name}" = "{pressed}"' for name, pressed in named.items())])
    with pytest.raises(ConfigError) as told:
        checked(named, Source(FILE, text))
    return str(told.value)


@pytest.fixture(autouse=True)
def _as_they_are() -> None:
    keys.use({})


def test_an_unknown_id_is_told_with_its_line_and_the_one_that_was_meant() -> None:
    words = refused(order_acept="y")
    assert words == "shop.toml:2: keys.order.acept: no key has this id; did you mean 'order.accept'?"


def test_a_key_that_no_keyboard_has_is_told_with_what_is_allowed() -> None:
    words = refused(order_accept="hyper")
    assert "shop.toml:2: keys.order.accept: found 'hyper'; allowed is a letter, a digit, f1 to f12, Space" in words


@pytest.mark.parametrize("pressed", ["ctrl+p", "ctrl+c", "Ctrl+M", "ctrl+i"])
def test_a_key_that_belongs_to_somebody_else_is_told_whose_it_is(pressed: str) -> None:
    assert "which belongs to" in refused(order_accept=pressed)
    assert "; allowed is a letter, a digit" in refused(order_accept=pressed)


def test_two_ids_on_one_key_are_refused_with_both_named() -> None:
    words = refused(order_accept="r")
    assert words.startswith("shop.toml:2: keys.order.accept: 'r' is the key of 'order.reject' too; free are a, ")


def test_only_keys_that_do_nothing_yet_are_offered() -> None:
    offered = refused(order_accept="r").split("free are ")[1].split(", ")
    assert {"a", "5", "f12"} <= set(offered)
    assert not {"r", "s", "1", "f1"} & set(offered)


def test_two_remaps_to_one_key_are_refused_too() -> None:
    assert "'5' is the key of" in refused(order_accept="5", order_reject="5")


def test_one_of_several_keys_of_an_id_clashes_too() -> None:
    assert "'2' is the key of 'page.drivers' too" in refused(order_accept="5,2")


def test_every_mistake_is_told_at_once() -> None:
    assert len(refused(order_accept="hyper", order_rejct="y").splitlines()) == 2


@pytest.mark.parametrize("prefix", ["a", "7", "f1", "ctrl+p", "hyper", "space"])
def test_a_prefix_that_people_press_is_refused(prefix: str) -> None:
    source = Source(FILE, f'[screen]\nscanner_prefix = "{prefix}"')
    with pytest.raises(ConfigError, match=r"shop.toml:2: screen.scanner_prefix: found .*allowed is f1 to f12"):
        prefix_checked(prefix, {}, source)


def test_a_free_key_may_be_the_scanners_prefix() -> None:
    assert prefix_checked("F12", {}, Source(FILE, "")) == "f12"
    assert prefix_checked("", {}, Source(FILE, "")) == ""


def test_a_counter_s_keys_and_its_prefix_are_refused_together() -> None:
    source = Source(FILE, '[screen]\nscanner_prefix = "a"\n[keys]\n"order.accept" = "hyper"')
    with pytest.raises(ConfigError) as told:
        require_keys(Loaded(parse(source), source, Path()))
    assert [line.split(": found")[0] for line in str(told.value).splitlines()] == [
        "shop.toml:4: keys.order.accept",
        "shop.toml:2: screen.scanner_prefix",
    ]


def test_two_keys_may_change_places() -> None:
    swapped = {"order.accept": "r", "order.reject": "a"}
    assert checked(swapped, Source(FILE, "")) is swapped


@pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: key.id)
def test_every_key_of_ours_could_be_written_into_the_config_as_it_is(key: keys.Key) -> None:
    checked({key.id: key.key}, Source(FILE, ""))
    checked({key.id: keys.cap(key.id)}, Source(FILE, ""))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("A", "a"), ("+", "plus"), ("/", "slash"), ("Space", "space"), ("Esc", "escape"), ("F4", "f4")],
)
def test_a_key_may_be_written_as_it_is_printed(written: str, meant: str) -> None:
    assert keys.named(written) == meant


@pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: key.id)
def test_no_two_keys_are_the_same(key: keys.Key) -> None:
    others = {name for other in keys.KEYS if other is not key for name in other.key.split(",")}
    assert not others & set(key.key.split(","))


async def test_a_remapped_key_is_printed_in_footer_queue_banner_help_palette_and_answers() -> None:
    async with playing(FIRST_BELL, keys={"order.accept": "Y", "order.fit": "8"}, size=(120, 90), hint=True) as player:
        for place in ("keys", "queue", "banner", "hint"):
            assert " Y " in player.text(place), place
        commands = {command.title: command.help for command in player.app.get_system_commands(player.page)}
        assert commands["accept"].startswith("Y  ")
        await player.press("space")
        assert player.toasts() == ["#1042 is “new”: this cannot be done now. Next: Y accept."]
        await player.press("?")
        shown = player.app.screen.query_one("LineList")
        assert any(shown.render_line(y).text.split()[:2] == ["Y", "accept"] for y in range(40))


async def test_a_remapped_key_acts_on_every_page_and_its_old_key_no_more() -> None:
    async with playing(BUSY, keys={"order.hand_over": "8"}) as player:
        await player.press("f2", "8")
        assert player.in_dialog


async def test_the_remapped_help_key_closes_the_help_again() -> None:
    async with playing(BUSY, keys={"help": "f12"}) as player:
        await player.press("f12")
        assert player.in_dialog
        await player.press("f12")
        assert not player.in_dialog


def test_the_readme_shows_the_keys_as_they_are_without_remaps() -> None:
    assert "| `A` | accept |" in key_table()
