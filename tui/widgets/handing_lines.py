"""How the goods changed hands: waiting, what came back, and what proves it, as lines of the panel."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from core.board.proofs import size_of
from core.board.sheet import Sheet
from core.domain.delivery import Delivery
from core.domain.proof import Proof, ProofState, Waypoint
from tui import keys, labels
from tui.i18n import _
from tui.labels.tones import Tone
from tui.widgets.cells import Piece, cap, column
from tui.widgets.rows import Row

NAMES = 20  # cells of the first column


def handing_rows(sheet: Sheet, zone: tzinfo) -> Iterator[Row]:
    """Nothing before anything was handed over."""
    job = sheet.delivery
    if job is not None and (waited := _waited(job)) is not None:
        yield _fact(_("driver waited"), waited)
    if job is not None and job.received_at is not None:
        yield _fact(_("goods received"), labels.clock(job.received_at, zone))
    for proof in sheet.proofs:
        if _is_news(proof):
            yield _proof(proof, sheet, zone)


def _waited(job: Delivery) -> str | None:
    """Up to the hand-over, or up to when the courier said it had the goods."""
    until: datetime | None = job.handed_over_at or job.picked_up_at
    waited = job.waited(until) if until else None
    return None if waited is None else labels.ago(waited)


def _is_news(proof: Proof) -> bool:
    """Hardly any courier takes pictures in the store: that there is none is worth no line."""
    return proof.state is ProofState.KEPT or proof.waypoint is not Waypoint.PICKUP


def _proof(proof: Proof, sheet: Sheet, zone: tzinfo) -> Row:
    state = labels.word(proof.state)
    words = labels.proof_state(proof, size_of(proof, sheet.history), zone)
    name = Piece(column(f"  {labels.word(proof.waypoint).text}", NAMES), Tone.MUTED)
    key = (Piece("  "), cap(keys.cap("order.proof"), Tone.CAP)) if proof.state is ProofState.KEPT else ()
    return Row((name, Piece(f"{state.sign} {words}", state.tone), *key))


def _fact(name: str, words: str) -> Row:
    return Row((Piece(column(f"  {name}", NAMES), Tone.MUTED), Piece(words, Tone.STRONG)))
