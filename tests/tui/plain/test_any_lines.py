"""Any lines, at any shop, with boards in between: always an answer, never an accident, never a control sign."""

from random import Random

import pytest

from tests import samples
from tests.tui.plain.talk import Talk, talking
from tests.tui.plain.test_harmless import controls
from tui.keys import KEYS, caps
from tui.plain.commands import OWN, WORDS

WORDS_OF_ALL = [word for words in WORDS.values() for word in words]
COMMANDS = [
    *WORDS_OF_ALL,
    *OWN,
    *(cap for key in KEYS for cap in caps(key.id)),
    "acc",
    "sh",
    "xyzzy",
    "",
    " ",
    "+2",
    "=1 1",
]
BEHIND = [
    "",
    "1042",
    "1040",
    "1035",
    "1033",
    "1",
    "2",
    "3",
    "all",
    "from 2",
    "quality",
    "4710018000231",
    "7F2K-88",
    "ä\x1b[2J",
]
ANSWERS = ["", "1", "2", "yes", "no", "back", "\x1b[31m", "own words", "7F2K-88", "0", "99999999999999999999"]


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_is_typed_is_answered(seed: int) -> None:
    chance = Random(seed)
    shop = samples.SHOPS[chance.choice(["busy", "trouble", "picking", "at_the_door", "hostile", "empty"])]
    async with talking(shop, echo=seed % 2 == 0) as talk:
        for _step in range(40):
            await _type(talk, chance)
            if chance.random() < 0.2:
                await talk.tell(samples.SHOPS[chance.choice(list(samples.SHOPS))].board)
        assert "Noted as E-" not in talk.text
        assert controls(talk.text) == set()


async def _type(talk: Talk, chance: Random) -> None:
    """A command and answers to whatever it may ask; those that leave are left out."""
    line = f"{chance.choice(COMMANDS)} {chance.choice(BEHIND)}".strip(" ") if chance.random() < 0.9 else ""
    if line.split()[:1] in (["q"], ["Q"], ["quit"], ["exit"], ["bye"]):
        return
    assert await talk.type(line) or line.startswith(("f", "F", "again")), line
    while talk.console.asks:
        await talk.type(chance.choice(ANSWERS))
