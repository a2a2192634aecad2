"""What can be made to go wrong with the simulated DoorDash Drive."""

from dataclasses import dataclass
from typing import Literal

from adapters.simulators import troubles

Operation = Literal["any", "quote", "accept", "create", "read", "update", "cancel"]


@dataclass(frozen=True, kw_only=True)
class Troubles(troubles.Troubles):
    """Beside what can go wrong with any."""

    courier_drop: bool = False  # the first Dasher gives the job back on the way to the store; no webhook tells
    courier_swap: bool = False  # another Dasher goes on in his place, without a new search
    canceled_by_doordash: bool = False  # they cancel after a Dasher was found
    undeliverable: bool = False  # nobody at the door: by `action_if_undeliverable` of the job
    return_fails: bool = False  # goods that nobody took do not come back either
    accept_once: bool = False  # a second accept is refused, instead of answered with the delivery
    lasting_quotes: bool = False  # a quote that has ended keeps its number
    bare_events: bool = False  # only what happened, when and to which delivery
    more_events: bool = False  # those on request, and those that only clients know of
    event_types: bool = False  # `event_type` instead of `event_name`
    fail: str = ""  # a code or reason of theirs, for the next `fail_times` calls of `fail_on`; empty: none
    fail_on: Operation = "any"
