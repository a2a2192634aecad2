"""Words for staff in their own language: gettext catalogues in `tui/locale`, switched by language tag."""

import gettext as catalogues
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "orderbell"
LANGUAGES: Final = {"en": "English", "zh-Hant": "繁體中文"}
# Locale -> tag of every language of the contract; those without a catalogue yet are spoken in English.
PLANNED: Final = {"zh_Hant": "zh-Hant", "zh_Hans": "zh-Hans", "en": "en", "es": "es", "pt_BR": "pt-BR"}
# Regions whose script the tag leaves out.
TRADITIONAL: Final = frozenset({"tw", "hk", "mo", "hant"})


class _Words:
    """What is spoken now; one for the process, for one person sits before it."""

    locale: str = "en"
    catalogue: catalogues.NullTranslations = catalogues.NullTranslations()


def use(tag: str) -> None:
    """Speak this language from now on; English where there is no catalogue."""
    _Words.locale = locale_of(tag)
    _Words.catalogue = catalogues.translation(DOMAIN, FOLDER, [_Words.locale], fallback=True)


def spoken() -> str:
    """The locale in use, as Babel names it: `en`, `zh_Hant`."""
    return _Words.locale


def locale_of(tag: str) -> str:
    """`zh-TW`, `zh-HK` and `zh-Hant` are `zh_Hant`; `pt-br` is `pt_BR`; `en-GB` is `en`."""
    language, *rest = tag.replace("_", "-").split("-")
    marks = {mark.lower() for mark in rest}
    if language.lower() == "zh":
        return "zh_Hant" if marks & TRADITIONAL else "zh_Hans"
    if language.lower() == "pt":
        return "pt_BR"
    return language.lower() or "en"


def _(message: str) -> str:
    """The message in the language in use."""
    return _Words.catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form that goes with the count."""
    return _Words.catalogue.ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark a message for the catalogues; it is said with `_` when it is shown."""
    return message
