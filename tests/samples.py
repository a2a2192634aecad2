"""Ready-made orders, sheets and boards: one Saturday afternoon in a Taipei shop, standing still at 14:32:07."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.board.board import Board
from core.board.calls import with_call
from core.board.day_load import DayLoad
from core.board.drivers import driver_line, ground_of
from core.board.journal import JournalLine
from core.board.lamps import LampKind, LampLine, Light, SoundLamp, courier_lamp
from core.board.load import LoadLine
from core.board.orders import in_order, queue_line
from core.board.problems import problem_line
from core.board.sheet import Sheet
from core.domain.acceptance import examine
from core.domain.alert import Mute
from core.domain.call_advice import Advice
from core.domain.catalogue import Catalogue
from core.domain.checklist import Check, Checklist
from core.domain.circuit import Circuit
from core.domain.delivery import Delivery, DeliveryState, Driver
from core.domain.events import Event, OrderAccepted, OrderOpened, OrderReceived, OrderSeen, PackingFinished, SendHeld
from core.domain.hours import OpeningHours
from core.domain.ids import ChannelName, CourierName, DeliveryId, LineId, OrderId, ProblemId, SendId, StaffId
from core.domain.line import OrderLine
from core.domain.measures import Box
from core.domain.money import Money
from core.domain.order import Order
from core.domain.payment import Payment
from core.domain.problem import Problem, ProblemKind
from core.domain.purchase import Customer, Purchase
from core.domain.send import Send, SendKind
from core.domain.sound_check import SoundCheck
from core.domain.sound_trouble import Fault, SoundTrouble
from core.domain.stage import Stage
from core.domain.store_rules import StoreRules
from core.domain.trouble_scripts import begun
from core.domain.vitals import Allowance, TokenLife, Vitals
from tests import sample_by_hand, sample_fits, sample_offers, sample_past, sample_told
from tests.sample_offers import BY_HAND as BY_HAND, UBER_PREFERRED as UBER_PREFERRED

ZONE = ZoneInfo("Asia/Taipei")
NOW = datetime(2026, 11, 21, 6, 32, 7, tzinfo=UTC)
MEI = StaffId("Mei")
RULES = StoreRules(
    name="台北南西店",
    latitude=25.0523,
    longitude=121.5202,
    zone=ZONE,
    hours=OpeningHours.parse("09:00-21:00", ZONE),
)
GROUND = ground_of(RULES)
AT_NINE = NOW - timedelta(hours=5, minutes=30)
HEARD = SoundCheck(played=3, backend="miniaudio", at=AT_NINE, heard=3, by=MEI)
BEEPS = SoundCheck(played=3, backend="miniaudio", at=NOW)
SOUND_OK = SoundLamp(light=Light.OK, backend="miniaudio", rung_at=AT_NINE, check=HEARD)
UNCHECKED = replace(SOUND_OK, check=None)
ASKED = replace(UNCHECKED, question=BEEPS)
PLAYING = replace(UNCHECKED, is_playing=True)
NOT_HEARD = replace(SOUND_OK, check=replace(HEARD, heard=0))
MUTED = replace(SOUND_OK, mute=Mute(by=MEI, until=NOW + timedelta(minutes=13)))
QUIET = replace(SOUND_OK, is_quiet=True, quiet_until=NOW + timedelta(hours=2))
SILENT = SoundLamp(light=Light.FAIL, trouble=(SoundTrouble(Fault.NO_DEVICE, "miniaudio"),))
RINGING = replace(SOUND_OK, is_ringing=True, rung_at=NOW)


COMPARED = sample_offers.compared(NOW)
WARES = sample_by_hand.WARES
HALF_KEYED = sample_by_hand.half(NOW)
LIKELY = sample_by_hand.likely(NOW)
NO_DAY = sample_past.day(RULES, NOW, has_past=False)


def ago(minutes: float = 0, seconds: float = 0) -> datetime:
    """So long before the samples' now."""
    return NOW - timedelta(minutes=minutes, seconds=seconds)


