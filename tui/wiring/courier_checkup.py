"""What `doctor` finds of each courier: by a trial call of its own, and as the station has known it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Final

from core.board.lamps import Light, courier_lamp
from core.config.places import ConfigError
from core.domain.ids import OrderId
from core.domain.job import Job, JobItem, Stop
from core.domain.money import Money
from core.domain.vitals import Vitals
from core.ports.courier import Ability, Courier, CourierLockedOut, CourierProblem, CourierRefused
from core.services.health import Health, vitals_told
from core.services.heard_courier import HeardCourier
from tui import labels
from tui.i18n import _
from tui.wiring.finding import Finding, Grade
from tui.wiring.shop import Shop

ANSWERS_WITHIN: Final = 10.0  # seconds
GRADES: Final[dict[Light, Grade]] = {Light.OK: "ok", Light.UNKNOWN: "ok", Light.WARN: "warn", Light.FAIL: "fail"}


async def courier_findings(shop: Shop) -> AsyncIterator[Finding]:
    """A line for each, and one more for what the station says of it, if one runs."""
    try:
        couriers = shop.couriers
    except ConfigError as error:
        yield Finding("fail", "couriers", str(error), _("mend the config"))
        return
    if not couriers:
        yield Finding("warn", "couriers", _("none configured"), _("add a [couriers.NAME] section"))
    health, told = Health(), vitals_told(shop.told_by_station())
    for name, courier in couriers.items():
        tried = await _tried(HeardCourier(courier, health, shop.clock), shop)
        yield Finding(tried.grade, tried.subject, _with_facts(tried.found, health.vitals(name), shop), tried.mend)
        for finding in _known(name, told.get(name), shop):
            yield finding
        await courier.close()


async def _tried(courier: Courier, shop: Shop) -> Finding:
    """A quote costs nothing, and tells whether our keys are taken."""
    subject = f"courier {courier.name}"
    if Ability.QUOTE not in courier.abilities:
        return Finding("ok", subject, courier.kind)
    try:
        quote = await asyncio.wait_for(courier.quote(_trial(shop)), ANSWERS_WITHIN)
    except CourierRefused as refusal:
        words = _("answers, and refuses a trial quote: {reason}").format(reason=refusal)
        return Finding("warn", subject, words, _("check store.address and phone"))
    except CourierLockedOut as locked_out:
        words = _("keys refused: {reason}").format(reason=locked_out)
        return Finding("fail", subject, words, _("check its keys, or call the office"))
    except (CourierProblem, TimeoutError) as trouble:
        return Finding("fail", subject, str(trouble) or _("no answer in time"), _("check its keys and the network"))
    return Finding("ok", subject, _("{kind}, quotes {fee}").format(kind=courier.kind, fee=labels.money(quote.fee)))


def _with_facts(found: str, vitals: Vitals, shop: Shop) -> str:
    """What an answer showed beside its words."""
    if vitals.took is None:
        return found
    facts = labels.answer_facts(vitals, shop.clock.now(), shop.rules.zone)
    return "; ".join((found, *facts))


def _known(name: str, vitals: Vitals | None, shop: Shop) -> Iterator[Finding]:
    if vitals is None or (vitals.heard_at is None and not vitals.trouble):
        return
    now, zone = shop.clock.now(), shop.rules.zone
    grade = GRADES[courier_lamp(name, vitals, now).light]
    said = "; ".join(f"{fact}: {words}" for fact, words in labels.vitals_lines(vitals, now, zone))
    state = labels.courier_state(vitals, now, zone)
    mend = labels.courier_advice(vitals) or _("check the network; a counter shows how it goes on")
    yield Finding(grade, f"{name} at the station", f"{state}; {said}" if state else said, "" if grade == "ok" else mend)


def _trial(shop: Shop) -> Job:
    rules = shop.rules
    here = Stop(
        name=rules.name,
        phone=rules.phone,
        address=rules.address,
        latitude=rules.latitude,
        longitude=rules.longitude,
    )
    item = JobItem(name="trial", quantity=1)
    money = Money(0, rules.currency)
    return Job(
        order_id=OrderId("doctor"), key="doctor", number="doctor", store=here, door=here, items=(item,), value=money
    )
