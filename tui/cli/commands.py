"""The program's commands, gathered; what they need is imported when they run."""

import typer

from tui.cli import backup, bare, demo, doctor, init, load, order_trouble, report, serve, simulate, web
from tui.cli.everywhere import BadUsage, Everywhere
from tui.i18n import _


def program() -> "typer.core.TyperGroup":
    """The click command behind `orderbell`."""
    app = typer.Typer(
        name="orderbell",
        help="The counter terminal for on-demand orders; line by line with --plain. "
        "Everywhere: --config FILE, --data DIR, --json, --lang TAG.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.add_typer(order_trouble.app, name="order")  # the orders' own, with what is done about troubles
    app.add_typer(report.app, name="report")
    app.command("serve")(serve.serve)
    app.command("demo")(demo.demo)
    app.command("web")(web.web)
    app.command("tab", hidden=True)(web.tab)
    app.command("load")(load.load)
    app.command("simulate")(simulate.simulate)
    app.command("init")(init.init)
    app.command("doctor")(doctor.doctor)
    app.command("backup")(backup.backup)
    app.callback(invoke_without_command=True)(_counter)
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return group


def _counter(context: typer.Context) -> None:
    """The counter, when no command is named."""
    said: Everywhere = context.obj
    if said.plain:
        _require_counter(context.invoked_subcommand)
    if context.invoked_subcommand is None:
        bare.counter(said)


def _require_counter(command: str | None) -> None:
    """Only a counter can be plain; raises `BadUsage`."""
    if command not in (None, "demo"):
        found = f"--plain {command:.40}"
        raise BadUsage(_("{found}: the other commands are plain already").format(found=found))
