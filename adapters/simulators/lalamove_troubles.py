"""What can be made to go wrong with the simulated Lalamove."""

from dataclasses import dataclass
from typing import Literal

from adapters.simulators import troubles
from adapters.simulators.lalamove_faults import Shape

Operation = Literal["any", "quote", "requote", "create", "read", "edit", "cancel", "tip", "driver", "change", "cities"]


@dataclass(frozen=True, kw_only=True)
class Troubles(troubles.Troubles):
    """Beside what can go wrong with any."""

    rejected: bool = False  # drivers say no until their limit is reached
    courier_drop: bool = False  # the first driver gives the order back on the way to the store
    dropped_late: bool = False  # a driver gives it back after pickup
    canceled_by_support: bool = False  # their support cancels after a driver was found
    replaced: bool = False  # their support cancels, and goes on with another order
    undeliverable: bool = False  # nobody at the door: only the stop's proof says so
    signed: bool = False  # a signature instead of a photo
    hidden_driver: bool = False  # the driver cannot be read
    delivery_codes: bool = False  # the account has codes for the door
    old_webhooks: bool = False  # as before April 2026: fewer kinds, no metadata, no stops
    spaced_events: bool = False  # blanks in the body that are not in the signed text
    odd_timestamps: bool = False  # milliseconds, as text
    reusable_quotations: bool = False  # one quotation makes several orders
    rate_limits: bool = False  # the sandbox's calls a minute are enforced
    errors: Shape = "list"  # how errors are written
    fail: str = ""  # an error id of theirs, for the next `fail_times` calls of `fail_on`; empty: none
    fail_on: Operation = "any"
