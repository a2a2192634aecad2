"""Every mistake is named with file, line, key, what was found and what is allowed."""

from pathlib import Path

import pytest

from core.config.load import parse
from core.config.places import ConfigError, Source


def complaint(text: str) -> str:
    """What is said about a config.toml with this text."""
    with pytest.raises(ConfigError) as caught:
        parse(Source(Path("/shop/config.toml"), text))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[store]\ntimezon = "Asia/Taipei"', ":2: store.timezon: unknown key; did you mean 'timezone'?"),
        ("[store]\nzzz = 1", ":2: store.zzz: unknown key; allowed are name, timezone, currency"),
        ("[stor]\nname = 1", ":1: stor: unknown key; did you mean 'store'?"),
        ("\n[[store]]\nname = 'x'", ":2: store: found a list of sections; input should be"),
        ("store.name.short = 'x'", ":1: store.name: found a section; input should be a valid string"),
        ("store = 3", ":1: store: found 3; input should be"),
        ('[store]\ntimezone = "Asia/Taipeh"', ":2: store.timezone: found 'Asia/Taipeh'; 'Asia/Taipeh' is not a time"),
        ('[store]\nhours = "9 to 5"', ":2: store.hours: found '9 to 5';"),
        ('[store]\nhours = "9 to 5"', "allowed is 09:00-21:00"),
        ("[store]\norders_per_hour = 0", ":2: store.orders_per_hour: found 0; input should be greater than or equal"),
        ("[store]\norders_per_hour = 5.5", ":2: store.orders_per_hour: found 5.5;"),
        ('[store]\norders_per_hour = "50"', ":2: store.orders_per_hour: found '50'; input should be a valid integer"),
        ("[store]\nlatitude = 91", ":2: store.latitude: found 91; input should be less than or equal to 90"),
        ('[store]\ncurrency = "twd"', ":2: store.currency: found 'twd';"),
        ('[store]\nphone = "02-2555"', ":2: store.phone: found '02-2555';"),
        ('[store]\nlanguage = "fr"', ":2: store.language: found 'fr'; input should be 'zh-Hant', 'zh-Hans', 'en'"),
        ("[store]\nhold_seconds = 121", ":2: store.hold_seconds: found 121; input should be less than or equal to 120"),
        ('[database]\nurl = "mysql://x"', ":2: database.url: found 'mysql://x';"),
        ("[station]\n\n# here\nport = 65536", ":4: station.port: found 65536;"),
        ('[sound]\nbackend = "loud"', ":2: sound.backend: found 'loud'; input should be 'auto', 'simpleaudio'"),
        (
            "[sound]\nvolumes = { loud = 1 }",
            ":2: sound.volumes.loud: unknown key; allowed are new, reminder, cancelled, driver_here",
        ),
        ("[sound]\nvolumes = { overdu = 0.5 }", ":2: sound.volumes.overdu: unknown key; did you mean 'overdue'?"),
        ('[web]\ntoken = "shorty"', ":2: web.token: found 6 letters; allowed are 16 or more"),
        ('[web]\nhost = "not a host"', ":2: web.host: found 'not a host'; allowed is an address such as 127.0.0.1"),
        ('[web]\nhost = ""', ":2: web.host: found ''; allowed is an address such as 127.0.0.1, or a host name"),
        ('[station]\nhost = "127.0.0.999"', ":2: station.host: found '127.0.0.999'; allowed is an address"),
        ("[sound]\nvolumes = { new = 2 }", ":2: sound.volumes.new: found 2; input should be less than or equal to 1"),
        ('[sound]\nquiet_hours = "at night"', ":2: sound.quiet_hours: found 'at night';"),
        ("[sound]\ncheck_after_minutes = -1", ":2: sound.check_after_minutes: found -1;"),
        ('[screen]\ntheme = "pink"', ":2: screen.theme: found 'pink'; input should be 'dark', 'light' or 'contrast'"),
        ('[staff.mei]\nrole = "manager"', ":1: staff.mei.name: missing, and needed"),
        ('[staff.mei]\nname = "Mei"\nrole = "boss"', ":3: staff.mei.role: found 'boss';"),
        ('[staff.mei]\nname = "Mei"\nrol = "manager"', ":3: staff.mei.rol: unknown key; did you mean 'role'?"),
        ("[channels]\nweb = 3", ":2: channels.web: found 3;"),
        ("[keys]\n'order.accept' = 1", ":2: keys.order.accept: found 1; input should be a valid string"),
        ('[dispatch]\npolicy = "cheap"', ":2: dispatch.policy: found 'cheap'; input should be 'preferred', 'cheapest'"),
        ("[dispatch]\nmax_fee = 0", ":2: dispatch.max_fee: found 0;"),
        ("[dispatch]\nquote_seconds = 31", ":2: dispatch.quote_seconds: found 31;"),
        ('[[dispatch.rules]]\nhours = "at noon"', ".hours: found 'at noon';"),
        (
            '[dispatch]\nprefer = ["owl"]\n[couriers.uber]\nkind = "x"',
            ":1: dispatch: found a section; prefer names 'owl';",
        ),
        ('[dispatch]\nprefer = ["owl"]\n[couriers.uber]\nkind = "x"', "allowed are uber"),
        ("[practice]\nspeed = 0", ":2: practice.speed: found 0; input should be greater than 0"),
        ("store.orders_per_hour = 0", ":1: store.orders_per_hour: found 0;"),
        ("store = { orders_per_hour = 0 }", ":1: store.orders_per_hour: found 0;"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, words: str) -> None:
    found = complaint(text)
    assert found.startswith("/shop/config.toml:")
    assert words in found


def test_every_mistake_has_a_line_of_its_own() -> None:
    lines = complaint("[store]\norders_per_hour = 0\nlatitude = 91\n[station]\nport = -1").splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"/shop/config.toml:{line}" for line in (2, 3, 5)]


def test_the_same_key_of_another_section_is_not_meant() -> None:
    assert ":5: staff.bo.name:" in complaint('[staff.mei]\nname = "Mei"\n\n[staff.bo]\nname = ""')


def test_broken_toml_is_said_with_its_place() -> None:
    found = complaint("[store]\nname = Till\n")
    assert found.startswith("/shop/config.toml:2: not TOML: ")
    assert "at line 2, column 8" in found


def test_a_key_written_twice_is_broken_toml() -> None:
    assert "not TOML" in complaint("[store]\nname = 'a'\nname = 'b'")


def test_a_short_token_is_never_printed() -> None:
    assert "shorty" not in complaint('[web]\ntoken = "shorty"')


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "0.0.0.0", "localhost", "till-2.shop.example", "shop_pc.lan"])
def test_addresses_and_names_are_hosts(host: str) -> None:
    assert parse(Source(Path("config.toml"), f'[web]\nhost = "{host}"')).web.host == host


def test_what_was_found_is_cut_short() -> None:
    assert len(complaint(f"[store]\nlanguage = '{'x' * 1000}'")) < 250
