"""What came back of a line, in words with a sign for each."""

from core.domain.goods_back import LineBack
from tui.i18n import _


def goods_back(back: LineBack, went: int) -> str:
    """`✓ 1 of 2 sound  ✗ 1 damaged`; what is missing is said, too."""
    said = [_("✓ {count} of {went} sound").format(count=back.sound, went=went)]
    if back.damaged:
        said.append(_("✗ {count} damaged").format(count=back.damaged))
    if missing := went - back.sound - back.damaged:
        said.append(_("? {count} missing").format(count=missing))
    return "  ".join(said)
