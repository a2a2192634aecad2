"""Reasons and results that are offered where one must be given; one's own words do as well."""

from typing import Final

from tui.i18n import N_

REJECTING: Final = (
    N_("out of stock"),
    N_("too busy"),
    N_("closing soon"),
    N_("address cannot be reached"),
    N_("customer asked for it"),
)
LEFT_OPEN: Final = (N_("agreed with the customer"), N_("checked by a colleague"), N_("nothing to weigh or measure"))
GIVING_BACK: Final = (
    N_("came back to the store"),
    N_("missing in the bag"),
    N_("damaged or spoilt"),
    N_("agreed with the customer"),
)
GIVING_UP: Final = (
    N_("agreed with the customer"),
    N_("settled another way"),
    N_("the order is closed there"),
)
RESULTS: Final = (
    N_("customer told"),
    N_("money given back"),
    N_("goods taken back in"),
    N_("solved with the courier"),
    N_("nothing to do"),
)
