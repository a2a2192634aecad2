"""An index on when orders were first told: the numbers of a day are read from it."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forward only: a backup is taken before."""
    op.create_index("ix_orders_received_at", "orders", ["received_at"])
