"""What happened: the words of the journal. A class here has a sentence in `tui/labels`; each noun has its file."""

from typing import Final

from core.domain.events.base import (
    Event as Event,
)
from core.domain.events.by_hand import (
    CopyJoined as CopyJoined,
    KeptApart as KeptApart,
    OrderJoined as OrderJoined,
    OrderKeyedIn as OrderKeyedIn,
)
from core.domain.events.coach import (
    AgreementMade as AgreementMade,
)
from core.domain.events.handing import (
    GoodsReceived as GoodsReceived,
    HandedOver as HandedOver,
    LeftUnchecked as LeftUnchecked,
    PinRefused as PinRefused,
    ProofKept as ProofKept,
    ProofMissing as ProofMissing,
)
from core.domain.events.hold import (
    HoldLifted as HoldLifted,
    HoldPutOn as HoldPutOn,
    HoldRanOut as HoldRanOut,
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
)
from core.domain.events.problem import (
    ProblemClosed as ProblemClosed,
    ProblemOpened as ProblemOpened,
)
from core.domain.events.reminder import (
    OrderReminded as OrderReminded,
    PersonNotTold as PersonNotTold,
    PersonTold as PersonTold,
)
from core.domain.events.review import (
    CustomerCalledBack as CustomerCalledBack,
    CustomerCompleted as CustomerCompleted,
    ReviewAsked as ReviewAsked,
    ReviewPassed as ReviewPassed,
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
from core.domain.events.short import (
    ShippedShort as ShippedShort,
    ShortTakenBack as ShortTakenBack,
)
from core.domain.events.sound import (
    SoundChecked as SoundChecked,
)
from core.domain.events.telling import (
    MoneyOwedBack as MoneyOwedBack,
    MoneyStayed as MoneyStayed,
    MoneyWentBack as MoneyWentBack,
    OrderRestored as OrderRestored,
    TellingSettled as TellingSettled,
)
from core.domain.events.trouble import (
    AddressCorrected as AddressCorrected,
    ProblemGrew as ProblemGrew,
    ProblemNamed as ProblemNamed,
    SentAgain as SentAgain,
    StepDone as StepDone,
)


def _words(event: type[Event]) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in event.__name__).lstrip("_")


KINDS: Final[dict[str, type[Event]]] = {_words(kind): kind for kind in Event.__subclasses__()}
NAMES: Final[dict[type[Event], str]] = {kind: name for name, kind in KINDS.items()}


def kind_of(event: Event) -> str:
    """The word in the journal: `order_accepted`."""
    return NAMES[type(event)]
