"""Words an order can carry so that the simulators behave as a demonstration wants."""

from typing import Final

# In the notes or the reference of a job: the simulated courier finds nobody for it.
NO_DRIVER_MARK: Final = "[no driver]"
