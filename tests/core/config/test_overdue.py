"""A store says itself from when on a delivery takes too long (X8)."""

from pathlib import Path

import pytest

from core.config.load import load, store_rules
from core.config.places import ConfigError
from core.domain.delivery import USUAL_MINUTES, DeliveryState


def written(folder: Path, words: str) -> Path:
    file = folder / "config.toml"
    file.write_text(words, encoding="utf-8")
    return file


def test_without_a_word_the_usual_ranges_hold(tmp_path: Path) -> None:
    assert store_rules(load(written(tmp_path, ""), tmp_path).config).usual_minutes == USUAL_MINUTES


def test_the_upper_ends_are_the_stores_and_a_range_never_begins_past_its_end(tmp_path: Path) -> None:
    file = written(tmp_path, "[dispatch.overdue]\nmatching = 3\npicked_up = 45\n")
    usual = store_rules(load(file, tmp_path).config).usual_minutes
    assert (usual[DeliveryState.MATCHING], usual[DeliveryState.PICKED_UP]) == ((3, 3), (20, 45))
    assert usual[DeliveryState.AT_STORE] == USUAL_MINUTES[DeliveryState.AT_STORE]


@pytest.mark.parametrize("wrong", ["matching = 0", "at_store = 2.5", "returning = 5"])
def test_what_no_clock_can_show_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ConfigError, match=r"dispatch\.overdue"):
        load(written(tmp_path, f"[dispatch.overdue]\n{wrong}\n"), tmp_path)
