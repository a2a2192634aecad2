"""A call from a customer, from the first word to the order: draft, form, read back, confirmed."""

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from textual.screen import ModalScreen

from core.board.alike import AlikeLine
from core.board.lamps import LampKind, Light
from core.domain.handwritten import HandOrder
from core.domain.ids import OrderId
from core.domain.joining import Sign
from core.domain.keyed import Draft
from core.domain.refusal import CameAlready
from core.ports.desk import Desk
from tui import labels
from tui.i18n import _
from tui.labels import by_hand
from tui.screens.dialogs import PickOne
from tui.screens.new_order import NewOrder, Supply
from tui.screens.read_back import ReadBack
from tui.screens.terminal import Surroundings
from tui.widgets.picture import Picture

OVER: Final = None
Answer = TypeVar("Answer")


class Caller(Protocol):
    """The page somebody sits at."""

    around: Surroundings
    picture: Picture | None

    @property
    def desk(self) -> Desk:
        """Whom keys ask."""

    def choose(self, order_id: OrderId) -> None:
        """Go to an order."""

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """A short answer."""

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer:
        """Ask the person."""


class PhoneCall:
    """Nothing is created before it was read back; whatever is left lies there as a draft."""

    def __init__(self, page: Caller) -> None:
        self._page, self._desk = page, page.desk
        self._zone, self._currency = page.around.terminal.zone, page.around.terminal.currency

    async def run(self) -> None:
        """Until it is entered, kept or thrown away."""
        form = await self._begun()
        while form is not None:
            form = await self._key_in(form)

    async def _begun(self) -> HandOrder | None:
        drafts = await self._desk.drafts()
        fresh = HandOrder(channel=self._silent_channel)
        if not drafts:
            return fresh
        options = (*(self._draft_words(draft) for draft in drafts), _("Begin a new one"))
        facts = _("It was begun and never confirmed; nothing of it is lost.")
        at = await self._page.ask(PickOne(_("Go on with an order by hand?"), facts, options=options, chosen=0))
        if at is None:
            return OVER
        return drafts[at].form if at < len(drafts) else fresh

    async def _key_in(self, form: HandOrder) -> HandOrder | None:
        """The form once more where something is to be changed."""
        keyed = await self._page.ask(NewOrder(form, self._supply))
        if keyed is None:
            self._page.say(_("Kept: the same key goes on with it."))
            return OVER
        if not keyed.throws_away:
            return await self._confirm(keyed.form)
        await self._desk.drop_draft(keyed.form.id)
        self._page.say(_("Thrown away: nothing was entered."))
        return OVER

    @property
    def _supply(self) -> Supply:
        return Supply(
            wares=self._desk.wares,
            channels=self._channels,
            currency=self._currency,
            zone=self._zone,
            now=self._page.around.clock.now,
            keep=self._desk.keep_draft,
        )

    async def _confirm(self, form: HandOrder) -> HandOrder | None:
        alike = await self._desk.alike(form)
        if alike and (at := await self._ask_same(alike)) != len(alike):
            return form if at is None else await self._leave_to(alike[at], form)
        said = tuple(by_hand.said(form, self._currency, self._zone))
        if not await self._page.ask(ReadBack(said)):
            return form
        return await self._enter(form, tuple(line.order_id for line in alike))

    async def _enter(self, form: HandOrder, apart: tuple[OrderId, ...]) -> HandOrder | None:
        try:
            await self._desk.enter(form, apart)
        except CameAlready as came:  # since it was read back
            self._page.say(labels.why(came), is_bad=True)
            return form
        self._page.choose(form.order_id)
        self._page.say(_("Entered as #{number}.").format(number=form.called))
        return OVER

    async def _ask_same(self, alike: Sequence[AlikeLine]) -> int | None:
        """Which of these it is, or behind them: none; of the very same number there is no doubt."""
        is_named = alike[0].is_sure and Sign.NUMBER in alike[0].signs
        same = (_("Same order as {order}").format(order=by_hand.alike(line, self._zone)) for line in alike)
        options = (*same, *(() if is_named else (_("Another order: go on"),)))
        return await self._page.ask(PickOne(_(by_hand.ALIKE), _("This came in by itself."), options=options))

    async def _leave_to(self, line: AlikeLine, form: HandOrder) -> HandOrder | None:
        """What came in by itself needs no second order."""
        await self._desk.drop_draft(form.id)
        self._page.choose(line.order_id)
        self._page.say(_("Nothing was entered: it is #{number}.").format(number=line.number))
        return OVER

    @property
    def _channels(self) -> tuple[str, ...]:
        lamps = self._page.picture.board.lamps if self._page.picture else ()
        seen = (lamp.name for lamp in lamps if lamp.kind is LampKind.CHANNEL)
        return tuple(dict.fromkeys((*self._page.around.terminal.channels, *seen)))

    @property
    def _silent_channel(self) -> str:
        """The one that is down; none when it is not just one."""
        lamps = self._page.picture.board.lamps if self._page.picture else ()
        down = [lamp.name for lamp in lamps if lamp.kind is LampKind.CHANNEL and lamp.light is Light.FAIL]
        return down[0] if len(down) == 1 else ""

    def _draft_words(self, draft: Draft) -> str:
        form, at = draft.form, labels.clock(draft.kept_at, self._zone)
        count = labels.count_of(sum(line.quantity for line in form.lines))
        return " · ".join(part for part in (form.name or form.phone or form.called, count, at, draft.by) if part)
