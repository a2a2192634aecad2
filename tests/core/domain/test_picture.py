"""A picture is told by its bytes, and only a whole one is kept."""

import pytest

from adapters.simulators.jpeg import JPEG
from adapters.simulators.png import png
from core.domain import picture

PNG = png(1, 2, 3)
EXIF = b"\xff\xd8\xff\xe1\x00\x08\xff\xd8\xff\xd9\x00\x00"  # a small picture inside the headers


@pytest.mark.parametrize("body", [PNG, JPEG, PNG + b"more", JPEG + b"\0\0", EXIF + JPEG[2:]])
def test_a_whole_picture_is_kept(body: bytes) -> None:
    assert picture.trouble(body) == ""


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x89PNG", b"GIF89a", b"%PDF-1.7", b" " + PNG, b"\xff\xd8"])
def test_anything_else_is_no_picture(body: bytes) -> None:
    assert picture.trouble(body) == picture.NO_PICTURE


@pytest.mark.parametrize("body", [PNG, JPEG], ids=["png", "jpeg"])
def test_a_picture_that_lacks_its_end_is_refused_wherever_it_ends(body: bytes) -> None:
    beginnings = [body[:end] for end in range(8, len(body) - 4)]
    assert {picture.trouble(one) for one in beginnings} == {picture.CUT_SHORT}


def test_the_end_of_a_picture_within_a_picture_is_no_end() -> None:
    assert picture.trouble(EXIF + JPEG[2:-2]) == picture.CUT_SHORT


def test_a_chunk_that_claims_to_be_endless_ends_nothing() -> None:
    assert picture.trouble(PNG[:8] + b"\xff\xff\xff\xffIDAT" + b"\0" * 40) == picture.CUT_SHORT


def test_more_than_ten_megabytes_are_not_kept() -> None:
    assert picture.trouble(PNG + b"\0" * 10_000_000) == picture.TOO_LARGE


@pytest.mark.parametrize(("body", "ending"), [(PNG, "png"), (JPEG, "jpg")])
def test_the_name_ends_as_the_bytes_say(body: bytes, ending: str) -> None:
    assert picture.ending(body) == ending
