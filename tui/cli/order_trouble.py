"""`orderbell order …` for troubles: name one, do its step, send goods once more, close it with a result."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.everywhere import BadUsage, Everywhere, allowed_are
from tui.cli.order import Named, _do, _services, app as app
from tui.i18n import _

if TYPE_CHECKING:
    from core.domain.bearer import Bearer
    from core.domain.moment import Moment
    from core.domain.money import Money
    from core.domain.order import Order
    from core.domain.problem import Problem, ProblemKind
    from core.store.unit_of_work import UnitOfWork

Extra = Annotated[str, typer.Option(help="What the customer pays for the extra way; noted, never charged.")]
Kind = Annotated[str, typer.Option(help="Which trouble, where the order has several.")]


@app.command()
def trouble(
    context: typer.Context,
    number: Named,
    kind: Annotated[str, typer.Option(help="wrong_address, unreachable, refused, damaged, lost, late or weather.")],
    words: Annotated[str, typer.Option(help="What was said.")] = "",
) -> None:
    """Somebody rings and says what is wrong; what is open gets its better name."""
    named, troubles = _kind(kind), _services(context).troubles
    _do(context, number, lambda uow, order, now: troubles.name(uow, order.id, named, words, now))


@app.command()
def step(
    context: typer.Context,
    number: Named,
    words: Annotated[str, typer.Option(help="What came of it.")] = "",
    kind: Kind = "",
) -> None:
    """The step that the order's trouble stands at is done."""
    troubles = _services(context).troubles

    def work(uow: "UnitOfWork", order: "Order", now: "Moment") -> object:
        return troubles.step_done(uow, _problem(uow, order, kind).id, words, now)

    _do(context, number, work)


@app.command()
def address(
    context: typer.Context,
    number: Named,
    to: Annotated[str, typer.Option(help="The right address, in full.")],
    extra: Extra = "",
) -> None:
    """The right address; the driver must be told by a person."""
    ways = _services(context).second_ways
    _do(context, number, lambda uow, order, now: ways.readdress(uow, order.id, to, _money(extra, order), now))


@app.command()
def again(
    context: typer.Context,
    number: Named,
    at: Annotated[str, typer.Option(help="When, as 18:30 by the shop's clock; at once when not said.")] = "",
    to: Annotated[str, typer.Option(help="Another address; as before when not said.")] = "",
    extra: Extra = "",
) -> None:
    """Goods that came back and were counted go once more."""
    from core.domain.second_way import SecondWay
    from tui.labels.typed import WINDOW, coming

    said: Everywhere = context.obj
    ways = said.shop.services.second_ways
    try:
        start = coming(at, said.shop.clock.now(), said.shop.rules.zone)
    except ValueError:
        raise BadUsage(_("{found}: a time is written as 18:30").format(found=f"--at {at:.20}")) from None
    until = start + WINDOW if start else None

    def work(uow: "UnitOfWork", order: "Order", now: "Moment") -> object:
        way = SecondWay(promised_from=start, promised_to=until, address=to, extra=_money(extra, order))
        return ways.again(uow, order.id, way, now)

    _do(context, number, work)


@app.command()
def close(
    context: typer.Context,
    number: Named,
    result: Annotated[str, typer.Option(help="What was done: a trouble is closed with a result.")],
    cost: Annotated[str, typer.Option(help="What it cost; as far as is known when not said.")] = "",
    bearer: Annotated[str, typer.Option("--pays", help="store, platform, customer, shared or nobody.")] = "",
    kind: Kind = "",
) -> None:
    """The order's trouble is dealt with."""
    from core.domain.record import Ending

    who, care = _bearer(bearer), _services(context).care

    def work(uow: "UnitOfWork", order: "Order", now: "Moment") -> None:
        ends = Ending(cost=_money(cost, order), bearer=who)
        care.close_problem(uow, _problem(uow, order, kind).id, result, now, ends)

    _do(context, number, work)


def _problem(uow: "UnitOfWork", order: "Order", kind: str) -> "Problem":
    """The one that is meant; raises `NothingWrong`, `BadUsage` where there are several."""
    from core.domain.refusal import NothingWrong

    found = [one for one in uow.problems.of(order.id) if one.is_open and kind in ("", one.kind.value)]
    if not found:
        raise NothingWrong(f"nothing is wrong with order {order.number}", found=kind or "none")
    if len(found) > 1:
        raise BadUsage(allowed_are("--kind", ", ".join(one.kind.value for one in found)))
    return found[0]


def _kind(name: str) -> "ProblemKind":
    from core.domain.problem import ProblemKind
    from core.domain.trouble import NAMED

    if name not in NAMED:
        raise BadUsage(allowed_are(f"--kind {name:.40}", ", ".join(NAMED)))
    return ProblemKind(name)


def _bearer(name: str) -> "Bearer | None":
    from core.domain.bearer import Bearer

    if name and name not in set(Bearer):
        raise BadUsage(allowed_are(f"--pays {name:.40}", ", ".join(Bearer)))
    return Bearer(name) if name else None


def _money(typed: str, order: "Order") -> "Money | None":
    from core.domain.money import BadMoney
    from tui.labels.typed import amount

    try:
        return amount(typed, order.purchase.total.currency)
    except BadMoney:
        raise BadUsage(_("“{found}” is no amount.").format(found=typed[:40])) from None
