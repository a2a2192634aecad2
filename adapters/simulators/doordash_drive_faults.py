"""How the simulated DoorDash Drive says no: its codes and reasons, and the shape of its errors (4)."""

from typing import Final

from adapters.simulators import door

STATUS_OF: Final = {
    "validation_error": 400,
    "authentication_error": 401,
    "authorization_error": 403,
    "unknown_delivery_id": 404,
    "duplicate_delivery_id": 409,
    "cancel_not_allowed": 409,
    "update_not_allowed": 409,
    "invalid_delivery_parameters": 422,
    "throttled": 429,  # a word of our own: theirs is not known
    "service_fault": 500,
}
CODE_OF: Final = {
    **dict.fromkeys(("distance_too_long", "outside_of_delivery_time"), "invalid_delivery_parameters"),
    "pickup_address_not_in_coverage": "invalid_delivery_parameters",
    "delivery_address_not_in_coverage": "invalid_delivery_parameters",
    "update_window_closed": "update_not_allowed",
    **dict.fromkeys(
        "delivery_abandoned delivery_cancelled delivery_completed delivery_creation_in_progress "
        "delivery_picked_up cancellation_window_closed duplicate_request".split(),
        "cancel_not_allowed",
    ),
}
KNOWN: Final = frozenset(STATUS_OF) | frozenset(CODE_OF)


class Fault(door.Fault):
    """An error answer: a code of theirs or a reason, whose code then follows; `more` stands beside both."""

    def __init__(self, word: str, message: str = "", *, code: str = "", **more: object) -> None:
        super().__init__(message or word.replace("_", " ").capitalize())
        self.code = code or CODE_OF.get(word, word)
        self.status = STATUS_OF.get(self.code, 400)
        self.more = more | ({"reason": word} if word != self.code else {})

    @property
    def body(self) -> dict[str, object]:
        """The answer's JSON; nobody has written down what comes with too many calls."""
        return {} if self.code == "throttled" else {"code": self.code, "message": str(self), **self.more}


def invalid(**fields: str) -> Fault:
    """An entry per field that is wrong."""
    errors = [{"field": field, "error": error} for field, error in fields.items()]
    return Fault("validation_error", "One or more errors validating the request", field_errors=errors)


def unknown(ref: str) -> Fault:
    """Nothing stands under this number."""
    return Fault("unknown_delivery_id", f"Delivery with id [{ref}] not found", external_delivery_id=ref)


def taken(ref: str) -> Fault:
    """Something else stands under this number."""
    return Fault("duplicate_delivery_id", f"Duplicate delivery id [{ref}]", external_delivery_id=ref)
