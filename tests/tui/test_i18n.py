"""Catalogues are complete, fresh and compiled."""

import string
from pathlib import Path

import pytest

from tests.tui import catalogues
from tui import i18n, labels
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
        one, many = facts(forms(message.id)[0]), facts(forms(message.id)[-1])
        found = [facts(form) for form in forms(message.string) if form]
        alone = [one, many] if len(found) > 1 else [many]  # the form for one may leave the number out, as ours does
        assert all(asked in (alone if place == 0 else [many]) for place, asked in enumerate(found)), message.id


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_form_of_the_plural_is_there(language: str) -> None:
    catalogue = catalogues.read(language)
    counted = [message for message in catalogue if message.pluralizable]
    assert counted
    assert [message.id for message in counted if len(message.string) != catalogue.num_plurals] == []


@pytest.mark.parametrize(("language", "count"), [("zh_Hant", 1), ("zh_Hans", 1), ("es", 2), ("pt_BR", 2)])
def test_the_written_catalogue_counts_as_its_language_does(language: str, count: int) -> None:
    catalogue, head = catalogues.read(language), catalogues.path_of(language, "po").read_text(encoding="utf-8")
    assert catalogue.num_plurals == count
    assert f"Plural-Forms: {catalogue.plural_forms}" in head


@pytest.mark.parametrize(
    ("tag", "none", "one", "two"),
    [
        ("en", "0 items", "1 item", "2 items"),
        ("zh-Hant", "0 件", "1 件", "2 件"),
        ("zh-Hans", "0 件", "1 件", "2 件"),
        ("es", "0 artículos", "1 artículo", "2 artículos"),
        ("pt-BR", "0 item", "1 item", "2 itens"),
    ],
)
def test_counts_take_the_form_of_the_language(tag: str, none: str, one: str, two: str) -> None:
    i18n.use(tag)
    assert [labels.count_of(count) for count in (0, 1, 2)] == [none, one, two]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_fuzzy_left_over_or_said_twice(language: str) -> None:
    catalogue = catalogues.read(language)
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_begin_and_end_as_the_message_does(language: str) -> None:
    """Blanks at the ends, line breaks, and the ellipsis that says that one waits."""
    for message in filter(lambda message: message.id, catalogues.read(language)):
        for form in filter(None, forms(message.string)):
            source = forms(message.id)[-1]
            if not any(sign.isalpha() for sign in source):
                continue  # a comma alone: a full-width one carries its blank
            assert form.count("\n") == source.count("\n")
            assert (form[:1].isspace(), form[-1:].isspace()) == (source[:1].isspace(), source[-1:].isspace()), form
            assert form.endswith("…") == source.endswith("…"), form


def test_a_draft_nobody_looked_at_is_not_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    path = catalogues.path_of("es", "po")
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgid "accept"\nmsgstr "rechazar"\n', encoding="utf-8")
    assert "accept" in catalogues.missing(catalogues.refresh("es"))


def forms(said: str | tuple[str, ...] | list[str]) -> list[str]:
    return list(said) if isinstance(said, (tuple, list)) else [said]


def facts(text: str) -> set[str]:
    return {field for _text, field, _spec, _conv in string.Formatter().parse(text) if field}
