"""What became of a day's orders, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from core.board.waits import NO_WAITS, Taking, Waits, waits
from core.domain.stage import Stage


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One order's way through the shop, as times only: a day of them is read in one go."""

    stage: Stage
    opened_at: datetime | None = None
    accepted_at: datetime | None = None
    ready_at: datetime | None = None
    ended_at: datetime | None = None
    promised_to: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StageCount:
    """Orders of the day that stand at a stage, and how many of them were accepted on the way."""

    stage: Stage
    orders: int
    accepted: int


@dataclass(frozen=True, kw_only=True)
class DayNumbers:
    """Times are medians and None when nothing was timed; `on_time` is a share of one, None when nothing was due."""

    orders: int = 0
    accepted: int = 0
    rejected: int = 0
    cancelled: int = 0
    to_accept: timedelta | None = None
    prep: timedelta | None = None
    on_time: float | None = None
    waits: Waits = NO_WAITS


def day_numbers(
    counts: Sequence[StageCount], passages: Sequence[Passage], now: datetime, takings: Sequence[Taking] = ()
) -> DayNumbers:
    """Numbers of all orders of the day; times of those whose passage was read."""
    at_stage = {count.stage: count.orders for count in counts}
    return DayNumbers(
        orders=sum(at_stage.values()),
        accepted=sum(count.accepted for count in counts),
        rejected=at_stage.get(Stage.REJECTED, 0),
        cancelled=at_stage.get(Stage.CANCELLED, 0),
        to_accept=_middle([one.accepted_at - one.opened_at for one in passages if one.accepted_at and one.opened_at]),
        prep=_middle([one.ready_at - one.accepted_at for one in passages if one.ready_at and one.accepted_at]),
        on_time=_kept(passages, now),
        waits=waits(takings),
    )


def _middle(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=round(median(span.total_seconds() for span in spans))) if spans else None


def _kept(passages: Sequence[Passage], now: datetime) -> float | None:
    """Of the promises that are over: those kept."""
    judged = [kept for one in passages if (kept := _is_kept(one, now)) is not None]
    return sum(judged) / len(judged) if judged else None


def _is_kept(one: Passage, now: datetime) -> bool | None:
    """None while nobody can say: nothing promised, called off, or still in time."""
    if one.promised_to is None or one.accepted_at is None or one.stage in (Stage.CANCELLED, Stage.RETURNED):
        return None
    if one.ended_at is not None:
        return one.ended_at <= one.promised_to
    return False if now > one.promised_to else None
