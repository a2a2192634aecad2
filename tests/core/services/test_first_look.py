"""What is shown before all is read is the head of what is shown then."""

from pathlib import Path

import pytest

from core.board.board import Board
from core.services.first_look import first_look, head_of
from tests.builders import purchase
from tests.core.services.test_painter import ORDERS, Walk
from tests.core.shop import Shop


def glance(shop: Shop, room: int = 100) -> Board:
    return shop.read(lambda uow: head_of(uow.glances, "", room))


def same_head(whole: Board, first: Board, room: int) -> None:
    assert first.queue == whole.queue[:room]
    assert first.open_orders == whole.open_orders == len(whole.queue)
    assert {lane: first.count(lane) + first.beyond.get(lane, 0) for lane in first.beyond} == {
        lane: whole.count(lane) for lane in first.beyond
    }


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_history_it_is_the_head_of_the_whole_queue(shop: Shop, seed: int) -> None:
    walk = Walk(shop, seed)
    for number in range(ORDERS):
        shop.make_ready(str(number))
    for step in range(40):
        await walk.step()
        same_head(shop.board(), glance(shop, room=1 + step % 5), room=1 + step % 5)


def test_it_reads_postgres_as_well(any_shop: Shop) -> None:
    for number in range(4):
        any_shop.told(purchase(str(number)))
    any_shop.accept(purchase("2").order_id)
    same_head(any_shop.board(), glance(any_shop, room=2), room=2)


def test_it_is_a_glance_and_knows_it(shop: Shop) -> None:
    assert glance(shop) == Board(is_glance=True)


def test_a_file_is_read_without_any_library(shop: Shop) -> None:
    shop.told(purchase())
    file = Path(str(shop.database.url.database))
    seen = first_look(file, "台北南西店")
    assert seen is not None
    assert (seen.queue, seen.store) == (shop.board().queue, "台北南西店")


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 100])
def test_where_there_is_no_store_yet_there_is_no_first_look(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "orderbell.db"
    if content is not None:
        file.write_bytes(content)
    assert first_look(file, "") is None
    assert file.exists() == (content is not None)
