"""Catalogues are complete, fresh and compiled."""

import string

import pytest

from tests.tui import catalogues
from tui import i18n
from tui.i18n import _, ngettext


@pytest.fixture(autouse=True)
def _english_again():
    yield
    i18n.use("en")


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("zh-TW", "zh_Hant"),
        ("zh-HK", "zh_Hant"),
        ("zh-Hant", "zh_Hant"),
        ("zh_Hant_TW", "zh_Hant"),
        ("zh-CN", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("pt-BR", "pt_BR"),
        ("en-GB", "en"),
        ("es", "es"),
        ("", "en"),
    ],
)
def test_tags_of_languages(tag: str, locale: str) -> None:
    assert i18n.locale_of(tag) == locale


def test_switching_speaks_the_other_language_at_once() -> None:
    i18n.use("zh-TW")
    assert _("finding a driver") == "司機媒合中"
    i18n.use("en")
    assert _("finding a driver") == "finding a driver"


def test_a_language_without_catalogue_speaks_english() -> None:
    i18n.use("tlh")
    assert _("accept") == "accept"
    assert ngettext("{count} item", "{count} items", 2) == "{count} items"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_untranslated(language: str) -> None:
    assert catalogues.missing(catalogues.read(language)) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_catalogue_holds_the_messages_of_the_screens_and_no_others(language: str) -> None:
    def ids(catalogue: catalogues.Catalog) -> set[str]:
        return {str(message.id) for message in catalogue if message.id}

    assert ids(catalogues.read(language)) == ids(catalogues.template())


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = catalogues.path_of(language, "mo").read_bytes()
    assert compiled == catalogues.compiled(catalogues.read(language))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_ask_for_the_same_facts(language: str) -> None:
    for message in catalogues.read(language):
        ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        said = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        wanted = {field for one in ids for field in facts(one)}
        assert all(facts(one) <= wanted for one in said), message.id
        assert all(facts(one) == facts(ids[-1]) for one in said), message.id


def facts(text: str) -> set[str]:
    return {field for _text, field, _spec, _conv in string.Formatter().parse(text) if field}
