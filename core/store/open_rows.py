"""Which rows are still open, in SQL that both databases read; here, apart from the tables, so that it loads at once."""

from typing import Final

OPEN_STAGES: Final = "stage IN ('waiting_payment', 'review', 'new', 'preparing', 'ready', 'out')"
OPEN_SENDS: Final = "state IN ('held', 'calling')"
# Of open sends: a tip on its way, or what the shop's system is told, keeps nobody from anything.
FOR_PEOPLE: Final = "kind NOT IN ('tip_courier', 'tell_shop', 'tell_person')"
