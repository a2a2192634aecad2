"""Words for staff in their own language: gettext catalogues in `tui/locale`, switched by language tag."""

import gettext as catalogues
from collections.abc import Callable
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "orderbell"
SOURCE: Final = "en"  # what messages are written in
# Tag -> what its speakers call it.
LANGUAGES: Final = {
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "en": "English",
    "es": "Español",
    "pt-BR": "Português (Brasil)",
}
# Regions whose script the tag leaves out.
TRADITIONAL: Final = frozenset({"tw", "hk", "mo", "hant"})


class _Words:
    """What is spoken now; one for the process, for one person sits before it."""

    locale: str = SOURCE
    catalogue: catalogues.NullTranslations = catalogues.NullTranslations()


def use(tag: str) -> None:
    """Speak this language from now on; English where there is no catalogue, for numbers and dates too."""
    _Words.locale = locale_of(tag) if is_spoken(tag) else SOURCE
    _Words.catalogue = catalogues.translation(DOMAIN, FOLDER, [_Words.locale], fallback=True)


def saying(tag: str) -> Callable[[str], str]:
    """Messages in a language that is not the one in use: for who is at no terminal."""
    locale = locale_of(tag) if is_spoken(tag) else SOURCE
    return catalogues.translation(DOMAIN, FOLDER, [locale], fallback=True).gettext


def is_spoken(tag: str) -> bool:
    """There are words for it, whatever the region: `es-MX` is `es`."""
    return locale_of(tag) in locales()


def spoken() -> str:
    """The locale in use, as Babel names it: `en`, `zh_Hant`."""
    return _Words.locale


def spoken_tag() -> str:
    """The language in use, as config and `--lang` name it: `zh-Hant`."""
    return _Words.locale.replace("_", "-")


def locales() -> tuple[str, ...]:
    """Of every language, in the order in which they are offered."""
    return tuple(locale_of(tag) for tag in LANGUAGES)


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
