"""The town's process: started by `run.py`, with the day's plan in its words."""

import asyncio
import json
import sys
from datetime import datetime

from tui.wiring.practice.plan import Practice
from tui.wiring.practice.town import run_town


def main(port: str, orders: str, speed: str, seed: str, hours: str, headless: str, started_at: str) -> None:
    """Until standard input is closed."""
    practice = Practice(
        orders=int(orders),
        speed=float(speed),
        seed=int(seed),
        hours=float(hours),
        headless=bool(int(headless)),
        started_at=datetime.fromisoformat(started_at),
    )
    asyncio.run(run_town(practice, f"http://127.0.0.1:{port}", lambda told: print_line(json.dumps(told))))


def print_line(line: str) -> None:
    """At once: somebody waits for it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
