"""The words of the journal."""

from core.domain import events
from core.domain.events import KINDS, Event, OrderAccepted, kind_of
from tests.builders import MEI, after, purchase


def test_every_class_of_event_has_a_word_of_its_own() -> None:
    classes = {one for one in vars(events).values() if isinstance(one, type) and issubclass(one, Event)} - {Event}
    assert set(KINDS.values()) == classes
    assert len(KINDS) == len(classes)


def test_the_word_is_the_class_written_small() -> None:
    accepted = OrderAccepted(order_id=purchase().order_id, by=MEI, at=after(0), ready_by=after(15))
    assert kind_of(accepted) == "order_accepted"
