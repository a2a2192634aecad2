"""`orderbell order …`: every counter action, scriptable, with the same rules and journal as the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.everywhere import BadUsage, Everywhere
from tui.i18n import _

if TYPE_CHECKING:
    from core.domain.moment import Moment
    from core.domain.order import Order
    from core.domain.staff import Permission
    from core.services.desk import Services
    from core.store.unit_of_work import UnitOfWork

app = typer.Typer(help="Orders: look, accept, pack, ship, hand over.", no_args_is_help=True)
Named = Annotated[str, typer.Argument(help="The number people say, or the id.", metavar="N")]
Several = Annotated[list[str], typer.Argument(help="Numbers or ids; all or none.", metavar="N…")]


@app.command("list")
def list_orders(
    context: typer.Context,
    stage: Annotated[list[str] | None, typer.Option(help="Only this stage; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many, newest first.")] = 1000,
) -> None:
    """Orders, newest first; all stages when none is named."""
    from tui.cli.order_list import show_list

    show_list(context.obj, stage or [], limit)


@app.command()
def show(context: typer.Context, number: Named) -> None:
    """One order with its lines, checks, delivery and history."""
    from tui.cli.order_list import show_one

    show_one(context.obj, number)


@app.command()
def see(context: typer.Context, number: Named) -> None:
    """I have it: the bell stops on every terminal."""
    _do(context, number, lambda uow, order, now: _services(context).orders.see(uow, order.id, now))


@app.command()
def changes(context: typer.Context, number: Named) -> None:
    """I have read what the customer changed."""
    _do(context, number, lambda uow, order, now: _services(context).orders.see_changes(uow, order.id, now))


@app.command()
def accept(
    context: typer.Context,
    numbers: Several,
    manager: Annotated[str, typer.Option(help="Past the hourly cap: who allows it.")] = "",
    reason: Annotated[str, typer.Option(help="Past the hourly cap: why.")] = "",
    pin: Annotated[str, typer.Option(help="The manager's PIN, where one is set.")] = "",
) -> None:
    """Promise one order or several; the customers can't cancel any more."""
    permission = _permission(manager, reason, pin)

    def work(uow: "UnitOfWork", now: "Moment") -> "list[Order]":
        ids = [uow.orders.called(number).id for number in numbers]
        return _services(context).orders.accept(uow, ids, now, permission)

    _write(context, work)


@app.command()
def reject(
    context: typer.Context, number: Named, reason: Annotated[str, typer.Option(help="Told to the shop's system.")]
) -> None:
    """Say no before accepting; the money goes back."""
    _do(context, number, lambda uow, order, now: _services(context).orders.reject(uow, order.id, reason, now))


@app.command()
def review(
    context: typer.Context,
    number: Named,
    passes: Annotated[bool, typer.Option("--pass", help="All is right: it may be accepted.")] = False,
    address: Annotated[str | None, typer.Option(help="The customer's own words instead of the channel's.")] = None,
    phone: Annotated[str | None, typer.Option(help="Likewise; empty: there is none.")] = None,
    told: Annotated[bool, typer.Option("--told", help="Take what the channel told last after all.")] = False,
    called: Annotated[str, typer.Option(help="The customer was called: right, changed or not-reached.")] = "",
) -> None:
    """What is odd about an order, what to say on the telephone, and what is done about it; refuse it by `reject`."""
    from tui.cli.review import Look, show_review

    look = Look(passes, address, phone, told, called)
    if look.is_only_shown:
        return show_review(context.obj, number)
    return _do(context, number, lambda uow, order, now: look.apply(_services(context).reviewing, uow, order, now))


@app.command()
def hold(
    context: typer.Context,
    number: Named,
    reason: Annotated[str, typer.Option(help="Kept in the journal.")],
    until: Annotated[str, typer.Option(help="15:30, or minutes: then it ends by itself.")] = "",
    manager: Annotated[bool, typer.Option("--manager", help="Only a manager may lift it.")] = False,
) -> None:
    """Let an order wait: it cannot be accepted, no driver is called, nothing is handed over."""
    from core.domain.hold import end_of
    from core.domain.staff import Role

    role, holding = Role.MANAGER if manager else Role.CASHIER, _services(context).holding

    def step(uow: "UnitOfWork", order: "Order", now: "Moment") -> object:
        ends = end_of(until, now.at, context.obj.shop.rules.zone)
        return holding.put_on(uow, order.id, reason, now, until=ends, lifted_by=role)

    _do(context, number, step)


