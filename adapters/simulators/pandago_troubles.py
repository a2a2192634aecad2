"""What can be made to go wrong with the simulated pandago."""

from dataclasses import dataclass
from typing import Literal

from adapters.simulators import troubles

Operation = Literal[
    "any", "token", "fee", "time", "create", "read", "update", "cancel", "coordinates", "proof", "outlet"
]


@dataclass(frozen=True, kw_only=True)
class Troubles(troubles.Troubles):
    """Beside what can go wrong with any."""

    courier_drop: bool = False  # the first driver gives the order back on the way to the store
    courier_swap: bool = False  # another driver goes on in his place, without a new search
    canceled_by_pandago: bool = False  # they cancel after a driver has accepted
    undeliverable: bool = False  # nobody at the door: cancelled, then the goods come back
    turned_back: bool = False  # the goods come back, and nothing is said before
    spilled: bool = False  # they cancel on the way to the door, and nothing comes back
    delayed: bool = False  # DELAYED stands between two steps
    skipped_steps: bool = False  # some steps are never told
    new_words: bool = False  # one step has a name nobody knows
    no_updates: bool = False  # the country allows none
    hidden_place: bool = False  # the driver's place cannot be read
    stale_is_403: bool = False  # a token that has ended is answered with 403
    texts_for_numbers: bool = False  # a token's seconds and a driver's degrees come as text
    listed_errors: bool = False  # errors of a submission come as an array
    misspelt_times: bool = False  # callbacks say `extimated_pickup_time`
    base64_signatures: bool = False  # instead of hex
    fail: int = 0  # an HTTP status, for the next `fail_times` calls of `fail_on`; 0: none
    fail_message: str = ""  # what it says; empty: what they usually say
    fail_on: Operation = "any"
