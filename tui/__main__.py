"""`orderbell`, also as `python -m tui`."""

import sys


def main() -> None:
    """Run the command line; its answer is the exit code."""
    from tui.cli.run import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
