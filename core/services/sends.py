"""What every outside call has in common: owed, taken back, begun; each with its row in the journal."""

from core.domain.events import SendHeld, SendStarted, SendTakenBack
from core.domain.moment import Moment
from core.domain.send import Send
from core.domain.tell import ability_of
from core.store.unit_of_work import UnitOfWork


def owe(uow: UnitOfWork, send: Send, now: Moment) -> None:
    """Write down what we owe the outside."""
    uow.outbox.add(send)
    held = SendHeld(
        order_id=send.order_id,
        at=now.at,
        by=now.by,
        send_id=send.id,
        kind=send.kind,
        courier=send.courier or send.channel,
        until=send.due_at,
        why=send.why,
        ability=ability_of(send),
    )
    uow.journal.add([held])


def take_back(uow: UnitOfWork, send: Send, now: Moment) -> None:
    """Nothing leaves; raises `NothingToTakeBack` when the call has begun."""
    uow.outbox.save(send.taken_back())
    taken_back = SendTakenBack(
        order_id=send.order_id, at=now.at, by=now.by, send_id=send.id, kind=send.kind, ability=ability_of(send)
    )
    uow.journal.add([taken_back])


def begin(uow: UnitOfWork, send: Send, now: Moment) -> Send:
    """Written down before it leaves, so that a crash is cleared up by asking first."""
    started = send.started()
    uow.outbox.save(started)
    told = SendStarted(
        order_id=send.order_id,
        at=now.at,
        send_id=send.id,
        kind=send.kind,
        attempt=started.attempts,
        ability=ability_of(send),
    )
    uow.journal.add([told])
    return started
