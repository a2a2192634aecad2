"""What was found when something went wrong, in words: our own phrases, couriers' codes; all else as it was said."""

import re
from typing import Final

from core.domain.money import Money
from core.domain.problem import ProblemKind
from core.domain.stage import Stage
from core.domain.trouble import OF_THE_WAY
from tui.i18n import N_, _
from tui.labels.amounts import money
from tui.labels.coach_words import CAUSES, all_done
from tui.labels.words import word

_CODES: Final[dict[str, str]] = {
    N_("outside the courier's area"): "address_undeliverable unknown_location address_outside_the_delivery_area",
    N_("no courier is free there now"): "address_undeliverable_limited_couriers couriers_busy robo_couriers_busy",
    N_("the courier cannot use an entry"): "invalid_params",
    N_("the courier has blocked our account"): "customer_suspended customer_blocked missing_payment not_allowed",
    N_("the courier does not know our account"): "customer_not_found unauthorized invalid_client invalid_scope",
    N_("the times do not suit the courier"): (
        "pickup_window_too_small pickup_ready_too_early pickup_ready_too_late pickup_deadline_too_early "
        "dropoff_ready_after_pickup_deadline dropoff_deadline_too_early dropoff_deadline_before_pickup_deadline "
        "pickup_ready_time_not_specified"
    ),
    N_("the courier's price has expired"): "expired_quote used_quote mismatched_price_quote",
    N_("too late to call it off"): "noncancelable_delivery",
    N_("the courier does not know this delivery"): "delivery_not_found",
    N_("too many calls, a pause is asked for"): "customer_limited",
    N_("the courier's system is out of order"): (
        "internal_server_error unknown_error service_unavailable request_timeout"
    ),
    N_("nobody was at the door"): "customer_unavailable no_answer_at_door",
    N_("the customer refused it"): "customer_rejected_order customer_refused",
    N_("the driver could not get in"): "cannot_access_customer_location",
    N_("the driver could not find the address"): "cannot_find_customer_address",
    N_("no safe place to leave it"): "no_secure_location_to_dropoff",
    N_("the address is wrong or incomplete"): "address_incomplete_misstated address_error",
    N_("the customer could not be found"): "unable_to_find end-customer_unreachable",
    N_("the customer could not pay"): "unable_to_pay",
    N_("the customer did not take it"): "end-customer_refused_package",
    N_("the wrong goods were brought"): "wrong_order_items_delivered incorrect_package",
    N_("the goods were spilt or damaged"): "food_quality_spillage package_damaged",
    N_("the driver had an accident"): "courier_accident",
    N_("the driver cannot be reached"): "courier_unreachable",
    N_("bad weather"): "bad_weather",
    N_("no driver was found"): "no_courier no_supply failed_to_assign_and_refunded",
    N_("it took too long"): "late_delivery delivery_eta_too_long",
}
CODES: Final[dict[str, str]] = {code: message for message, codes in _CODES.items() for code in codes.split()}
TELLING: Final = frozenset({"invalid_params"})  # the courier's own words say which entry
# Our own phrases, as the journal keeps them; names in them are kept.
PHRASES: Final[tuple[tuple[str, str], ...]] = (
    (r"no answer: \w+", N_("no answer")),
    (r"the answer .*", N_("an answer nobody can read")),
    (r"not called: it does not answer, next try in (?P<what>\d+) s", N_("it does not answer; next try in {what} s")),
    (r"not called: it asked for a pause of (?P<what>\d+) s more", N_("it asked for a pause; next try in {what} s")),
    (r"the quote lacks its id or its price", N_("an answer nobody can read")),
    (r"something failed here: (?P<what>\w+)", N_("something failed here ({what})")),
    (r"no courier is called (?P<what>.+) in the config any more", N_("{what} is not in the config any more")),
    (r"does not say whether it was booked: .*", N_("it does not say whether it was booked")),
    (r"they know the job but do not name it", N_("it does not say whether it was booked")),
    (r"no longer wanted, and never arrived", N_("no longer wanted, and never arrived")),
    (r"(?P<what>\d+) min", N_("{what} min")),
    (r"given up after (?P<what>\d+) min", N_("given up after {what} min")),
    (r"it keeps no list by our number: .*", N_("it cannot tell whether it was booked")),
    (r"knows no job (?P<what>[^:]+): .*", N_("it knows no {what}")),
    (r"job (?P<what>.+) belongs to another call", N_("{what} belongs to another order")),
    (r"the courier does not know the job any more", N_("the courier does not know it any more")),
    (r"no longer wanted, and nobody knows whether it was taken", N_("no longer wanted, perhaps taken all the same")),
    (r"it was booked", N_("it was booked")),
    (r"it never arrived", N_("it never arrived")),
    (r"a driver has taken it", N_("a driver has taken it")),
    (r"nobody comes any more", N_("nobody comes any more")),
    (r"the goods come back", N_("the goods come back")),
    (r"another courier is called", N_("another courier is called")),
    (r"no total was told: the lines were added up", N_("no total was told: the lines were added up")),
    (r"payment state (?P<what>.+): counted as unpaid", N_("payment state {what}: counted as unpaid")),
    (r"(?P<what>.+), but payment state (?P<state>.+)", N_("{what}, but payment state {state}")),
    (r"(?P<what>.+), but order not cancelled", N_("{what}, but the order is not cancelled")),
    (r"the promised window ends before it starts", N_("the promised time ends before it starts")),
    (r"the promised window is not understood: (?P<what>.+)", N_("the promised time is not understood: {what}")),
    (r"(?P<what>.+): found (?P<state>.+), allowed (?P<other>.+)", N_("{what}: found {state}, allowed {other}")),
    (r"the whole amount is due instead", N_("the whole amount is due instead")),
    (r"the channel reports the refund", N_("the channel reports the refund")),
    (r"no longer matching", N_("no longer looked for")),
    (r"answers again", N_("answers again")),
    (r"the goods are back", N_("the goods are back")),
    (r"it was taken back", N_("it was taken back")),
    (r"done by hand", N_("done by hand")),
    (r"less than that is left of what was paid", N_("less than that is left of what was paid")),
    (r"no channel is called (?P<what>.+) in the config any more", N_("{what} is not in the config any more")),
    (r"does not say whether it was done: .*", N_("it does not say whether it was done")),
    (r"it goes once more", N_("it goes once more")),
    (r"the way is over", N_("the way is over")),
    (r"the customer has it", N_("the customer has it")),
    (r"the proof is no picture", N_("what came is no picture")),
    (r"the proof is cut short", N_("what came is cut short")),
    (r"the proof is too large", N_("what came is too large")),
    (
        r"goods received: (?P<sound>\d+) sound, (?P<damaged>\d+) damaged, (?P<missing>\d+) missing",
        N_("goods received: {sound} sound, {damaged} damaged, {missing} missing"),
    ),
    (r"asked back", N_("asked back")),
    (r"lines changed", N_("the items were changed")),
    (r"by (?P<what>\d\d:\d\d)", N_("by {what}")),
    (r"accepted (?P<what>\d+) s late", N_("accepted {what} s late")),
    (r"accepted", N_("accepted")),
    (r"no longer new: .*", N_("no longer new")),
    (r"(?P<what>\w+) is not in the config any more", N_("{what} is not in the config any more")),
    (r"(?P<what>.+) cannot be started: (?P<state>\w+)", N_("{what} cannot be started ({state})")),
    (r"it did not end within (?P<what>[\d.]+) s", N_("it did not end within {what} s")),
    (r"it ended with (?P<what>-?\d+): (?P<state>.*)", N_("it ended with {what}: {state}")),
    (r"the driver has it already", N_("the driver has it already")),
)
_COURIERS_NO: Final = re.compile(r"(?P<status>\d{3}) (?P<code>\w+): ?(?P<words>.*)", re.DOTALL)
_AMOUNT: Final = re.compile(r"(?P<amount>\d+(?:\.\d+)?) (?P<currency>[A-Z]{3})")
_NAMED: Final = re.compile(r"(?P<name>[\w.-]{1,40}): (?P<rest>.+)", re.DOTALL)


