"""The counter in a real Chromium: it is seen, keys and mouse reach it, it rings, and nothing comes from outside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.browser import Browser, open_browser
from tests.end_to_end.shop import Shop, eventually, free_port, open_shop
from tests.end_to_end.terminal import descendants, living

TOKEN = "chromium-was-told-this"
pytestmark = pytest.mark.timeout(400)  # seconds: a browser, a station and a counter start for each test


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    """A shop that lets tabs in; the machine itself is silent."""
    with open_shop(tmp_path, hold_seconds=0, language="zh-Hant") as shop:
        shop.settings["web"] = {"port": free_port(), "token": TOKEN}
        shop.settings["sound"] = {"backend": "system"}
        shop.write()
        shop.url_of_tabs = shop.start("web", "--json").first()["url"]  # type: ignore[attr-defined]
        yield shop


def enter(browser: Browser, web: Any) -> None:
    browser.open(web.url_of_tabs)


def test_an_order_that_arrives_is_seen_and_a_key_accepts_it_in_the_store(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    web.post("1042")
    browser.shows("#1042", "陳怡君", "新訂單")
    browser.press("a")
    eventually(lambda: web.look("1042")["stage"], lambda stage: stage == "preparing")
    browser.shows("備貨中 1")


def test_the_mouse_chooses_the_order_that_a_key_then_accepts(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    web.post("1042")
    web.post("1043")
    browser.shows("#1042", "#1043")
    eventually(lambda: _is_chosen(browser, "#1043") or browser.click("#1043 "))  # rows may still be on their way
    browser.press("a")
    eventually(lambda: web.look("1043")["stage"], lambda stage: stage == "preparing")
    assert web.look("1042")["stage"] == "new"


def _is_chosen(browser: Browser, number: str) -> bool:
    return any(line.startswith("▌") and number in line[:20] for line in browser.text.splitlines())


def test_a_function_key_is_the_counters_and_not_the_browsers(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    browser.shows("F2")
    browser.press("\ue033")  # F3, with which a browser searches
    eventually(lambda: "司機 0" in browser.text, lambda has_drivers: not has_drivers)


def test_the_counter_fills_the_tab_when_its_size_changes(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    browser.shows("F2")
    before = browser.screen.columns
    browser.driver.set_window_size(1700, 1000)
    try:
        eventually(lambda: browser.text and browser.screen.columns, lambda columns: columns > before)
        eventually(lambda: max(map(len, browser.text.splitlines())), lambda longest: longest > before / 2)
        browser.shows("F2")
    finally:
        browser.driver.set_window_size(1280, 860)


def test_a_wrong_token_opens_nothing_and_says_where_the_right_one_is(browser: Browser, web: Shop) -> None:
    address = web.url_of_tabs.partition("?")[0]  # type: ignore[attr-defined]
    browser.open(f"{address}?token=guessed")
    assert "orderbell web" in browser.page
    assert not browser.driver.find_elements("id", "terminal")


def test_the_token_does_not_stay_in_the_address(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    browser.shows("F2")
    assert TOKEN not in browser.driver.current_url
    assert TOKEN not in browser.driver.execute_script("return document.cookie + document.referrer")


def test_nothing_is_asked_of_any_other_machine(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    web.post("1042")
    browser.shows("#1042")
    browser.press("?")
    browser.press("\ue00c")
    asked_for = [urlsplit(url) for url in browser.asked_for]
    hosts = {url.hostname for url in asked_for if url.scheme in ("http", "https", "ws", "wss")}
    assert hosts == {"127.0.0.1"}
    assert any("RobotoMono" in url for url in browser.asked_for)


def test_a_tab_that_may_not_sound_says_so_and_rings_after_the_first_key(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    browser.shows("F2")
    browser.says("這個分頁")
    web.post("1042")
    eventually(lambda: rings(browser), lambda told: "blocked" in told)
    browser.press("\ue015")  # down: any key will do
    eventually(lambda: rings(browser), lambda told: "" in told)
    assert not browser.driver.find_element("id", "sound").is_displayed()


def rings(browser: Browser) -> list[str]:
    """What the page answered to the bell so far."""
    assert browser.text is not None
    return [told["trouble"] for kind, told in browser.answers if kind == "rung"]


def test_leaving_the_counter_says_so_in_the_tab_and_opens_it_again(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    browser.shows("F2")
    browser.press("q")
    browser.shows("Orderbell")  # are you sure?
    browser.press("\ue014")
    browser.press("\ue007")
    eventually(lambda: browser.driver.find_element("id", "again").is_displayed())
    browser.screen.reset()
    browser.driver.find_element("id", "again").click()
    browser.shows("F2")


def test_a_server_that_was_killed_and_is_back_finds_its_tabs_again(browser: Browser, web: Shop) -> None:
    enter(browser, web)
    browser.shows("F2")
    server = web.running[-1]
    tabs = [pid for pid, words in descendants(server.process.pid).items() if words.endswith(" tab")]
    server.kill()
    eventually(lambda: browser.driver.find_element("id", "cover").is_displayed())
    browser.screen.reset()
    web.start("web", "--json").first()
    web.post("1042")
    browser.shows("#1042")
    assert tabs
    eventually(lambda: [pid for pid in tabs if living(pid)], lambda left: not left)
