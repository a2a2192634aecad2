"""Where tests may write, and when they happen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

# Not in the shared temporary folder: its name can be guessed (CVE-2025-71176), and two checkouts would meet there.
BUILD: Final = Path(__file__).parent.parent / "build"
NOON: Final = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # 12:00 in Taipei
