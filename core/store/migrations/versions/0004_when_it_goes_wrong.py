"""What goes wrong: money in its parts, refunds, reviews, holds, reminders, what a problem cost and who bears it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from core.store.columns import UtcTime

revision = "0004"
down_revision = "0003"
NEW: dict[str, dict[str, Any]] = {
    "orders": {
        "discount_minor": sa.BigInteger(),
        "tax_minor": sa.BigInteger(),
        "delivery_fee_minor": sa.BigInteger(),
        "reviewed_by": sa.String(),
        "reviewed_at": UtcTime(),
        "completed": sa.JSON(),
        "door": sa.BigInteger(),
        "hold_reason": sa.String(),
        "held_by": sa.String(),
        "held_at": UtcTime(),
        "held_until": UtcTime(),
        "hold_lifted_by": sa.String(),
        "reminded_at": UtcTime(),
    },
    "lines": {"total_minor": sa.BigInteger(), "tax_minor": sa.BigInteger(), "swap_of": sa.String()},
    "outbox": {"call": sa.JSON()},
    "problems": {"cost_minor": sa.BigInteger(), "cost_currency": sa.String(), "next_at": UtcTime()},
}
TEXTS: dict[str, dict[str, str]] = {
    "orders": {"review": "", "hand_number": "", "buyer": ""},
    "lines": {"if_missing": "unsaid", "wish": ""},
    "outbox": {"channel": ""},
    "problems": {"cause": "", "bearer": "", "said": ""},
}


def upgrade() -> None:
    """Forward only: a backup is taken before."""
    for table, columns in NEW.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    for table, texts in TEXTS.items():
        for name, first in texts.items():
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=first))
    for table, name in (("orders", "reminders"), ("problems", "step"), ("problems", "louder")):
        op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("orders", sa.Column("tax_included", sa.Boolean(), nullable=False, server_default=sa.text("true")))
    op.create_index("ix_problems_opened_at", "problems", ["opened_at"])
    _refunds()
    _by_hand()
    _buyers()


def _refunds() -> None:
    texts = ("reason", "by", "state", "ref", "cause", "bearer", "currency")
    op.create_table(
        "refunds",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("send_id", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_refunds_order_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_order_id"), "refunds", ["order_id"])


def _by_hand() -> None:
    only = sa.text("channel = 'hand'")
    op.create_index("ix_orders_by_hand", "orders", ["channel", "received_at"], sqlite_where=only, postgresql_where=only)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )


def _buyers() -> None:
    """Who bought before is known by the last digits of the phone, as `core.domain.phone` finds them."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    digits = "customer_phone"
    for sign in " -+().":
        digits = f"replace({digits}, '{sign}', '')"
    tail = f"substr({digits}, -9)" if is_sqlite else "right(regexp_replace(customer_phone, '[^0-9]', '', 'g'), 9)"
    known = f"length({tail}) >= 7" + (f" AND {tail} NOT GLOB '*[^0-9]*'" if is_sqlite else "")
    op.execute(f"UPDATE orders SET buyer = ltrim({tail}, '0') WHERE {known}")
    op.create_index("ix_orders_buyer", "orders", ["buyer", "received_at"])
    op.create_index("ix_orders_door", "orders", ["door", "received_at"])
