"""What may be sent to the simulated Stuart."""

import re
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, ValidationError

from adapters.simulators.stuart_faults import Fault, invalid

PHONE: Final = re.compile(r"[+0][0-9' ]{5,20}")  # their own example has an apostrophe in it
Body = TypeVar("Body", bound=BaseModel)


def _phone(text: str) -> str:
    if text and not PHONE.fullmatch(text):
        raise ValueError("is not a phone number")
    return text


class Contact(BaseModel):
    """Who is there."""

    firstname: str = ""
    lastname: str = ""
    phone: Annotated[str, AfterValidator(_phone)] = ""
    email: str = ""
    company: str = ""


class Stop(BaseModel):
    """One end of the way."""

    address: Annotated[str, Field(min_length=1)]
    comment: str = ""
    contact: Contact = Field(default_factory=Contact)


class Dropoff(Stop):
    """The far end, and what is brought there."""

    package_type: Literal["xsmall", "small", "medium", "large", "xlarge"] | None = None
    package_description: str = ""
    client_reference: str = ""


class JobBody(BaseModel):
    """A job to price, to validate or to create; it has a package's size or a means of transport."""

    transport_type: Literal["bike", "motorbike", "motorbikexl", "cargobike", "cargobikexl", "car", "van"] | None = None
    assignment_code: str = ""
    pickup_at: AwareDatetime | None = None
    pickups: Annotated[list[Stop], Field(min_length=1, max_length=1)]
    dropoffs: Annotated[list[Dropoff], Field(min_length=1, max_length=8)]


class CancelBody(BaseModel):
    """Why."""

    public_reason_key: str = ""
    comment: str = ""


def job_in(raw: object) -> JobBody:
    """What stands under `job`; raises the fault that names what is wrong."""
    body = parsed(JobBody, raw.get("job") if isinstance(raw, dict) else None, "job")
    if body.transport_type is None and body.dropoffs[0].package_type is None:
        raise invalid("job.dropoffs.package_type", "must be filled")
    for field, stop in (("job.pickups.address", body.pickups[0]), ("job.dropoffs.address", body.dropoffs[0])):
        if not re.search(r"\w", stop.address):
            raise Fault("CANT_GEOCODE_ADDRESS", **{field: "can't be geocoded"})
    return body


def parsed(model: type[Body], raw: object, name: str) -> Body:
    """`raw` as `model`; raises the fault that names the first field that is wrong."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join([name, *(part for part in first["loc"] if isinstance(part, str))])
        code = {"address": "ADDRESS_INVALID", "phone": "PHONE_INVALID"}.get(where.rpartition(".")[2], "RECORD_INVALID")
        raise Fault(code, **{where: first["msg"]}) from None
