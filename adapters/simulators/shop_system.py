"""The simulated shop's system as it is called: it keeps its orders' state, and tells by webhook what came of a call."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from starlette.applications import Starlette

from adapters.simulators import shop_cyberbiz_door, shop_shopify_door
from adapters.simulators.door import Door
from adapters.simulators.shop import Kind, Post, Shop
from adapters.simulators.shop_books import Books
from adapters.simulators.shop_cyberbiz_door import CyberbizDoor
from adapters.simulators.shop_day import Story, Telling
from adapters.simulators.shop_sale import Sale
from adapters.simulators.shop_shopify_door import ShopifyDoor
from adapters.simulators.shop_standard_door import PATH, TOLERANCE, Signing, StandardDoor
from adapters.simulators.troubles import Troubles

Mail = Callable[[Post], None]


class ShopSystem:
    """What stands behind one simulated shop; `mail` is given every webhook that follows from a call.

    `speed`: of a clock that runs faster than the wall, so that the age of a signature is judged as on the wall.
    """

    def __init__(
        self,
        shop: Shop,
        *,
        now: Callable[[], datetime],
        mail: Mail = lambda post: None,
        troubles: Troubles = Troubles(),  # noqa: B008 - frozen
        speed: float = 1.0,
    ) -> None:
        self.shop = shop
        self.mail = mail
        self.books = Books(now, self._tell)
        self.door = _door(shop, self.books, troubles, Signing(shop.secret, now, TOLERANCE * speed))
        self.app: Starlette = self.door.app()

    @property
    def troubles(self) -> Troubles:
        """What goes wrong from now on."""
        return self.door.troubles

    @troubles.setter
    def troubles(self, troubles: Troubles) -> None:
        self.door.troubles = troubles

    def settings(self, base: str) -> dict[str, object]:
        """The config section of a feed whose outward half calls this system when `app` is served at `base`."""
        return self.shop.settings() | _KEYS[self.shop.kind](base)

    def hear(self, post: Post) -> Post | None:
        """A webhook of the day, as the order now stands; None when there is nothing left to tell."""
        if not self.books.know(post.order_id, post.sale):
            return None
        sale = self.books.find(post.order_id).sale
        return self._post(sale, post.story) if sale.backs or sale.is_preparing else post

    def _tell(self, sale: Sale) -> None:
        self.mail(self._post(sale, Story.ORDINARY))

    def _post(self, sale: Sale, story: Story) -> Post:
        return self.shop.post(Telling(after=0.0, story=story, sale=sale))


def _door(shop: Shop, books: Books, troubles: Troubles, signing: Signing) -> Door[Troubles]:
    if shop.kind == "shopify":
        return ShopifyDoor(books, troubles, secret=shop.secret)
    if shop.kind == "cyberbiz":
        return CyberbizDoor(books, troubles)
    return StandardDoor(books, troubles, signing)


_KEYS: Final[dict[Kind, Callable[[str], dict[str, Any]]]] = {
    "shopify": lambda base: {"base_url": base, "access_token": shop_shopify_door.TOKEN},
    "cyberbiz": lambda base: {"base_url": base, "api_token": shop_cyberbiz_door.TOKEN},
    "standard": lambda base: {"callback_url": f"{base}{PATH}"},
}
