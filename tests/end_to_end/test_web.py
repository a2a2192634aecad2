"""`orderbell web` as a program: how it starts, what it refuses, and what it leaves behind."""

import socket
import stat
from pathlib import Path

import httpx
import pytest

from tests.end_to_end.shop import Shop, eventually
from tests.end_to_end.terminal import descendants, living
from tui.cli.everywhere import split
from tui.wiring import beside
from tui.wiring.beside import station_of
from tui.wiring.shop import open_shop as open_store

TOKEN = "sixteen-letters-1"


def web(shop: Shop, **section: object) -> None:
    """The config's section; any free port."""
    shop.settings["web"] = {"port": 0, **section}
    shop.write()


def test_it_says_one_line_with_the_link_and_ends_cleanly_when_asked(shop: Shop) -> None:
    web(shop)
    running = shop.start("web", "--json")
    told = running.first()
    assert (told["event"], told["pid"]) == ("ready", running.process.pid)
    assert told["url"].startswith("http://127.0.0.1:")
    assert httpx.get(told["url"]).status_code == 200
    assert running.end() == (0, "")
    assert "Traceback" not in running.words


def test_for_people_the_line_is_words_around_the_link(shop: Shop) -> None:
    web(shop, token=TOKEN)
    running = shop.start("web")
    assert running.process.stdout is not None
    line = running.process.stdout.readline().decode()
    assert line.startswith("Counter in a browser: http://127.0.0.1:")
    assert line.endswith(f"/?token={TOKEN}\n")


def test_the_token_is_made_once_and_kept_for_its_owner_alone(shop: Shop) -> None:
    web(shop)
    first = shop.start("web", "--json")
    link = first.first()["url"]
    kept = shop.data / "web-token"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert link.endswith(kept.read_text().strip())
    first.end()
    assert shop.start("web", "--json").first()["url"].partition("?")[2] == link.partition("?")[2]


def test_no_log_holds_the_token(shop: Shop) -> None:
    web(shop)
    running = shop.start("web", "--json")
    link = running.first()["url"]
    httpx.get(link)
    httpx.get(link + "x")
    running.end()
    token = (shop.data / "web-token").read_text().strip()
    logs = [path.read_text() for path in (shop.data / "logs").iterdir()]
    assert any("a wrong token" in log for log in logs)
    assert not [log for log in [*logs, running.words] if token in log]


def test_a_kept_token_that_others_may_read_is_refused(shop: Shop) -> None:
    web(shop)
    shop.data.mkdir()
    kept = shop.data / "web-token"
    kept.write_text(TOKEN)
    kept.chmod(0o644)
    said = shop.run("web")
    assert (said.code, said.out) == (1, "")
    assert said.err == f"orderbell: {kept}: other users may read it; remove it, and a new one is made\n"


def test_an_empty_token_file_opens_no_door(shop: Shop) -> None:
    web(shop)
    shop.data.mkdir()
    (shop.data / "web-token").touch(0o600)
    said = shop.run("web")
    assert (said.code, said.out) == (1, "")
    assert "holds no token" in said.err


def test_beyond_this_machine_it_wants_a_token_that_somebody_chose(shop: Shop) -> None:
    web(shop)
    for host in ("0.0.0.0", "::", "192.0.2.1", "shop.example"):
        said = shop.here("web", "--host", host)
        assert (said.code, said.out) == (1, "")
        assert f"{host} is open to the network: choose a token first" in said.err


def test_with_a_chosen_token_it_opens_to_the_network_and_warns(shop: Shop) -> None:
    web(shop, host="0.0.0.0", token=TOKEN)
    running = shop.start("web", "--json")
    assert httpx.get(running.first()["url"]).status_code == 200
    assert "without HTTPS before it others can read along" in running.words


@pytest.mark.parametrize("token", ["short", "x" * 15])
def test_a_token_that_can_be_guessed_is_refused(shop: Shop, token: str) -> None:
    web(shop)
    said = shop.here("web", "--token", token)
    assert (said.code, said.out) == (1, "")
    assert "16 or more" in said.err
    assert token not in said.err


def test_a_short_token_in_the_config_is_named_by_its_place_and_not_shown(shop: Shop) -> None:
    web(shop, token="guess-me")
    said = shop.here("web")
    assert (said.code, said.out) == (3, "")
    assert ": web.token: found 8 letters; allowed are 16 or more" in said.err
    assert "guess-me" not in said.err


def test_a_taken_port_is_said_with_the_mend(shop: Shop) -> None:
    web(shop)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = shop.run("web", "--port", str(taken.getsockname()[1]))
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert "set web.port, or --port" in said.err


def test_without_its_package_it_says_how_to_get_it(shop: Shop, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['textual_serve'] = None\n")
    shop.env["PYTHONPATH"] = str(hidden)
    said = shop.run("web")
    assert (said.code, said.out) == (1, "")
    assert '.venv/bin/pip install "textual-serve>=1.1.3,<2"' in said.err
    assert said.err.count("\n") == 1


def test_it_starts_a_station_that_ends_with_it(shop: Shop) -> None:
    web(shop)
    running = shop.start("web", "--json")
    running.first()
    assert httpx.get(f"{shop.url}/health").is_success
    stations = [pid for pid, words in descendants(running.process.pid).items() if "serve --with-counters" in words]
    assert stations
    running.end()
    eventually(lambda: [pid for pid in stations if living(pid)], lambda left: not left)


def test_a_tab_by_itself_says_that_it_needs_its_page(shop: Shop) -> None:
    said = shop.here("tab")
    assert (said.code, said.out) == (1, "")
    assert "orderbell web" in said.err


def test_two_counters_that_start_a_station_at_once_both_have_it(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.serve()
    opened = open_store(shop.config, shop.data)
    seen = [None, station_of(opened)]
    monkeypatch.setattr(beside, "station_of", lambda _: seen.pop(0))
    beside.ensure_station(opened)
    assert seen == []
    opened.database.close()


def test_each_tab_is_told_what_the_server_was_told() -> None:
    said, rest = split(["web", "--lang", "es", "--port", "0", "--as", "Mei", "--json"])
    assert (said.again, rest) == (["--lang", "es", "--as", "Mei"], ["web", "--port", "0"])
