"""A counter made of paper: speaks like one to the web server, and does what its first word says."""

import json
import os
import sys
import time


def tell(kind: bytes, payload: bytes) -> None:
    os.write(1, kind + len(payload).to_bytes(4, "big") + payload)


def hear() -> tuple[bytes, bytes]:
    """A packet of the server; empty when it is gone."""
    kind, size = sys.stdin.buffer.read(1), sys.stdin.buffer.read(4)
    return kind, sys.stdin.buffer.read(int.from_bytes(size, "big"))


def echo() -> None:
    """Tells what it hears, and leaves when asked."""
    while True:
        kind, payload = hear()
        if not kind or (kind == b"M" and json.loads(payload)["type"] == "quit"):
            return
        tell(b"D", kind + payload)


def main() -> None:
    way = sys.argv[1]
    if way == "refuses":
        sys.stderr.write("Traceback (most recent call last):\norderbell: config.toml:3: store.name: missing\n")
        sys.exit(3)
    os.write(1, b"__GANGLION__\n")
    tell(b"D", f"{os.getpid()} {os.environ['COLUMNS']}x{os.environ['ROWS']}".encode())
    if way == "echo":
        echo()
    elif way == "rings":
        tell(b"M", b'{"type": "chime", "id": 7, "chime": "new", "volume": 0.5}')
        echo()
    elif way == "crashes":
        hear()
        sys.stderr.write("Traceback (most recent call last):\n  secret things\nValueError: oh\n")
        os._exit(1)
    elif way == "leaves":
        tell(b"M", b'{"type": "exit"}')
    elif way == "hangs":
        import signal

        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    elif way == "floods":
        while True:
            tell(b"D", b"x" * 60_000)


if __name__ == "__main__":
    main()
