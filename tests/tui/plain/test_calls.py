"""When to call the driver, to be heard."""

from tests.samples import CALLS
from tests.tui.plain.talk import talking


async def test_a_list_says_how_long_until_the_call() -> None:
    async with talking(CALLS) as talk:
        said = "\n".join(await talk.type("list"))
        assert "call the driver in 4 minutes" in said
        assert "call uber now" in said
        assert "driver waits: finish packing" in said


async def test_an_order_says_why() -> None:
    async with talking(CALLS) as talk:
        said = "\n".join(await talk.type("show 1041"))
        assert "Driver: call in 4 min, at 14:36." in said
        assert "uber needs about 9 min (24 rides at this hour, 180 in all)." in said


async def test_a_call_that_is_due_is_the_next_step_before_the_bag() -> None:
    async with talking(CALLS) as talk:
        said = "\n".join(await talk.type("show 1040"))
        assert "Next: call uber now, type s." in said
