"""Goods that come back, and the pictures couriers take, typed."""

from pathlib import Path

from core.board.proofs import size_of
from core.domain.goods_back import GoodsBack, LineBack, Onward
from core.domain.ids import LineId, OrderId
from core.domain.line import OrderLine
from core.domain.order import Order
from core.domain.refusal import NothingCameBack
from core.domain.stage import Stage
from tui import labels
from tui.i18n import _
from tui.labels.script_ways import is_awaited
from tui.plain import speech
from tui.plain.driver_work import DriverWork
from tui.plain.speech import sentence
from tui.screens.sums_back import sums_back

HERE_OR_COMING = (Stage.OUT, Stage.RETURNED)


class BackWork(DriverWork):
    """receive, proof."""

    async def receive(self, words: list[str]) -> None:
        """Of the order named, else of the first whose goods come back."""
        order_id = await self.take_order(words) if words else await self._to_receive()
        if order_id is not None:
            await self.take_in(order_id)
        elif not words:
            self.say(_("No goods are coming back."))

    async def take_in(self, order_id: OrderId) -> None:
        """Parcels, then each item, then a note; raises `NothingCameBack`."""
        sheet = await self.sheet(order_id)
        order, job = sheet.order, sheet.delivery
        self.choose(order_id, order.number)
        is_here = order.stage in HERE_OR_COMING or sheet.is_asked_back
        if not is_here or (job is not None and job.received_at is not None):
            raise NothingCameBack("nothing to receive", found=order.stage)
        self.say(
            _("Goods of {order} are back: count them, and look at each item.").format(order=speech.order(order.number))
        )
        parcels = await self.count(_("Parcels that are back?"), usual=order.parcels, least=0, most=order.parcels)
        if parcels is None:
            return None
        lines: dict[LineId, LineBack] = {}
        for line in (line for line in order.lines if line.shipped):
            if (back := await self._line_back(line)) is None:
                return None
            lines[line.id] = back
        note = await self.own_words(_("A note? Enter alone: none."))
        onward = await self._onward(order)
        if onward is None:
            return None
        goods = GoodsBack(parcels=parcels, lines=lines, note=note, onward=onward)
        await self.tell(order_id, lambda: self.desk.receive(order_id, goods))
        return self.say(sentence(_("received"), speech.order(order.number)))

    async def proof(self, words: list[str]) -> None:
        """Each proof, and where its file is."""
        if (order_id := await self.take_order(words)) is None:
            return None
        sheet = await self.sheet(order_id)
        if not sheet.proofs:
            return self.say(_("No proof is kept or asked for."))
        for proof in sheet.proofs:
            said = labels.proof(proof, size_of(proof, sheet.history), self.now.zone)
            self.say(sentence(said, str(Path(sheet.folder) / proof.file) if proof.file else ""))
        return None

    async def _to_receive(self) -> OrderId | None:
        if self.order_id is not None and (await self.sheet(self.order_id)).order.stage in HERE_OR_COMING:
            return self.order_id
        await self.settled()
        waiting = (one.order_id for one in self.board.problems if is_awaited(one))
        return next(waiting, None)

    async def _onward(self, order: Order) -> Onward | None:
        """What becomes of the money; None when the person leaves."""
        sums = await sums_back(self.desk, order)
        if not sums:
            return Onward.REFUND
        words = tuple(labels.onward(onward, amount) for onward, amount in sums.items())
        at = await self.pick(_("What becomes of the money?"), words)
        return None if at is None else tuple(sums)[at]

    async def _line_back(self, line: OrderLine) -> LineBack | None:
        """None when the person leaves."""
        question = _("{name}: how many of {count} are back?").format(name=line.name, count=line.shipped)
        back = await self.count(question, usual=line.shipped, least=0, most=line.shipped)
        if not back:
            return None if back is None else LineBack(0)
        damaged = await self.count(_("How many of them are damaged?"), usual=0, least=0, most=back)
        return None if damaged is None else LineBack(back - damaged, damaged)
