"""Pictures that couriers keep elsewhere, fetched without our keys."""

from typing import Final

from adapters import http
from core.ports.courier import CourierDown, CourierRefused

BEGINNINGS: Final = (b"\x89PNG", b"\xff\xd8\xff")  # PNG and JPEG
NO_PROOF: Final = "no_proof"


async def fetched(client: http.Client, url: str) -> bytes:
    """The picture at `url`; raises `CourierRefused` when it is not there, `CourierDown` when it is none."""
    call = http.Call(method="GET", url=url, safe=True, accept=frozenset(range(300, 500)))
    answer = await http.ask(client, call)
    if answer.status != 200:
        raise CourierRefused(f"{answer.status}: the picture is not there", code=NO_PROOF, try_another=False)
    if not answer.body.startswith(BEGINNINGS):
        raise CourierDown("the proof is no picture")
    return answer.body
