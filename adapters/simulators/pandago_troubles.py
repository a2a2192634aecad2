"""What can be made to go wrong with the simulated pandago."""

from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

Operation = Literal[
    "any", "token", "fee", "time", "create", "read", "update", "cancel", "coordinates", "proof", "outlet"
]


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """Everything off by default. Notes with `[no driver]` switch `no_driver` on for that order alone, and so on."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    no_driver: bool = False  # nobody accepts: they cancel after two hours
    courier_drop: bool = False  # the first driver gives the order back on the way to the store
    courier_swap: bool = False  # another driver goes on in his place, without a new search
    canceled_by_pandago: bool = False  # they cancel after a driver has accepted
    undeliverable: bool = False  # nobody at the door: cancelled, then the goods come back
    turned_back: bool = False  # the goods come back, and nothing is said before
    spilled: bool = False  # they cancel on the way to the door, and nothing comes back
    delayed: bool = False  # DELAYED stands between two steps
    skipped_steps: bool = False  # some steps are never told
    new_words: bool = False  # one step has a name nobody knows
    noncancelable: bool = False  # cancel is refused in every state
    no_updates: bool = False  # the country allows none
    hidden_place: bool = False  # the driver's place cannot be read
    stale_is_403: bool = False  # a token that has ended is answered with 403
    texts_for_numbers: bool = False  # a token's seconds and a driver's degrees come as text
    listed_errors: bool = False  # errors of a submission come as an array
    misspelt_times: bool = False  # callbacks say `extimated_pickup_time`
    base64_signatures: bool = False  # instead of hex
    duplicate_events: bool = False  # each callback comes twice
    reordered_events: bool = False  # each second callback overtakes the one before
    silent_webhooks: bool = False  # none comes
    fail: int = 0  # an HTTP status, for the next `fail_times` calls of `fail_on`; 0: none
    fail_message: str = ""  # what it says; empty: what they usually say
    fail_on: Operation = "any"
    fail_times: int | None = 1  # None: until told otherwise
    fail_after: bool = False  # the call takes effect, and its answer is lost
    slow_seconds: float = 0.0  # on the wall, before each answer

    def marked(self, notes: str) -> "Troubles":
        """These, with what the marks in an order's texts switch on."""
        found = {mark: True for mark in MARKS if f"[{mark.replace('_', ' ')}]" in notes}
        return replace(self, **found) if found else self  # type: ignore[arg-type]

    def changed(self, raw: object) -> "Troubles":
        """These with some set anew; raises `ValueError` for a name or value that is not allowed."""
        if not isinstance(raw, dict):
            raise ValueError("troubles are a JSON object")
        try:
            return _ADAPTER.validate_python(asdict(self) | raw)
        except ValidationError as error:
            raise ValueError(str(error)) from None

    def told(self) -> dict[str, object]:
        """All of them by name."""
        return asdict(self)

    def meets(self, operation: str) -> bool:
        """Whether this call is one of those that fail."""
        return bool(self.fail) and self.fail_times != 0 and self.fail_on in ("any", operation)

    def spent(self) -> "Troubles":
        """One failure fewer to come."""
        return self if self.fail_times is None else replace(self, fail_times=self.fail_times - 1)


MARKS: Final = frozenset(field.name for field in fields(Troubles) if field.type in ("bool", bool))
_ADAPTER: Final = TypeAdapter(Troubles)
