"""What `doctor` looks at; each check survives the failure of the others."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from core.config.load import Loaded
from core.config.paths import config_path
from core.config.places import ConfigError
from core.ports.bell import TERMINAL
from core.store import migrate
from core.store.database import StoreUnusable
from core.store.unit_of_work import writing
from tui import labels
from tui.i18n import _
from tui.wiring.beside import station_of
from tui.wiring.courier_checkup import courier_findings
from tui.wiring.finding import Finding as Finding
from tui.wiring.notice_checkup import notice_findings
from tui.wiring.remaps import require_keys
from tui.wiring.shop import Shop, open_shop
from tui.wiring.shop_checkup import shop_findings

LITTLE_SPACE: Final = 500_000_000  # bytes


async def examine(config: Path | None, data: Path | None) -> list[Finding]:
    """Everything that can be looked at."""
    try:
        shop = open_shop(config, data)
    except ConfigError as error:
        return _mistakes(error)
    findings = [*_config(shop, config_path(config)), *_around(shop)]
    findings += [finding async for finding in _sound(shop)]
    findings += [*_channels(shop), *[finding async for finding in shop_findings(shop)]]
    return [*findings, *[finding async for finding in courier_findings(shop)]]


def _config(shop: Shop, path: Path) -> list[Finding]:
    """What a counter would refuse is wrong for all."""
    try:
        require_keys(shop.loaded)
    except ConfigError as error:
        return _mistakes(error)
    return [Finding("ok", "config", str(path))]


def _mistakes(error: ConfigError) -> list[Finding]:
    return [
        Finding("fail", "config", line, _("mend the file, or `orderbell init`")) for line in str(error).splitlines()
    ]


def _around(shop: Shop) -> Iterator[Finding]:
    yield _secrets(shop.loaded)
    yield from _store(shop)
    yield _disk(shop.loaded.data)
    yield from notice_findings(shop.loaded)
    yield _clock(shop)


def _secrets(loaded: Loaded) -> Finding:
    path = loaded.source.path
    if path.stat().st_mode & 0o077 and "secret" in loaded.source.text:
        return Finding("warn", "config file", _("other users may read it"), f"chmod 600 {path}")
    return Finding("ok", "config file", _("for its owner only, or without secrets"))


def _store(shop: Shop) -> Iterator[Finding]:
    try:
        with writing(shop.database) as uow:
            last = uow.journal.last()
        yield Finding("ok", "store", _store_words(shop, last))
        station = station_of(shop)
    except StoreUnusable as error:
        yield Finding("fail", "store", str(error), _("is the folder writable, the server up?"))
        return
    if station is None:
        yield Finding("warn", "station", _("none runs"), _("`orderbell serve`, or open a counter"))
    else:
        yield Finding("ok", "station", _("process {pid} at {url}").format(pid=station.pid, url=station.url))


def _store_words(shop: Shop, last: int) -> str:
    words = _("{store}, tables {version}, journal {last}")
    return words.format(store=shop.database.shown, version=migrate.HEAD, last=last)


def _disk(data: Path) -> Finding:
    data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(data).free
    found = _("{count} MB free at {place}").format(count=free // 1_000_000, place=data)
    return Finding("warn", "disk", found, _("make room")) if free < LITTLE_SPACE else Finding("ok", "disk", found)


def _clock(shop: Shop) -> Finding:
    now = datetime.now(UTC)
    local = now.astimezone(shop.rules.zone)
    if now.year < 2026:
        return Finding(
            "fail", "clock", f"{local:%Y-%m-%d %H:%M}", _("set the machine's clock: signatures depend on it")
        )
    return Finding("ok", "clock", f"{local:%Y-%m-%d %H:%M} {shop.rules.zone}")


async def _sound(shop: Shop) -> AsyncIterator[Finding]:
    from sounds.probe import probe

    if shop.loaded.config.sound.backend == "off":
        yield Finding("warn", "sound", _("off in the config"), _("set sound.backend"))
        return
    rungs = [rung for rung in await probe() if rung.backend != TERMINAL]  # whether that is heard only ears can tell
    heard = [rung.backend for rung in rungs if rung.sounded]
    if heard:
        yield Finding("ok", "sound", _("plays by {backend}").format(backend=heard[0]))
    for rung in rungs:
        if rung.trouble:
            found = rung.trouble[0]
            yield Finding("warn", f"sound {rung.backend}", labels.fault(found), labels.mend(found))
    if not heard:
        yield Finding("warn", "sound", _("no device plays; the terminal's own bell is left"), _("see the lines above"))


def _channels(shop: Shop) -> Iterator[Finding]:
    try:
        channels = shop.channels
    except ConfigError as error:
        yield Finding("fail", "channels", str(error), _("mend the config"))
        return
    if not channels:
        yield Finding("warn", "channels", _("none configured"), _("add a [channels.NAME] section"))
    for name, channel in channels.items():
        if shop.loaded.config.channels[name].get("secret"):
            yield Finding("ok", f"channel {name}", _channel_words(channel.kind, name))
        else:
            yield Finding("fail", f"channel {name}", _("no secret: every call is turned away"), _("set its secret"))


def _channel_words(kind: str, name: str) -> str:
    return _("{kind}, listens at {path}").format(kind=kind, path=f"/channels/{name}")
