"""Keys for goods that come back, and for the pictures couriers take."""

from pathlib import Path

from core.board.proofs import size_of
from core.board.sheet import Sheet
from core.domain.ids import OrderId
from core.domain.proof import Proof, ProofState
from core.domain.refusal import NothingCameBack
from core.domain.stage import Stage
from tui import labels
from tui.i18n import _
from tui.labels.script_ways import is_awaited
from tui.screens.dialogs import PickOne
from tui.screens.driver_keys import DriverKeys
from tui.screens.errands import errand

HERE_OR_COMING = (Stage.OUT, Stage.RETURNED)


class BackKeys(DriverKeys):
    """I, J."""

    def choose(self, order_id: OrderId) -> None:
        """Go to an order."""
        raise NotImplementedError

    @errand
    async def action_receive(self) -> None:
        """Of the chosen order, else of the first that waits for it."""
        await self.receive(self._to_receive())

    async def receive(self, order_id: OrderId | None) -> None:
        """Count what is back; raises `NothingCameBack`."""
        if order_id is None:
            return self.say(_("No goods are coming back."))
        if order_id != self.order_id:
            self.choose(order_id)
        sheet = await self.desk.sheet(order_id)
        _require_back(sheet)
        question = _("Goods of #{number} are back: what is in the bag?").format(number=sheet.order.number)
        facts = _("Count the parcels and look at each item. Only then is it dealt with.")
        from tui.screens.receive_goods import ReceiveGoods
        from tui.screens.sums_back import sums_back

        sums = await sums_back(self.desk, sheet.order)
        goods = await self.ask(ReceiveGoods(question, facts, order=sheet.order, sums=sums))
        if goods is not None:
            await self.tell(lambda: self.desk.receive(order_id, goods))
            self.say(_("Received: #{number}.").format(number=sheet.order.number))
        return None

    @errand
    async def action_proof(self) -> None:
        """Where the pictures are; one is shown only when it is chosen."""
        if (order_id := self.need_order()) is None:
            return
        sheet = await self.desk.sheet(order_id)
        if not sheet.proofs:
            self.say(_("No proof is kept or asked for."))
            return
        kept = [proof for proof in sheet.proofs if proof.state is ProofState.KEPT]
        question = _("Proofs of #{number}").format(number=sheet.order.number)
        options = tuple(_("Open: {words}").format(words=self._words(sheet, proof)) for proof in kept)
        at = await self.ask(PickOne(question, self._facts(sheet), options=options))
        if at is not None:
            self._open(Path(sheet.folder) / kept[at].file)
        return

    def _to_receive(self) -> OrderId | None:
        """An order that is out or back is meant itself; any other gives way to goods that wait."""
        if self.order_id is not None and self.sheet is not None and self.sheet.order.stage in HERE_OR_COMING:
            return self.order_id
        problems = self.picture.board.problems if self.picture else ()
        waiting = (problem.order_id for problem in problems if is_awaited(problem))
        return next(waiting, None)

    def _facts(self, sheet: Sheet) -> str:
        """What is not kept, and the places of what is."""
        words = (
            str(Path(sheet.folder) / proof.file) if proof.file else self._words(sheet, proof) for proof in sheet.proofs
        )
        return "\n".join(words)

    def _words(self, sheet: Sheet, proof: Proof) -> str:
        return labels.proof(proof, size_of(proof, sheet.history), self.around.terminal.zone)

    def _open(self, file: Path) -> None:
        from tui.screens.viewer import NoViewer, show_file

        try:
            show_file(file)
        except NoViewer as error:
            self.say(str(error), is_bad=True)


def _require_back(sheet: Sheet) -> None:
    """So that nobody counts for nothing; the desk looks once more."""
    order, job = sheet.order, sheet.delivery
    if order.stage not in HERE_OR_COMING and not sheet.is_asked_back:
        raise NothingCameBack("nothing left", found=order.stage)
    if job is not None and job.received_at is not None:
        raise NothingCameBack("received already", found="received")
