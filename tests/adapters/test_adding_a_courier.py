"""A courier is one file: the one printed in docs/adding-a-courier.md is found by everything, and passes every check."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from adapters import registry
from core.ports.courier import Courier
from tests.adapters import strangers
from tests.core.config import example
from tests.fakes import FakeClock
from tests.tui.cli.till import Till
from tui.wiring.simulators import Sections, run_simulators

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-courier.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`adapters/((?:couriers|simulators)/\w+\.py)`\n```python\n(.*?)```", PAGE, re.DOTALL))
KIND = "parrot"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the page, outside the project."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def parrot(folder: Path) -> Iterator[None]:
    """They count as ours until the test ends."""
    strangers.let_in(folder)
    yield
    strangers.turn_out(folder)
    for package in ("couriers", "simulators"):
        sys.modules.pop(f"adapters.{package}.{KIND}", None)


@pytest.fixture
def till(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    found = Till(tmp_path_factory.mktemp("shop"), monkeypatch)
    yield found
    found.close()


def test_the_page_prints_a_courier_and_its_simulator() -> None:
    assert list(FILES) == [f"couriers/{KIND}.py", f"simulators/{KIND}.py"]
    assert KIND not in registry.courier_kinds()


@pytest.mark.usefixtures("parrot")
async def test_the_registry_finds_it() -> None:
    assert KIND in registry.courier_kinds()
    assert KIND in registry.simulated_kinds()
    built: Courier = registry.courier("polly", {"kind": KIND, "client_secret": "x"}, clock=FakeClock())
    assert (built.name, built.kind) == ("polly", KIND)
    await built.close()


@pytest.mark.usefixtures("parrot")
def test_the_config_takes_its_section_and_no_wrong_one(till: Till) -> None:
    till.settings["couriers"] = {"polly": {"kind": KIND, "client_secret": "x", "wings": 2}}
    till.write()
    said = till.run("doctor")
    assert said.code == 1
    assert re.search(r"couriers\.polly\.wings.* allowed ", said.out)


@pytest.mark.usefixtures("parrot")
def test_the_examples_section_is_written_from_its_settings() -> None:
    found = example.read(example.written(example.TEXT))["couriers"][KIND]
    assert found["client_secret"] == "env:PARROT_CLIENT_SECRET"
    with pytest.raises(ValidationError, match="client_secret"):
        registry.courier_settings(KIND).model_validate({"kind": KIND})


@pytest.mark.usefixtures("parrot")
async def test_it_is_simulated_and_the_doctor_looks_at_it(till: Till) -> None:
    ready: asyncio.Future[Sections] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        run_simulators([KIND], port=0, speed=1.0, seed=1, station="", on_ready=ready.set_result)
    )
    till.settings["couriers"] = await ready
    till.write()
    told = json.loads((await asyncio.to_thread(till.run, "doctor", "--json")).out)
    assert [finding["found"] for finding in told if finding["subject"] == f"courier {KIND}"] == [KIND]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_its_files_are_written_as_ours_are(folder: Path) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    for words in (["format", "--check"], ["check"]):
        said = subprocess.run(
            [*ruff, *words, "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stdout


def test_it_passes_what_every_courier_must(folder: Path) -> None:
    words = ["-m", "pytest", "-q", "-p", "tests.adapters.strangers", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [sys.executable, *words, "tests/adapters/test_every_courier.py", "-k", KIND],
        cwd=ROOT,
        env=os.environ | {strangers.FOLDER: str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
    assert int(re.findall(r"(\d+) passed", ran.stdout)[0]) > 15
