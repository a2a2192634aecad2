"""`python -m tests.bench [ID…]`: JSON lines as they come, a table at the end."""

import signal
import sys
from collections.abc import Callable

from tests.bench import p1_start, p4_keys, p6_orders, p8_intake, p9_feed, p13_drivers, p15_quotes
from tests.bench.table import Result

BENCHES: dict[str, Callable[[], list[Result]]] = {
    "P1 P2 P3": p1_start.run,
    "P4 P5": p4_keys.run,
    "P6 P7": p6_orders.run,
    "P8": p8_intake.run,
    "P9": p9_feed.run,
    "P13 P14": p13_drivers.run,
    "P15": p15_quotes.run,
}


def main(wanted: list[str]) -> None:
    """All of them, or those named; measures that share a run come together."""
    results: list[Result] = []
    for names, run in BENCHES.items():
        if not wanted or set(wanted) & set(names.split()):
            for result in run():
                results.append(result)
                _print(result.line)
    _print(f"\n  {'':9} {'':42} {'ours':>10} {'bare':>10} {'ratio':>6} goal")
    for result in results:
        _print(result.row)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever was started is ended
    main(sys.argv[1:])
