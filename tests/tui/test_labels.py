"""Every word of the trade has its word on the screen."""

import inspect
import string
from dataclasses import fields
from enum import Enum

import pytest

from core.board import lamps
from core.board.orders import Lane, NextStep
from core.domain import (
    acceptance,
    alert,
    checklist,
    delivery,
    payment,
    purchase,
    refusal,
    send,
    staff,
    stage,
)
from core.domain.acceptance import AcceptRule
from core.domain.checklist import Check
from core.domain.events import KINDS, CheckTicked, OrderAccepted, PackingFinished
from core.domain.problem import ProblemKind
from tests import samples
from tui import i18n, keys, labels
from tui.labels.events import SENTENCES
from tui.labels.problems import TROUBLES
from tui.labels.refusals import REFUSALS
from tui.labels.steps import STEPS
from tui.labels.tones import Tone
from tui.labels.verdicts import VERDICTS
from tui.labels.words import CHECK_MEANS
from tui.themes import LOOKS, THEMES, palette

MODULES = (acceptance, alert, checklist, delivery, payment, purchase, send, staff, stage, lamps)
ENUMS = sorted(
    {
        found
        for module in MODULES
        for found in vars(module).values()
        if inspect.isclass(found) and issubclass(found, Enum) and found.__module__ == module.__name__
    }
    | {Lane},
    key=lambda enum: enum.__name__,
)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")
    keys.use({})


@pytest.mark.parametrize("member", [member for enum in ENUMS for member in enum], ids=repr)
def test_every_member_of_every_enum_has_word_sign_and_tone(member: Enum) -> None:
    found = labels.word(member)
    assert found.text
    assert len(found.sign) == 1
    assert isinstance(found.tone, Tone)


def test_signs_within_an_enum_of_states_tell_states_apart_with_their_words() -> None:
    for enum in (stage.Stage, delivery.DeliveryState, lamps.Light):
        words = [(labels.word(member).sign, labels.word(member).text) for member in enum]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_every_event_has_a_sentence_that_asks_only_for_what_the_event_tells(name: str, kind: type) -> None:
    asked = {field for _text, field, _spec, _conv in string.Formatter().parse(SENTENCES[kind]) if field}
    assert asked <= {field.name for field in fields(kind)} | {"problem", "total", "agreed"}


def test_sentences_name_who_did_it_when_a_person_did() -> None:
    event = OrderAccepted(order_id="1", at=samples.NOW, by="Mei", ready_by=samples.ahead(10))
    assert labels.happened(event, samples.ZONE) == "accepted, to be ready by 14:42 · Mei"


def test_a_check_taken_back_is_said_so() -> None:
    event = CheckTicked(order_id="1", at=samples.NOW, check="size", ticked=False)
    assert labels.happened(event, samples.ZONE) == "weight and size taken back"


def test_a_bag_closed_with_open_points_keeps_its_reason() -> None:
    event = PackingFinished(order_id="1", at=samples.NOW, parcels=1, reason="agreed")
    assert labels.happened(event, samples.ZONE) == "packed with open points: agreed"


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_says_what_it_is_and_what_to_do(kind: ProblemKind) -> None:
    assert labels.title(kind)
    assert labels.advice(kind).endswith(".")
    assert all(name in keys.BY_ID for name in TROUBLES[kind].keys)


@pytest.mark.parametrize("step", NextStep)
def test_every_next_step_says_what_to_press_or_that_there_is_only_waiting(step: NextStep) -> None:
    found = STEPS[step]
    assert found.text
    assert found.teach
    assert found.key in keys.BY_ID or not found.is_loud


def test_every_rule_and_check_is_explained() -> None:
    assert set(VERDICTS) == set(AcceptRule)
    assert set(CHECK_MEANS) == set(Check)


def every(kind: type[refusal.OrderRefusal]) -> list[type[refusal.OrderRefusal]]:
    return [kind, *(more for below in kind.__subclasses__() for more in every(below))]


