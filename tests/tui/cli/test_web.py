"""`orderbell web`: what it refuses before it listens."""

import pytest

from tests.tui.cli.till import Till

SHORT = ("--token", "short")  # would be refused next: no test waits before an open door


@pytest.mark.parametrize(
    ("section", "settings", "words"),
    [
        ("keys", {"order.accept": "r"}, "'r' is the key of 'order.reject' too"),
        ("screen", {"scanner_prefix": "space"}, "which is the key of 'line.tick'; allowed is f1 to f12"),
        ("web", {"host": "not a host"}, "web.host: found 'not a host'; allowed is an address"),
    ],
)
def test_it_does_not_serve_a_counter_that_would_refuse(
    section: str, settings: dict[str, str], words: str, till: Till
) -> None:
    till.settings[section] = settings
    till.write()
    said = till.run("web", *SHORT)
    assert (said.code, words in said.err) == (3, True), said.err


def test_a_host_that_is_none_is_wrong_usage(till: Till) -> None:
    said = till.run("web", "--host", "not a host", *SHORT)
    assert said.code == 2
    assert said.err == "orderbell: --host 'not a host': allowed are an address such as 127.0.0.1, or a host name\n"


def test_a_short_token_is_told_by_its_length_alone(till: Till) -> None:
    said = till.run("web", *SHORT)
    assert (said.code, "of 5 letters" in said.err, "short" in said.err) == (1, True, False)
