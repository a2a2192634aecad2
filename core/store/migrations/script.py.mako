"""${message}."""

import sqlalchemy as sa
from alembic import op

from core.store.columns import UtcTime

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Forward only: a backup is taken before."""
    ${upgrades if upgrades else "pass"}
