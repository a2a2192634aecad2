"""How the simulated pandago says no: a status and a message, for there are no codes (6)."""

from collections.abc import Mapping
from typing import Final

from adapters.simulators import door

USUAL: Final = {
    400: "Invalid payload",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Order not found",
    405: "Order update is not allowed for this country",
    409: "Order is not cancellable",
    422: "Unable to process order",
    429: "Too many requests",
    500: "Unable to proceed, something went wrong",
    502: "Bad gateway",
    503: "Service unavailable",
    504: "Gateway timeout",
}


class Fault(door.Fault):
    """An error answer; `fields` names those of a payload that are wrong."""

    def __init__(self, status: int, message: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message or USUAL.get(status, ""))
        self.status = status
        self.fields = fields or {}

    @property
    def body(self) -> dict[str, object]:
        """The answer's JSON."""
        wrong = [{"field": name, "message": message} for name, message in self.fields.items()]
        return {"message": str(self)} | ({"errors": wrong} if wrong else {})


class AuthFault(Fault):
    """No token for this one (OAuth 2.0)."""

    def __init__(self, error: str, why: str, status: int = 400) -> None:
        super().__init__(status, why)
        self.error = error

    @property
    def body(self) -> dict[str, object]:
        """The answer's JSON."""
        return {"error": self.error, "error_description": str(self)}
