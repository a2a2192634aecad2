"""Couriers from a folder elsewhere, as if their files stood in the project.

A pytest plugin too: with `-p tests.adapters.strangers` those of the folder named in the environment are let in.
"""

import os
from pathlib import Path

import adapters.couriers
import adapters.simulators
from adapters import registry

FOLDER = "ORDERBELL_STRANGERS"


def let_in(folder: Path) -> None:
    """`couriers` and `simulators` of this folder count from now on."""
    for package in (adapters.couriers, adapters.simulators):
        package.__path__.append(str(folder / package.__name__.rpartition(".")[2]))
    registry.courier_kinds.cache_clear()


def turn_out(folder: Path) -> None:
    """Not any more."""
    for package in (adapters.couriers, adapters.simulators):
        package.__path__.remove(str(folder / package.__name__.rpartition(".")[2]))
    registry.courier_kinds.cache_clear()


if os.environ.get(FOLDER):
    let_in(Path(os.environ[FOLDER]))