@app.command()
def lift(
    context: typer.Context,
    number: Named,
    manager: Annotated[str, typer.Option(help="Where only a manager may: who.")] = "",
    reason: Annotated[str, typer.Option(help="Where only a manager may: why.")] = "",
    pin: Annotated[str, typer.Option(help="The manager's PIN, where one is set.")] = "",
) -> None:
    """A held order may go on."""
    permission = _permission(manager, reason, pin)
    _do(context, number, lambda uow, order, now: _services(context).holding.lift(uow, order.id, now, permission))


@app.command()
def check(
    context: typer.Context,
    number: Named,
    everything: Annotated[bool, typer.Option("--all", help="Every line and every check.")] = False,
    line: Annotated[list[str] | None, typer.Option(help="A line's id, SKU or barcode.")] = None,
    quantity: Annotated[int | None, typer.Option("--qty", help="Pieces in the bag, with --line.")] = None,
    named: Annotated[list[str] | None, typer.Option("--check", help="quantity, quality, packaging or size.")] = None,
    undo: Annotated[bool, typer.Option(help="Take the tick back.")] = False,
) -> None:
    """Tick lines and checks."""
    from tui.cli.ticks import Ticks

    ticks = Ticks(everything, tuple(line or ()), quantity, tuple(named or ()), undo)
    _do(context, number, lambda uow, order, now: ticks.apply(_services(context).packing, uow, order, now))


@app.command()
def ready(
    context: typer.Context,
    number: Named,
    parcels: Annotated[int | None, typer.Option(help="Bags or boxes; as planned when not said.")] = None,
    reason: Annotated[str, typer.Option(help="Why, with a list that is not complete.")] = "",
) -> None:
    """Packed; now a courier can be called."""
    _do(context, number, lambda uow, order, now: _services(context).packing.ready(uow, order.id, parcels, reason, now))


@app.command()
def fit(
    context: typer.Context,
    number: Named,
    plans: Annotated[bool, typer.Option("--plan", help="Plan the parcels of the split that helps.")] = False,
    parcels: Annotated[int | None, typer.Option(help="Plan so many parcels.")] = None,
) -> None:
    """Who can carry it, who cannot and why, and a split."""
    from tui.cli.fit import parcels_of_split, show_fit

    count = parcels_of_split(context.obj, number) if plans and parcels is None else parcels
    if count is None:
        return show_fit(context.obj, number)
    return _do(
        context, number, lambda uow, order, now: _services(context).packing.plan_parcels(uow, order.id, count, now)
    )


@app.command()
def reopen(
    context: typer.Context, number: Named, reason: Annotated[str, typer.Option(help="Kept in the journal.")] = ""
) -> None:
    """Back to the packing table."""
    _do(context, number, lambda uow, order, now: _services(context).packing.reopen(uow, order.id, reason, now))


@app.command()
def ship(
    context: typer.Context,
    number: Named,
    courier: Annotated[str | None, typer.Option(help="The courier's section in the config.")] = None,
) -> None:
    """Call a driver: the call leaves after the held seconds; `recall` takes it back until then."""
    from tui.cli.quotes import decided

    choice = None if courier else decided(context.obj, number)
    quote, why = (choice.quote, choice.why) if choice else (None, None)
    name, dispatch = choice.courier if choice else courier, _services(context).dispatch
    _do(context, number, lambda uow, order, now: dispatch.ship(uow, order.id, name, now, quote=quote, why=why))
    _warn_without_station(context.obj)


@app.command()
def quotes(context: typer.Context, number: Named) -> None:
    """What every courier that can carry it charges now, and whom the store's policy would call; books nothing."""
    from tui.cli.quotes import show_quotes

    show_quotes(context.obj, number)