def ahead(minutes: float = 0, seconds: float = 0) -> datetime:
    """So long after it."""
    return NOW + timedelta(minutes=minutes, seconds=seconds)


def item(name: str, quantity: int = 1, picked: int = 0, **more: object) -> OrderLine:
    """A line; its id is its name."""
    facts: dict[str, object] = {"sku": name[:12], "shelf": "A-03", "weight_g": 400} | more
    return OrderLine(id=LineId(name), name=name, quantity=quantity, picked=picked, **facts)  # type: ignore[arg-type]


TEA = item("Oolong tea 600 ml", 2, barcode="4710018000231", weight_g=640)
CRACKER = item("Rice cracker", 1, shelf="B-11", barcode="4710088412345", weight_g=180)
GIFT = item("Gift cup", 1, shelf="", is_gift=True, weight_g=300)


OF_PURCHASE = Purchase.__dataclass_fields__.keys() - {"accept_by"}


def order(number: str, stage: Stage = Stage.NEW, **facts: object) -> Order:
    """An order; facts named after the purchase's fields go there, the rest to the order."""
    of_purchase = {name: facts.pop(name) for name in list(facts) if name in OF_PURCHASE}
    told: dict[str, object] = {
        "channel": ChannelName("web"),
        "shop": "main",
        "channel_order_id": number,
        "number": number,
        "updated_at": ago(2),
        "placed_at": ago(3),
        "payment": Payment.PAID,
        "customer": Customer(name="Ms Chen", phone="0912 345 671", address="中山區南京西路 12 號 3 樓"),
        "lines": (TEA, CRACKER, GIFT),
        "total": Money(124_000, "TWD"),
        "promised_from": ahead(18),
        "promised_to": ahead(48),
    }
    held: dict[str, object] = {"received_at": ago(2), "opened_at": ago(2), "accept_by": ahead(3, 12)}
    purchase = Purchase(**(told | of_purchase))  # type: ignore[arg-type]
    return Order(id=OrderId(number), purchase=purchase, stage=stage, **(held | facts))  # type: ignore[arg-type]


def preparing(number: str, **facts: object) -> Order:
    """Accepted a while ago."""
    usual: dict[str, object] = {"accepted_at": ago(8), "ready_by": ahead(6, 10), "seen_at": ago(9), "seen_by": MEI}
    return order(number, Stage.PREPARING, **(usual | facts))


def ready(number: str, **facts: object) -> Order:
    """Packed and checked."""
    lines = tuple(replace(line, picked=line.quantity) for line in (TEA, CRACKER))
    usual: dict[str, object] = {"lines": lines, "checklist": Checklist(frozenset(Check)), "ready_at": ago(3)}
    return replace(preparing(number, **(usual | facts)), stage=Stage.READY)


def out(number: str, **facts: object) -> Order:
    """With the driver."""
    return replace(ready(number, **facts), stage=Stage.OUT, left_at=ago(22))


def delivery(number: str, state: DeliveryState, minutes: float, courier: str = "uber", **facts: object) -> Delivery:
    """A live job, so many minutes in its state."""
    usual: dict[str, object] = {"waybill": f"7F2K-{number}", "word": state.value, "at": ago(0, 20)}
    return Delivery(
        id=DeliveryId(f"d{number}"),
        order_id=OrderId(number),
        courier=CourierName(courier),
        ref=f"ref{number}",
        key=f"key{number}",
        state=state,
        state_since=ago(minutes),
        booked_at=ago(minutes + 4),
        **(usual | facts),  # type: ignore[arg-type]
    )


def problem(number: str, kind: ProblemKind, minutes: float = 3, detail: str = "") -> Problem:
    """Open."""
    made = Problem(
        id=ProblemId(f"p{number}"), kind=kind, opened_at=ago(minutes), order_id=OrderId(number), detail=detail
    )
    return begun(made, made.opened_at)


