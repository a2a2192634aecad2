"""Which rows are still open, in SQL that both databases read; here, apart from the tables, so that it loads at once."""

from typing import Final

OPEN_STAGES: Final = "stage IN ('waiting_payment', 'review', 'new', 'preparing', 'ready', 'out')"
OPEN_SENDS: Final = "state IN ('held', 'calling')"
FOR_PEOPLE: Final = "kind <> 'tip_courier'"  # of open sends: a tip on its way keeps nobody from anything
