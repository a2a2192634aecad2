"""What came back of a line, in words with a sign for each."""

from core.domain.goods_back import LineBack, Onward
from core.domain.money import Money
from tui.i18n import _
from tui.labels.amounts import money


def goods_back(back: LineBack, went: int) -> str:
    """`✓ 1 of 2 sound  ✗ 1 damaged`; what is missing is said, too."""
    said = [_("✓ {count} of {went} sound").format(count=back.sound, went=went)]
    if back.damaged:
        said.append(_("✗ {count} damaged").format(count=back.damaged))
    if missing := went - back.sound - back.damaged:
        said.append(_("? {count} missing").format(count=missing))
    return "  ".join(said)


def onward(way: Onward, amount: Money) -> str:
    """What becomes of the customer's money."""
    if way is Onward.LATER:
        return _("to be agreed: a new time, or money back")
    words = _("{amount} goes back") if way is Onward.REFUND else _("{amount} goes back, the way too")
    return words.format(amount=money(amount))
