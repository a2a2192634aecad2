"""A program of the shop's own is told: by words, by standard input, by facts; never through a shell."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.notices.command import CommandTeller
from core.ports.notice import NotTold
from tests.adapters.notices.samples import NOTICE

WRITES = """
import os, pathlib, sys
told = {name: value for name, value in os.environ.items() if name.startswith("ORDERBELL_")}
pathlib.Path(sys.argv[1]).write_text(repr((sys.argv[2:], sys.stdin.read(), told)), encoding="utf-8")
"""


def python(code: str, *words: str, patience: float = 60) -> CommandTeller:
    return CommandTeller((sys.executable, "-c", code, *words), patience=patience)


async def test_it_hears_the_sentence_twice_and_the_facts(tmp_path: Path) -> None:
    await python(WRITES, str(tmp_path / "told"), "--", "{words}", "plain").tell(NOTICE)
    words, typed, facts = eval((tmp_path / "told").read_text(encoding="utf-8"))
    assert words == ["--", NOTICE.words, "plain"]
    assert typed == f"{NOTICE.words}\n"
    assert (facts["ORDERBELL_NUMBER"], facts["ORDERBELL_KEY"]) == ("1042", "01JKEY")
    assert facts["ORDERBELL_DEADLINE"] == "2026-03-02T04:05:00+00:00"


async def test_one_that_does_not_read_is_told_all_the_same() -> None:
    await python("pass").tell(replace(NOTICE, words="x" * 200_000))


async def test_one_that_fails_says_why() -> None:
    with pytest.raises(NotTold, match="it ended with 3: no such room"):
        await python("import sys; print('no such room', file=sys.stderr); sys.exit(3)").tell(NOTICE)


async def test_what_it_says_steers_no_terminal() -> None:
    with pytest.raises(NotTold) as failed:
        await python("import sys; sys.stderr.write('\\x1b[2J\\x07no'); sys.exit(1)").tell(NOTICE)
    assert "\x1b" not in str(failed.value)


async def test_one_that_is_not_there_is_said_so() -> None:
    with pytest.raises(NotTold, match="/no/such/program cannot be started: FileNotFoundError"):
        await CommandTeller(("/no/such/program",)).tell(NOTICE)


async def test_one_that_does_not_end_is_ended() -> None:
    with pytest.raises(NotTold, match="it did not end within"):
        await python("import time; time.sleep(600)", patience=0.2).tell(NOTICE)
