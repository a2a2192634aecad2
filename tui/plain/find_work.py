"""Finding by words, and by whatever a scanner reads."""

from typing import Final

from core.domain import waybill
from core.domain.handover import WITH_DRIVER
from core.domain.ids import OrderId
from core.domain.refusal import UnknownLine
from core.domain.stage import Stage
from tui.i18n import _
from tui.plain import commands
from tui.plain.look_work import PAGE, LookWork

SHORTEST: Final = 4  # signs of the shortest code


class FindWork(LookWork):
    """find, and a code alone."""

    async def find(self, words: list[str]) -> None:
        """By number, name, phone's last digits or waybill."""
        wanted = " ".join(words) or await self.ask(_("Number, name, phone or waybill?"))
        if wanted:
            await self._find(wanted)

    async def scanned(self, code: str) -> bool:
        """A waybill, an item of the order that is meant, or an order; whether it was one of them."""
        if (order_id := self._with_waybill(code)) is not None:
            self.choose(order_id)
            await self.give(order_id, code)
            return True
        if self.order_id is not None and await self._is_item_of(self.order_id, code):
            await self.scan_item(self.order_id, code)
            return True
        if (order_id := await self.named(code)) is not None:
            await self.go_to(order_id)
            return True
        return await self._given(code) or await self._is_foreign(code)

    async def mistaken(self, words: str) -> str:
        """A command or a code is no reason: scanners, and lines of a script, do not wait for questions."""
        if commands.is_meant(words):
            return _("“{words}” is a command, not a reason.").format(words=words)
        if " " not in words and await self._is_code(words):
            return _("“{words}” is a number or a code, not a reason.").format(words=words)
        return ""

    async def _is_code(self, word: str) -> bool:
        """Of an item, an order or a delivery; one word with digits in it is some code, if not of ours."""
        if self._with_waybill(word) is not None or (word.isascii() and any(sign.isdigit() for sign in word)):
            return True
        if self.order_id is not None and await self._is_item_of(self.order_id, word):
            return True
        return any(line.number.casefold() == word.strip("#,.").casefold() for line in self.board.queue)

    async def _is_item_of(self, order_id: OrderId, code: str) -> bool:
        return any(item.is_called(code) for item in (await self.sheet(order_id)).order.lines)

    async def _is_foreign(self, code: str) -> bool:
        """What looks like a code while a bag is open: raises `UnknownLine`, it may be the wrong bag."""
        if len(code) < SHORTEST or not any(sign.isdigit() for sign in code) or self.order_id is None:
            return False
        order = (await self.sheet(self.order_id)).order
        if order.stage is Stage.PREPARING:
            raise UnknownLine("no such item", found=code)
        return False

    async def _given(self, code: str) -> bool:
        """A courier's own number, or a link to the job, leads to the hand-over as its waybill does."""
        found = await self.desk.find(code)
        job = (await self.sheet(found[0])).delivery if len(found) == 1 else None
        if job is None or job.state not in WITH_DRIVER or job.handed_over_at or not waybill.is_meant(code, job):
            return False
        await self.give(found[0], code)
        return True

    def _with_waybill(self, code: str) -> OrderId | None:
        meant = waybill.codes_in(code)
        fits = (line for line in self.board.drivers if waybill.plain(line.waybill) in meant)
        return next((line.order_id for line in fits if not line.handed_over), None)

    async def _find(self, wanted: str) -> None:
        found = await self.desk.find(wanted)
        if not found:
            return self.say(_("Nothing is called “{words}”.").format(words=wanted))
        order_id = found[0] if len(found) == 1 else await self._which(found[:PAGE])
        return None if order_id is None else await self.go_to(order_id)
