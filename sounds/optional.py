"""Set-up tries for simpleaudio: `python -m sounds.optional` says one line and always ends well."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

REQUIREMENT = "simpleaudio==1.0.4 --hash=sha256:691c88649243544db717e7edf6a9831df112104e1aefb5f6038a5d071e8cf41d\n"
LIMIT_SECONDS = 120.0
CHECK_SECONDS = 10.0
HEADERS = ("Python.h", "alsa/asoundlib.h")

HERE = "simpleaudio is installed."
TOO_NEW = "simpleaudio left out (it crashes Python 3.12 and later); miniaudio is used."
NOT_BUILT = "simpleaudio not built here (needs a C compiler and ALSA headers: libasound2-dev); miniaudio is used."
TOO_SLOW = "simpleaudio left out (not installed within two minutes); miniaudio is used."


def advice() -> str:
    """Install simpleaudio where that can work; answers with one line for whoever sets up."""
    if sys.version_info >= (3, 12):
        return TOO_NEW
    if find_spec("simpleaudio"):
        return HERE
    if not can_compile():
        return NOT_BUILT
    return install()


def can_compile() -> bool:
    """A compiler is here and finds the headers; asked first, for pip needs seconds to fail."""
    if not sys.platform.startswith("linux"):
        return True
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    if not compiler or not shutil.which(compiler[0]):
        return False
    wanted = [word for header in HEADERS for word in ("-include", header)]
    look = (*compiler, "-fsyntax-only", "-I", sysconfig.get_path("include"), *wanted, "-x", "c", os.devnull)
    return run_quietly(look, limit=CHECK_SECONDS) == 0


def install() -> str:
    """Let pip build it, checked against its hash."""
    with TemporaryDirectory() as folder:
        requirements = Path(folder) / "simpleaudio.txt"
        requirements.write_text(REQUIREMENT)
        code = run_quietly((*_PIP, "-r", str(requirements)), limit=LIMIT_SECONDS)
    if code is None:
        return TOO_SLOW
    return HERE if code == 0 else NOT_BUILT


_PIP = (
    *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"),
    *("--retries", "1", "--timeout", "20", "--no-deps", "--use-pep517", "--no-build-isolation", "--require-hashes"),
)


def run_quietly(command: Sequence[str], *, limit: float) -> int | None:
    """The exit code, or None when `limit` seconds were not enough; then all it started is gone too."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            _kill(process)
            return None


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def main() -> None:
    """Say the line; whatever happens, set-up goes on."""
    try:
        line = advice()
    except Exception as error:
        line = f"simpleaudio left out ({type(error).__name__}); miniaudio is used."
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
