"""What can be made to go wrong with the simulated Lalamove."""

from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from adapters.simulators.lalamove_faults import Shape

Operation = Literal["any", "quote", "requote", "create", "read", "edit", "cancel", "tip", "driver", "change", "cities"]


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """Everything off by default. Remarks with `[no driver]` switch `no_driver` on for that order alone, and so on."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    no_driver: bool = False  # nobody ever takes the order: it expires after two hours
    rejected: bool = False  # drivers say no until their limit is reached
    courier_drop: bool = False  # the first driver gives the order back on the way to the store
    dropped_late: bool = False  # a driver gives it back after pickup
    canceled_by_support: bool = False  # their support cancels after a driver was found
    replaced: bool = False  # their support cancels, and goes on with another order
    undeliverable: bool = False  # nobody at the door: only the stop's proof says so
    signed: bool = False  # a signature instead of a photo
    noncancelable: bool = False  # cancel is refused in every state
    hidden_driver: bool = False  # the driver cannot be read
    delivery_codes: bool = False  # the account has codes for the door
    duplicate_events: bool = False  # each webhook comes twice
    reordered_events: bool = False  # each second status overtakes the one before
    silent_webhooks: bool = False  # none comes
    old_webhooks: bool = False  # as before April 2026: fewer kinds, no metadata, no stops
    spaced_events: bool = False  # blanks in the body that are not in the signed text
    odd_timestamps: bool = False  # milliseconds, as text
    reusable_quotations: bool = False  # one quotation makes several orders
    rate_limits: bool = False  # the sandbox's calls a minute are enforced
    errors: Shape = "list"  # how errors are written
    fail: str = ""  # an error id of theirs, for the next `fail_times` calls of `fail_on`; empty: none
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
