"""The worked signatures of the senders' own papers, and a comparison that takes anything."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st
from standardwebhooks import Webhook

from adapters import signatures

SHOPIFY_BODY = b'{"id":450789469,"name":"#1001","financial_status":"paid"}'
CYBERBIZ_BODY = b'{"id":1,"order_name":"#1001"}'
STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_worked_shopify_signature_comes_out() -> None:
    found = signatures.hmac_base64("shpss_test_secret", SHOPIFY_BODY)
    assert found == "fraIyocm874jiUyXhky24H0WcrSTRRhha13frz19O/I="


def test_the_worked_cyberbiz_signature_comes_out_in_hex() -> None:
    found = signatures.hmac_hex("example-app-secret", CYBERBIZ_BODY)
    assert found == "09c1010cafdbe95d1528138a2ff68d8caf7c7f894c1d5912563995fa74e15851"


def test_the_worked_cyberbiz_signature_comes_out_in_base64() -> None:
    found = signatures.hmac_base64("example-app-secret", CYBERBIZ_BODY)
    assert found == "CcEBDK/b6V0VKBOKL/aNjK98f4lMHVkSVjmV+nThWFE="


def test_the_worked_cyberbiz_domain_signature_comes_out() -> None:
    found = signatures.hmac_hex("example-app-secret", b"example.cyberbiz.co")
    assert found == "97694009b6e4ade734f9f3303bfa0f544077f2cb5630856d10abc88d3008d959"


@pytest.mark.parametrize(
    ("message_id", "timestamp", "body", "signature"),
    [
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
            1741921500,
            b'{"type":"order.paid","timestamp":"2025-03-14T03:05:00Z","data":{"id":"A-1001"}}',
            "v1,33itI5IzMA+om6GxmxYP8r75yiYXu/i9IXc4oRhc1as=",
        ),
    ],
)
def test_the_worked_standard_signatures_come_out(message_id, timestamp, body, signature) -> None:
    assert signatures.standard_signature(STANDARD_SECRET, message_id, timestamp, body) == signature


@given(st.text(), st.integers(0, 2**32))
def test_the_official_signer_agrees(body: str, timestamp: int) -> None:
    raw = body.encode(errors="replace")
    at = datetime.fromtimestamp(timestamp, UTC)
    official = Webhook(STANDARD_SECRET).sign("msg_1", at, raw.decode())
    assert signatures.standard_signature(STANDARD_SECRET, "msg_1", timestamp, raw) == official


def test_a_standard_secret_may_come_without_its_prefix_or_padding() -> None:
    assert signatures.standard_key("MTIzNDU2Nzg5MA==") == b"1234567890"
    assert signatures.standard_key("whsec_MTIzNDU2Nzg5MA") == b"1234567890"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_not base64!", "whsec_秘密", "whsec_A"])
def test_a_standard_secret_that_holds_no_key_is_refused_without_being_told(secret: str) -> None:
    with pytest.raises(ValueError, match="a Standard Webhooks secret") as caught:
        signatures.standard_key(secret)
    assert "not base64!" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(st.text())
def test_a_text_matches_itself(text: str) -> None:
    assert signatures.matches(text, text)


@given(st.text(), st.text(min_size=1))
def test_a_text_does_not_match_a_longer_one(text: str, more: str) -> None:
    assert not signatures.matches(text, text + more)


def test_a_lone_surrogate_is_compared_like_any_sign() -> None:
    assert not signatures.matches("abc", "\ud800")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"data":{"a":1}}', b'{"a":1}'),
        (b' { "x" : [1, {"data": 2}] ,\n"data" : {"a" :  "}"}\t, "y":3 } ', b'{"a" :  "}"}'),
        ('{"data":"茶"}'.encode(), '"茶"'.encode()),
        (b'{"data":1.50}', b"1.50"),
        (b'{"d\\u0061ta":[ ]}', b"[ ]"),
    ],
)
def test_a_member_of_an_object_is_cut_out_as_it_stands(body, text) -> None:
    assert signatures.member(body, "data") == text


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"data", b'{"data"', b'{"data":', b'{"data":}', b'{"data":1', b"\xff", b"{" * 10**5]
)
def test_what_has_no_such_member_gives_nothing(body) -> None:
    assert signatures.member(body, "data") == b""
