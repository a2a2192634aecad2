"""A sentence for everything that can happen: the history in words."""

from collections.abc import Callable
from datetime import timedelta, tzinfo
from enum import Enum
from typing import Any, Final

from core.domain import events as happening
from core.domain.checklist import Check
from core.domain.delivery import DeliveryState
from core.domain.events import Event
from core.domain.ids import CUSTOMER, SYSTEM
from core.domain.money import BadMoney, Money
from core.domain.payment import Payment
from core.domain.problem import ProblemKind
from core.domain.proof import ProofKind, Waypoint
from core.domain.send import SendKind
from core.domain.stage import Stage
from tui.i18n import N_, _
from tui.labels import by_hand, review_events, scripts, tellings, waiting
from tui.labels.amounts import money, size
from tui.labels.coach import agreed
from tui.labels.details import said
from tui.labels.offers import kept_reason
from tui.labels.problems import title
from tui.labels.searches import OF_ANOTHER_VERSION, of_search
from tui.labels.shorts import of_short
from tui.labels.times import ago, clock
from tui.labels.words import fields, word

SENTENCES: Final[dict[type[Event], str]] = {
    happening.OrderReceived: N_("came in by {channel}, {payment}"),
    happening.OrderKeyedIn: N_("keyed in by hand, read back and confirmed"),
    happening.OrderJoined: N_("the copy of {channel} came: {hand_number} is #{number}"),
    happening.CopyJoined: N_("it is {hand_number}, keyed in by hand: one order from here on"),
    happening.KeptApart: N_("another order than {numbers}"),
    happening.PaymentChanged: N_("payment: {before} → {after}"),
    happening.OrderOpened: N_("paid, the bell rings"),
    happening.OrderChanged: N_("the customer changed: {fields}"),
    happening.ChangesSeen: N_("changes read"),
    happening.OrderSeen: N_("seen, the bell stops"),
    happening.OrderAccepted: N_("accepted, to be ready by {ready_by}"),
    happening.OrderRejected: N_("rejected: {reason}"),
    happening.LinePicked: N_("{picked} of {quantity} in the bag"),
    happening.CheckTicked: N_("{check} checked"),
    happening.ParcelsPlanned: N_("parcels planned: {parcels}"),
    happening.PackingFinished: N_("packed, parcels: {parcels}"),
    happening.PackingReopened: N_("back to the table"),
    happening.ShippedShort: N_("partial shipment: {total} pieces go"),
    happening.ShortTakenBack: N_("partial shipment taken back in time: all goods go"),
    happening.AgreementMade: N_("on the telephone: {agreed}"),
    happening.OrderCancelled: N_("cancelled while {stage}: {reason}"),
    happening.OrderLeft: N_("left the store"),
    happening.OrderCompleted: N_("the customer has it"),
    happening.OrderReturned: N_("back in the store"),
    happening.CalledByItself: N_("called by itself: the goods are ready"),
    happening.SendHeld: N_("{kind} ({courier}): leaves at {until}"),
    happening.SendTakenBack: N_("{kind}: taken back in time"),
    happening.SendStarted: N_("{kind}: asked, try {attempt}"),
    happening.SendDone: N_("{kind}: answered"),
    happening.SendPostponed: N_("{kind}: no answer ({reason}), again at {until}"),
    happening.SendRefused: N_("{kind}: refused, {reason}"),
    happening.DeliveryReported: N_("{courier}: {state}"),
    happening.SearchWentOn: OF_ANOTHER_VERSION,
    happening.CancelCharged: N_("{courier}: calling it off costs {amount}"),
    happening.BookingSettled: N_("{courier}: looked up by hand, it was booked as {ref}"),
    happening.DriverChanged: N_("{courier}: another driver {vehicle} {plate}"),
    happening.HandedOver: N_("handed over, waybill {waybill}, parcels: {parcels}"),
    happening.PinRefused: N_("wrong PIN from the driver, try {tries}"),
    happening.LeftUnchecked: N_("{courier}: {state}, though nothing was handed over here"),
    happening.GoodsReceived: N_("goods received: {sound} sound, {damaged} damaged, {missing} missing"),
    happening.ProofKept: N_("{waypoint}: {proof} kept ({size})"),
    happening.ProofMissing: N_("{waypoint}: none to be had, {why}"),
    happening.ProblemOpened: N_("trouble: {problem}"),
    happening.ProblemClosed: N_("dealt with: {problem}, {result}"),
    **review_events.SENTENCES,
    happening.SoundChecked: N_("sound check by {backend}: {heard} of {played} beeps heard"),
    **waiting.SENTENCES,
    **scripts.SENTENCES,
    **tellings.SENTENCES,
}
REASONED: Final = (
    happening.PackingFinished,
    happening.OrderCancelled,
    happening.PersonNotTold,
    happening.MoneyStayed,
    happening.MoneyOwedBack,
)
_AFTER_WAITING: Final = N_("handed over, waybill {waybill}, parcels: {parcels}, the driver waited {waited}")
_WITHOUT_PIN: Final = N_("handed over without the right PIN: {without_pin}, waybill {waybill}, parcels: {parcels}")
_WITH_NOTE: Final = N_("goods received: {sound} sound, {damaged} damaged, {missing} missing; {note}")
_CHOSEN: Final = N_("{kind} ({courier}): leaves at {until}; {chosen}")
_CALLED_READY: Final = N_("called by itself: the goods are ready, {courier} needs {lead} ({rides} rides)")
_CALLED_EARLY: Final = N_(
    "called by itself: {courier} needs {lead} ({rides} rides), packing {packing} more ({packings} orders)"
)
_UNTICKED: Final = N_("{check} taken back")
_WITH_REASON: Final = N_("packed with open points: {reason}")
_OVER_CAP: Final = N_("accepted past the cap: {over_cap}")
ENUMS: Final[dict[str, type[Enum]]] = {
    "waypoint": Waypoint,
    "proof": ProofKind,
    "check": Check,
    "stage": Stage,
    "state": DeliveryState,
    "payment": Payment,
    "before": Payment,
    "after": Payment,
}


