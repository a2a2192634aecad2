"""A form for the customer's own words: address and phone, as they were told on the telephone."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.purchase import Customer
from tui.i18n import _
from tui.screens.form import Field, Form


@dataclass(frozen=True)
class CustomerWords:
    """None: as it was."""

    address: str | None
    phone: str | None


class AskCustomer(Form[CustomerWords]):
    """Both fields hold what stands there now."""

    def __init__(self, question: str, facts: str = "", *, customer: Customer, trouble: str = "") -> None:
        fields = (
            Field(name="address", label=_("Address"), value=customer.address, is_words=True),
            Field(name="phone", label=_("Phone"), value=customer.phone, is_words=True),
        )
        super().__init__(question, facts, fields=fields, trouble=trouble)

    def read(self, values: Mapping[str, str]) -> CustomerWords | str:
        """Only what is another than before; whether it will do the desk says."""
        before = {field.name: field.value for field in self._fields}
        new = {name: None if values[name] == before[name] else values[name] for name in before}
        if not any(value is not None for value in new.values()):
            return _("Nothing was changed. Esc goes back.")
        return CustomerWords(**new)
