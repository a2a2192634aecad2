"""Where config and data are, unless somebody says otherwise."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_config_path, user_data_path

NAME: Final = "orderbell"


def config_path(given: Path | None = None) -> Path:
    """`--config`, else `ORDERBELL_CONFIG`, else the platform's folder."""
    return _here(given or Path(os.environ.get("ORDERBELL_CONFIG") or user_config_path(NAME) / "config.toml"))


def data_path(given: Path | None = None) -> Path:
    """`--data`, else `ORDERBELL_DATA`, else the platform's folder."""
    return _here(given or Path(os.environ.get("ORDERBELL_DATA") or user_data_path(NAME)))


def _here(path: Path) -> Path:
    """The same for a process that is started in another folder."""
    return path.expanduser().absolute()