@pytest.mark.parametrize("kind", every(refusal.OrderRefusal))
def test_every_refusal_has_a_sentence(kind: type[refusal.OrderRefusal]) -> None:
    assert kind in REFUSALS


def test_a_refusal_names_rule_number_found_and_number_allowed() -> None:
    words = labels.why(refusal.TooHeavy("x", found="24", allowed="20 kg"), "1042")
    assert words == "#1042 weighs 24 kg, allowed are 20 kg. (C101)"


def test_who_was_first_is_named_with_how_it_stands_now() -> None:
    words = labels.why(refusal.AlreadyAccepted("late", found="preparing", allowed="Mei"), "7")
    assert words == "#7 was accepted by Mei first. It is “preparing” now."


def test_a_refusal_that_names_its_order_is_about_that_one() -> None:
    late = refusal.AlreadyAccepted("late", found="preparing", allowed="Mei")
    late.number = "8"
    assert labels.why(late, "7").startswith("#8 was accepted")


def test_of_two_at_the_same_instant_the_second_is_told_to_look_again() -> None:
    assert labels.why(refusal.Conflict("late"), "7") == (
        "#7: someone else was first. Look again, then press the key once more."
    )


def test_members_of_enums_in_a_refusal_are_said_in_words() -> None:
    assert "司機媒合中" not in labels.why(refusal.NotPaid("x", found="cod", allowed="paid"), "7")
    assert "cash on delivery" in labels.why(refusal.NotPaid("x", found="cod", allowed="paid"), "7")
    i18n.use("zh-Hant")
    assert "貨到付款" in labels.why(refusal.NotPaid("x", found="cod", allowed="paid"), "7")


def test_no_driver_because_none_was_called_is_said_so() -> None:
    assert labels.why(refusal.NoDriverYet("x", found="none"), "7").startswith("No driver for #7 yet: none was called.")


@pytest.mark.parametrize("found", ["", "none"])
def test_without_a_driver_there_is_nobody_to_recall(found: str) -> None:
    assert labels.why(refusal.NotRecallable("x", found=found), "7") == (
        "No driver was called for #7: there is nobody to recall. (C77)"
    )


def test_one_s_own_accept_is_nobody_else_s() -> None:
    words = labels.why(refusal.AcceptedAlready("x", found="preparing", allowed="counter"), "7")
    assert words == "#7 is accepted already. It is “preparing” now."


def test_too_late_and_nothing_at_all_are_told_apart() -> None:
    assert labels.why(refusal.NothingToTakeBack("x")) == "Too late: the call has left already."
    assert labels.why(refusal.NothingHeld("x")) == "Nothing waits to be sent."


def test_braces_in_outside_words_do_no_harm() -> None:
    assert "{x}" in labels.why(refusal.WrongWaybill("x", found="{x}", allowed="{0}"), "7")


@pytest.mark.parametrize(
    ("seconds", "said"), [(192, "3:12"), (0, "0:00"), (-40, "-0:40"), (3599, "59:59"), (7500, "2h05"), (-3600, "-1h00")]
)
def test_countdowns(seconds: int, said: str) -> None:
    assert labels.countdown(samples.ahead(0, seconds) - samples.NOW) == said


def test_every_tone_has_a_look_and_every_look_a_tone() -> None:
    assert set(LOOKS) == {tone.value for tone in Tone}


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_word_is_readable_in_every_theme(theme: object) -> None:
    shown = theme.variables
    for tone, style in palette(shown).items():
        if tone == "faint":  # rules and empty bars, no words
            continue
        grounds = [style.bgcolor.name] if style.bgcolor else [shown[name] for name in ("desk", "sheet", "chosen")]
        for ground in grounds:
            assert contrast(style.color.name, ground) >= 4.3, (tone, ground)


def contrast(ink: str, ground: str) -> float:
    """Of WCAG."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
