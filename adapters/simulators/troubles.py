"""What can be made to go wrong with any simulated courier; each adds what only it can do."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, Self

from pydantic import ConfigDict, TypeAdapter, ValidationError


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """Everything off by default. A note with `[no driver]` switches `no_driver` on for that job alone, and so on."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    no_driver: bool = False  # nobody ever takes the job
    noncancelable: bool = False  # cancel is refused in every state
    silent_webhooks: bool = False  # none comes
    duplicate_events: bool = False  # each webhook comes twice
    reordered_events: bool = False  # each second webhook overtakes the one before
    fail: str | int = ""  # a word of theirs, for the next `fail_times` calls of `fail_on`; empty: none
    fail_on: str = "any"
    fail_times: int | None = 1  # None: until told otherwise
    fail_after: bool = False  # the call takes effect, and its answer is lost
    retry_after: int | None = None  # seconds, sent along with a failure
    slow_seconds: float = 0.0  # on the wall, before each answer

    def marked(self, notes: str) -> Self:
        """These, with what the marks in a job's texts switch on."""
        found = {mark: True for mark in _marks(self) if f"[{mark.replace('_', ' ')}]" in notes}
        return replace(self, **found) if found else self  # type: ignore[arg-type]

    def changed(self, raw: object) -> Self:
        """These with some set anew; raises `ValueError` for a name or value that is not allowed."""
        if not isinstance(raw, dict):
            raise ValueError("troubles are a JSON object")
        times = {"fail_times": 1} if "fail" in raw else {}  # those of the last failure may be spent
        try:
            read: Self = _reader(self).validate_python(asdict(self) | times | raw)
        except ValidationError as error:
            raise ValueError(str(error)) from None
        return read

    def told(self) -> dict[str, object]:
        """All of them by name."""
        return asdict(self)

    def meets(self, operation: str) -> bool:
        """Whether this call is one of those that fail."""
        return bool(self.fail) and self.fail_times != 0 and self.fail_on in ("any", operation)

    def spent(self) -> Self:
        """One failure fewer to come."""
        return self if self.fail_times is None else replace(self, fail_times=self.fail_times - 1)


def _marks(one: Troubles) -> Iterator[str]:
    return (field.name for field in fields(one) if field.type in ("bool", bool))


def _reader(one: Troubles) -> TypeAdapter[Any]:
    return TypeAdapter(type(one))
