"""Who may say yes past a limit."""

import pytest

from core.domain.ids import StaffId
from core.domain.refusal import NotAManager
from core.domain.staff import Permission, Role, Staff, require_manager

BOSS = Staff(id=StaffId("lin"), name="Ms Lin", role=Role.MANAGER, pin="2468")
STAFF = (Staff(id=StaffId("mei"), name="Mei", pin="1111"), BOSS)


def asks(manager: str = "lin", reason: str = "party", pin: str = "2468") -> Permission:
    return Permission(manager=StaffId(manager), reason=reason, pin=pin)


def test_a_manager_gives_the_reason() -> None:
    assert require_manager(asks(reason=" party "), STAFF) == "party"


@pytest.mark.parametrize(
    "permission",
    [
        None,
        asks(reason=" "),
        asks(manager=" "),
        asks(pin="0000"),
        asks(pin=""),
        asks(pin="2468٤"),
        asks(manager="mei", pin="1111"),
        asks(manager="nobody"),
    ],
)
def test_nobody_else_does(permission: Permission | None) -> None:
    with pytest.raises(NotAManager):
        require_manager(permission, STAFF)


def test_a_store_that_lists_no_staff_takes_any_name() -> None:
    assert require_manager(asks(manager="anyone", pin=""), ()) == "party"


def test_even_there_a_reason_is_needed() -> None:
    with pytest.raises(NotAManager):
        require_manager(asks(reason=""), ())


def test_the_refusal_names_who_may_and_tells_no_pin() -> None:
    with pytest.raises(NotAManager) as refused:
        require_manager(asks(pin="9999"), STAFF)
    assert refused.value.allowed == "lin"
    assert "2468" not in str(refused.value)
