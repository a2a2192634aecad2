"""Who works here, and who may say yes past a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest

from core.domain.ids import StaffId
from core.domain.refusal import NotAManager


class Role(StrEnum):
    """What a person may do."""

    CASHIER = "cashier"
    PACKER = "packer"
    MANAGER = "manager"


@dataclass(frozen=True, kw_only=True)
class Staff:
    """One person; a manager may have a PIN."""

    id: StaffId
    name: str
    role: Role = Role.CASHIER
    pin: str = ""


@dataclass(frozen=True, kw_only=True)
class Permission:
    """A manager's word for one step past a limit, with the reason."""

    manager: StaffId
    reason: str
    pin: str = ""


def require_manager(permission: Permission | None, staff: Sequence[Staff]) -> str:
    """The reason given, if a manager gave it; raises `NotAManager`. A store that lists no staff takes any name."""
    if permission is None or not permission.reason.strip() or not permission.manager.strip():
        raise NotAManager("this needs a manager and a reason", allowed="a manager and a reason")
    if staff and not any(_is_that_manager(permission, person) for person in staff):
        managers = ", ".join(person.id for person in staff if person.role is Role.MANAGER)
        raise NotAManager("not a manager's name and PIN", found=permission.manager, allowed=managers)
    return permission.reason.strip()


def _is_that_manager(permission: Permission, person: Staff) -> bool:
    right_pin = compare_digest(permission.pin.encode(), person.pin.encode())
    return person.role is Role.MANAGER and person.id == permission.manager and right_pin
