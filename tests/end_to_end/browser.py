"""A real Chromium at a counter: what it was sent, what it asked for, and hands on keys and mouse."""

import base64
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.end_to_end.program import PATIENCE
from tests.end_to_end.shop import eventually

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # an outside name would show as a failed request
)
CELLS = """
    const { left, top, width, height } = document.querySelector(".xterm-screen").getBoundingClientRect();
    return [left, top, width, height];
"""


class Browser:
    """One tab. The terminal there is a canvas, so its text is read from what the page was sent."""

    def __init__(self, folder: Path) -> None:
        self.driver = webdriver.Chrome(_options(folder), Service(DRIVER, env=dict(os.environ, SE_OFFLINE="true")))
        self.asked_for: set[str] = set()
        self.answers: list[Any] = []
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)

    def open(self, url: str) -> None:
        """As a person does who was given a link; nothing is left of what was there before."""
        self.driver.get("about:blank")
        self._catch_up()
        self.screen.reset()
        self.answers.clear()
        self.driver.get(url)

    @property
    def text(self) -> str:
        """Of the counter, line by line."""
        self._catch_up()
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def page(self) -> str:
        """Of the page around it, as far as it shows."""
        return str(self.driver.find_element("tag name", "body").text)

    def shows(self, *words: str) -> None:
        """As soon as the counter does."""
        try:
            eventually(lambda: all(word in self.text for word in words))
        except AssertionError:
            raise AssertionError(f"{words} never came up:\n{self.text}\n{self.page}") from None

    def says(self, words: str) -> None:
        """As soon as the page does."""
        eventually(lambda: self.page, lambda page: words in page)

    def press(self, key: str) -> None:
        """Wherever the keyboard is."""
        ActionChains(self.driver).send_keys(key).perform()

    def click(self, words: str) -> None:
        """The first place on the counter where they stand."""
        row, line = next((row, line) for row, line in enumerate(self.text.splitlines()) if words in line)
        left, top, width, height = self.driver.execute_script(CELLS)
        x = left + (line.index(words) + 0.5) * width / self.screen.columns
        y = top + (row + 0.5) * height / self.screen.lines
        chain = ActionChains(self.driver)
        chain.w3c_actions.pointer_action.move_to_location(round(x), round(y))
        chain.click().perform()

    def close(self) -> None:
        """With its processes."""
        self.driver.quit()

    def _catch_up(self) -> None:
        for entry in self.driver.get_log("performance"):
            told = json.loads(entry["message"])["message"]
            self._note(told["method"], told["params"])

    def _note(self, method: str, told: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.asked_for.add(told["request"]["url"])
            case "Network.webSocketCreated":
                self.asked_for.add(told["url"])
            case "Network.webSocketFrameReceived" if told["response"]["opcode"] == 2:
                self._stream.feed(base64.b64decode(told["response"]["payloadData"]))
            case "Network.webSocketFrameSent" if told["response"]["opcode"] == 1:
                self._note_answer(*json.loads(told["response"]["payloadData"]))

    def _note_answer(self, kind: str, told: Any = None) -> None:
        self.answers.append((kind, told))
        if kind == "resize":
            self.screen.resize(told["height"], told["width"])


def _options(folder: Path) -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={folder}", "--window-size=1280,860"):
        options.add_argument(flag)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # which Chromium refuses to root
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    return options


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """Until the block ends; skips where there is no Chromium."""
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium chromium-driver")
    browser = Browser(folder)
    try:
        browser.driver.set_page_load_timeout(PATIENCE)
        yield browser
    finally:
        browser.close()
