"""Forms for troubles: another address, another time, what it cost and who pays."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from core.domain.bearer import Bearer
from core.domain.money import BadMoney
from core.domain.record import Ending
from core.domain.second_way import SecondWay
from tui.i18n import _
from tui.labels.bearers import BEARERS
from tui.labels.typed import WINDOW, amount, coming
from tui.screens.form import Field, Form


class AskAddress(Form[SecondWay]):
    """The right address, and what the extra way costs the customer (C66, C67)."""

    def __init__(self, question: str, facts: str, *, address: str, currency: str) -> None:
        fields = (
            Field(name="address", label=_("Address"), value=address, is_words=True),
            Field(name="extra", label=_("Extra fee, if any"), is_words=True),
        )
        super().__init__(question, facts, fields=fields)
        self._currency = currency

    def read(self, values: Mapping[str, str]) -> SecondWay | str:
        """An address; the fee may be left out."""
        if not values["address"]:
            return _("An address is needed.")
        try:
            return SecondWay(address=values["address"], extra=amount(values["extra"], self._currency))
        except BadMoney:
            return _("“{found}” is no amount.").format(found=values["extra"])


class AskSecondWay(Form[SecondWay]):
    """When it goes once more, where to, and what the customer pays for it (C70)."""

    def __init__(self, question: str, facts: str, *, address: str, currency: str, now: datetime, zone: tzinfo) -> None:
        fields = (
            Field(name="at", label=_("Time (18:30), or at once"), is_words=True),
            Field(name="address", label=_("Address"), value=address, is_words=True),
            Field(name="extra", label=_("Extra fee, if any"), is_words=True),
        )
        super().__init__(question, facts, fields=fields)
        self._address, self._currency, self._now, self._zone = address, currency, now, zone

    def read(self, values: Mapping[str, str]) -> SecondWay | str:
        """A time that comes today, else tomorrow."""
        try:
            start = coming(values["at"], self._now, self._zone)
            extra = amount(values["extra"], self._currency)
        except BadMoney:
            return _("“{found}” is no amount.").format(found=values["extra"])
        except ValueError:
            return _("A time as 18:30, please.")
        address = values["address"] if values["address"] != self._address else ""
        return SecondWay(
            promised_from=start, promised_to=start + WINDOW if start else None, address=address, extra=extra
        )


class AskEnding(Form[Ending]):
    """What it cost and who pays, filled in with what is known (L33)."""

    def __init__(self, question: str, facts: str, *, known: Ending, currency: str) -> None:
        self._names = {word.text.casefold(): bearer for bearer, word in BEARERS.items()}
        paid = BEARERS[known.bearer].text if known.bearer is not None else ""
        fields = (
            Field(name="cost", label=_("What it cost"), value=known.cost.text if known.cost else "", is_words=True),
            Field(
                name="bearer",
                label=_("Who pays"),
                value=paid,
                is_words=True,
                suggestions=tuple(word.text for word in BEARERS.values()),
            ),
        )
        super().__init__(question, facts, fields=fields)
        self._currency = currency

    def read(self, values: Mapping[str, str]) -> Ending | str:
        """Both may stay open."""
        try:
            cost = amount(values["cost"], self._currency)
        except BadMoney:
            return _("“{found}” is no amount.").format(found=values["cost"])
        who = values["bearer"].casefold()
        if who and who not in self._names:
            return _("Who pays: {names}.").format(names=", ".join(BEARERS[one].text for one in Bearer))
        return Ending(cost=cost, bearer=self._names.get(who))
