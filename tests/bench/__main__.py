"""`python -m tests.bench [ID…]`: JSON lines as they come, a table at the end."""

import sys
from collections.abc import Callable

from tests.bench import p8_intake
from tests.bench.table import Result

BENCHES: dict[str, Callable[[], list[Result]]] = {"P8": p8_intake.run}


def main(wanted: list[str]) -> None:
    """All of them, or those named."""
    results: list[Result] = []
    for name, run in BENCHES.items():
        if not wanted or name in wanted:
            for result in run():
                results.append(result)
                _print(result.line)
    _print(f"\n  {'':8} {'':38} {'ours':>10} {'bare':>10} {'ratio':>6} goal")
    for result in results:
        _print(result.row)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
