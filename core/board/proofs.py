"""How large a kept proof is: the journal noted it, the table did not."""

from collections.abc import Iterable

from core.domain.events import Event, ProofKept
from core.domain.proof import Proof


def size_of(proof: Proof, history: Iterable[Event]) -> int:
    """Bytes; 0 when nobody noted it."""
    kept = (event for event in history if isinstance(event, ProofKept) and event.file == proof.file)
    return next((event.size for event in kept), 0)
