"""An order from a call, typed; and whether a channel's copy is one."""

from core.domain.handwritten import HandOrder, PaidHow
from core.domain.keyed import Draft
from core.domain.problem import ProblemKind
from core.domain.purchase import OrderType
from core.domain.refusal import JoinFirst
from tests import samples
from tests.tui.plain.talk import Talk, talking

CALL = ("new", "Ms Chen", "0912345671", "1", "Nanjing W Rd 12", "+40", "2 oolong", "1", "lemon cake @120", "1", "")
REST = ("1", "peanuts", "ring twice")  # paid online, allergens, note: no channel is known here
UNSURE = samples.shop((samples.order("7"),), problems=(samples.problem("7", ProblemKind.JOIN_UNSURE, 1, "H2B1F"),))


def entered(talk: Talk) -> HandOrder:
    (call,) = [asked for asked in talk.asked if asked[0] == "enter"]
    form = call[1]
    assert isinstance(form, HandOrder)
    return form


async def test_a_call_becomes_an_order_when_it_was_confirmed_twice() -> None:
    async with talking(samples.EMPTY) as talk:
        await talk.type(*CALL, *REST, "yes", "yes")
        form = entered(talk)
    assert (form.name, form.phone, form.type, form.paid) == (
        "Ms Chen",
        "0912345671",
        OrderType.DELIVERY,
        PaidHow.CHANNEL,
    )
    assert [(line.quantity, line.sku or line.name) for line in form.lines] == [(2, "OOL-600"), (1, "lemon cake")]
    assert (form.allergens, form.note) == ("peanuts", "ring twice")
    assert form.promised_to is not None


async def test_it_is_read_back_before_anything_is_entered() -> None:
    async with talking(samples.EMPTY) as talk:
        await talk.type(*CALL, *REST[:-1])
        heard = " ".join(await talk.type(REST[-1]))
        assert "0912 345 671" in heard
        assert "Total: NT$250" in heard
        assert talk.asked == []
        await talk.type("yes", "no")
        assert talk.asked == []


async def test_what_was_begun_is_kept_and_gone_on_with() -> None:
    async with talking(samples.EMPTY) as talk:
        await talk.type("new", "Ms Chen", "")
        (draft,) = talk.desk.kept.values()
        assert draft.form.name == "Ms Chen"
        talk.desk.kept.clear()
        talk.desk.kept["x"] = Draft(form=samples.HALF_KEYED, by=samples.MEI, kept_at=samples.NOW)
        await talk.type("new", "1", "", "", "1", "", "", "", "1", "", "", "yes", "yes")
        assert entered(talk) == samples.HALF_KEYED


async def test_what_came_in_by_itself_is_not_entered_again() -> None:
    async with talking(samples.BUSY) as talk:
        talk.desk.likely = (samples.LIKELY,)
        heard = " ".join(await talk.type(*CALL, *REST, "1"))
        assert "Nothing was entered" in heard
        assert [asked[0] for asked in talk.asked] == ["drop_draft"]


async def test_a_copy_that_may_be_one_is_decided_from_its_trouble_or_by_accepting() -> None:
    for typed in (("trouble 7", "1"), ("accept 7", "1")):
        async with talking(UNSURE) as talk:
            talk.desk.likely = (samples.LIKELY,)
            talk.desk.refuse("accept", JoinFirst("first", found="H2B1F", order_id=samples.order("7").id))
            await talk.type(*typed)
            assert ("decide_join", "7", "1042") in talk.asked


async def test_two_orders_are_said_to_be_two() -> None:
    async with talking(UNSURE) as talk:
        talk.desk.likely = (samples.LIKELY,)
        heard = " ".join(await talk.type("trouble 7", "2"))
        assert ("decide_join", "7", None) in talk.asked
        assert "two orders" in heard.casefold()
