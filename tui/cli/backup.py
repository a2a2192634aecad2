"""`orderbell backup`: one consistent copy of the store, while it is in use."""

from pathlib import Path
from typing import Annotated

import typer

from tui.cli import out
from tui.cli.answers import Failed
from tui.cli.everywhere import Everywhere
from tui.i18n import _


def backup(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]
) -> None:
    """Copy the store to FILE, whole and compact; the station may run on."""
    said: Everywhere = context.obj
    database = said.shop.database
    if not database.is_sqlite:
        raise Failed(_("this store is on PostgreSQL: use pg_dump"))
    if file.exists():
        raise Failed(_("{file} is there already; nothing was overwritten").format(file=file))
    database.copy_to(file)
    file.chmod(0o600)
    answer = {"file": str(file), "bytes": file.stat().st_size}
    if said.as_json:
        out.tell(answer)
    else:
        out.say(_("{file}: {count} bytes").format(file=file, count=answer["bytes"]))
