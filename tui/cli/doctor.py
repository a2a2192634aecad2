"""`orderbell doctor`: a line for everything a shop depends on, and how to mend it."""

import asyncio
from typing import TYPE_CHECKING, Any

import typer

from tui.cli import out
from tui.cli.answers import Exit
from tui.cli.everywhere import Everywhere

if TYPE_CHECKING:
    from tui.wiring.checkup import Finding


def doctor(context: typer.Context) -> None:
    """Check config, store, clock, sound, channels, couriers, disk: ok, warn or fail, and how to mend it."""
    from tui.wiring.checkup import examine

    said: Everywhere = context.obj
    findings = asyncio.run(examine(said.config_path, said.data_path))
    if said.as_json:
        out.tell([_object(finding) for finding in findings])
    else:
        for finding in findings:
            out.say(_words(finding))
    failed = [finding.subject for finding in findings if finding.grade == "fail"]
    if failed:
        raise typer.Exit(Exit.UNUSABLE if {"config", "store"} & set(failed) else Exit.REFUSED)


def _words(finding: "Finding") -> str:
    mend = f" → {finding.mend}" if finding.mend else ""
    return f"{finding.grade:4}  {finding.subject:18} {finding.found}{mend}"


def _object(finding: "Finding") -> dict[str, Any]:
    return {"grade": finding.grade, "subject": finding.subject, "found": finding.found, "mend": finding.mend}
