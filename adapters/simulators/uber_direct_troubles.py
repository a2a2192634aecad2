"""What can be made to go wrong with the simulated Uber Direct."""

from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

Operation = Literal["any", "token", "quote", "create", "list", "read", "update", "cancel", "proof"]


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """Everything off by default. A note with `[no driver]` switches `no_driver` on for that job alone, and so on."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    no_driver: bool = False  # nobody ever takes the job
    courier_drop: bool = False  # the first driver gives the job back before pickup
    canceled_by_uber: bool = False  # they cancel after a driver was found
    undeliverable: bool = False  # nobody at the door: by `undeliverable_action` of the job
    noncancelable: bool = False  # cancel is refused in every state
    wrong_pin: bool = False  # the first PIN typed is wrong
    duplicate_events: bool = False  # each webhook comes twice
    reordered_events: bool = False  # each second status overtakes the one before
    silent_webhooks: bool = False  # none comes
    repeat_with_200: bool = False  # a known idempotency key answers with the job, not with 409
    cancel_twice_with_200: bool = False  # a second cancel answers with the job, not with 400
    fail: str = ""  # an error code of theirs, for the next `fail_times` calls of `fail_on`; empty: none
    fail_on: Operation = "any"
    fail_times: int | None = 1  # None: until told otherwise
    fail_after: bool = False  # the call takes effect, and its answer is lost
    retry_after: int | None = None  # seconds, sent along with a failure
    slow_seconds: float = 0.0  # on the wall, before each answer

    def marked(self, notes: str) -> "Troubles":
        """These, with what the marks in a job's texts switch on."""
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


MARKS: Final = frozenset(field.name for field in fields(Troubles) if field.type == "bool" or field.type is bool)
_ADAPTER: Final = TypeAdapter(Troubles)
