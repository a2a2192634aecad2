"""A new order from a telephone call, by keyboard alone: fields, goods found while typing, the total (L3, L4)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Input, Label

from core.domain.handwritten import HandLine, HandOrder, PaidHow
from core.domain.promise_words import NoTime, promise_words, read_promise
from core.domain.purchase import OrderType
from core.domain.wares import Ware, found, scanned, wanted
from tui import labels
from tui.i18n import _
from tui.labels import by_hand
from tui.labels.tones import Tone
from tui.screens.dialogs import OWN_WORDS, Dialog
from tui.screens.draft_keeper import DraftKeeper
from tui.screens.new_order_rows import OWN, line_row, offer_row, own_row
from tui.widgets.cells import Piece
from tui.widgets.cycle import Cycle
from tui.widgets.line_list import LineList
from tui.widgets.rows import Fixed, Row

ORDER: Final = ("name", "phone", "type", "when", "address", "channel", "number", "paid", "allergens", "note", "goods")
KINDS: Final = (OrderType.DELIVERY, OrderType.PICKUP, OrderType.SHIPPING, OrderType.DINE_IN)
FEW, MOST = 4, 6  # rows in view of what is offered, of what is ordered


@dataclass(frozen=True)
class Keyed:
    """What was keyed in; to be read back now, or thrown away."""

    form: HandOrder
    throws_away: bool = False


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What the form needs of the shop."""

    wares: Callable[[], Awaitable[Sequence[Ware]]]
    channels: tuple[str, ...]
    currency: str
    zone: ZoneInfo
    now: Callable[[], datetime]
    keep: Callable[[HandOrder], Awaitable[None]]


