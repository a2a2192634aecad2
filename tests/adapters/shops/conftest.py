"""Every shop system with an outward half, simulated on loopback, and the desk that calls it."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulators.shop import KINDS
from tests.adapters.shops.town import Town, opened


@pytest.fixture(params=KINDS)
async def town(request) -> AsyncIterator[Town]:
    async with opened(request.param) as town:
        yield town


@pytest.fixture
async def shopify() -> AsyncIterator[Town]:
    async with opened("shopify") as town:
        yield town


@pytest.fixture
async def cyberbiz() -> AsyncIterator[Town]:
    async with opened("cyberbiz") as town:
        yield town


@pytest.fixture
async def standard() -> AsyncIterator[Town]:
    async with opened("standard") as town:
        yield town
