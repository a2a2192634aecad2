"""What `[sound]` means for the bell."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.config.load import parse, sound_rules, volumes
from core.config.places import Source
from core.domain.alert import Chime, SoundRules

MIDNIGHT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 in Taipei


def rules(text: str) -> SoundRules:
    return sound_rules(parse(Source(Path("config.toml"), f"[sound]\n{text}")))


def test_without_a_word_everything_sounds_and_is_checked_after_two_hours() -> None:
    assert rules("") == SoundRules(check_after=timedelta(hours=2))


def test_quiet_hours_are_of_the_shops_own_clock() -> None:
    quiet = rules('quiet_hours = "21:30-08:30"')
    assert quiet.is_hushed(Chime.OVERDUE, MIDNIGHT)
    assert not quiet.is_hushed(Chime.NEW, MIDNIGHT)
    assert not quiet.is_hushed(Chime.OVERDUE, MIDNIGHT + timedelta(hours=12))


def test_new_orders_can_be_quiet_too() -> None:
    assert rules('quiet_hours = "21:30-08:30"\nquiet_new = true').is_hushed(Chime.NEW, MIDNIGHT)


def test_a_sound_without_volume_never_sounds() -> None:
    text = "[sound]\nvolumes = { overdue = 0.5, cancelled = 0 }"
    config = parse(Source(Path("config.toml"), text))
    assert volumes(config) == {Chime.OVERDUE: 0.5, Chime.CANCELLED: 0}
    assert sound_rules(config).never == {Chime.CANCELLED}


def test_no_minutes_are_no_check() -> None:
    assert rules("check_after_minutes = 0").check_after is None


def test_every_sound_has_its_name_in_the_config() -> None:
    names = ", ".join(f"{chime.value} = 1" for chime in Chime)
    assert volumes(parse(Source(Path("config.toml"), f"[sound]\nvolumes = {{ {names} }}"))).keys() == set(Chime)
