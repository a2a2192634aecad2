"""Shows a file by the desktop's own program, when a person asks for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tui.i18n import _


class NoViewer(Exception):
    """Nothing here can show it; the message says where it is."""


def show_file(file: Path) -> None:
    """Does not wait for the viewer to be closed; raises `NoViewer`."""
    if not file.is_file():
        raise NoViewer(_("{file} is not there any more").format(file=file))
    if sys.platform == "win32":
        os.startfile(file)
        return
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(name)
    has_desktop = name == "open" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if program is None or not has_desktop:
        raise NoViewer(_("no desktop here to show it: {file}").format(file=file))
    quiet = subprocess.DEVNULL
    subprocess.Popen([program, str(file)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
