"""What `order handover`, `order receive` and `order proof` do."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.board.proofs import size_of
from core.domain.goods_back import GoodsBack, LineBack, Onward
from core.domain.handover import Handover
from core.domain.proof import Proof, ProofState
from core.domain.refusal import WrongPin
from tui import labels
from tui.cli import out
from tui.cli.answers import Failed
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.i18n import _

if TYPE_CHECKING:
    from core.board.sheet import Sheet
    from core.domain.ids import LineId, OrderId
    from core.domain.order import Order


def hand_over(said: Everywhere, number: str, given: Handover) -> None:
    """A wrong PIN is kept although nothing else changes; then how the order stands."""
    from core.store.unit_of_work import writing
    from tui.cli.order_list import moment, tell_orders

    handing = said.shop.services.handing
    with writing(said.shop.database) as uow:
        order_id = uow.orders.called(number).id
    try:
        with writing(said.shop.database) as uow:
            order = handing.hand_over(uow, order_id, given, moment(said))
    except WrongPin:
        with writing(said.shop.database) as uow:
            handing.refused_pin(uow, order_id, moment(said))
        raise
    tell_orders(said, [order])


def goods_back(
    order: "Order", lines: Sequence[str], parcels: int | None, note: str, money: str = "refund"
) -> GoodsBack:
    """`LINE=SOUND` or `LINE=SOUND/DAMAGED`; lines not named are back whole and sound."""
    if money not in set(Onward):
        raise BadUsage(allowed_are(f"--money {money:.40}", ", ".join(Onward)))
    counted = dict(_line_back(order, text) for text in lines)
    parcels = order.parcels if parcels is None else parcels
    return GoodsBack(parcels=parcels, lines=counted, note=note, onward=Onward(money))


def show_proofs(said: Everywhere, number: str, *, opens: bool) -> None:
    """Where the pictures are; shown only when asked."""
    sheet = _sheet(said, number)
    if said.as_json:
        out.tell([_object(said, sheet, proof) for proof in sheet.proofs])
    elif not sheet.proofs:
        out.say(_("No proof is kept or asked for."))
    else:
        for proof in sheet.proofs:
            out.say(labels.proof(proof, size_of(proof, sheet.history), said.shop.rules.zone))
            if proof.file:
                out.say(f"  {_path(said, proof)}")
    if opens:
        _open(said, sheet)


def _sheet(said: Everywhere, number: str) -> "Sheet":
    from core.store.unit_of_work import reading
    from tui.cli.order_list import moment

    with reading(said.shop.database) as uow:
        order_id: OrderId = uow.orders.called(number).id
        return said.shop.services.looking.sheet(uow, order_id, moment(said))


def _object(said: Everywhere, sheet: "Sheet", proof: Proof) -> dict[str, Any]:
    return {
        "waypoint": proof.waypoint.value,
        "kind": proof.kind.value,
        "state": proof.state.value,
        "at": proof.asked_at.astimezone(said.shop.rules.zone).isoformat(timespec="seconds"),
        "file": str(_path(said, proof)) if proof.file else None,
        "bytes": size_of(proof, sheet.history) or None,
        "tries": proof.tries,
        "reason": proof.reason,
    }


def _open(said: Everywhere, sheet: "Sheet") -> None:
    from tui.screens.viewer import NoViewer, show_file

    kept = [proof for proof in sheet.proofs if proof.state is ProofState.KEPT]
    if not kept:
        raise Failed(_("there is no picture to open"))
    for proof in kept:
        try:
            show_file(_path(said, proof))
        except NoViewer as error:
            raise Failed(str(error)) from error


def _path(said: Everywhere, proof: Proof) -> Path:
    return said.shop.loaded.data / proof.file


def _line_back(order: "Order", text: str) -> "tuple[LineId, LineBack]":
    code, equals, count = text.rpartition("=")
    sound, _slash, damaged = count.partition("/")
    if not equals or not code or not sound.isdecimal() or not (damaged or "0").isdecimal():
        raise BadUsage(
            _("{found}: not of the form LINE=SOUND or LINE=SOUND/DAMAGED").format(found=f"--line {text!r:.60}")
        )
    return order.line(code).id, LineBack(int(sound), int(damaged or "0"))