class NewOrder(Dialog[Keyed]):
    """Enter goes on; in the field for goods it adds what is chosen, and with nothing typed it leads to reading back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "offer(-1)", show=False),
        Binding("down", "offer(1)", show=False),
        Binding("plus,equals_sign", "change(1)", show=False),
        Binding("minus,delete", "change(-1)", show=False),
        Binding("enter", "read_back", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, form: HandOrder, supply: Supply, *, trouble: str = "") -> None:
        super().__init__(_("A new order by hand"))
        self._form, self._supply, self._trouble = form, supply, trouble
        self._keeper = DraftKeeper(supply.keep, self._complain)
        self._wares: Sequence[Ware] = ()
        self._is_up = False

    def compose_body(self) -> ComposeResult:
        """Two fields a line, then goods."""
        form, now = self._form, self._supply.now()
        yield from self._pair(_("Name"), self._words("name"), _("Phone"), self._words("phone"))
        kinds = tuple((kind.value, labels.word(kind).text) for kind in KINDS)
        when = Input(
            promise_words(form.promised_to, now, self._supply.zone), placeholder="14:50  +40", id="when", compact=True
        )
        yield from self._pair(_("How"), Cycle(kinds, form.type.value, id="type"), _("When"), when)
        yield from self._pair(_("Address"), self._words("address"))
        yield from self._pair(_("Ordered by"), self._channel(), _("Its number"), self._words("number"))
        paid = tuple((how.value, by_hand.paid(how)) for how in PaidHow)
        yield from self._pair(
            _("Paid"), Cycle(paid, form.paid.value, id="paid"), _("Allergens"), self._words("allergens")
        )
        yield from self._pair(_("Note"), self._words("note"))
        goods = Input(placeholder=_("name, code or scan: 3 oolong, cake @120"), id="goods", compact=True)
        yield from self._pair(_("Items"), goods)
        yield LineList(id="offers", has_title=False)
        yield LineList(id="lines")
        yield Label(self._trouble, classes="trouble", markup=False)
        with Horizontal(classes="answers"):
            yield Button(_("Read it back"), id="yes", variant="primary", compact=True)
            yield Button(_("Keep it for later"), id="no", compact=True)
            yield Button(_("Throw it away"), id="away", compact=True)

    def on_mount(self) -> None:
        """Where the first word is missing."""
        self.query_one(".dialog").add_class("keyed")
        self._is_up = True
        self._show()
        self.run_worker(self._load(), exit_on_error=False)
        first = next((name for name in ("name", "phone") if not self.query_one(f"#{name}", Input).value), "goods")
        self.query_one(f"#{first}").focus()

    async def _load(self) -> None:
        """The first letters need no list: nobody waits for it."""
        self._wares = await self._supply.wares()
        self._show_offers()

    async def scanned(self, code: str) -> bool:
        """One more of what was scanned, wherever the focus is."""
        ware = scanned(self._wares, code)
        if ware is None:
            self._complain(_("“{code}” is no item we know. Type its name.").format(code=code[:60]))
        else:
            self._add(ware.line())
        return True

    def action_offer(self, by: int) -> None:
        """Up and down in what is offered, while goods are typed."""
        self.query_one("#offers", LineList).action_move(by)

    def action_change(self, by: int) -> None:
        """One piece more or less of the chosen item; none: it goes."""
        lines = self.query_one("#lines", LineList)
        if lines.has_focus and lines.chosen is not None:
            at = int(lines.chosen)
            self._take(self._form.with_pieces(at, self._form.lines[at].quantity + by))

    def action_leave(self) -> None:
        """It stays as it is, for later."""
        self._keep()
        self.dismiss(None)

    def action_read_back(self) -> None:
        """With everything that is needed, and an hour that can be read."""
        try:
            form = self._read()
        except NoTime:
            self._complain(_("When? 14:50 or +40, or nothing for as soon as it can be."))
            return self._focus("when")
        if form.lacking:
            self._complain(_("Still missing: {found}.").format(found=by_hand.lacking(form.lacking)))
            return self._focus("goods" if form.lacking[0].value == "goods" else form.lacking[0].value)
        self._take(form)
        self.dismiss(Keyed(form))
        return None

    @on(Input.Changed)
    def follow(self, event: Input.Changed) -> None:
        """Each word is kept; what fits is offered."""
        if event.input.id == "goods":
            self._show_offers()
        elif self._is_up:
            self._keep()

    @on(Cycle.Turned)
    def follow_choice(self) -> None:
        """Likewise."""
        self._keep()

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Goods are added; other fields lead on."""
        if event.input.id != "goods":
            return self._focus(_next(event.input.id or ""))
        if not event.value.strip():
            return self.action_read_back()
        return self._add_chosen()

    @on(Cycle.Submitted)
    def submit_choice(self, event: Cycle.Submitted) -> None:
        """On."""
        self._focus(_next(event.cycle.id or ""))

    @on(LineList.Opened, "#offers")
    def click_offer(self, event: LineList.Opened) -> None:
        """By mouse."""
        self._add_chosen()

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """By mouse, or by Tab."""
        if event.button.id == "yes":
            self.action_read_back()
        elif event.button.id == "away":
            self.dismiss(Keyed(self._form, throws_away=True))
        else:
            self.action_leave()

    def _add_chosen(self) -> None:
        """What the bar stands on, as many as were typed."""
        typed = wanted(self.query_one("#goods", Input).value, self._supply.currency)
        key = self.query_one("#offers", LineList).chosen
        offers = found(self._wares, typed.words)
        own = key in (None, OWN) or not offers
        line = typed.line() if own else offers[int(key or 0)].line(typed.quantity)
        self._add(line if typed.price is None else replace(line, price=typed.price))

    def _add(self, line: HandLine) -> None:
        if not line.name:
            return
        self._take(self._form.with_line(line))
        goods = self.query_one("#goods", Input)
        goods.value = ""
        goods.focus()

    def _take(self, form: HandOrder) -> None:
        self._form = form
        self._show()
        self._keep()

    def _keep(self) -> None:
        """By the app: this screen may be gone before it is on disk."""
        try:
            self._form = self._read()
        except NoTime:
            self._form = self._read(promised=False)
        self.app.run_worker(self._keeper.save(self._form), group="draft", exit_on_error=False)

    def _read(self, *, promised: bool = True) -> HandOrder:
        """What stands in the fields; raises `NoTime`."""
        when = self.query_one("#when", Input).value if promised else ""
        return replace(
            self._form,
            name=self._typed("name"),
            phone=self._typed("phone"),
            address=self._typed("address"),
            number=self._typed("number"),
            allergens=self._typed("allergens"),
            note=self._typed("note"),
            type=OrderType(self.query_one("#type", Cycle).value),
            paid=PaidHow(self.query_one("#paid", Cycle).value),
            channel=self.query_one("#channel", Cycle).value,
            promised_to=self._promise(when),
        )

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _promise(self, when: str) -> datetime | None:
        """The hour that was there stays to the second, as long as nobody types another."""
        was = self._form.promised_to
        if when.strip() == promise_words(was, self._supply.now(), self._supply.zone):
            return was
        return read_promise(when, self._supply.now(), self._supply.zone)

    def _show(self) -> None:
        self._show_offers()
        lines = self.query_one("#lines", LineList)
        lines.show(Fixed(tuple(line_row(at, line) for at, line in enumerate(self._form.lines))), self._title)
        lines.styles.height = 1 + min(MOST, len(self._form.lines))

    @property
    def _title(self) -> Row:
        """How many, and the running total."""
        count = labels.count_of(sum(line.quantity for line in self._form.lines))
        how = _("Tab: - less  + more") if self._form.lines else ""
        total = f"{_('Total')}  {by_hand.total(self._form, self._supply.currency)}"
        return Row((Piece(count, Tone.HEADING), Piece(f"   {how}", Tone.MUTED)), (Piece(total, Tone.STRONG),))

    def _show_offers(self) -> None:
        typed = wanted(self.query_one("#goods", Input).value, self._supply.currency)
        offers = self.query_one("#offers", LineList)
        rows = [offer_row(at, ware, typed.quantity) for at, ware in enumerate(found(self._wares, typed.words))]
        if typed.words:
            rows.append(own_row(typed.line()))
        offers.show(Fixed(tuple(rows)))
        offers.choose(rows[0].key if rows else None)
        offers.styles.height = min(FEW, len(rows))

    def _complain(self, words: str) -> None:
        if self.is_attached:
            self.query_one(".trouble", Label).update(words)

    def _focus(self, name: str) -> None:
        self.query_one(f"#{name}").focus()

    def _words(self, name: str) -> Input:
        return Input(getattr(self._form, name), id=name, compact=True, classes=OWN_WORDS if name == "note" else "")

    def _channel(self) -> Cycle:
        options = tuple((name, name) for name in self._supply.channels)
        return Cycle((("", _("no channel: a call only")), *options), self._form.channel, id="channel")

    def _pair(self, *parts: str | Widget) -> ComposeResult:
        with Horizontal(classes="pair"):
            for part in parts:
                yield Label(part, markup=False) if isinstance(part, str) else part


def _next(name: str) -> str:
    return ORDER[min(len(ORDER) - 1, ORDER.index(name) + 1)]