def held_call(number: str, courier: str = "uber") -> Send:
    """A call that leaves in four seconds."""
    return Send(
        id=SendId(f"s{number}"),
        order_id=OrderId(number),
        kind=SendKind.BOOK_COURIER,
        courier=CourierName(courier),
        key=f"key{number}",
        due_at=ahead(0, 4.5),
        created_at=ago(0, 1),
        created_by=MEI,
    )


def history(of: Order) -> tuple[Event, ...]:
    """What must have happened to come to this stage."""
    purchase = of.purchase
    events: list[Event] = [
        OrderReceived(
            order_id=of.id,
            at=ago(9, 40),
            channel=purchase.channel,
            number=of.number,
            stage=Stage.NEW,
            payment=purchase.payment,
        ),
        OrderOpened(order_id=of.id, at=ago(9, 40)),
    ]
    if of.seen_at:
        events.append(OrderSeen(order_id=of.id, at=of.seen_at, by=MEI))
    if of.accepted_at:
        events.append(OrderAccepted(order_id=of.id, at=of.accepted_at, by=MEI, ready_by=of.ready_by or NOW))
    if of.ready_at:
        events.append(PackingFinished(order_id=of.id, at=of.ready_at, by=MEI, parcels=of.parcels))
    return tuple(events)


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A board and the sheets behind it, made from the same orders."""

    board: Board
    sheets: dict[str, Sheet] = field(default_factory=dict)
    today: DayLoad = NO_DAY
    happened: tuple[JournalLine, ...] = ()  # oldest first
    sound: SoundLamp = SOUND_OK
    goods: Catalogue = field(default_factory=dict)


def shop(
    orders: Sequence[Order],
    *,
    deliveries: Sequence[Delivery] = (),
    sends: Sequence[Send] = (),
    problems: Sequence[Problem] = (),
    accepted: int = 37,
    lamps: Sequence[LampLine] = (),
    sound: SoundLamp = SOUND_OK,
    calls: Sequence[tuple[str, Advice]] = (),
) -> Shop:
    """Board and sheets; `calls` is the advice by order."""
    advice = dict(calls)
    by_order = {job.order_id: job for job in deliveries}
    send_of = {send.order_id: send for send in sends}
    troubles = {one.order_id: [p for p in problems if p.order_id == one.order_id] for one in problems}
    load = LoadLine(
        cap=50,
        accepted=tuple(sorted(ago(minutes=1 + at * 55 / accepted) for at in range(accepted))),
        in_progress=sum(1 for one in orders if one.is_in_the_shop),
        waiting=sum(1 for one in orders if one.stage is Stage.NEW),
        hours=RULES.hours.text,
    )
    lines = (
        queue_line(one, by_order.get(one.id), send_of.get(one.id), len(troubles.get(one.id, ()))) for one in orders
    )
    queue = in_order(with_call(line, advice.get(line.order_id), NOW) for line in lines)
    numbers = {one.id: one for one in orders}
    board = Board(
        seen=1,
        store=RULES.name,
        queue=queue,
        drivers=tuple(
            sorted((driver_line(job, numbers[job.order_id], GROUND) for job in deliveries), key=lambda line: line.rank)
        ),
        problems=tuple(
            problem_line(one, numbers[one.order_id].number, numbers[one.order_id].stage)
            if one.order_id
            else problem_line(one)
            for one in problems
        ),
        load=load,
        lamps=tuple(lamps) or LAMPS,
        sends_waiting=len(sends),
    )
    sheets = {
        one.id: Sheet(
            order=one,
            at=NOW,
            verdicts=examine(one, RULES, load.at(NOW), NOW),
            deliveries=(by_order[one.id],) if one.id in by_order else (),
            send=send_of.get(one.id),
            call=advice.get(one.id),
            problems=tuple(troubles.get(one.id, ())),
            history=_with_send(history(one), send_of.get(one.id)),
            ground=GROUND,
        )
        for one in orders
    }
    histories = [sheet.history for sheet in sheets.values()]
    happened = sample_past.journal(histories, orders, deliveries, problems, NOW - timedelta(hours=17))
    return Shop(
        board=replace(board, seen=max(1, len(happened))),
        sheets=sheets,
        today=sample_past.day(RULES, NOW, has_past=accepted > 0),
        happened=happened,
        sound=sound,
    )


def _with_send(events: tuple[Event, ...], send: Send | None) -> tuple[Event, ...]:
    if send is None:
        return events
    held = SendHeld(
        order_id=send.order_id,
        at=send.created_at,
        by=MEI,
        send_id=send.id,
        kind=send.kind,
        courier=send.courier,
        until=send.due_at,
    )
    return (*events, held)


def failing(times: int, trouble: str = "no answer: ReadTimeout") -> Vitals:
    """Tried so often in vain two seconds ago; its circuit is open from the third time on."""
    since = ago(0, 2)
    vitals = replace(WELL, answered_at=ago(3), letter_at=None)
    for _ in range(times):
        vitals = replace(vitals, circuit=vitals.circuit.started(since)).failed(trouble, since)
    return vitals


WELL = Vitals(
    circuit=Circuit(calls="+" * 18 + "-+", judged=20, last_at=ago(0, 20)),
    answered_at=ago(0, 20),
    took=0.23,
    allowance=Allowance(left=48, most=50, anew_at=ahead(0, 40)),
    token=TokenLife(since=ago(12), ends=ahead(48)),
    letter_at=ago(0, 41),
)
LAMPS = (
    LampLine(kind=LampKind.STATION, name="station", light=Light.OK, heard_at=ago(0, 1)),
    LampLine(kind=LampKind.CHANNEL, name="web", light=Light.OK, heard_at=ago(0, 14)),
    courier_lamp("uber", WELL, NOW),
    courier_lamp("pandago", replace(WELL, answered_at=ago(0, 41), took=0.41, letter_at=None, allowance=None), NOW),
)
A_MING = Driver(name="A-Ming", phone="0928 555 012", vehicle="scooter", plate="MEW-2231")
LIN = Driver(name="Lin", phone="0955 001 777", vehicle="scooter", plate="NKL-8820")


def _customer(name: str) -> Customer:
    return Customer(name=name, phone="0912 345 671", address="中山區南京西路 12 號 3 樓")


def _picked(*counts: int) -> tuple[OrderLine, ...]:
    return tuple(replace(line, picked=count) for line, count in zip((TEA, CRACKER, GIFT), counts, strict=True))


_FIRST = order(
    "1042",
    note="Please ring twice, the bell is broken",
    allergens="peanuts",
)
_ALL = Checklist(frozenset(Check))
_BUSY_ORDERS = (
    _FIRST,
    order("1043", customer=_customer("Mr Wu"), lines=(TEA,), accept_by=ahead(4, 40), channel=ChannelName("uber_eats")),
    order("1044", customer=_customer("陳怡君"), lines=(GIFT,), accept_by=ahead(4, 55)),
    preparing("1037", customer=_customer("Ms Huang"), lines=_picked(2, 1, 1), checklist=_ALL, ready_by=ahead(1, 40)),
    preparing("1039", customer=_customer("林志豪"), lines=_picked(2, 1, 1), ready_by=ahead(3, 5)),
    preparing("1040", customer=_customer("Mr Tsai"), lines=_picked(2, 1, 0)),
    preparing("1041", customer=_customer("Ms Liu"), lines=_picked(0, 0, 0), ready_by=ahead(9, 20), note="no bag"),
    ready("1038", customer=_customer("Mr Chang"), promised_to=ahead(31)),
    ready("1035", customer=_customer("Ms Yang"), promised_to=ahead(22)),
    ready("1034", customer=_customer("張雅婷"), promised_to=ahead(27)),
    ready("1036", customer=_customer("Mr Hsu"), promised_to=ahead(25)),
    ready("1033", customer=_customer("Ms Kuo"), promised_to=ahead(4)),
    out("1029", customer=_customer("Mr Lee"), promised_to=ahead(12)),
    order("1045", Stage.WAITING_PAYMENT, customer=_customer("Ms Ho"), payment=Payment.UNPAID, opened_at=None),
)
_BUSY_JOBS = (
    delivery("1034", DeliveryState.MATCHING, 6),
    delivery(
        "1036", DeliveryState.HEADING_TO_STORE, 4, "pandago", driver=A_MING, eta_store=ahead(5), eta_door=ahead(24)
    ),
    delivery("1035", DeliveryState.AT_STORE, 2, driver=LIN, pin="4471", waybill="7F2K-88", eta_door=ahead(20)),
    delivery("1033", DeliveryState.MATCHING, 31, waybill=""),
    delivery("1029", DeliveryState.PICKED_UP, 22, driver=A_MING, eta_door=ahead(9)),
)
_PRINTER = courier_lamp("lalamove", failing(3), NOW)

EMPTY = shop((), accepted=0)
BUSY = shop(
    _BUSY_ORDERS,
    deliveries=_BUSY_JOBS,
    sends=(held_call("1038"),),
    problems=(problem("1033", ProblemKind.NO_DRIVER, 1),),
    lamps=(*LAMPS, _PRINTER),
    sound=RINGING,
)
FIRST_BELL = shop((_FIRST,), accepted=0, sound=RINGING)
CALM = shop(_BUSY_ORDERS[-2:-1], deliveries=_BUSY_JOBS[-1:])
SEEN = {"seen_at": ago(1), "seen_by": MEI}
AT_THE_DOOR = shop(
    (ready("1035", customer=_customer("Ms Yang"), parcels=2), preparing("1041"), order("1046", **SEEN)),
    deliveries=(_BUSY_JOBS[2],),
)
_CASES = (item("Rice cooker", 2, size=sample_fits.CASE, weight_g=4_000), item("Ribbon", 3, weight_g=None))
FITS = shop(
    (
        order("1051", lines=(item("Oolong tea 600 ml", 2, size=Box(66, 66, 240)), item("Gift cup", 1))),
        preparing("1052", customer=_customer("Ms Lin"), lines=_CASES),
        preparing("1053", customer=_customer("Mr Kao"), lines=_CASES, parcels=2),
        preparing("1054", customer=_customer("陳怡君"), lines=(item("Rice 5 kg", 4, weight_g=5_050),)),
        ready("1055", customer=_customer("Ms Tsao"), lines=(item("Broom", 1, 1, size=Box(1_200, 250, 60)),)),
        ready("1056", lines=(item("Tissues", 3, 3, size=Box(220, 110, 250)), item("Water 2 l", 2, 2))),
    )
)
FITS = replace(FITS, sheets={id: sample_fits.fitted(sheet) for id, sheet in FITS.sheets.items()})
PACKED = shop((ready("1038", customer=_customer("Mr Chang"), promised_to=ahead(31)), preparing("1041")))
PICKING = shop((_BUSY_ORDERS[6], _BUSY_ORDERS[5]))
TROUBLE = shop(
    (
        ready("1033", customer=_customer("Ms Kuo"), promised_to=ago(6)),
        ready("1031", customer=_customer("Mr Pan"), changed=frozenset({"customer", "note"})),
        out("1027", customer=_customer("Ms Su"), promised_to=ago(14)),
        order("1048", customer=_customer("Mr Ko"), accept_by=ago(0, 48), **SEEN),
        order("1049", customer=_customer("Ms Fang"), lines=(item("Water 20 l", 12, weight_g=2000),), **SEEN),
    ),
    deliveries=(
        delivery("1033", DeliveryState.MATCHING, 34),
        delivery("1027", DeliveryState.RETURNING, 11, "pandago", driver=LIN, reason="customer refused"),
    ),
    problems=(
        problem("1033", ProblemKind.NO_DRIVER, 4),
        problem("1027", ProblemKind.GOODS_RETURNING, 11, "customer refused"),
        problem("1031", ProblemKind.COURIER_REFUSED, 2, "address outside the delivery area"),
    ),
    accepted=50,
    lamps=(
        *LAMPS[:2],
        courier_lamp("uber", WELL.locked_out("401 unauthorized: no such key", ago(0, 7)), NOW),
        courier_lamp("pandago", Vitals(), NOW),
    ),
    sound=SILENT,
)
NASTY = (
    "\x1b[31mred\x1b]0;title\x07 [red]markup[/red] [@click=app.quit]x[/] \u202eright-to-left\u202c שלום 👩‍👩‍👧 ❤️ é\r\n"
    + "long " * 60
)
HOSTILE = shop(
    (
        order(
            "66\x1b[2J6",
            customer=Customer(name=NASTY, phone=NASTY, address=NASTY),
            note=NASTY,
            allergens=NASTY,
            lines=(item(NASTY, 3, shelf=NASTY, barcode=NASTY, options=NASTY),),
            channel=ChannelName(NASTY),
        ),
        ready("667", customer=Customer(name="[bold]Bob[/]"), lines=(item("[b]x", 1, 1),)),
    ),
    deliveries=(
        delivery("667", DeliveryState.AT_STORE, 1, driver=Driver(name=NASTY, plate=NASTY), waybill=NASTY, pin="[red]1"),
    ),
    problems=(problem("667", ProblemKind.CLASH, 1, NASTY),),
)
CHINESE = shop(
    (
        order(
            "2001",
            customer=_customer("陳怡君"),
            note="請按兩次門鈴,謝謝",
            allergens="花生",
            lines=(
                item("茉莉烏龍茶 600 毫升", 2, barcode="4710018000231"),
                item("米果", shelf="B-11"),
                item("贈品杯", shelf="", is_gift=True),
            ),
        ),
        preparing("2000", customer=_customer("林志豪"), lines=(item("高山茶葉禮盒", 1, 1), item("鳳梨酥十二入", 2, 1))),
        ready("1999", customer=_customer("張雅婷")),
        ready("1998", customer=_customer("黃淑芬")),
    ),
    deliveries=(delivery("1998", DeliveryState.AT_STORE, 2, driver=Driver(name="阿明", plate="MEW-2231"), pin="4471"),),
    problems=(problem("1999", ProblemKind.COURIER_REFUSED, 2, "地址超出範圍"),),
)


LAMPS_OF_THE_BELL = {
    "ok": SOUND_OK,
    "unchecked": UNCHECKED,
    "asked": ASKED,
    "playing": PLAYING,
    "not_heard": NOT_HEARD,
    "muted": MUTED,
    "quiet": QUIET,
    "none": SILENT,
    "none_and_muted": replace(SILENT, mute=MUTED.mute),
    "untried": SoundLamp(),
}


def many(count: int) -> Shop:
    """So many open orders, a third of each of three lanes; sheets for the first few only."""
    makers = (order, preparing, ready)
    orders = [makers[at % 3](f"{at:05}", accept_by=ahead(5, at), ready_by=ahead(5, at), **SEEN) for at in range(count)]
    small = shop(orders[:30])
    queue = in_order(queue_line(one, None, None) for one in orders)
    return replace(small, board=replace(small.board, queue=queue))


COURIERS = replace(
    CALM,
    board=replace(
        CALM.board,
        lamps=(
            *LAMPS[:2],
            courier_lamp("uber", WELL, NOW),
            courier_lamp("pandago", WELL.locked_out("401 unauthorized: no such key", ago(0, 7)), NOW),
            courier_lamp("lalamove", failing(3), NOW),
            courier_lamp("doordash", replace(WELL.limited(ago(0, 5), timedelta(seconds=90)), token=None), NOW),
            courier_lamp("stuart", Vitals(), NOW),
        ),
    ),
)


from tests import (  # noqa: E402 - made of what stands above
    sample_returns,
    sample_reviews,
    sample_rides,
    sample_shorts,
    sample_troubles,
    sample_waiting,
)


def call(minutes: float | None, courier: str = "uber", **facts: object) -> Advice:
    """In so many minutes, from 24 rides of this hour; None: too few records."""
    known: dict[str, object] = {"rides": 180, "rides_this_hour": 24, "packings": 310, "lead": timedelta(minutes=9)}
    few: dict[str, object] = {"rides": 3, "rides_this_hour": 1, "packings": 8}
    usual = (few if minutes is None else known) | facts
    at = None if minutes is None else ahead(minutes)
    return Advice(courier=CourierName(courier), call_at=at, needed=10, **usual)  # type: ignore[arg-type]


CALLS = shop(
    (
        preparing("1041", customer=_customer("Ms Liu"), lines=_picked(0, 0, 0), ready_by=ahead(9, 20)),
        preparing("1040", customer=_customer("Mr Tsai"), lines=_picked(2, 1, 0), ready_by=ahead(8)),
        preparing("1039", customer=_customer("林志豪"), lines=_picked(1, 0, 0), ready_by=ahead(12)),
        preparing("1037", customer=_customer("Ms Huang"), lines=_picked(2, 1, 1), ready_by=ahead(1, 40)),
        preparing("1036", customer=_customer("Mr Hsu"), lines=_picked(2, 1, 0), ready_by=ahead(3)),
        ready("1038", customer=_customer("Mr Chang"), promised_to=ahead(31)),
        ready("1032", customer=_customer("Ms Kuo"), promised_from=ahead(160), promised_to=ahead(190)),
    ),
    deliveries=(
        delivery("1037", DeliveryState.AT_STORE, 2, driver=LIN, pin="4471", waybill="7F2K-88", eta_door=ahead(20)),
        delivery("1036", DeliveryState.HEADING_TO_STORE, 4, driver=A_MING, eta_store=ahead(5)),
    ),
    calls=(
        ("1041", call(4, ready_at=ahead(13))),
        ("1040", call(-0.2, ready_at=ahead(6))),
        ("1039", call(None, "pandago")),
        ("1038", call(0)),
        ("1032", call(135, is_for_promise=True, is_approximate=True)),
    ),
)
TOLD = sample_told.told(
    shop(
        (preparing("1041", customer=_customer("Ms Wu")), ready("1039", customer=_customer("Mr Lin"))),
        problems=(problem("1039", ProblemKind.SHOP_REFUSED, 2, "web: refund 200.00 TWD: the order is closed"),),
    ),
    NOW,
)
SHOPS = {
    "calls": CALLS,
    "couriers": COURIERS,
    "empty": EMPTY,
    "busy": BUSY,
    "first_bell": FIRST_BELL,
    "calm": CALM,
    "packed": PACKED,
    "fits": FITS,
    "picking": PICKING,
    "at_the_door": AT_THE_DOOR,
    "trouble": TROUBLE,
    "returns": sample_returns.returns(),
    "on_the_way": sample_troubles.troubles(),
    "shorts": sample_shorts.shorts(),
    "told": TOLD,
    "rides": sample_rides.rides(),
    "two_hundred": sample_rides.moving(),
    "waiting": sample_waiting.waiting(),
    "reviews": sample_reviews.reviews(),
    "hostile": HOSTILE,
    "chinese": CHINESE,
    **{f"sound_{name}": replace(FIRST_BELL, sound=lamp) for name, lamp in LAMPS_OF_THE_BELL.items()},
}
