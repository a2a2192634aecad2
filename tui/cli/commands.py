"""The program's commands, gathered; what they need is imported when they run."""

import typer

from tui.cli import backup, bare, demo, doctor, init, order, serve, simulate, web
from tui.cli.everywhere import Everywhere


def program() -> "typer.core.TyperGroup":
    """The click command behind `orderbell`."""
    app = typer.Typer(
        name="orderbell",
        help="The counter terminal for on-demand orders. Everywhere: --config FILE, --data DIR, --json, --lang TAG.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.add_typer(order.app, name="order")
    app.command("serve")(serve.serve)
    app.command("demo")(demo.demo)
    app.command("web")(web.web)
    app.command("tab", hidden=True)(web.tab)
    app.command("simulate")(simulate.simulate)
    app.command("init")(init.init)
    app.command("doctor")(doctor.doctor)
    app.command("backup")(backup.backup)
    app.callback(invoke_without_command=True)(_counter)
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return group


def _counter(context: typer.Context) -> None:
    """The counter screen, when no command is named."""
    if context.invoked_subcommand is None:
        said: Everywhere = context.obj
        bare.counter(said)
