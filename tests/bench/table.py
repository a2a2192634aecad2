"""Results as JSON lines and as a table."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`sign` and `goal`: what the ratio ours ÷ bare is meant to be."""

    id: str
    what: str
    ours: float
    bare: float
    sign: str
    goal: float

    @property
    def ratio(self) -> float:
        """Ours ÷ bare."""
        return self.ours / self.bare

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached in this run."""
        return self.ratio >= self.goal if self.sign == ">=" else self.ratio <= self.goal

    @property
    def line(self) -> str:
        """One JSON object."""
        numbers = {"ours": round(self.ours, 3), "bare": round(self.bare, 3), "ratio": round(self.ratio, 3)}
        return json.dumps({"id": self.id, **numbers, "goal": f"{self.sign} {self.goal}"})

    @property
    def row(self) -> str:
        """For people."""
        mark = "✓" if self.is_met else "✗"
        numbers = f"{self.ours:10.1f} {self.bare:10.1f} {self.ratio:6.2f}"
        return f"{mark} {self.id:9} {self.what:42} {numbers} {self.sign} {self.goal}"