@app.command()
def partial(
    context: typer.Context,
    number: Named,
    line: Annotated[list[str] | None, typer.Option(help="LINE=PIECES that go; lines not named go whole.")] = None,
    swap: Annotated[list[str] | None, typer.Option(help="LINE=SKU:PIECES that go instead.")] = None,
    asked: Annotated[bool, typer.Option("--asked", help="The customer has said yes on the phone.")] = False,
    fee: Annotated[str, typer.Option(help="What of the delivery fee goes back.")] = "",
    plan: Annotated[
        bool, typer.Option("--plan", help="Say what it would come to, and what to ask; do nothing.")
    ] = False,
) -> None:
    """Fewer goods than ordered, once: the rest is swapped or refunded; leaves after the held seconds."""
    from tui.cli.partial import Wanted, show_plan

    wanted = Wanted(tuple(line or ()), tuple(swap or ()), fee, asked)
    if plan:
        return show_plan(context.obj, number, wanted)
    shorting = _services(context).shorting
    _do(context, number, lambda uow, order, now: shorting.ship(uow, order.id, wanted.of(order), now))
    return _warn_without_station(context.obj)


@app.command()
def refund(
    context: typer.Context,
    number: Named,
    reason: Annotated[str, typer.Option(help="Told to the shop's system, and kept.")],
    amount: Annotated[str, typer.Option(help="So much; what the pieces named were paid with when not said.")] = "",
    line: Annotated[list[str] | None, typer.Option(help="LINE=PIECES it is for.")] = None,
) -> None:
    """Give money back, never more than is left of what was paid; leaves after the held seconds, till then `undo`."""
    from tui.cli.refunds import Back

    back = Back(amount, tuple(line or ()), reason)
    refunding = _services(context).refunding
    _do(context, number, lambda uow, order, now: back.give(refunding, uow, order, now))
    _warn_without_station(context.obj)


@app.command()
def undo(context: typer.Context, number: Named) -> None:
    """Take back what leaves in a moment: a no, a cancel, money, a driver's call."""
    _do(context, number, lambda uow, order, now: _services(context).undoing.take_back(uow, order.id, now))


@app.command()
def told(
    context: typer.Context,
    number: Named,
    again: Annotated[bool, typer.Option("--again", help="Tell it once more: it was put right there.")] = False,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="It is done in the shop's own system.")] = False,
    given_up: Annotated[bool, typer.Option("--give-up", help="It is not to be done; with a reason.")] = False,
    reason: Annotated[str, typer.Option(help="Why it is given up.")] = "",
) -> None:
    """Say how it goes on where the shop's own system said no, or does not answer."""
    from tui.cli.refunds import end_of

    end = end_of(again=again, by_hand=by_hand, given_up=given_up)
    settling = _services(context).settling
    _do(context, number, lambda uow, order, now: settling.settle(uow, order.id, end, reason, now))
    _warn_without_station(context.obj)


@app.command()
def recall(context: typer.Context, number: Named) -> None:
    """End the search for a driver, possible only while matching."""
    _do(context, number, lambda uow, order, now: _services(context).dispatch.recall(uow, order.id, now))
    _warn_without_station(context.obj)


@app.command()
def handover(
    context: typer.Context,
    number: Named,
    waybill: Annotated[str, typer.Option(help="What the driver shows, scanned or typed.")],
    parcels: Annotated[int | None, typer.Option(help="Parcels counted.")] = None,
    pin: Annotated[str | None, typer.Option(help="The PIN, where the courier uses one.")] = None,
    manager: Annotated[str, typer.Option(help="Without the right PIN: who allows it.")] = "",
    reason: Annotated[str, typer.Option(help="Without the right PIN: why.")] = "",
    manager_pin: Annotated[str, typer.Option(help="The manager's PIN, where one is set.")] = "",
) -> None:
    """Goods change hands: the waybill is compared, the time noted."""
    from core.domain.handover import Handover
    from tui.cli.handing import hand_over

    permission = _permission(manager, reason, manager_pin)
    hand_over(context.obj, number, Handover(waybill=waybill, parcels=parcels, pin=pin, permission=permission))


