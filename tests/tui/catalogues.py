"""Makes the catalogues: `python -m tests.tui.catalogues` extracts, merges and compiles; a test holds them fresh."""

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui import i18n
from tui.cli.commands import program
from tui.cli.speech import parts
from tui.i18n import DOMAIN, FOLDER, SOURCE, locales

TUI = Path(__file__).parents[2] / "tui"
LANGUAGES = tuple(locale for locale in locales() if locale != SOURCE)
MARKS = {"_": 1, "N_": 1, "ngettext": 2}  # how many of the arguments are messages


def template() -> Catalog:
    """Every message of the screens; read from the syntax tree, for Babel does not look into f-strings."""
    made = Catalog(project="Orderbell", version="1", charset="utf-8", fuzzy=False)
    for path in sorted(TUI.rglob("*.py")):
        for message in _messages(ast.parse(path.read_text(encoding="utf-8"))):
            made.add(message)
    for message in _help_texts():
        made.add(message)
    return made


def _help_texts() -> Iterator[str]:
    """Of commands and options: they stand in docstrings, where no mark finds them."""
    i18n.use(i18n.SOURCE)
    yield from (part.help for part in parts(program()) if part.help and not getattr(part, "hidden", False))


def _messages(tree: ast.AST) -> Iterator[str | tuple[str, ...]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            said = [arg.value for arg in node.args[: MARKS[node.func.id]] if isinstance(arg, ast.Constant)]
            if said:
                yield said[0] if MARKS[node.func.id] == 1 else tuple(said)


def path_of(language: str, kind: str) -> Path:
    """`po` or `mo`."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def read(language: str) -> Catalog:
    """The catalogue as it is committed; empty when there is none."""
    path = path_of(language, "po")
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads."""
    plain = read_po(io.BytesIO(as_po(catalogue)), locale=catalogue.locale, domain=DOMAIN)
    plain.creation_date = plain.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes every time
    out = io.BytesIO()
    write_mo(out, plain)
    return out.getvalue()


HEADER = "# Words of the counter's screens.\n"


def refresh(language: str) -> Catalog:
    """New messages in, old ones out; nothing is guessed, and nothing in the file tells when or by whom."""
    old = read(language)
    catalogue = Catalog(locale=language, domain=DOMAIN, project="Orderbell", version="1", header_comment=HEADER.strip())
    for message in template():
        if message.id:
            catalogue.add(message.id, _kept(old.get(message.id), message))
    path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
    path_of(language, "po").write_bytes(as_po(catalogue))
    path_of(language, "mo").write_bytes(compiled(catalogue))
    return catalogue


def _kept(known: Message | None, message: Message) -> str | tuple[str, ...]:
    """Nothing when it was a draft, or when the message was not counted before and is now."""
    fits = known is not None and known.pluralizable == message.pluralizable and not known.fuzzy
    return known.string if fits else ""


def as_po(catalogue: Catalog) -> bytes:
    """For people: sorted, with a header of two lines."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, omit_header=True, sort_output=True)
    header = f'{HEADER}msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n'
    plural = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return (header + plural).encode() + out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Messages nobody has translated, in whole or in part."""
    return [str(message.id) for message in catalogue if message.id and not _is_complete(message, catalogue)]


def _is_complete(message: Message, catalogue: Catalog) -> bool:
    """Every form the language has is there."""
    said = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(said) and len(said) == (catalogue.num_plurals if isinstance(message.id, (tuple, list)) else 1)


if __name__ == "__main__":
    for name in LANGUAGES:
        print(name, "missing:", missing(refresh(name)))  # noqa: T201 - a tool for the hand
