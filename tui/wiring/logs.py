"""Where log lines go: a file that does not grow for ever, or standard error of a station; never the screen."""

import logging
import sys
from asyncio import CancelledError
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LARGEST: Final = 5_000_000
CHATTY: Final = ("httpx", "httpcore", "asyncio", "uvicorn", "alembic")


def log_to_file(folder: Path, name: str) -> None:
    """Five files of five megabytes at most."""
    folder.mkdir(parents=True, exist_ok=True)
    _use(RotatingFileHandler(folder / f"{name}.log", maxBytes=LARGEST, backupCount=4, encoding="utf-8"))


def log_to_stderr() -> None:
    """For a service manager that keeps it."""
    _use(logging.StreamHandler(sys.stderr))


def _use(handler: logging.Handler) -> None:
    handler.setFormatter(logging.Formatter(FORM))
    handler.addFilter(_is_news)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_news(record: logging.LogRecord) -> bool:
    """A call that was cut off because we end is no accident, though the HTTP server takes it for one."""
    return not (record.exc_info and isinstance(record.exc_info[1], CancelledError))