@app.command()
def receive(
    context: typer.Context,
    number: Named,
    line: Annotated[list[str] | None, typer.Option(help="LINE=SOUND or LINE=SOUND/DAMAGED; others are sound.")] = None,
    parcels: Annotated[int | None, typer.Option(help="Parcels that came back; all when not said.")] = None,
    note: Annotated[str, typer.Option(help="Kept in the journal.")] = "",
    money: Annotated[
        str, typer.Option(help="refund: as the customer's part is; refund_all: the way too; later: to be agreed.")
    ] = "refund",
) -> None:
    """Goods are back in the store, counted and looked at; the money goes back, or is to be agreed."""
    from tui.cli.handing import goods_back

    def step(uow: "UnitOfWork", order: "Order", now: "Moment") -> object:
        goods = goods_back(order, line or (), parcels, note, money)
        return _services(context).care.receive(uow, order.id, goods, now)

    _do(context, number, step)


@app.command()
def proof(
    context: typer.Context,
    number: Named,
    opens: Annotated[bool, typer.Option("--open", help="Show the pictures in the desktop's own viewer.")] = False,
) -> None:
    """Proofs of pick-up, delivery and return: where each picture is, or why there is none."""
    from tui.cli.handing import show_proofs

    show_proofs(context.obj, number, opens=opens)


@app.command()
def settle(
    context: typer.Context,
    number: Named,
    back: Annotated[bool, typer.Option("--back/--arrived", help="The goods are back, or the customer has them.")],
) -> None:
    """Say how a way ended that no courier reports on any more."""
    _do(context, number, lambda uow, order, now: _services(context).care.settle(uow, order.id, now, came_back=back))


@app.command()
def booked(
    context: typer.Context, number: Named, ref: Annotated[str, typer.Option(help="The courier's number of the job.")]
) -> None:
    """An answer was lost, and the courier's site shows the job: it is looked up there and taken up."""
    from tui.cli.out import note

    if not ref.strip():
        raise BadUsage(_("--ref needs the courier's number of the job; for none there is not-booked"))
    _do(context, number, lambda uow, order, now: _services(context).doubts.settle(uow, order.id, ref, now))
    note(_("the courier is asked about {number}; if it knows no such job, the problem says so").format(number=ref))
    _warn_without_station(context.obj)


@app.command("not-booked")
def not_booked(context: typer.Context, number: Named) -> None:
    """An answer was lost, and the courier's site shows no job: another driver may be called."""
    _do(context, number, lambda uow, order, now: _services(context).doubts.settle(uow, order.id, "", now))


@app.command()
def cancel(
    context: typer.Context,
    number: Named,
    reason: Annotated[str, typer.Option(help="Kept in the journal; the cause when not said.")] = "",
    cause: Annotated[str, typer.Option(help="Why, as the coach's table names it; shop when not said.")] = "",
    refund: Annotated[str, typer.Option(help="So much goes back: 120 or 50%; by the table when not said.")] = "",
    manager: Annotated[str, typer.Option(help="Beyond the table's limits: who allows it.")] = "",
    allowed: Annotated[str, typer.Option("--allowed", help="Beyond the table's limits: why.")] = "",
    pin: Annotated[str, typer.Option(help="The manager's PIN, where one is set.")] = "",
) -> None:
    """Call an order off; a courier under way is recalled and the money goes back in the same step."""
    from tui.cli.coach import Wish, call_off, permission_of

    permission = permission_of(manager, allowed, pin)
    call_off(context.obj, number, Wish(cause=cause, refund=refund, words=reason, permission=permission))


