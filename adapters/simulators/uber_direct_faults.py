"""How the simulated Uber Direct says no: its codes with their statuses, and the shape of its errors."""

from typing import Final

from adapters.simulators import door

STATUS_OF: Final = {
    "unauthorized": 401,
    "customer_suspended": 402,
    "customer_blocked": 403,
    "customer_not_found": 404,
    "delivery_not_found": 404,
    "request_timeout": 408,
    "duplicate_delivery": 409,
    "customer_limited": 429,
    "internal_server_error": 500,
    "unknown_error": 500,
    "couriers_busy": 503,
    "robo_couriers_busy": 503,
    "service_unavailable": 503,
}
WITHOUT_KIND: Final = frozenset({"unauthorized", "internal_server_error"})


class Fault(door.Fault):
    """An error answer; `metadata` as they send it."""

    def __init__(self, code: str, message: str = "", **metadata: object) -> None:
        super().__init__(message or code.replace("_", " "))
        self.code = code
        self.status = STATUS_OF.get(code, 400)
        self.metadata = metadata

    @property
    def body(self) -> dict[str, object]:
        """The answer's JSON."""
        body: dict[str, object] = {"code": self.code, "message": str(self)}
        if self.code not in WITHOUT_KIND:
            body["kind"] = "error"
        return body | ({"metadata": self.metadata} if self.metadata else {})


def bad_params(**found: object) -> Fault:
    """One key per field that is wrong."""
    return Fault("invalid_params", "The parameters of your request were invalid.", **found)


def too_late(fields: str) -> Fault:
    """A change the state does not allow any more."""
    return Fault("invalid_params", param_details=f"{fields} cannot be updated in the current state")
