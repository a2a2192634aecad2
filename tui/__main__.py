"""`orderbell`, also as `python -m tui`."""

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; its answer is the exit code."""
    from tui.cli.run import run

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a letter the terminal lacks is no reason to stop
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