@app.command()
def coach(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="An order; the whole table when none is named.", metavar="[N]")] = "",
    cause: Annotated[str, typer.Option(help="Only this cause: changed_mind, too_late, quality …")] = "",
    do: Annotated[str, typer.Option(help="What was agreed: cancel, refund_part, go_on, bring_back …")] = "",
    refund: Annotated[str, typer.Option(help="So much goes back: 120 or 50%; as suggested when not said.")] = "",
    note: Annotated[str, typer.Option(help="Kept with the record.")] = "",
    manager: Annotated[str, typer.Option(help="Where the table asks for one: who allows it.")] = "",
    allowed: Annotated[str, typer.Option("--allowed", help="Where the table asks for one: why.")] = "",
    pin: Annotated[str, typer.Option(help="The manager's PIN, where one is set.")] = "",
) -> None:
    """A customer calls: who pays, what to say, what can be done; with --do it is done."""
    from tui.cli.coach import Wish, agree, permission_of, show, show_table

    if not number:
        return show_table(context.obj, cause)
    if not do:
        return show(context.obj, number, cause)
    if not cause:
        raise BadUsage(_("--do needs --cause: why the customer calls"))
    permission = permission_of(manager, allowed, pin)
    return agree(context.obj, number, Wish(cause, do, refund, note, permission))


@app.command()
def enter(
    context: typer.Context,
    channel: Annotated[str, typer.Option(help="The feed it belongs to, which is down.")] = "",
    number: Annotated[str, typer.Option(help="Its number there, if the caller knows it.")] = "",
    kind: Annotated[str, typer.Option("--type", help="delivery, pickup, shipping or dine_in.")] = "",
    when: Annotated[str, typer.Option(help="14:50, 11-23 12:00 or +40; as soon as possible when not said.")] = "",
    allergens: Annotated[str, typer.Option(help="What the customer cannot have.")] = "",
    paid: Annotated[str, typer.Option(help="channel, cash, card, later or at_the_door.")] = "",
    source: Annotated[str, typer.Option("--from", help="A file with the form as JSON, - for standard input.")] = "",
    read_back: Annotated[bool, typer.Option("--read-back", help="With --from: the caller has heard it.")] = False,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="With --from: and has said yes.")] = False,
    apart: Annotated[list[str] | None, typer.Option(help="An order that came in and is another one.")] = None,
) -> None:
    """Key an order in by hand, while a channel is down; it is read back and confirmed twice."""
    from tui.cli.enter import Facts, enter_order

    facts = Facts(channel, number, kind, when, allergens, paid, source, read_back, confirmed, tuple(apart or ()))
    enter_order(context.obj, facts)


@app.command()
def join(
    context: typer.Context,
    number: Named,
    same: Annotated[str, typer.Option("--same", help="It is this order, keyed in by hand.")] = "",
    another: Annotated[bool, typer.Option("--another", help="It is an order of its own.")] = False,
) -> None:
    """Whether a channel's copy is an order that was keyed in by hand; bare, which it may be."""
    from tui.cli.join import join_order

    if same and another:
        raise BadUsage(_("--same and --another: say one of them"))
    join_order(context.obj, number, same, is_another=another)


def _permission(manager: str, reason: str, pin: str) -> "Permission | None":
    """A manager's word, where one is given."""
    from core.domain.ids import StaffId
    from core.domain.staff import Permission

    return Permission(manager=StaffId(manager), reason=reason, pin=pin) if manager or reason else None


def _services(context: typer.Context) -> "Services":
    said: Everywhere = context.obj
    return said.shop.services


def _do(context: typer.Context, number: str, work: "Callable[[UnitOfWork, Order, Moment], object]") -> None:
    """One order, one step."""

    def step(uow: "UnitOfWork", now: "Moment") -> "list[Order]":
        order = uow.orders.called(number)
        work(uow, order, now)
        return [uow.orders.get(order.id)]

    _write(context, step)


def _write(context: typer.Context, work: "Callable[[UnitOfWork, Moment], list[Order]]") -> None:
    """In one transaction; then say how the orders stand."""
    from core.store.unit_of_work import writing
    from tui.cli.order_list import moment, tell_orders

    said: Everywhere = context.obj
    shop = said.shop
    with writing(shop.database) as uow:
        orders = work(uow, moment(said))
    tell_orders(said, orders)


def _warn_without_station(said: Everywhere) -> None:
    from tui.cli.out import note
    from tui.wiring.beside import station_of

    if station_of(said.shop) is None:
        note(_("no station runs on this store: the call leaves when one does (orderbell serve)"))
