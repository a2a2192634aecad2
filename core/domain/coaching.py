"""What a cell of the coach's table says: who pays, what may be done, what is said, what becomes of driver and goods."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.domain.bearer import Bearer


class Action(StrEnum):
    """What may be done for somebody who telephones."""

    CANCEL = "cancel"  # all the money goes back
    CANCEL_PART = "cancel_part"  # part of it, as agreed (L24)
    REFUND = "refund"  # all of it; the order stays what it is
    REFUND_PART = "refund_part"
    GO_ON = "go_on"  # the customer takes it, or waits (L25, L30)
    BRING_BACK = "bring_back"  # the goods come back, part of the money goes (L26)
    REDELIVER = "redeliver"  # once more, or at another time (C70, L29)
    COUPON = "coupon"  # C107
    NOTHING = "nothing"  # it is written down, and that is all


class CourierStep(StrEnum):
    """What happens to the courier when the order is called off."""

    NONE = "none"
    IF_CALLED = "if_called"  # a driver called early is called off
    RECALL = "recall"  # a held call is taken back, a search ended; a driver under way may cost the fee (C77, C80)
    SEND_AWAY = "send_away"  # from the door of the store: the fee is owed
    LET_RUN = "let_run"
    BRING_BACK = "bring_back"
    CLAIM = "claim"  # fee or damage is claimed from the courier (C84, L31)


class GoodsStep(StrEnum):
    """What happens to the goods."""

    NONE = "none"
    FREE = "free"  # never touched: they can be sold again at once
    UNPACK = "unpack"  # from the bag back on the shelf
    RECEIVE = "receive"  # when they are back: counted and looked at (C68, C71)
    KEEPS = "keeps"  # the customer does
    CHECK = "check"  # here, and to be looked at


class Sentence(StrEnum):
    """What to say; the words are in `tui/labels`."""

    NOT_CHARGED = "not_charged"
    FREE_TO_CANCEL = "free_to_cancel"
    NOT_BEGUN_YET = "not_begun_yet"
    ALREADY_PACKED = "already_packed"
    DRIVER_COMES = "driver_comes"
    PLEASE_TAKE_IT = "please_take_it"
    COMES_BACK = "comes_back"
    SORRY_WE_ARE_LATE = "sorry_we_are_late"
    SORRY_DRIVER_LATE = "sorry_driver_late"
    SORRY_WAS_LATE = "sorry_was_late"
    SORRY_QUALITY = "sorry_quality"
    SORRY_DAMAGED = "sorry_damaged"
    FOUND_A_FLAW = "found_a_flaw"
    WHICH_ADDRESS = "which_address"
    ADDRESS_COSTS = "address_costs"
    NOBODY_THERE = "nobody_there"
    CALL_BACK_PLEASE = "call_back_please"
    ORDERED_TWICE = "ordered_twice"
    RAN_OUT = "ran_out"
    SOMETHING_MISSING = "something_missing"
    WEATHER = "weather"
    WE_MUST_CANCEL = "we_must_cancel"
    WE_TAKE_IT_BACK = "we_take_it_back"
    ALL_HERE_AGAIN = "all_here_again"
    IT_IS_OVER = "it_is_over"
    KEPT_IT = "kept_it"


@dataclass(frozen=True)
class Share:
    """Percent of the money that is left: suggested, and between which bounds without a manager."""

    suggested: int
    least: int
    most: int


ALL: Final = Share(100, 100, 100)


@dataclass(frozen=True)
class Way:
    """One thing that may be done; no share: no money moves. `needs_manager`: within the bounds, too."""

    action: Action
    share: Share | None = None
    needs_manager: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`ways`: best first. `takes_fee`: what the courier is owed comes off what goes back. `rule`: where it says so."""

    bearer: Bearer
    ways: tuple[Way, ...]
    say: Sentence
    courier: CourierStep
    goods: GoodsStep
    rule: str
    takes_fee: bool = False