def detail(kind: ProblemKind, found: str) -> str:
    """What was found, after the name of who said it."""
    if kind is ProblemKind.CANCELLED_LATE:
        return _stage(found)
    if kind is ProblemKind.REFUND_DUE:
        return _amount(found)
    if kind is ProblemKind.CUSTOMER_CALLED:
        return all_done(found)
    if kind in _BY_A_SHOP and (no := _SHOPS_NO.fullmatch(found)):
        return f"{no['name']}: {_told(no['ability'], no['sum'])}: {said(no['words'])}"
    if kind in _SAID_BY_SOMEBODY and (named := _NAMED.fullmatch(found)):
        return f"{named['name']}: {said(named['rest'])}"
    return "; ".join(said(part) for part in found.split("; ")) if kind is ProblemKind.CLASH else said(found)


def said(found: str) -> str:
    """In the language in use where the words are known; else as they were said."""
    return _agreed(found) or _code(found) or _phrase(found) or found


_SAID_BY_SOMEBODY: Final = frozenset(ProblemKind) - {
    ProblemKind.CLASH,
    ProblemKind.DELIVERY_FAILED,
    ProblemKind.GOODS_RETURNING,
    *OF_THE_WAY,
}


def _agreed(found: str) -> str:
    """As the coach keeps it: a cause for a reason, and what was done for a result."""
    by_reason = {one.value.replace("_", " "): words for one, words in CAUSES.items()}
    if found in by_reason:
        return _(by_reason[found])
    return all_done(found.removeprefix("agreed: ")) if found.startswith("agreed: ") else ""


_BY_A_SHOP: Final = frozenset({ProblemKind.SHOP_REFUSED, ProblemKind.SHOP_SILENT})
_SHOPS_NO: Final = re.compile(r"(?P<name>[^:]{1,60}): (?P<ability>[a-z]+) ?(?P<sum>[^:]*): (?P<words>.*)", re.DOTALL)


def _told(ability: str, sum_of_it: str) -> str:
    from tui.labels.tellings import told  # many problems have nothing to do with it

    return " ".join(part for part in (told(ability), _amount(sum_of_it)) if part)


def _code(found: str) -> str:
    no = _COURIERS_NO.fullmatch(found)
    code = (no["code"] if no else found).strip().casefold().replace(" ", "_")
    if code not in CODES:
        return ""
    return f"{_(CODES[code])}: {no['words']}" if no and code in TELLING and no["words"] else _(CODES[code])


def _phrase(found: str) -> str:
    for pattern, message in PHRASES:
        if fits := re.fullmatch(pattern, found, re.DOTALL):
            return _(message).format(**fits.groupdict())
    return ""


def _stage(found: str) -> str:
    return word(Stage(found)).text if found in {stage.value for stage in Stage} else found


def _amount(found: str) -> str:
    told = _AMOUNT.fullmatch(found)
    return money(Money.parse(told["amount"], told["currency"])) if told else found
