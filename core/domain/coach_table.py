"""The coach's table: for each place an order can be in and each cause, who pays and what may be done (L22–L32).

One row a place, one line a cause: bearer, rule, sentence, ways best first. Shares are percent of the money that is
left: suggested, least, most without a manager.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from core.domain.bearer import Bearer
from core.domain.cause import Cause
from core.domain.coaching import ALL, Action, Cell, CourierStep, GoodsStep, Sentence, Share, Way
from core.domain.phase import Phase

Row: TypeAlias = Mapping[Cause, Cell]
_C, _S = Cause, Sentence
_NOBODY, _STORE, _PLATFORM = Bearer.NOBODY, Bearer.STORE, Bearer.PLATFORM
_CUSTOMER, _SHARED = Bearer.CUSTOMER, Bearer.SHARED
_CANCEL = Way(Action.CANCEL, ALL)
_REFUND = Way(Action.REFUND, ALL)
_GO_ON, _COUPON, _NOTHING = Way(Action.GO_ON), Way(Action.COUPON), Way(Action.NOTHING)
_REDELIVER = Way(Action.REDELIVER)


def _cancel(suggested: int, least: int, most: int) -> Way:
    return Way(Action.CANCEL_PART, Share(suggested, least, most))


def _part(suggested: int, least: int, most: int) -> Way:
    return Way(Action.REFUND_PART, Share(suggested, least, most))


def _back(suggested: int, least: int, most: int) -> Way:
    """Goods under way cost somebody whatever is agreed: a manager says yes (L26)."""
    return Way(Action.BRING_BACK, Share(suggested, least, most), needs_manager=True)


_EXTRA = Way(Action.REFUND_PART, Share(100, 0, 100), needs_manager=True)


@dataclass(frozen=True)
class _Line:
    """A cell without what the whole row has in common."""

    bearer: Bearer
    rule: str
    say: Sentence
    ways: tuple[Way, ...]
    courier: CourierStep | None = None
    goods: GoodsStep | None = None


def _on(
    bearer: Bearer,
    rule: str,
    say: Sentence,
    *ways: Way,
    courier: CourierStep | None = None,
    goods: GoodsStep | None = None,
) -> _Line:
    return _Line(bearer, rule, say, ways, courier, goods)


def _row(courier: CourierStep, goods: GoodsStep, lines: Mapping[Cause, _Line], *, fee: bool = False) -> Row:
    """`fee`: what a driver is owed comes off what goes back, where the customer has a part in it (C80)."""
    cells = {
        cause: Cell(
            bearer=line.bearer,
            rule=line.rule,
            say=line.say,
            ways=line.ways,
            courier=line.courier or courier,
            goods=line.goods or goods,
            takes_fee=fee and line.bearer in (_CUSTOMER, _SHARED),
        )
        for cause, line in lines.items()
    }
    return MappingProxyType(cells)


_NOT_PAID: Final = _row(
    CourierStep.NONE,
    GoodsStep.NONE,
    {
        _C.CHANGED_MIND: _on(_NOBODY, "X3", _S.NOT_CHARGED, _CANCEL, _GO_ON),
        _C.TOO_LATE: _on(_NOBODY, "X3", _S.NOT_CHARGED, _CANCEL, _GO_ON),
        _C.QUALITY: _on(_NOBODY, "X3", _S.NOT_CHARGED, _CANCEL, _GO_ON),
        _C.DAMAGED: _on(_NOBODY, "X3", _S.NOT_CHARGED, _CANCEL, _GO_ON),
        _C.ADDRESS: _on(_NOBODY, "C66", _S.WHICH_ADDRESS, _GO_ON, _CANCEL),
        _C.UNREACHABLE: _on(_NOBODY, "X3", _S.CALL_BACK_PLEASE, _GO_ON, _CANCEL),
        _C.DUPLICATE: _on(_NOBODY, "X3", _S.NOT_CHARGED, _CANCEL, _GO_ON),
        _C.OUT_OF_STOCK: _on(_NOBODY, "C62", _S.RAN_OUT, _GO_ON, _CANCEL),
        _C.FORCE_MAJEURE: _on(_NOBODY, "L32", _S.WEATHER, _GO_ON, _CANCEL),
        _C.SHOP: _on(_NOBODY, "X3", _S.NOT_CHARGED, _CANCEL, _GO_ON),
    },
)
_BEFORE_ACCEPT: Final = _row(
    CourierStep.NONE,
    GoodsStep.FREE,
    {
        _C.CHANGED_MIND: _on(_NOBODY, "L22", _S.FREE_TO_CANCEL, _CANCEL, _GO_ON),
        _C.TOO_LATE: _on(_NOBODY, "L22", _S.SORRY_WE_ARE_LATE, _GO_ON, _CANCEL),
        _C.QUALITY: _on(_STORE, "C104", _S.FOUND_A_FLAW, _CANCEL, _GO_ON),
        _C.DAMAGED: _on(_STORE, "C104", _S.FOUND_A_FLAW, _CANCEL, _GO_ON),
        _C.ADDRESS: _on(_NOBODY, "C66", _S.WHICH_ADDRESS, _GO_ON, _CANCEL),
        _C.UNREACHABLE: _on(_NOBODY, "L22", _S.CALL_BACK_PLEASE, _GO_ON, _CANCEL),
        _C.DUPLICATE: _on(_NOBODY, "L22", _S.ORDERED_TWICE, _CANCEL, _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C62", _S.RAN_OUT, _GO_ON, _CANCEL),
        _C.FORCE_MAJEURE: _on(_NOBODY, "L32", _S.WEATHER, _GO_ON, _CANCEL),
        _C.SHOP: _on(_STORE, "C26", _S.WE_MUST_CANCEL, _CANCEL, _GO_ON),
    },
)
_NOT_BEGUN: Final = _row(
    CourierStep.IF_CALLED,
    GoodsStep.FREE,
    {
        _C.CHANGED_MIND: _on(_NOBODY, "L23", _S.NOT_BEGUN_YET, _CANCEL, _GO_ON),
        _C.TOO_LATE: _on(_STORE, "L30", _S.SORRY_WE_ARE_LATE, _GO_ON, _COUPON, _CANCEL),
        _C.QUALITY: _on(_STORE, "C104", _S.FOUND_A_FLAW, _CANCEL, _part(20, 0, 50), _GO_ON),
        _C.DAMAGED: _on(_STORE, "C104", _S.FOUND_A_FLAW, _CANCEL, _part(20, 0, 50), _GO_ON),
        _C.ADDRESS: _on(_NOBODY, "C66", _S.WHICH_ADDRESS, _GO_ON, _CANCEL),
        _C.UNREACHABLE: _on(_NOBODY, "L23", _S.CALL_BACK_PLEASE, _GO_ON, _CANCEL),
        _C.DUPLICATE: _on(_NOBODY, "L23", _S.ORDERED_TWICE, _CANCEL, _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C62", _S.RAN_OUT, _GO_ON, _CANCEL),
        _C.FORCE_MAJEURE: _on(_NOBODY, "L32", _S.WEATHER, _GO_ON, _CANCEL),
        _C.SHOP: _on(_STORE, "C26", _S.WE_MUST_CANCEL, _CANCEL, _GO_ON),
    },
)
_PACKING: Final = _row(
    CourierStep.IF_CALLED,
    GoodsStep.UNPACK,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L24", _S.ALREADY_PACKED, _cancel(75, 50, 100), _GO_ON),
        _C.TOO_LATE: _on(_STORE, "L30", _S.SORRY_WE_ARE_LATE, _GO_ON, _COUPON, _part(10, 0, 20), _CANCEL),
        _C.QUALITY: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.DAMAGED: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.ADDRESS: _on(_CUSTOMER, "C106", _S.WHICH_ADDRESS, _GO_ON, _cancel(75, 50, 100)),
        _C.UNREACHABLE: _on(_CUSTOMER, "L24", _S.CALL_BACK_PLEASE, _GO_ON, _cancel(75, 50, 100)),
        _C.DUPLICATE: _on(_SHARED, "L24", _S.ORDERED_TWICE, _cancel(90, 50, 100), _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C62", _S.RAN_OUT, _GO_ON, _CANCEL),
        _C.FORCE_MAJEURE: _on(_STORE, "L32", _S.WEATHER, _GO_ON, _COUPON, _CANCEL),
        _C.SHOP: _on(_STORE, "C26", _S.WE_MUST_CANCEL, _CANCEL, _GO_ON),
    },
)
_PACKED: Final = _row(
    CourierStep.NONE,
    GoodsStep.UNPACK,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L24", _S.ALREADY_PACKED, _cancel(50, 25, 75), _GO_ON),
        _C.TOO_LATE: _on(_STORE, "L30", _S.SORRY_WE_ARE_LATE, _GO_ON, _COUPON, _part(10, 0, 20), _CANCEL),
        _C.QUALITY: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.DAMAGED: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.ADDRESS: _on(_CUSTOMER, "C106", _S.WHICH_ADDRESS, _GO_ON, _cancel(50, 25, 75)),
        _C.UNREACHABLE: _on(_CUSTOMER, "L24", _S.CALL_BACK_PLEASE, _GO_ON, _cancel(50, 25, 75)),
        _C.DUPLICATE: _on(_SHARED, "L24", _S.ORDERED_TWICE, _cancel(75, 25, 100), _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C62", _S.RAN_OUT, _GO_ON, _CANCEL),
        _C.FORCE_MAJEURE: _on(_STORE, "L32", _S.WEATHER, _GO_ON, _COUPON, _CANCEL),
        _C.SHOP: _on(_STORE, "C26", _S.WE_MUST_CANCEL, _CANCEL, _GO_ON),
    },
)
_DRIVER_CALLED: Final = _row(
    CourierStep.RECALL,
    GoodsStep.UNPACK,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L24", _S.DRIVER_COMES, _cancel(50, 0, 75), _GO_ON),
        _C.TOO_LATE: _on(_PLATFORM, "C105", _S.SORRY_DRIVER_LATE, _GO_ON, _COUPON, _part(10, 0, 20), _CANCEL),
        _C.QUALITY: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.DAMAGED: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.ADDRESS: _on(_CUSTOMER, "C67", _S.ADDRESS_COSTS, _GO_ON, _cancel(50, 0, 75)),
        _C.UNREACHABLE: _on(_CUSTOMER, "C69", _S.CALL_BACK_PLEASE, _GO_ON, _cancel(50, 0, 75)),
        _C.DUPLICATE: _on(_SHARED, "L24", _S.ORDERED_TWICE, _cancel(75, 0, 100), _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C62", _S.RAN_OUT, _part(20, 0, 100), _CANCEL, _GO_ON),
        _C.FORCE_MAJEURE: _on(_STORE, "L32", _S.WEATHER, _GO_ON, _COUPON, _CANCEL),
        _C.SHOP: _on(_STORE, "C26", _S.WE_MUST_CANCEL, _CANCEL, _GO_ON),
    },
    fee=True,
)
_AT_STORE: Final = _row(
    CourierStep.SEND_AWAY,
    GoodsStep.UNPACK,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L24", _S.DRIVER_COMES, _cancel(50, 0, 75), _GO_ON),
        _C.TOO_LATE: _on(_STORE, "L30", _S.SORRY_WE_ARE_LATE, _GO_ON, _COUPON, _part(10, 0, 20), _CANCEL),
        _C.QUALITY: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.DAMAGED: _on(_STORE, "C104", _S.FOUND_A_FLAW, _part(20, 0, 50), _CANCEL, _GO_ON),
        _C.ADDRESS: _on(_CUSTOMER, "C67", _S.ADDRESS_COSTS, _GO_ON, _cancel(50, 0, 75)),
        _C.UNREACHABLE: _on(_CUSTOMER, "C69", _S.CALL_BACK_PLEASE, _GO_ON, _cancel(50, 0, 75)),
        _C.DUPLICATE: _on(_SHARED, "L24", _S.ORDERED_TWICE, _cancel(75, 0, 100), _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C62", _S.RAN_OUT, _part(20, 0, 100), _CANCEL, _GO_ON),
        _C.FORCE_MAJEURE: _on(_STORE, "L32", _S.WEATHER, _GO_ON, _COUPON, _CANCEL),
        _C.SHOP: _on(_STORE, "C26", _S.WE_MUST_CANCEL, _CANCEL, _GO_ON),
    },
    fee=True,
)
_ON_THE_WAY: Final = _row(
    CourierStep.LET_RUN,
    GoodsStep.RECEIVE,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L25", _S.PLEASE_TAKE_IT, _GO_ON, _back(40, 0, 60)),
        _C.TOO_LATE: _on(
            _PLATFORM, "C105", _S.SORRY_DRIVER_LATE, _GO_ON, _COUPON, _part(10, 0, 30), _back(100, 50, 100)
        ),
        _C.QUALITY: _on(_STORE, "C104", _S.SORRY_QUALITY, _REDELIVER, _part(50, 0, 100), _back(100, 50, 100), _GO_ON),
        _C.DAMAGED: _on(
            _PLATFORM, "C105", _S.SORRY_DAMAGED, _REDELIVER, _part(50, 0, 100), _back(100, 50, 100), _GO_ON
        ),
        _C.ADDRESS: _on(_CUSTOMER, "C67", _S.ADDRESS_COSTS, _GO_ON, _back(40, 0, 60)),
        _C.UNREACHABLE: _on(_CUSTOMER, "C69", _S.NOBODY_THERE, _GO_ON, _REDELIVER, _back(40, 0, 60)),
        _C.DUPLICATE: _on(_CUSTOMER, "L25", _S.PLEASE_TAKE_IT, _GO_ON, _back(60, 0, 80)),
        _C.OUT_OF_STOCK: _on(_STORE, "C74", _S.SOMETHING_MISSING, _part(20, 0, 100), _REDELIVER, _COUPON, _GO_ON),
        _C.FORCE_MAJEURE: _on(_SHARED, "L32", _S.WEATHER, _GO_ON, _COUPON, _back(60, 0, 100)),
        _C.SHOP: _on(_STORE, "L26", _S.WE_TAKE_IT_BACK, _back(100, 100, 100), _GO_ON),
    },
)
_AT_THE_DOOR: Final = _row(
    CourierStep.BRING_BACK,
    GoodsStep.RECEIVE,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L26", _S.COMES_BACK, _back(40, 0, 60), _REDELIVER, _GO_ON),
        _C.TOO_LATE: _on(_PLATFORM, "C105", _S.SORRY_DRIVER_LATE, _back(100, 50, 100), _REDELIVER, _COUPON, _GO_ON),
        _C.QUALITY: _on(_STORE, "C104", _S.SORRY_QUALITY, _REDELIVER, _back(100, 50, 100), _COUPON, _GO_ON),
        _C.DAMAGED: _on(_PLATFORM, "C105", _S.SORRY_DAMAGED, _REDELIVER, _back(100, 50, 100), _COUPON, _GO_ON),
        _C.ADDRESS: _on(_CUSTOMER, "C67", _S.ADDRESS_COSTS, _REDELIVER, _back(40, 0, 60), _GO_ON),
        _C.UNREACHABLE: _on(_CUSTOMER, "C70", _S.NOBODY_THERE, _REDELIVER, _back(40, 0, 60), _GO_ON),
        _C.DUPLICATE: _on(_CUSTOMER, "L26", _S.COMES_BACK, _back(60, 0, 80), _GO_ON),
        _C.OUT_OF_STOCK: _on(_STORE, "C74", _S.SOMETHING_MISSING, _part(20, 0, 100), _back(100, 50, 100), _GO_ON),
        _C.FORCE_MAJEURE: _on(_SHARED, "L32", _S.WEATHER, _REDELIVER, _back(60, 0, 100), _GO_ON),
        _C.SHOP: _on(_STORE, "L26", _S.WE_TAKE_IT_BACK, _back(100, 100, 100), _REDELIVER),
    },
)
_DELIVERED: Final = _row(
    CourierStep.NONE,
    GoodsStep.KEEPS,
    {
        _C.CHANGED_MIND: _on(_CUSTOMER, "L27", _S.KEPT_IT, _NOTHING, _back(50, 0, 80), goods=GoodsStep.RECEIVE),
        _C.TOO_LATE: _on(
            _PLATFORM, "L31", _S.SORRY_WAS_LATE, _COUPON, _part(10, 0, 30), _NOTHING, courier=CourierStep.CLAIM
        ),
        _C.QUALITY: _on(
            _STORE, "L29", _S.SORRY_QUALITY, _REDELIVER, _REFUND, _part(50, 0, 100), _COUPON, _back(100, 0, 100)
        ),
        _C.DAMAGED: _on(
            _PLATFORM,
            "L29",
            _S.SORRY_DAMAGED,
            _REDELIVER,
            _REFUND,
            _part(50, 0, 100),
            _COUPON,
            courier=CourierStep.CLAIM,
        ),
        _C.ADDRESS: _on(_CUSTOMER, "C106", _S.ADDRESS_COSTS, _REDELIVER, _NOTHING),
        _C.UNREACHABLE: _on(_SHARED, "C83", _S.NOBODY_THERE, _NOTHING, _COUPON, _EXTRA, courier=CourierStep.CLAIM),
        _C.DUPLICATE: _on(_CUSTOMER, "L26", _S.KEPT_IT, _NOTHING, _back(60, 0, 80), goods=GoodsStep.RECEIVE),
        _C.OUT_OF_STOCK: _on(_STORE, "C74", _S.SOMETHING_MISSING, _part(20, 0, 100), _REDELIVER, _COUPON),
        _C.FORCE_MAJEURE: _on(_NOBODY, "L32", _S.WEATHER, _COUPON, _NOTHING),
        _C.SHOP: _on(_STORE, "C86", _S.WE_TAKE_IT_BACK, _back(100, 100, 100), _REFUND, goods=GoodsStep.RECEIVE),
    },
)
_RETURNED: Final = _row(
    CourierStep.NONE,
    GoodsStep.CHECK,
    {
        _C.CHANGED_MIND: _on(_SHARED, "L26", _S.ALL_HERE_AGAIN, _part(40, 0, 60), _REDELIVER, _NOTHING),
        _C.TOO_LATE: _on(
            _PLATFORM, "C105", _S.SORRY_WAS_LATE, _REFUND, _REDELIVER, _COUPON, _NOTHING, courier=CourierStep.CLAIM
        ),
        _C.QUALITY: _on(_STORE, "C104", _S.SORRY_QUALITY, _REFUND, _REDELIVER, _COUPON, _NOTHING),
        _C.DAMAGED: _on(
            _PLATFORM, "C105", _S.SORRY_DAMAGED, _REFUND, _REDELIVER, _COUPON, _NOTHING, courier=CourierStep.CLAIM
        ),
        _C.ADDRESS: _on(_CUSTOMER, "C67", _S.ADDRESS_COSTS, _REDELIVER, _part(40, 0, 60), _NOTHING),
        _C.UNREACHABLE: _on(_CUSTOMER, "C70", _S.NOBODY_THERE, _REDELIVER, _part(40, 0, 60), _NOTHING),
        _C.DUPLICATE: _on(_CUSTOMER, "L26", _S.ALL_HERE_AGAIN, _part(60, 0, 80), _NOTHING),
        _C.OUT_OF_STOCK: _on(_STORE, "C74", _S.ALL_HERE_AGAIN, _REFUND, _part(50, 0, 100), _NOTHING),
        _C.FORCE_MAJEURE: _on(_SHARED, "L32", _S.WEATHER, _REDELIVER, _part(60, 0, 100), _NOTHING),
        _C.SHOP: _on(_STORE, "C74", _S.ALL_HERE_AGAIN, _REFUND, _NOTHING),
    },
)
_ENDED: Final = _row(
    CourierStep.NONE,
    GoodsStep.NONE,
    {
        _C.CHANGED_MIND: _on(_NOBODY, "L27", _S.IT_IS_OVER, _NOTHING, _EXTRA),
        _C.TOO_LATE: _on(_NOBODY, "C107", _S.IT_IS_OVER, _NOTHING, _COUPON, _EXTRA),
        _C.QUALITY: _on(_STORE, "C104", _S.IT_IS_OVER, _NOTHING, _COUPON, _EXTRA),
        _C.DAMAGED: _on(_STORE, "C104", _S.IT_IS_OVER, _NOTHING, _COUPON, _EXTRA),
        _C.ADDRESS: _on(_CUSTOMER, "C106", _S.IT_IS_OVER, _NOTHING, _EXTRA),
        _C.UNREACHABLE: _on(_NOBODY, "L27", _S.IT_IS_OVER, _NOTHING, _EXTRA),
        _C.DUPLICATE: _on(_NOBODY, "L27", _S.IT_IS_OVER, _NOTHING, _EXTRA),
        _C.OUT_OF_STOCK: _on(_STORE, "C26", _S.IT_IS_OVER, _NOTHING, _COUPON, _EXTRA),
        _C.FORCE_MAJEURE: _on(_NOBODY, "L32", _S.IT_IS_OVER, _NOTHING, _COUPON),
        _C.SHOP: _on(_STORE, "C26", _S.IT_IS_OVER, _NOTHING, _COUPON, _EXTRA),
    },
)
TABLE: Final[Mapping[Phase, Row]] = MappingProxyType(
    {
        Phase.NOT_PAID: _NOT_PAID,
        Phase.BEFORE_ACCEPT: _BEFORE_ACCEPT,
        Phase.NOT_BEGUN: _NOT_BEGUN,
        Phase.PACKING: _PACKING,
        Phase.PACKED: _PACKED,
        Phase.DRIVER_CALLED: _DRIVER_CALLED,
        Phase.AT_STORE: _AT_STORE,
        Phase.ON_THE_WAY: _ON_THE_WAY,
        Phase.AT_THE_DOOR: _AT_THE_DOOR,
        Phase.DELIVERED: _DELIVERED,
        Phase.RETURNED: _RETURNED,
        Phase.ENDED: _ENDED,
    }
)
