"""Proofs of pick-up and delivery in words."""

from datetime import tzinfo

from core.domain.proof import Proof, ProofState
from tui.i18n import _
from tui.labels.amounts import size
from tui.labels.details import said
from tui.labels.times import clock
from tui.labels.words import word


def proof(one: Proof, count: int, zone: tzinfo) -> str:
    """`proof of delivery: picture kept 14:32 (88 kB)`; `count` in bytes, 0 when not known."""
    return f"{word(one.waypoint).text}: {proof_state(one, count, zone)}"


def proof_state(one: Proof, count: int, zone: tzinfo) -> str:
    """`picture kept 14:32 (88 kB)`, or why there is none, and when it is asked for next."""
    at = clock(one.asked_at, zone)
    if one.state is ProofState.KEPT:
        kept = _("{kind} kept {clock}").format(kind=word(one.kind).text, clock=at)
        return f"{kept} ({size(count)})" if count else kept
    if one.state is ProofState.MISSING:
        return _("none to be had, {reason}").format(reason=said(one.reason))
    if one.reason:
        return _("not yet, {reason}; asked again {clock}").format(reason=said(one.reason), clock=at)
    return _("asked for")
