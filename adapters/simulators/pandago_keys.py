"""The keys of the simulated pandago: a pair made for practice, assertions checked, tokens given out (2)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from adapters.simulators.pandago_faults import AuthFault

CLIENT_ID: Final = "pandago:tw:00000000-0000-4000-8000-0000000ca11e"
KEY_ID: Final = "00000000-0000-4000-8000-00000000c0de"
AUDIENCE: Final = "https://sts.deliveryhero.io"
GRANT: Final = {
    "grant_type": "client_credentials",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
}
LIFETIME: Final = 3599  # seconds
REQUIRED: Final = ["iss", "sub", "jti", "exp", "aud"]


@cache
def practice_key() -> RSAPrivateKey:
    """One for the life of a process: it takes a moment to make, and none is kept in a file."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def practice_pem() -> str:
    """The same as text, as a merchant keeps it."""
    return practice_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class Keys:
    """Who may call; `now` is the simulated time, and tokens live their hour on the wall."""

    def __init__(self, now: Callable[[], datetime], speed: float, chance: Random) -> None:
        self._now = now
        self._life = timedelta(seconds=LIFETIME * speed)
        self._chance = chance
        self._ends: dict[str, datetime] = {}

    def grant(self, form: Mapping[str, object]) -> dict[str, object]:
        """A token for a good assertion; raises `AuthFault`."""
        self._check_form(form)
        self._check_assertion(str(form.get("client_assertion", "")))
        token = f"{self._chance.getrandbits(256):064x}"
        self._ends[token] = self._now() + self._life
        return {"access_token": token, "expires_in": LIFETIME, "scope": form["scope"], "token_type": "bearer"}

    def admits(self, authorization: str) -> bool:
        """Whether a call shows a token that still holds."""
        ends = self._ends.get(authorization.removeprefix("Bearer "))
        return ends is not None and authorization.startswith("Bearer ") and self._now() < ends

    def forget(self) -> None:
        """All tokens end now."""
        self._ends.clear()

    def _check_form(self, form: Mapping[str, object]) -> None:
        if wrong := next((name for name, value in GRANT.items() if form.get(name) != value), ""):
            raise AuthFault("invalid_request", f"{wrong} is missing or not supported")
        if form.get("client_id") != CLIENT_ID:
            raise AuthFault("invalid_client", "The client is not known", 401)
        if not str(form.get("scope", "")).startswith("pandago.api."):
            raise AuthFault("invalid_scope", "The scope is not allowed")

    def _check_assertion(self, assertion: str) -> None:
        try:
            key_id = jwt.get_unverified_header(assertion).get("kid")
            claims = jwt.decode(
                assertion,
                practice_key().public_key(),
                algorithms=["RS256"],
                audience=AUDIENCE,
                options={"require": REQUIRED, "verify_exp": False},
            )
        except jwt.InvalidTokenError as error:
            raise AuthFault("invalid_client", f"The assertion is not valid: {error}", 401) from None
        is_ours = (key_id, claims["iss"], claims["sub"]) == (KEY_ID, CLIENT_ID, CLIENT_ID)
        if not is_ours or not self._is_ahead(claims["exp"]):
            raise AuthFault("invalid_client", "The assertion has ended, or is not by this client", 401)

    def _is_ahead(self, exp: object) -> bool:
        """By this clock, or by the wall's: callers may not share a time that runs faster."""
        if not isinstance(exp, int | float):
            return False
        return any(exp > now.timestamp() for now in (self._now(), datetime.now(UTC)))
