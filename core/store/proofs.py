"""Proofs of deliveries: what is wanted, kept or not to be had. The pictures themselves are files."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from core.domain.ids import CourierName, DeliveryId, OrderId
from core.domain.proof import Proof, ProofKind, ProofState, Waypoint
from core.store.tables import deliveries, proofs

_ENUMS: Final = {"waypoint": Waypoint, "kind": ProofKind, "state": ProofState}
_COLUMNS: Final = [proofs.c[field.name] for field in fields(Proof)]
_ADD: Final = insert(proofs)
_SAVE: Final = update(proofs).where(
    proofs.c.delivery_id == bindparam("_delivery"),
    proofs.c.waypoint == bindparam("_waypoint"),
    proofs.c.kind == bindparam("_kind"),
)
_WANTED: Final = proofs.c.state == ProofState.WANTED.value
AT_ONCE: Final = 50


@dataclass(frozen=True)
class Wanted:
    """A proof that is due to be asked for, and of whom."""

    proof: Proof
    order_id: OrderId
    courier: CourierName
    ref: str  # what the courier calls the way: the one back has a number of its own


class Proofs:
    """The proofs of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def want(self, proof: Proof) -> None:
        """Once for each end of a way, however often it is reported."""
        known = select(proofs.c.kind).where(
            proofs.c.delivery_id == proof.delivery_id, proofs.c.waypoint == proof.waypoint.value
        )
        if self._connection.execute(known).first() is None:
            self.add(proof)

    def add(self, proof: Proof) -> None:
        """Beside others of the same end."""
        self._connection.execute(_ADD, _row(proof))

    def save(self, proof: Proof, before: Proof) -> None:
        """Its next state; it may have turned out to be of another kind."""
        named = {"_delivery": before.delivery_id, "_waypoint": before.waypoint.value, "_kind": before.kind.value}
        self._connection.execute(_SAVE, _row(proof) | named)

    def due(self, now: datetime) -> list[Wanted]:
        """What is to be asked for now, the oldest first."""
        of_whom = (deliveries.c.order_id, deliveries.c.courier, deliveries.c.ref, deliveries.c.return_ref)
        joined = select(*_COLUMNS, *of_whom).join(deliveries, deliveries.c.id == proofs.c.delivery_id)
        query = joined.where(_WANTED, proofs.c.asked_at <= now).order_by(proofs.c.asked_at).limit(AT_ONCE)
        return [_wanted(row) for row in self._connection.execute(query).mappings()]

    def of(self, order_id: OrderId) -> list[Proof]:
        """All of an order, by the way and its end."""
        mine = select(*_COLUMNS).join(deliveries, deliveries.c.id == proofs.c.delivery_id)
        query = mine.where(deliveries.c.order_id == order_id)
        return self._load(query.order_by(deliveries.c.booked_at, proofs.c.waypoint.desc(), proofs.c.kind))

    def files_of(self, delivery_ids: Iterable[DeliveryId]) -> list[str]:
        """Where pictures of these deliveries lie, below the data folder: for whoever clears up."""
        named = proofs.c.delivery_id.in_(list(delivery_ids))
        return list(self._connection.execute(select(proofs.c.file).where(named, proofs.c.file != "")).scalars())

    def _load(self, query: Select[Any]) -> list[Proof]:
        return [_proof(row) for row in self._connection.execute(query).mappings()]


def _row(proof: Proof) -> dict[str, Any]:
    row = {field.name: getattr(proof, field.name) for field in fields(Proof)}
    return row | {name: row[name].value for name in _ENUMS}


def _proof(row: RowMapping) -> Proof:
    known = {field.name: row[field.name] for field in fields(Proof)}
    return Proof(**(known | {name: kind(known[name]) for name, kind in _ENUMS.items()}))


def _wanted(row: RowMapping) -> Wanted:
    proof = _proof(row)
    ref = row["return_ref"] if proof.waypoint is Waypoint.RETURN and row["return_ref"] else row["ref"]
    return Wanted(proof, OrderId(row["order_id"]), CourierName(row["courier"]), ref)
