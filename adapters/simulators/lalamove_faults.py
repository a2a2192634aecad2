"""How the simulated Lalamove says no: its ids with their statuses, and the shapes errors come in (5)."""

from typing import Final, Literal

from adapters.simulators import door

Shape = Literal["list", "object", "message", "bare"]
STATUS_OF: Final = {
    "ERR_BAD_REQUEST": 400,
    "ERR_UNAUTHORIZED": 401,  # an id of our own: theirs is not known
    "ERR_INSUFFICIENT_CREDIT": 402,
    "ERR_FORBIDDEN": 403,
    "ERR_ORDER_NOT_FOUND": 404,
    "ERR_DRIVER_NOT_FOUND": 404,
    "ERR_CANCELLATION_FORBIDDEN": 409,
    "ERR_RATE_LIMIT_EXCEEDED": 429,
    "ERR_INTERNAL_SERVER_ERROR": 500,
    "ERR_SERVICE_UNAVAILABLE": 503,
    "ERR_TIMEOUT": 504,
}


class Fault(door.Fault):
    """An error answer; `detail` names the field where one is wrong."""

    def __init__(self, code: str, message: str = "", detail: str = "", *, shape: Shape | None = None) -> None:
        super().__init__(message or code.removeprefix("ERR_").replace("_", " ").capitalize())
        self.code = code
        self.status = STATUS_OF.get(code, 422)
        self.detail = detail
        self.shape = shape

    def shaped(self, usual: Shape) -> dict[str, object]:
        """The answer's JSON, in its own shape or the usual one."""
        whole = {"id": self.code, "message": str(self)} | ({"detail": self.detail} if self.detail else {})
        shapes: dict[Shape, dict[str, object]] = {
            "list": {"errors": [whole]},
            "object": {"errors": whole},
            "bare": {"errors": [{"id": self.code}]},
            "message": {"message": self.code},
        }
        return shapes[self.shape or usual]
