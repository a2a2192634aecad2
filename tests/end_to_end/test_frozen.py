"""A counter whose terminal nobody reads holds nothing up: webhooks go on being answered."""

import asyncio
import sys
import time
from statistics import quantiles

import httpx

from tests.end_to_end import letters
from tests.end_to_end.shop import Shop
from tests.end_to_end.terminal import Terminal

LETTERS = 200
EACH_SECOND = 50
SLOWEST = 5.0  # seconds for one answer


async def test_a_frozen_terminal_delays_no_webhook(shop: Shop) -> None:
    terminal = Terminal(shop.words(), shop.env)
    try:
        terminal.shows("台北南西店", "THIS HOUR")
        terminal.look_away()
        took = await _storm(shop)
        assert terminal.process.poll() is None
        assert len(shop.here("order", "list", "--stage", "new", "--json").told) == LETTERS
    finally:
        terminal.close()
    sys.stdout.write(f"{LETTERS} letters, p99 {quantiles(took, n=100)[-1] * 1000:.0f} ms\n")


async def _storm(shop: Shop) -> list[float]:
    """Seconds each answer took; every one is a 2xx."""
    async with httpx.AsyncClient(base_url=shop.url, timeout=SLOWEST) as calls, asyncio.TaskGroup() as group:
        tasks = []
        for number in range(LETTERS):
            tasks.append(group.create_task(_post(calls, str(number))))
            await asyncio.sleep(1 / EACH_SECOND)
    return [task.result() for task in tasks]


async def _post(calls: httpx.AsyncClient, number: str) -> float:
    letter = letters.signed(letters.order(number))
    begun = time.monotonic()
    answer = await calls.post("/channels/web", content=letter.body, headers=letter.headers)
    assert answer.status_code == 200
    return time.monotonic() - begun
