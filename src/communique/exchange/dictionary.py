"""The data dictionary: docs/data-dictionary.md, made from the definitions of the tables.

python -m communique.exchange.dictionary > docs/data-dictionary.md
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from communique.exchange.columns import Table

HEAD = """\
# Data dictionary

Every table that [an export](exports.md) holds, column by column. This page is made from the definitions in
`src/communique/exchange/tables/`; a test compares the two.

| type | CSV | JSON lines | Parquet |
|---|---|---|---|
| text | text | string | string |
| integer | digits | number | 64-bit integer |
| number | digits with a point | number | double |
| truth | `true`, `false` | true, false | boolean |
| day | `2025-05-14` | string | date |
| moment | `2025-05-14T08:30:00+00:00` | string | timestamp in UTC, microseconds |
| texts | joined by `; ` | array of strings | list of strings |
| object | JSON | JSON | JSON in a string |

What is not known is empty in CSV, and null in the others.
"""


def render_dictionary() -> str:
    """The page."""
    from communique.exchange.tables import TABLES
    from communique.exchange.tables.mend import MEND
    from communique.exchange.tables.plover import PLOVER

    parts = [HEAD, "## Tables of `csv`, `jsonl` and `parquet`\n"]
    parts += ["\n".join(_section(table)) for table in TABLES]
    parts.append("## Tables of `plover` and `mend`\n")
    parts += ["\n".join(_section(table)) for table in (PLOVER, MEND)]
    return "\n".join(parts)


def _section(table: Table) -> Iterator[str]:
    yield f"### `{table.name}`\n"
    yield f"{table.meaning}\n"
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {column.meaning} |"
    yield ""


if __name__ == "__main__":
    # The definitions name the register's tables: Django must be set up, but no database is opened.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.register.settings")
    import django

    django.setup()
    sys.stdout.write(render_dictionary())
