"""What the coach is told of a sample order."""

from core.board.sheet import Sheet
from core.domain.phase import phase_of
from core.domain.purse import purse_of
from core.domain.send import SendKind
from core.domain.situation import Situation, fee_if_called_off


def situation_of(sheet: Sheet) -> Situation:
    """As the store would say it, with nothing given back yet."""
    is_called = sheet.send is not None and sheet.send.kind is SendKind.BOOK_COURIER
    job = sheet.delivery
    return Situation(
        order=sheet.order,
        phase=phase_of(sheet.order, job, is_called=is_called),
        left=purse_of(sheet.order, ()).left,
        fee=fee_if_called_off(job),
        job=job,
    )
