"""Couriers' offers, and why one was chosen, in words with the numbers that decided."""

from collections.abc import Callable, Iterator
from typing import Final

from core.domain.fit import Fit
from core.domain.offer import Answer, Offer
from core.domain.why import Reason, Why, unpacked
from tui.i18n import N_, _, ngettext
from tui.labels.amounts import money
from tui.labels.details import said
from tui.labels.fits import misfits, short_unknown, takes

ANSWERS: Final[dict[Answer, str]] = {
    Answer.ASKING: N_("asking …"),
    Answer.QUOTED: N_("fits"),
    Answer.UNPRICED: N_("tells no price beforehand"),
    Answer.LATE: N_("no answer in time"),
    Answer.DOWN: N_("no answer"),
    Answer.LOCKED_OUT: N_("refuses our keys: call the office"),
    Answer.REFUSED: N_("says no"),
    Answer.MISFIT: N_("does not fit"),
}
PLAIN: Final[dict[Reason, str]] = {
    Reason.PREFERRED: N_("preferred"),
    Reason.WITHIN: N_("preferred"),
    Reason.NO_QUOTES: N_("no prices in time: the preferred one"),
    Reason.NAMED: N_("chosen by hand"),
    Reason.NOBODY: N_("nobody can carry it"),
}


def answer(offer: Offer) -> str:
    """What stands in a courier's row beside, or instead of, its numbers."""
    why = said(offer.words) if offer.words else who_is_out(offer) if offer.answer is Answer.MISFIT else ""
    words = _(ANSWERS[offer.answer])
    return f"{words}: {why}" if why else words


def standing(offer: Offer) -> str:
    """`✓ fits`, or what nobody knows, as where it is asked what fits."""
    return f"? {unsure}" if (unsure := doubt(offer)) else f"✓ {answer(offer)}"


def doubt(offer: Offer) -> str:
    """What nobody knows of the goods on any vehicle that may take them; empty where one surely does."""
    return takes(fit) if (fit := _unsure(offer)) else ""


def short_doubt(offer: Offer) -> str:
    """The first of it."""
    return short_unknown(fit.unknowns[0]) if (fit := _unsure(offer)) else ""


def who_is_out(offer: Offer) -> str:
    """Why each of the courier's vehicles is."""
    return "; ".join(f"{fit.vehicle} {misfits(fit)}".strip() for fit in offer.fits)


def reason(why: Why) -> str:
    """`cheapest: NT$65, next pandago NT$82`."""
    return _TOLD.get(why.reason, _plain)(why)


def kept_reason(packed: str) -> str:
    """As `reason`, of what was kept with a call; empty for one that says nothing."""
    why = unpacked(packed)
    return "" if why is None or why.reason is Reason.PREFERRED else reason(why)


def to_go(count: int) -> str:
    """`24 min`."""
    return ngettext("{count} min", "{count} min", count).format(count=count)


def _unsure(offer: Offer) -> Fit | None:
    able = [fit for fit in offer.fits if fit.is_ok]
    return None if any(fit.is_sure for fit in able) else next(iter(able), None)


def _cheapest(why: Why) -> str:
    if why.fee is None:
        return _("nobody tells a price: the preferred one")
    if why.next is None or why.next_fee is None:
        return _("cheapest: {fee}").format(fee=money(why.fee))
    return _("cheapest: {fee}, next {courier} {other}").format(
        fee=money(why.fee), courier=why.next, other=money(why.next_fee)
    )


def _fastest(why: Why) -> str:
    if why.minutes is None:
        return _("nobody tells how long: the preferred one")
    if why.next is None or why.next_minutes is None:
        return _("fastest to the door: {time}").format(time=to_go(why.minutes))
    return _("fastest to the door: {time}, next {courier} {other}").format(
        time=to_go(why.minutes), courier=why.next, other=to_go(why.next_minutes)
    )


def _plain(why: Why) -> str:
    """`preferred; NT$65 within NT$120`."""
    return "; ".join([_(PLAIN[why.reason]), *_numbers(why)])


def _numbers(why: Why) -> Iterator[str]:
    if why.fee is not None:
        yield _within(money(why.fee), money(why.max_fee) if why.max_fee else "")
    if why.minutes is not None:
        yield _within(to_go(why.minutes), to_go(why.max_minutes) if why.max_minutes else "")


def _within(found: str, limit: str) -> str:
    return _("{found} within {limit}").format(found=found, limit=limit) if limit else found


def _only(why: Why) -> str:
    return "; ".join([_("the only one that answered"), *_numbers(why)])


def _over(why: Why) -> str:
    """Only the limits that are set are named."""
    nearest = [money(why.next_fee)] if why.next_fee else []
    nearest += [to_go(why.next_minutes)] if why.next_minutes is not None else []
    limits = [money(why.max_fee)] if why.max_fee else []
    limits += [to_go(why.max_minutes)] if why.max_minutes is not None else []
    words = _("all are over the limits; nearest is {courier}, {found}; allowed {limits}")
    return words.format(courier=why.next, found=_(", ").join(nearest), limits=_(", ").join(limits))


_TOLD: Final[dict[Reason, Callable[[Why], str]]] = {
    Reason.CHEAPEST: _cheapest,
    Reason.FASTEST: _fastest,
    Reason.ONLY: _only,
    Reason.OVER_LIMITS: _over,
}
