"""The bare loop: the same bodies compared with their signatures, parsed, and each written to SQLite durably."""

import hashlib
import hmac
import json
import sqlite3
import sys
import time
from itertools import islice

from tests.bench.rides import DRIVERS, SECRET, ref, rounds


def main(path: str, seconds: str) -> None:
    """So many seconds, one round each; prints what processor time that took."""
    store = sqlite3.connect(path, isolation_level=None)
    store.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE deliveries (ref TEXT PRIMARY KEY, state, at, driver, lat REAL, lng REAL, eta);"
    )
    store.executemany("INSERT INTO deliveries (ref) VALUES (?)", [(ref(driver),) for driver in range(DRIVERS)])
    told = islice(rounds(), int(seconds))
    letters = [[(body, _signed(body)) for body in bodies] for bodies in told]
    start, used = time.monotonic(), time.process_time()
    for second, bodies in enumerate(letters, start=1):
        for body, signature in bodies:
            _take(store, body, signature)
        time.sleep(max(0.0, start + second - time.monotonic()))
    sys.stdout.write(f"{time.process_time() - used}\n")


def _take(store: sqlite3.Connection, body: bytes, signature: str) -> None:
    if not hmac.compare_digest(_signed(body), signature):
        raise ValueError("the signature does not fit")
    job = json.loads(body)["data"]
    spot = job["courier"]["location"]
    told = (
        job["status"],
        job["updated"],
        job["courier"]["name"],
        spot["lat"],
        spot["lng"],
        job["dropoff_eta"],
        job["id"],
    )
    store.execute("UPDATE deliveries SET state=?, at=?, driver=?, lat=?, lng=?, eta=? WHERE ref=?", told)


def _signed(body: bytes) -> str:
    return hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])
