"""README, help and the code say the same. `python -m tests.test_readme` writes the key table anew."""

import re
from pathlib import Path

from tui.keys import KEYS, cap

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TABLE = re.compile(r"(<!-- keys: [^\n]*-->\n)(.*?)(<!-- /keys -->)", re.DOTALL)


def key_table() -> str:
    rows = [f"| `{cap(key.id)}` | {key.label} | {key.tooltip} | `{key.id}` |" for key in KEYS]
    return "\n".join(["| key | does | | id |", "|---|---|---|---|", *rows, ""])


def test_the_readme_lists_every_key_as_it_is() -> None:
    found = TABLE.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found[2] == key_table()


def test_every_file_the_readme_and_the_guide_name_is_there() -> None:
    for page in (README, *sorted((ROOT / "docs").glob("*.md"))):
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_locks_hold_no_address() -> None:
    for lock in (ROOT / ".lock").glob("*.txt"):
        lines = lock.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if "://" in line or line.startswith("-")] == []


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(TABLE.sub(lambda found: found[1] + key_table() + found[3], text), encoding="utf-8")
