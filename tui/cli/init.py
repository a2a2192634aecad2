"""`orderbell init`: a commented config and an empty store; nothing is ever overwritten."""

from importlib.resources import files
from pathlib import Path

import typer

from tui.cli import out
from tui.cli.everywhere import Everywhere
from tui.i18n import _


def init(context: typer.Context) -> None:
    """Write a commented config and make the store. Never overwrites."""
    from core.config.paths import config_path, data_path

    said: Everywhere = context.obj
    path = config_path(said.config_path)
    written = _write_config(path)
    database = said.shop.database
    answer = {"config": str(path), "written": written, "data": str(data_path(said.data_path)), "store": database.shown}
    if said.as_json:
        out.tell(answer)
        return
    done = _("written") if written else _("was there, left as it is")
    out.say(f"config: {path} ({done})")
    out.say(f"store:  {database.shown}")
    out.say(_("next:   fill in [channels] and [couriers], then `orderbell doctor`"))


def _write_config(path: Path) -> bool:
    from core.config.places import ConfigError

    try:
        if path.is_file():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)  # before a word is in it
        path.write_text(example(), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
    return True


def example() -> str:
    """The text of config.example.toml."""
    return (files("core.config") / "example.toml").read_text(encoding="utf-8")
