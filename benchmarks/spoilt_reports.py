"""Reads reports that were spoilt in many ways: no error, and every passage of a readout stands in the text.

    python benchmarks/spoilt_reports.py                          # 5,000 reports, some five minutes
    python benchmarks/spoilt_reports.py --reports 200 --start 90000

`make_report(number)` of `tests/reading/spoiling.py` gives a report again. Exit status 1 when anything was found.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path

from rich.progress import track

from communique import Reader
from communique.errors import CommuniqueError
from communique.pages import open_document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.reading.spoiling import make_report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=5_000, help="how many (default 5,000)")
    parser.add_argument("--start", type=int, default=0, help="number of the first report (default 0)")
    options = parser.parse_args()
    reader = Reader()
    read = found = 0
    for number in track(range(options.start, options.start + options.reports), "Reading"):
        try:
            document = open_document(make_report(number).encode(), uri=f"spoilt-{number}.txt")
        except CommuniqueError:  # nothing is left of it
            continue
        read += 1
        try:
            reader.read(document).check(document.text)
        except Exception:  # whatever it is, it must not be
            found += 1
            print(f"report {number}: {traceback.format_exc(limit=-3)}", file=sys.stderr)
    print(f"{read:,} spoilt reports read, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
