"""From words to an exit code: 0 done, 1 refused or failed, 2 wrong usage, 3 config or store unusable."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from core.domain.refusal import OrderRefusal
from tui import i18n
from tui.cli.answers import Exit, Failed
from tui.cli.everywhere import BadUsage, Everywhere, allowed_are, split
from tui.i18n import _


def run(words: Sequence[str]) -> int:
    """Never a traceback, unless `--debug` asks for it."""
    try:
        said, rest = split(words)
    except BadUsage as error:
        return _say(error, Exit.USAGE)
    try:
        _speak(said.lang)
        return _command(said, rest) if rest else _counter(said)
    except Exception as error:
        if said.debug:
            raise
        return _say(_in_words(error, said), _code_of(error))
    except KeyboardInterrupt:
        return 130


def _counter(said: Everywhere) -> int:
    """No word: the screen, without loading what reads commands."""
    from tui.cli.bare import counter

    counter(said)
    return Exit.DONE


def _command(said: Everywhere, rest: list[str]) -> int:
    import typer
    from typer.exceptions import TyperException

    from tui.cli.commands import program
    from tui.cli.slips import require_known
    from tui.cli.speech import in_words

    try:
        known = in_words(program())
        require_known(known, rest)
        answer: Any = known(args=rest, prog_name="orderbell", standalone_mode=False, obj=said)
    except typer.Exit as end:
        return end.exit_code
    except TyperException as error:
        return _say(error, Exit.USAGE)
    except typer.Abort:
        return _say(Failed(_("nothing was done")), Exit.REFUSED)
    except BrokenPipeError:  # the reader went away, as `| head` does
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the interpreter's last flush
        return Exit.DONE
    return answer if isinstance(answer, int) else Exit.DONE


def _speak(tag: str) -> None:
    """The language of `--lang`, else English; raises `BadUsage` for one nobody here speaks."""
    i18n.use(tag or i18n.SOURCE)
    if tag and not i18n.is_spoken(tag):
        raise BadUsage(allowed_are(f"--lang {tag!r:.20}", ", ".join(i18n.LANGUAGES)))


def _in_words(error: Exception, said: Everywhere) -> Exception:
    """A refusal in the language asked for."""
    if not said.lang or not isinstance(error, OrderRefusal):
        return error
    from tui.labels import why

    return Exception(why(error))


def _code_of(error: Exception) -> Exit:
    from core.config.places import ConfigError
    from core.store.database import StoreUnusable

    if isinstance(error, BadUsage):
        return Exit.USAGE
    return Exit.UNUSABLE if isinstance(error, ConfigError | StoreUnusable) else Exit.REFUSED


def _say(error: Exception, code: Exit) -> int:
    from core.domain.text import tidy

    text = "\n".join(tidy(line, 500) for line in str(error).splitlines()) or type(error).__name__
    rule = f" [{error.rule}]" if isinstance(error, OrderRefusal) and error.rule else ""
    sys.stderr.write(f"orderbell: {text}{rule}\n")
    return code
