"""What happened: the words of the journal. A class here has a sentence in `tui/labels`; each noun has its file."""

from typing import Final

from core.domain.events.base import (
    Event as Event,
)
from core.domain.events.handing import (
    GoodsReceived as GoodsReceived,
    HandedOver as HandedOver,
    LeftUnchecked as LeftUnchecked,
    PinRefused as PinRefused,
    ProofKept as ProofKept,
    ProofMissing as ProofMissing,
)
from core.domain.events.order import (
    ChangesSeen as ChangesSeen,
    OrderAccepted as OrderAccepted,
    OrderCancelled as OrderCancelled,
    OrderChanged as OrderChanged,
    OrderCompleted as OrderCompleted,
    OrderLeft as OrderLeft,
    OrderOpened as OrderOpened,
    OrderReceived as OrderReceived,
    OrderRejected as OrderRejected,
    OrderReturned as OrderReturned,
    OrderSeen as OrderSeen,
    PaymentChanged as PaymentChanged,
)
from core.domain.events.packing import (
    CheckTicked as CheckTicked,
    LinePicked as LinePicked,
    PackingFinished as PackingFinished,
    PackingReopened as PackingReopened,
    ParcelsPlanned as ParcelsPlanned,
    ShippedShort as ShippedShort,
)
from core.domain.events.problem import (
    ProblemClosed as ProblemClosed,
    ProblemOpened as ProblemOpened,
)
from core.domain.events.ride import (
    BookingSettled as BookingSettled,
    CancelCharged as CancelCharged,
    DeliveryReported as DeliveryReported,
    DriverChanged as DriverChanged,
    SearchWentOn as SearchWentOn,
)
from core.domain.events.send import (
    CalledByItself as CalledByItself,
    SendDone as SendDone,
    SendHeld as SendHeld,
    SendPostponed as SendPostponed,
    SendRefused as SendRefused,
    SendStarted as SendStarted,
    SendTakenBack as SendTakenBack,
)
from core.domain.events.sound import (
    SoundChecked as SoundChecked,
)


def _words(event: type[Event]) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in event.__name__).lstrip("_")


KINDS: Final[dict[str, type[Event]]] = {_words(kind): kind for kind in Event.__subclasses__()}
NAMES: Final[dict[type[Event], str]] = {kind: name for name, kind in KINDS.items()}


def kind_of(event: Event) -> str:
    """The word in the journal: `order_accepted`."""
    return NAMES[type(event)]
