"""Proofs are asked for until they are kept, or it is known that there are none."""

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.simulators.jpeg import JPEG
from adapters.simulators.png import png
from core.domain import picture
from core.domain.delivery import DeliveryState
from core.domain.events import ProofKept, ProofMissing
from core.domain.handover import Custom
from core.domain.proof import Proof, ProofKind, ProofState, Waypoint
from core.ports.courier import TOO_LARGE, CourierDown, CourierLockedOut, CourierRefused
from core.services.proving import Proving
from core.store.proof_files import ProofFiles
from tests.builders import purchase
from tests.core.shop import Shop

ID = purchase().order_id
PICTURE = png(1, 2, 3)
NONE = CourierRefused("there is none", code="no_proof", try_another=False)
DOWN = CourierDown("no answer")


@dataclass
class Camera:
    """A courier's pictures by where and what: bytes, or what is raised instead; none by itself."""

    pictures: dict[tuple[Waypoint, ProofKind], bytes | Exception] = field(default_factory=dict)
    otherwise: bytes | Exception = field(default_factory=lambda: NONE)
    asked: list[tuple[str, Waypoint, ProofKind]] = field(default_factory=list)
    answers: asyncio.Event | None = None  # nobody is answered before
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def proof(self, ref: str, waypoint: Waypoint, kind: ProofKind) -> bytes:
        self.asked.append((ref, waypoint, kind))
        self.begun.set()
        if self.answers is not None:
            await self.answers.wait()
        found = self.pictures.get((waypoint, kind), self.otherwise)
        if isinstance(found, Exception):
            raise found
        return found


