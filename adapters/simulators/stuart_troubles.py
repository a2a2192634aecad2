"""What can be made to go wrong with the simulated Stuart, beside what can with any."""

from dataclasses import dataclass
from typing import Literal

from adapters.simulators import troubles

Operation = Literal["any", "token", "pricing", "eta", "create", "list", "read", "cancel", "phone", "other"]


@dataclass(frozen=True, kw_only=True)
class Troubles(troubles.Troubles):
    """What is UNSURE of the real one can be had either way."""

    courier_drop: bool = False  # the first driver gives the job back on the way to the store
    courier_swap: bool = False  # another driver goes on in his place, without a new search
    canceled_by_stuart: bool = False  # they cancel after a driver was found
    undeliverable: bool = False  # nobody at the door
    stacked: bool = False  # their people put the job into another one, with a parcel of somebody else's
    unfiltered_lists: bool = False  # a list takes no notice of client_reference
    wrapped_lists: bool = False  # a list stands in an object
    repeated_references: bool = False  # two jobs under way may bear one client_reference
    hidden_phone: bool = False  # a driver's number has to be asked for
    package_events: bool = False  # webhooks tell of packages, in their words, as version 3 is said to
    fail: str = ""
    fail_on: Operation = "any"
