"""What a courier can carry: data, never code (C33–C38)."""

from dataclasses import dataclass

from core.domain.measures import Box


@dataclass(frozen=True, kw_only=True)
class CourierLimits:
    """Most grams in one job (None: any), and the boxes of which one must take the goods."""

    max_weight_g: int | None = None
    boxes: tuple[Box, ...] = ()

    def can_lift(self, weight_g: int | None) -> bool:
        """An unknown weight is not held against anyone (X2)."""
        return self.max_weight_g is None or weight_g is None or weight_g <= self.max_weight_g