class Darkroom:
    """A shop whose courier has a camera."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop, self.folder, self.camera = shop, folder, Camera()
        self.start()

    def start(self) -> None:
        """A station as after a start: it knows only what is on disk."""
        couriers = {self.shop.courier.name: self.camera}
        files = ProofFiles(self.folder)
        self.proving = Proving(self.shop.database, self.shop.writer, couriers, files, self.shop.clock)

    async def on_the_way(self) -> None:
        self.shop.make_ready()
        self.shop.ship(ID)
        await self.shop.send()

    def says(self, state: DeliveryState) -> None:
        self.shop.clock.move(seconds=60)
        self.shop.hear(self.shop.courier.says(self.shop.courier.job("J1"), state))

    async def delivered(self) -> None:
        await self.on_the_way()
        self.says(DeliveryState.DELIVERED)

    async def look(self) -> None:
        await self.proving.look()
        await self.proving.done()

    async def passes(self, hours: float = 30) -> int:
        """Time goes on in steps; how often anything was asked for."""
        looks = 0
        while (waiting := self.wanted()) and hours > 0:
            step = max((min(one.asked_at for one in waiting) - self.shop.clock.now()), timedelta())
            self.shop.clock.move(seconds=step.total_seconds())
            hours -= step.total_seconds() / 3600
            await self.look()
            looks += 1
        return looks

    def proofs(self) -> list[Proof]:
        return self.shop.read(lambda uow: uow.proofs.of(ID))

    def wanted(self) -> list[Proof]:
        return [proof for proof in self.proofs() if proof.state is ProofState.WANTED]

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file() and "proofs" in path.parts)


@pytest.fixture
async def room(any_shop: Shop, tmp_path: Path) -> AsyncIterator[Darkroom]:
    dark = Darkroom(any_shop, tmp_path / "data")
    yield dark
    await dark.proving.stop()


async def test_a_picture_from_the_door_is_kept_as_it_came(room: Darkroom) -> None:
    room.camera.pictures[(Waypoint.DROPOFF, ProofKind.PICTURE)] = PICTURE
    await room.delivered()
    await room.look()
    (proof,) = room.proofs()
    assert (proof.state, proof.kind, proof.reason) == (ProofState.KEPT, ProofKind.PICTURE, "")
    assert proof.file == f"proofs/2026/03/{ID}-dropoff-picture.png"
    assert (room.folder / proof.file).read_bytes() == PICTURE
    (kept,) = (event for event in room.shop.history(ID) if isinstance(event, ProofKept))
    assert (kept.file, kept.size, kept.proof) == (proof.file, len(PICTURE), "picture")


async def test_only_the_owner_may_look(room: Darkroom) -> None:
    room.camera.otherwise = JPEG
    await room.delivered()
    await room.look()
    files = room.files()
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    folders = {folder for file in files for folder in file.relative_to(room.folder).parents[:-1]}
    assert {stat.S_IMODE((room.folder / folder).stat().st_mode) for folder in folders} == {0o700}


async def test_every_kind_there_is_is_kept(room: Darkroom) -> None:
    room.camera.pictures = {
        (Waypoint.DROPOFF, ProofKind.SIGNATURE): PICTURE,
        (Waypoint.DROPOFF, ProofKind.PIN): JPEG,
    }
    await room.delivered()
    await room.look()
    assert [(proof.kind, proof.file.rpartition(".")[2]) for proof in room.proofs()] == [
        (ProofKind.PIN, "jpg"),
        (ProofKind.SIGNATURE, "png"),
    ]
    assert await room.passes() == 0


async def test_the_way_back_is_asked_for_by_its_own_number(room: Darkroom) -> None:
    await room.on_the_way()
    room.says(DeliveryState.PICKED_UP)
    await room.look()
    job = room.shop.courier.says(room.shop.courier.job("J1"), DeliveryState.RETURNING)
    room.shop.clock.move(seconds=60)
    room.shop.hear(replace(job, at=room.shop.clock.now(), return_ref="R9"))
    room.says(DeliveryState.RETURNED)
    await room.look()
    assert {one[:2] for one in room.camera.asked} == {("J1", Waypoint.PICKUP), ("R9", Waypoint.RETURN)}


async def test_a_picture_that_comes_late_is_waited_for(room: Darkroom) -> None:
    await room.delivered()
    await room.look()
    room.camera.otherwise = PICTURE
    await room.look()
    assert len(room.camera.asked) == 3  # not at once
    await room.passes()
    assert {proof.state for proof in room.proofs()} == {ProofState.KEPT}


async def test_there_is_none_is_believed_after_some_times(room: Darkroom) -> None:
    await room.delivered()
    assert await room.passes() == 4
    (proof,) = room.proofs()
    assert (proof.state, proof.tries, proof.reason) == (ProofState.MISSING, 4, "there is none")
    assert [event.why for event in room.shop.history(ID) if isinstance(event, ProofMissing)] == ["there is none"]


async def test_no_picture_of_the_pick_up_is_no_news(room: Darkroom) -> None:
    await room.on_the_way()
    room.says(DeliveryState.PICKED_UP)
    assert await room.passes() == 2
    assert not any(isinstance(event, ProofMissing) for event in room.shop.history(ID))


@pytest.mark.parametrize("answer", [DOWN, CourierLockedOut("keys refused"), ZeroDivisionError("ours")], ids=repr)
async def test_silence_is_asked_again_with_growing_pauses_and_ends(room: Darkroom, answer: Exception) -> None:
    room.camera.otherwise = answer
    await room.delivered()
    before, pauses = room.shop.clock.now(), []
    while room.wanted():
        await room.look()
        if room.wanted():
            pauses.append(room.wanted()[0].asked_at - room.shop.clock.now())
            room.shop.clock.move(seconds=pauses[-1].total_seconds())
    assert pauses == sorted(pauses)
    assert timedelta(hours=6) < room.shop.clock.now() - before < timedelta(days=2)
    assert {proof.state for proof in room.proofs()} == {ProofState.MISSING}


@pytest.mark.parametrize(
    ("body", "reason"), [(b"<html>sorry</html>", picture.NO_PICTURE), (PICTURE[:-9], picture.CUT_SHORT)]
)
async def test_what_is_no_picture_is_never_kept_and_said(room: Darkroom, body: bytes, reason: str) -> None:
    room.camera.otherwise = body
    await room.delivered()
    await room.look()
    (proof,) = room.proofs()
    assert (proof.state, proof.reason) == (ProofState.WANTED, reason)
    await room.passes()
    assert [event.why for event in room.shop.history(ID) if isinstance(event, ProofMissing)] == [reason]
    assert room.files() == []


@pytest.mark.parametrize(
    "answer", [PICTURE + b"\0" * 10_000_000, CourierDown("endless", code=TOO_LARGE)], ids=["a", "b"]
)
async def test_what_is_too_large_is_not_asked_for_again(room: Darkroom, answer: bytes | Exception) -> None:
    room.camera.otherwise = answer
    await room.delivered()
    assert await room.passes() == 1
    assert [proof.reason for proof in room.proofs()] == [picture.TOO_LARGE]
    assert room.files() == []


async def test_a_bad_picture_beside_a_good_one_does_no_harm(room: Darkroom) -> None:
    room.camera.otherwise = b"<html>"
    room.camera.pictures[(Waypoint.DROPOFF, ProofKind.SIGNATURE)] = PICTURE
    await room.delivered()
    await room.look()
    assert [(proof.kind, proof.state) for proof in room.proofs()] == [(ProofKind.SIGNATURE, ProofState.KEPT)]


async def test_a_restart_goes_on_where_the_last_station_stopped(room: Darkroom) -> None:
    room.camera.answers = asyncio.Event()
    await room.delivered()
    await room.proving.look()
    await room.camera.begun.wait()
    await room.proving.stop()
    assert [proof.tries for proof in room.wanted()] == [0]
    room.camera = Camera(otherwise=PICTURE)
    room.start()
    await room.look()
    assert len(room.files()) == 3


async def test_a_file_that_was_written_before_the_crash_is_taken_up(room: Darkroom) -> None:
    room.camera.pictures[(Waypoint.DROPOFF, ProofKind.PICTURE)] = PICTURE
    await room.delivered()
    at = room.shop.clock.now()
    ProofFiles(room.folder).keep(PICTURE, order_id=ID, waypoint=Waypoint.DROPOFF, kind=ProofKind.PICTURE, at=at)
    await room.look()
    assert [file.name for file in room.files()] == [f"{ID}-dropoff-picture.png"]


async def test_nothing_is_written_over(room: Darkroom) -> None:
    files, at = ProofFiles(room.folder), room.shop.clock.now()
    named = {"order_id": ID, "waypoint": Waypoint.PICKUP, "kind": ProofKind.PICTURE, "at": at}
    first, second, again = (files.keep(body, **named) for body in (PICTURE, JPEG + b"1", JPEG + b"1"))
    assert (first.endswith("picture.png"), second.endswith("picture.jpg"), again) == (True, True, second)
    third = files.keep(png(9, 9, 9), **named)
    assert third.endswith("picture-2.png")
    assert (room.folder / first).read_bytes() == PICTURE


async def test_a_half_written_file_of_a_power_cut_is_no_hindrance(room: Darkroom) -> None:
    room.camera.pictures[(Waypoint.DROPOFF, ProofKind.PICTURE)] = PICTURE
    await room.delivered()
    part = room.folder / "proofs/2026/03" / f"{ID}-dropoff-picture.png.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(PICTURE[:9])
    await room.look()
    assert [file.read_bytes() for file in room.files()] == [PICTURE]


async def test_a_disk_that_takes_nothing_is_tried_again(room: Darkroom) -> None:
    room.camera.otherwise = PICTURE
    room.folder.mkdir(parents=True)
    (room.folder / "proofs").write_text("in the way")
    await room.delivered()
    await room.look()
    assert [(proof.state, proof.tries) for proof in room.proofs()] == [(ProofState.WANTED, 1)]
    (room.folder / "proofs").unlink()
    await room.passes()
    assert {proof.state for proof in room.proofs()} == {ProofState.KEPT}


async def test_the_same_end_of_a_way_is_wanted_once(room: Darkroom) -> None:
    await room.on_the_way()
    for state in (DeliveryState.PICKED_UP, DeliveryState.AT_STORE, DeliveryState.PICKED_UP):
        room.says(state)
    assert [proof.waypoint for proof in room.proofs()] == [Waypoint.PICKUP]


async def test_what_is_under_way_is_not_asked_for_a_second_time(room: Darkroom) -> None:
    room.camera.answers = asyncio.Event()
    await room.on_the_way()
    room.says(DeliveryState.PICKED_UP)
    room.says(DeliveryState.DELIVERED)
    await room.proving.look()
    await room.camera.begun.wait()
    await room.proving.look()
    room.camera.answers.set()
    await room.proving.done()
    assert len(room.camera.asked) == 1 + 3


async def test_a_courier_without_proofs_is_never_asked(sqlite, tmp_path: Path) -> None:
    shop = Shop(sqlite, custom=Custom(has_proofs=False))
    try:
        room = Darkroom(shop, tmp_path / "data")
        await room.delivered()
        assert room.proofs() == []
    finally:
        shop.close()


async def test_a_courier_that_left_the_config_is_asked_no_more(room: Darkroom) -> None:
    await room.delivered()
    room.proving = Proving(room.shop.database, room.shop.writer, {}, ProofFiles(room.folder), room.shop.clock)
    assert await room.passes() == 1
    assert {proof.state for proof in room.proofs()} == {ProofState.MISSING}


async def test_whoever_clears_up_finds_the_files(room: Darkroom) -> None:
    room.camera.otherwise = PICTURE
    await room.delivered()
    await room.look()
    found = room.shop.read(lambda uow: uow.proofs.files_of([room.shop.delivery(ID).id]))
    assert sorted(found) == [file.relative_to(room.folder).as_posix() for file in room.files()]
