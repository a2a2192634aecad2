"""One transaction and all that can be read and written in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from core.store.buyers import Buyers
from core.store.database import Database
from core.store.deliveries import Deliveries
from core.store.drafts import Drafts
from core.store.glances import Glances
from core.store.inbox import Inbox
from core.store.journal import Journal
from core.store.keyed_orders import KeyedOrders
from core.store.lease import Leases
from core.store.orders import Orders
from core.store.outbox import Outbox
from core.store.past import Past
from core.store.problems import Problems
from core.store.proofs import Proofs
from core.store.records import Records
from core.store.refunds import Refunds
from core.store.troubled import Troubled
from core.store.waiting import Waiting
from core.store.watch import tell_postgres


class UnitOfWork:
    """Everything of one connection; it commits or rolls back as a whole."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.orders = Orders(connection)
        self.keyed = KeyedOrders(connection)
        self.drafts = Drafts(connection)
        self.buyers = Buyers(connection)
        self.deliveries = Deliveries(connection)
        self.glances = Glances(lambda query: connection.exec_driver_sql(query).all())
        self.outbox = Outbox(connection)
        self.problems = Problems(connection)
        self.proofs = Proofs(connection)
        self.refunds = Refunds(connection)
        self.inbox = Inbox(connection)
        self.journal = Journal(connection)
        self.leases = Leases(connection)
        self.records = Records(connection)
        self.past = Past(connection)
        self.troubled = Troubled(connection)
        self.waiting = Waiting(connection)


@contextmanager
def writing(database: Database) -> Iterator[UnitOfWork]:
    """Holds the write lock from the start: short ones only."""
    with database.writing() as connection:
        yield UnitOfWork(connection)
        if not database.is_sqlite:
            tell_postgres(connection)


@contextmanager
def reading(database: Database) -> Iterator[UnitOfWork]:
    """One snapshot."""
    with database.reading() as connection:
        yield UnitOfWork(connection)
