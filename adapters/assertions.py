"""Tokens we sign with a key pair of our own, to prove who we are (RFC 7519, RFC 7523)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

FEWEST_BITS: Final = 2048


@lru_cache(maxsize=8)  # its primes are tried each time it is read
def rsa_key(pem: str) -> RSAPrivateKey:
    """The private key in a PEM text; raises `ValueError`, which repeats nothing of it."""
    text = pem.strip().replace("\\n", "\n")  # environment variables often hold it on one line
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError):
        raise ValueError("found no private key, or a locked one; allowed is an RSA key in PEM") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < FEWEST_BITS:
        raise ValueError(f"found another key; allowed is RSA of {FEWEST_BITS} bits or more")
    return key


def rs256(claims: Mapping[str, object], key: RSAPrivateKey, *, key_id: str) -> str:
    """A signed token: RSASSA-PKCS1-v1_5 with SHA-256; `key_id` tells the reader which public key fits."""
    return jwt.encode(dict(claims), key, algorithm="RS256", headers={"kid": key_id})
