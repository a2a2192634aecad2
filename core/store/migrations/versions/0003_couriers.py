"""What couriers need: sizes of goods, the driver's clock, costs, the offer taken, proofs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from core.store.columns import UtcTime

revision = "0003"
down_revision = "0002"
OPEN = "state IN ('held', 'calling')"
NEW: dict[str, dict[str, Any]] = {
    "lines": {"length_mm": sa.Integer(), "width_mm": sa.Integer(), "height_mm": sa.Integer()},
    "deliveries": {
        "at_store_at": UtcTime(),
        "heard_at": UtcTime(),
        "eta_at": UtcTime(),
        "received_at": UtcTime(),
        "eta_told_at": UtcTime(),
        "driver_at": UtcTime(),
        "driver_from": UtcTime(),
        "driver_changed_at": UtcTime(),
        "cancel_fee_minor": sa.BigInteger(),
        "cancel_fee_currency": sa.String(),
        "tip_minor": sa.BigInteger(),
        "tip_currency": sa.String(),
    },
    "outbox": {"quote": sa.JSON(), "tip_minor": sa.BigInteger(), "tip_currency": sa.String()},
}


def upgrade() -> None:
    """Forward only: a backup is taken before."""
    for table, columns in NEW.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column("deliveries", sa.Column("former_driver", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_deliveries_return_ref"), "deliveries", ["return_ref"])
    op.add_column("outbox", sa.Column("why", sa.String(), nullable=False, server_default=""))
    _proofs()
    _debts()


def _debts() -> None:
    """One call for an order, but one recall and one tip for each of its jobs."""
    op.drop_index("uq_outbox_open", "outbox")
    for name, columns, where in (
        ("uq_outbox_open", ["order_id", "kind", "courier", "ref"], OPEN),
        ("uq_outbox_call", ["order_id"], f"{OPEN} AND kind = 'book_courier'"),
    ):
        only = sa.text(where)
        op.create_index(name, "outbox", columns, unique=True, sqlite_where=only, postgresql_where=only)


def _proofs() -> None:
    op.create_table(
        "proofs",
        sa.Column("delivery_id", sa.String(), nullable=False),
        sa.Column("waypoint", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_proofs_delivery_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery_id", "waypoint", "kind", name=op.f("pk_proofs")),
    )
    op.create_index(
        "ix_proofs_wanted",
        "proofs",
        ["asked_at"],
        sqlite_where=sa.text("state = 'wanted'"),
        postgresql_where=sa.text("state = 'wanted'"),
    )
