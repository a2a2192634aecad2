"""Words an order can carry so that the simulators behave as a demonstration wants."""

from typing import Final

# In the notes or the reference of a job: the simulated courier finds nobody for it.
NO_DRIVER_MARK: Final = "[no driver]"
# The first driver gives it back; nobody opens; ruined on the way (pandago alone); held up (pandago alone).
GIVEN_BACK_MARK: Final = "[courier drop]"
NOT_AT_HOME_MARK: Final = "[undeliverable]"
SPILLED_MARK: Final = "[spilled]"
DELAYED_MARK: Final = "[delayed]"
CALLED_OFF_MARK: Final = "[canceled by uber]"
# In the note of a sale: the shop's system gives none of its money back.
NO_REFUND_MARK: Final = "[no refund]"
