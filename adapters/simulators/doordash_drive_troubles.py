"""What can be made to go wrong with the simulated DoorDash Drive."""

from dataclasses import asdict, dataclass, fields, replace
from typing import ClassVar, Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

Operation = Literal["any", "quote", "accept", "create", "read", "update", "cancel"]


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """Everything off by default. A note with `[no driver]` switches `no_driver` on for that job alone, and so on."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    no_driver: bool = False  # nobody ever takes the job: after two hours they give up
    courier_drop: bool = False  # the first Dasher gives the job back on the way to the store; no webhook tells
    courier_swap: bool = False  # another Dasher goes on in his place, without a new search
    canceled_by_doordash: bool = False  # they cancel after a Dasher was found
    undeliverable: bool = False  # nobody at the door: by `action_if_undeliverable` of the job
    return_fails: bool = False  # goods that nobody took do not come back either
    noncancelable: bool = False  # cancel is refused in every state
    accept_once: bool = False  # a second accept is refused, instead of answered with the delivery
    lasting_quotes: bool = False  # a quote that has ended keeps its number
    silent_webhooks: bool = False  # none comes
    duplicate_events: bool = False  # each webhook comes twice
    reordered_events: bool = False  # each second webhook overtakes the one before
    bare_events: bool = False  # only what happened, when and to which delivery
    more_events: bool = False  # those on request, and those that only clients know of
    event_types: bool = False  # `event_type` instead of `event_name`
    fail: str = ""  # a code or reason of theirs, for the next `fail_times` calls of `fail_on`; empty: none
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


MARKS: Final = frozenset(field.name for field in fields(Troubles) if field.type in ("bool", bool))
_ADAPTER: Final = TypeAdapter(Troubles)
