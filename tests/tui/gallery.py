"""Any page with any sample shop: `python -m tests.tui.gallery counter busy`; bare, it lists both."""

import argparse
import asyncio
import os
from pathlib import Path

os.environ.setdefault("TEXTUAL_FPS", "240")

from core.domain.ids import OrderId, ProblemId, StaffId
from tests import samples
from tests.fakes import FakeAlerts, FakeClock, FakeFeed, RecordingDesk
from tests.samples import Shop
from tui.app import OrderbellApp
from tui.screens.terminal import TerminalSettings
from tui.screens.work import WorkPage

PAGES = ("counter", "drivers", "problems", "load", "who_pays", "recurs", "journal", "help")
DIALOGS = {  # of which order, by which action
    "quotes": ("1038", "quotes"),
    "fit": ("1052", "fit"),
    "couriers": ("", "couriers"),
    "partial": ("1041", "partial"),
    "hand_over": ("1035", "hand_over"),
    "goods_back": ("1027", "receive"),
    "proofs": ("1024", "proof"),
    "new_order": ("", "new_order"),
    "trouble": ("1061", "trouble"),
    "coach": ("1038", "coach"),
    "review": ("1071", "accept"),
    "twin": ("1072", "accept"),
}
SIZES = ((80, 24), (120, 40), (200, 60))


def terminal(**facts: object) -> TerminalSettings:
    """The counter of the sample shop."""
    usual: dict[str, object] = {
        "store": samples.RULES.name,
        "zone": samples.ZONE,
        "staff": samples.MEI,
        "managers": (StaffId("Lin"),),
    }
    return TerminalSettings(**(usual | facts))  # type: ignore[arg-type]


def app_of(shop: Shop, *, page: str = "counter", desk: RecordingDesk | None = None, **facts: object) -> "GalleryApp":
    """The whole app over doubles; what they remember is at `app.desk`, `app.feed`, `app.alerts`, `app.clock`."""
    asked = desk or RecordingDesk(shop.sheets, shop.today, shop.happened)
    if desk is None:
        week = samples.sample_troubles
        asked.troubled, asked.records = week.RECURRING, {ProblemId("t7"): week.record()}
    asked.goods = asked.goods or shop.goods
    feed, alerts, clock = FakeFeed(shop.board), FakeAlerts(shop.sound), FakeClock()
    app = GalleryApp(desk=asked, feed=feed, alerts=alerts, clock=clock, terminal=terminal(**facts))
    app.desk, app.feed, app.alerts, app.clock = asked, feed, alerts, clock
    app.first_page = page
    app.accidents = []
    return app


class GalleryApp(OrderbellApp):
    """Opens at a page, and holds the doubles."""

    desk: RecordingDesk
    feed: FakeFeed
    alerts: FakeAlerts
    clock: FakeClock
    first_page = "counter"
    stands_still = False  # for pictures: no flash, no seconds
    accidents: list[Exception]

    def _tell(self, accident: Exception) -> None:
        """Kept too: a test in which one happens fails in the end."""
        self.accidents.append(accident)
        super()._tell(accident)

    def _beat(self) -> None:
        if not self.stands_still:
            super()._beat()

    def on_ready(self) -> None:
        """Go there by the keys of a person."""
        if self.first_page == "help":
            self.call_later(self.run_action, "help", self.screen)
        elif self.first_page in DIALOGS:
            self.call_later(self._ask_about, *DIALOGS[self.first_page])
        elif self.first_page != "counter":
            self.switch_mode(self.first_page)

    def _ask_about(self, number: str, action: str) -> None:
        """As soon as there is an order to ask about."""
        counter = self.screen
        if not isinstance(counter, WorkPage) or counter.picture is None:
            self.call_later(self._ask_about, number, action)
            return
        if number:
            counter.choose(OrderId(number))
        self.call_later(self.run_action, action, counter)


async def draw(app: GalleryApp, size: tuple[int, int]) -> str:
    """The page as SVG."""
    app.stands_still = True
    async with app.run_test(size=size) as pilot:
        for _ in range(3):
            await pilot.pause(0.05)
        return svg_of(app)


def svg_of(app: GalleryApp) -> str:
    """What is in front; blanks at the ends of words count too."""
    return app.export_screenshot().replace("<text ", '<text xml:space="preserve" ')


def main() -> None:
    """By hand."""
    from tests.tui import screens

    parser = argparse.ArgumentParser(prog="python -m tests.tui.gallery")
    parser.add_argument("page", nargs="?", choices=[*PAGES, *DIALOGS])
    parser.add_argument("shop", nargs="?", choices=[*samples.SHOPS, "ten_thousand"], default="busy")
    parser.add_argument("--size", default="")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--rows", choices=("normal", "large"), default="normal")
    parser.add_argument("--hint", action="store_true")
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--all", type=Path, metavar="DIR")
    asked = parser.parse_args()
    if asked.all:
        return screens.draw_all(asked.all)
    if asked.page is None:
        return parser.exit(
            0, f"pages: {', '.join([*PAGES, *DIALOGS])}\nshops: {', '.join(samples.SHOPS)}, ten_thousand\n"
        )
    shop = samples.many(10_000) if asked.shop == "ten_thousand" else samples.SHOPS[asked.shop]
    app = app_of(shop, page=asked.page, language=asked.lang, theme=asked.theme, rows=asked.rows, hint=asked.hint)
    size = tuple(int(part) for part in asked.size.split("x")) if asked.size else None
    if asked.svg:
        asked.svg.write_text(asyncio.run(draw(app, size or (120, 40))), encoding="utf-8")
        return None if screens.to_png(asked.svg) else print(screens.MISSING)  # noqa: T201 - by hand
    app.run(size=size)
    return None


if __name__ == "__main__":
    main()