def happened(event: Event, zone: tzinfo) -> str:
    """What happened, and who did it where a person did."""
    said = _(_sentence(event)).format_map(_Facts(event, zone)).strip()
    return said if event.by in (SYSTEM, CUSTOMER, "") else f"{said} · {event.by}"


def _sentence(event: Event) -> str:
    if isinstance(event, happening.CheckTicked) and not event.ticked:
        return _UNTICKED
    if isinstance(event, happening.PackingFinished) and event.reason:
        return _WITH_REASON
    if isinstance(event, happening.OrderAccepted) and event.over_cap:
        return _OVER_CAP
    if isinstance(event, happening.SendHeld) and kept_reason(event.why):
        return _CHOSEN
    return (
        by_hand.sentence(event)
        or review_events.sentence(event)
        or _of_handing(event)
        or _of_calling(event)
        or of_search(event)
        or of_short(event)
        or waiting.of_waiting(event)
        or scripts.of_trouble(event)
        or tellings.of_telling(event)
        or SENTENCES[type(event)]
    )


def _of_handing(event: Event) -> str:
    if isinstance(event, happening.GoodsReceived) and event.note:
        return _WITH_NOTE
    if not isinstance(event, happening.HandedOver):
        return ""
    if event.without_pin:
        return _WITHOUT_PIN
    return _AFTER_WAITING if event.waited is not None else ""


def _of_calling(event: Event) -> str:
    if not isinstance(event, happening.CalledByItself) or event.lead is None:
        return ""
    return _CALLED_READY if event.packing is None else _CALLED_EARLY


class _Facts(dict[str, str]):
    """What a sentence may ask of an event, said in words."""

    def __init__(self, event: Event, zone: tzinfo) -> None:
        super().__init__()
        self._event = event
        self._zone = zone

    def __missing__(self, name: str) -> str:
        made = _MADE.get(name)
        return made(self._event, self._zone) if made else _plain(name, getattr(self._event, name))


def _plain(name: str, found: object) -> str:
    try:
        return word(ENUMS[name](found)).text if name in ENUMS else str(found)
    except ValueError:
        return str(found)


def _kind(event: Any, _zone: tzinfo) -> str:
    """The journal may hold words of another version."""
    if getattr(event, "ability", ""):
        return tellings.told(event.ability)
    return word(SendKind(event.kind)).text if event.kind in set(SendKind) else str(event.kind)


def _problem(event: Any, _zone: tzinfo) -> str:
    return title(ProblemKind(event.kind)) if event.kind in set(ProblemKind) else str(event.kind)


def _amount(event: Any, _zone: tzinfo) -> str:
    return _text(event.amount, event.currency)


def _text(amount: str, currency: str) -> str:
    try:
        return money(Money.parse(amount, currency))
    except BadMoney:
        return amount


_MADE: Final[dict[str, Callable[[Any, tzinfo], str]]] = {
    "task": lambda event, zone: scripts.task(event.task),
    "kind": _kind,
    "differing": by_hand.differing,
    "findings": lambda event, zone: review_events.findings(event.findings),
    "answer": lambda event, zone: review_events.answer(event),
    "again_at": lambda event, zone: clock(event.again_at, zone),
    "numbers": lambda event, zone: ", ".join(event.numbers),
    "amount": _amount,
    "ability": lambda event, zone: tellings.told(event.ability),
    "problem": _problem,
    "agreed": lambda event, zone: agreed(event),
    "fields": lambda event, zone: fields(event.fields),
    "result": lambda event, zone: said(event.result),
    "instead": lambda event, zone: ", ".join(event.instead),
    "left_out": lambda event, zone: ", ".join(event.left_out),
    "short_back": lambda event, zone: _text(event.back, event.currency),
    "short_extra": lambda event, zone: _text(event.extra, event.currency),
    "total": lambda event, zone: str(sum(event.quantities.values())),
    "sound": lambda event, zone: str(sum(event.sound.values())),
    "damaged": lambda event, zone: str(sum(event.damaged.values())),
    "missing": lambda event, zone: str(sum(event.missing.values())),
    "waited": lambda event, zone: ago(timedelta(seconds=event.waited)),
    "lead": lambda event, zone: ago(timedelta(seconds=event.lead)),
    "packing": lambda event, zone: ago(timedelta(seconds=event.packing)),
    "reason": lambda event, zone: said(event.reason) if isinstance(event, REASONED) else event.reason,
    "size": lambda event, zone: size(event.size),
    "why": lambda event, zone: said(event.why),
    "chosen": lambda event, zone: kept_reason(event.why),
    "until": lambda event, zone: clock(event.until, zone),
    "ready_by": lambda event, zone: clock(event.ready_by, zone),
}
