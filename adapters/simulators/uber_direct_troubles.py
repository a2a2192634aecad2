"""What can be made to go wrong with the simulated Uber Direct."""

from dataclasses import dataclass
from typing import Literal

from adapters.simulators import troubles

Operation = Literal["any", "token", "quote", "create", "list", "read", "update", "cancel", "proof"]


@dataclass(frozen=True, kw_only=True)
class Troubles(troubles.Troubles):
    """Beside what can go wrong with any."""

    courier_drop: bool = False  # the first driver gives the job back before pickup
    canceled_by_uber: bool = False  # they cancel after a driver was found
    undeliverable: bool = False  # nobody at the door: by `undeliverable_action` of the job
    wrong_pin: bool = False  # the first PIN typed is wrong
    bad_proof: Literal["", "html", "huge", "cut"] = ""  # what comes instead of a proof
    repeat_with_200: bool = False  # a known idempotency key answers with the job, not with 409
    cancel_twice_with_200: bool = False  # a second cancel answers with the job, not with 400
    fail: str = ""  # an error code of theirs, for the next `fail_times` calls of `fail_on`; empty: none
    fail_on: Operation = "any"
