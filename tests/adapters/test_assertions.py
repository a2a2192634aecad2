"""Tokens signed with a key pair."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from adapters import assertions

SMALL = rsa.generate_private_key(public_exponent=65537, key_size=1024)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
CLAIMS = {"iss": "me", "sub": "me", "jti": "1", "exp": 1767323345, "aud": "https://example.invalid"}


def pem(key, lock=None) -> str:
    cover = NoEncryption() if lock is None else BestAvailableEncryption(lock)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, cover).decode()


def test_a_token_is_read_with_the_public_key_and_names_it() -> None:
    token = assertions.rs256(CLAIMS, assertions.rsa_key(pem(KEY)), key_id="k1")
    told = jwt.decode(
        token, KEY.public_key(), algorithms=["RS256"], audience=CLAIMS["aud"], options={"verify_exp": False}
    )
    assert told == CLAIMS
    assert jwt.get_unverified_header(token) == {"alg": "RS256", "typ": "JWT", "kid": "k1"}


@pytest.mark.parametrize(
    ("around", "line_end"), [("\n\n", "\n"), ("", "\\n"), ("", "\r\n")], ids="around one-line windows".split()
)
def test_a_key_may_stand_on_one_line_or_have_others_around_it(around, line_end) -> None:
    text = around + pem(KEY).replace("\n", line_end) + around
    assert assertions.rsa_key(text).private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize(
    "text",
    ["", "hidden-words", pem(KEY, b"locked"), pem(SMALL), pem(CURVE)],
    ids="empty words locked small curve".split(),
)
def test_what_is_no_usable_key_is_refused_and_not_repeated(text) -> None:
    with pytest.raises(ValueError, match="RSA") as caught:
        assertions.rsa_key(text)
    assert "hidden" not in str(caught.value)
    assert caught.value.__cause__ is None
