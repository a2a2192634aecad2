"""How the simulated Stuart says no: its codes with their statuses, and the shape of its errors."""

from typing import Final

from adapters.simulators import door

STATUS_OF: Final = {
    "INVALID_GRANT": 401,
    "invalid_client": 401,
    "invalid_request": 400,
    "unsupported_grant_type": 400,
    # Words of our own: theirs are not known.
    "NOT_FOUND": 404,
    "TOO_MANY_REQUESTS": 429,
    "SERVER_ERROR": 500,
}
WITHOUT_STATUS: Final = frozenset(
    "CANT_GEOCODE_ADDRESS OUT_OF_RANGE ADDRESS_INVALID JOB_DISTANCE_NOT_ALLOWED RECORD_INVALID PHONE_INVALID "
    "CANCELLATION_NOT_ALLOWED".split()
)
USUAL: Final = {
    "CANT_GEOCODE_ADDRESS": "The address can't be geocoded",
    "OUT_OF_RANGE": "This location is out of range",
    "RECORD_INVALID": "Unable to save record",
    "INVALID_GRANT": "The access token is invalid",
}
KNOWN: Final = WITHOUT_STATUS | STATUS_OF.keys()


class Fault(door.Fault):
    """`data` names the fields that are wrong, each with its complaints."""

    def __init__(self, code: str, message: str = "", **data: str) -> None:
        super().__init__(message or USUAL.get(code) or code.replace("_", " ").capitalize())
        self.code = code
        self.status = STATUS_OF.get(code, 422)
        self.data = data

    @property
    def body(self) -> object:
        """The answer's JSON."""
        told = {"error": self.code, "message": str(self)}
        return told | ({"data": {name: [why] for name, why in self.data.items()}} if self.data else {})


def invalid(field: str, why: str) -> Fault:
    """A field that is wrong."""
    return Fault("RECORD_INVALID", **{field: why})
