"""Fetches proofs of pick-up, delivery and return, and keeps them as files; in the station alone, behind everything."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.domain import picture
from core.domain.events import ProofKept, ProofMissing
from core.domain.ids import CourierName
from core.domain.proof import Proof, ProofKind, ProofState, Waypoint
from core.ports.clock import Clock
from core.ports.courier import TOO_LARGE, Courier, CourierDown, CourierLockedOut, CourierProblem, CourierRefused
from core.services.threads import to_its_end
from core.store.database import Database
from core.store.proof_files import ProofFiles
from core.store.proofs import Wanted
from core.store.unit_of_work import UnitOfWork, reading
from core.store.writer import Writer

logger = logging.getLogger(__name__)
AT_ONCE: Final = 2
LOCKED_OUT_PAUSE: Final = 300.0  # seconds: a person must act first
KINDS: Final[dict[Waypoint, tuple[ProofKind, ...]]] = {
    Waypoint.PICKUP: (ProofKind.PICTURE,),
    Waypoint.DROPOFF: (ProofKind.PICTURE, ProofKind.SIGNATURE, ProofKind.PIN),
    Waypoint.RETURN: (ProofKind.PICTURE,),
}
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Fetched:
    """What came of asking: pictures by kind; with none, why not, and how."""

    pictures: Mapping[ProofKind, bytes]
    reason: str = ""
    is_refusal: bool = False
    is_final: bool = False
    retry_after: float | None = None  # seconds


class Proving:
    """What is wanted stands in the store: a restart forgets nothing."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        couriers: Mapping[CourierName, Courier],
        files: ProofFiles,
        clock: Clock,
    ) -> None:
        self._database = database
        self._writer = writer
        self._couriers = couriers
        self._files = files
        self._clock = clock
        self._under_way: dict[Key, asyncio.Task[None]] = {}

    async def look(self) -> None:
        """Begin to ask for what is due, a few at a time."""
        if len(self._under_way) >= AT_ONCE:
            return
        for wanted in await asyncio.to_thread(self._due):
            key = _key(wanted.proof)
            if key not in self._under_way and len(self._under_way) < AT_ONCE:
                task = asyncio.create_task(self._make(wanted), name="proof")
                self._under_way[key] = task
                task.add_done_callback(lambda _, key=key: self._under_way.pop(key, None))  # type: ignore[misc]

    async def stop(self) -> None:
        """What is under way is asked for again at the next start."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def done(self) -> None:
        """When nothing is under way any more."""
        await asyncio.gather(*self._under_way.values())

    def _due(self) -> list[Wanted]:
        with reading(self._database) as uow:
            return uow.proofs.due(self._clock.now())

    async def _make(self, wanted: Wanted) -> None:
        try:
            fetched, files = await self._try(wanted)
            await self._writer.do(lambda uow: self._note(uow, wanted, fetched, files))
        except Exception:
            logger.exception("what came of a proof could not be written down; it is tried again")
            await asyncio.sleep(1)

    async def _try(self, wanted: Wanted) -> tuple[Fetched, dict[ProofKind, str]]:
        try:
            fetched = await self._fetch(wanted)
            return fetched, await to_its_end(lambda: self._keep(wanted, fetched))
        except Exception as error:
            logger.exception("a proof could not be kept; it is tried again")
            return Fetched({}, f"something failed here: {type(error).__name__}"), {}

    async def _fetch(self, wanted: Wanted) -> Fetched:
        """Every kind there may be: one that is there ends the search."""
        courier = self._couriers.get(wanted.courier)
        if courier is None:
            reason = f"no courier is called {wanted.courier} in the config any more"
            return Fetched({}, reason, is_final=True)
        answers = [await self._ask(courier, wanted, kind) for kind in KINDS[wanted.proof.waypoint]]
        pictures = {kind: body for answer in answers for kind, body in answer.pictures.items()}
        if pictures:
            return Fetched(pictures)
        # Silence and nonsense weigh more than a no: there may be one all the same.
        return next((answer for answer in answers if not answer.is_refusal), answers[0])

    async def _ask(self, courier: Courier, wanted: Wanted, kind: ProofKind) -> Fetched:
        try:
            body = await courier.proof(wanted.ref, wanted.proof.waypoint, kind)
        except CourierRefused as refused:
            return Fetched({}, str(refused), is_refusal=True)
        except CourierProblem as trouble:
            return _in_vain(trouble)
        reason = picture.trouble(body)
        return Fetched({}, reason, is_final=reason == picture.TOO_LARGE) if reason else Fetched({kind: body})

    def _keep(self, wanted: Wanted, fetched: Fetched) -> dict[ProofKind, str]:
        at, waypoint = self._clock.now(), wanted.proof.waypoint
        return {
            kind: self._files.keep(body, order_id=wanted.order_id, waypoint=waypoint, kind=kind, at=at)
            for kind, body in fetched.pictures.items()
        }

    def _note(self, uow: UnitOfWork, wanted: Wanted, fetched: Fetched, files: dict[ProofKind, str]) -> None:
        now, before = self._clock.now(), wanted.proof
        if not files:
            return self._note_trouble(uow, wanted, fetched)
        for place, (kind, file) in enumerate(files.items()):
            kept = before.kept(kind, file, now)
            uow.proofs.add(kept) if place else uow.proofs.save(kept, before)
            size = len(fetched.pictures[kind])
            happened = ProofKept(
                order_id=wanted.order_id, at=now, waypoint=before.waypoint, proof=kind, file=file, size=size
            )
            uow.journal.add([happened])
        return None

    def _note_trouble(self, uow: UnitOfWork, wanted: Wanted, fetched: Fetched) -> None:
        after = _after(wanted.proof, fetched, self._clock)
        uow.proofs.save(after, wanted.proof)
        # Hardly any courier takes pictures in the store: their lack is no news.
        if after.state is ProofState.MISSING and after.waypoint is not Waypoint.PICKUP:
            at, waypoint = after.asked_at, after.waypoint
            uow.journal.add([ProofMissing(order_id=wanted.order_id, at=at, waypoint=waypoint, why=after.reason)])


def _in_vain(trouble: CourierProblem) -> Fetched:
    if trouble.code == TOO_LARGE:
        return Fetched({}, picture.TOO_LARGE, is_final=True)
    pause = LOCKED_OUT_PAUSE if isinstance(trouble, CourierLockedOut) else None
    return Fetched({}, str(trouble), retry_after=trouble.retry_after if isinstance(trouble, CourierDown) else pause)


def _after(proof: Proof, fetched: Fetched, clock: Clock) -> Proof:
    now = clock.now()
    if fetched.is_final:
        return proof.missing(fetched.reason, now)
    if fetched.is_refusal:
        return proof.refused(fetched.reason, now)
    return proof.postponed(fetched.reason, now, fetched.retry_after)


def _key(proof: Proof) -> Key:
    return proof.delivery_id, proof.waypoint, proof.kind
