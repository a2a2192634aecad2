"""A week of troubles, and an afternoon with several at once."""

from dataclasses import replace
from datetime import timedelta

from core.board.recurring import Incident, Recurring
from core.domain.delivery import DeliveryState
from core.domain.events import Event, ProblemOpened, StepDone
from core.domain.ids import OrderId, ProblemId
from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.record import Record
from core.domain.trouble_scripts import Task
from tests import samples
from tests.samples import LIN, MEI, NOW, ZONE, Shop, out

KIND = ProblemKind


def incident(at: int, kind: ProblemKind, hours: float, courier: str, **more: object) -> Incident:
    """So many hours ago, dealt with ten minutes later."""
    opened = NOW - timedelta(hours=hours)
    facts: dict[str, object] = {
        "problem_id": ProblemId(f"t{at}"),
        "order_id": OrderId(f"{900 + at}"),
        "number": f"{900 + at}",
        "closed_at": opened + timedelta(minutes=10),
        "result": "customer told",
        "bearer": "platform",
        "cost": Money(8_900, "TWD"),
        "person": "Mei" if at % 3 else "Bo",
        "products": ("Oolong tea 600 ml",) if at % 2 else ("Rice cracker", "Gift cup"),
    }
    return Incident(kind=kind, opened_at=opened, courier=courier, **(facts | more))  # type: ignore[arg-type]


INCIDENTS = (
    incident(1, KIND.LATE, 2, "uber", closed_at=None, result="", cost=None),
    *(incident(at, KIND.LATE, 20 + 24 * at, "uber") for at in range(2, 6)),
    incident(6, KIND.LATE, 26, "pandago"),
    incident(7, KIND.REFUSED, 30, "pandago", bearer="customer", cost=Money(124_000, "TWD")),
    incident(8, KIND.UNREACHABLE, 52, "uber", bearer="customer"),
    incident(9, KIND.DAMAGED, 70, "pandago", bearer="store", cost=Money(45_000, "TWD")),
    incident(10, KIND.REFUSED, 75, "uber", bearer="customer"),
    incident(11, KIND.NO_DRIVER, 100, "pandago", cost=None),
)
RECURRING = Recurring(days=7, until=NOW, zone=ZONE, incidents=INCIDENTS)


def record(one: Incident = INCIDENTS[6]) -> Record:
    """With what was done."""
    problem = replace(
        samples.problem(one.number, one.kind),
        id=one.problem_id,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
        result=one.result,
        bearer=one.bearer,
        cost=one.cost,
    )
    facts = {"order_id": one.order_id, "problem_id": one.problem_id, "kind": one.kind.value}
    done: tuple[Event, ...] = (
        ProblemOpened(at=one.opened_at, **facts),
        StepDone(at=one.opened_at + timedelta(minutes=3), by=MEI, task=Task.PERSUADE, said="sent a gift back", **facts),
    )
    return Record(problem=problem, number=one.number, courier=one.courier, done=done)


def troubles() -> Shop:
    """1061 nobody answers and nobody is at it, 1062 is late, 1063 comes back refused."""
    made = samples.shop(
        (out("1061"), out("1062"), out("1063"), out("1064")),
        deliveries=(
            samples.delivery("1061", DeliveryState.PICKED_UP, 31, driver=LIN),
            samples.delivery("1062", DeliveryState.PICKED_UP, 64, driver=LIN),
            samples.delivery("1063", DeliveryState.RETURNING, 9, driver=LIN),
            samples.delivery("1064", DeliveryState.PICKED_UP, 12, driver=LIN),
        ),
        problems=(
            samples.problem("1061", KIND.UNREACHABLE, 8, "the driver rang"),
            samples.problem("1062", KIND.LATE, 4, "uber: 4 min"),
            samples.problem("1063", KIND.REFUSED, 9, "customer_rejected_order"),
        ),
    )
    first, late, refused = made.board.problems
    grown = (replace(first, louder=2, step=1), late, replace(refused, step=2, cost=Money(8_900, "TWD")))
    return replace(made, board=replace(made.board, problems=grown))
