"""The first picture of a start: the head of the queue and how many stand behind it, before anything else is loaded."""

from collections import Counter
from logging import getLogger
from pathlib import Path
from sqlite3 import Error
from typing import Final

from core.board.board import Board
from core.board.drivers import DriverLine
from core.board.orders import LANES, Lane, QueueLine, in_order, line_of
from core.store.glances import Glances
from core.store.head import first_of, glancing
from core.store.rides import Door, ride_of

logger = getLogger(__name__)
ROOM: Final = 64  # orders; as many as a large terminal shows


def first_look(file: Path, store: str, room: int = ROOM) -> Board | None:
    """None when there is nothing to look at yet; whatever is wrong with the store is told by who opens it."""
    try:
        with glancing(file) as glances:
            return head_of(glances, store, room)
    except Error as error:
        logger.info("no first look: %s", error)
        return None


def head_of(glances: Glances, store: str, room: int = ROOM) -> Board:
    """True in every line it has; drivers, problems and load are not looked at."""
    counts, queue, beyond = _counts(glances), list[QueueLine](), dict[Lane, int]()
    for lane, count in counts.items():
        lines = _lines(glances, lane, room - len(queue)) if len(queue) < room else []
        queue += lines
        beyond[lane] = count - len(lines)
    return Board(
        seen=glances.last_event(),
        store=store,
        queue=in_order(queue),
        beyond={lane: count for lane, count in beyond.items() if count},
        is_glance=True,
    )


def _lines(glances: Glances, lane: Lane, room: int) -> list[QueueLine]:
    where = first_of(lane, room)
    orders = glances.orders(where)
    doors, sends, troubles = {one.id: Door(one.number) for one in orders}, glances.sends(), glances.problems()
    rides: dict[str, DriverLine] = {key: ride_of(word, doors[key]) for key, word in glances.words(where).items()}
    return [line_of(one, rides.get(one.id), sends.get(one.id), troubles.get(one.id, 0)) for one in orders]


def _counts(glances: Glances) -> dict[Lane, int]:
    """By lane, top to bottom, those that hold something."""
    found: Counter[Lane] = Counter()
    for stage, count in glances.counts().items():
        found[LANES[stage]] += count
    return {lane: found[lane] for lane in Lane if found[lane]}
