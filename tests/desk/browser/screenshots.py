"""Makes the desk's pictures for the documentation: ``python -m tests.desk.browser.screenshots REGISTER FOLDER``."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.desk.browser.serving import ARGUMENTS, find_chromium, serve

LARGEST = 200 * 1024
DESKTOP, TELEPHONE = {"width": 1200, "height": 740}, {"width": 390, "height": 820}


def main(register: Path, folder: Path) -> None:
    """Takes all pictures; the overview also in dark and as a telephone shows it."""
    program = find_chromium()
    if program is None:
        raise SystemExit("No Chromium found: apt-get install chromium, or name one in CHROMIUM.")
    with serve(register) as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for name, address in find_pages(desk).items():
            take(browser, desk + address, folder / f"{name}.png")
        take(browser, desk, folder / "dark.png", color_scheme="dark")
        take(browser, desk, folder / "mobile.png", viewport=TELEPHONE)
        browser.close()


def find_pages(desk: str) -> dict[str, str]:
    """The pages to show: of each kind of record the one of which there is most to see."""
    engagements = ask(f"{desk}/engagements.json?sort=most-reported")
    engagement = max(engagements, key=lambda e: (e["reports"], len(e["topics"]), sum(map(len, e["sides"]))))
    mechanism = max(ask(f"{desk}/mechanisms.json"), key=lambda m: (m["steps"], m["id"]), default=None)
    person = max(ask(f"{desk}/actors.json?type=person"), key=lambda a: (a["documents"], len(a["aliases"])))
    pages = {
        "overview": "/",
        "engagement": f"/engagements/{engagement['id']}",
        "source": f"/sources/{max(ask(f'{desk}/sources.json'), key=lambda s: len(s['title'] or ''))['id']}",
        "actor": f"/actors/{person['id']}",
        "review": "/review",
    }
    if mechanism:
        pages["mechanism"] = f"/mechanisms/{mechanism['id']}"
    return {name: address for name, address in pages.items() if answers(desk + address)}


def ask(address: str) -> list[dict[str, Any]]:
    """The records of a list."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        records: list[dict[str, Any]] = json.load(answer)["records"]
        return records


def answers(address: str) -> bool:
    """Whether there is such a page."""
    try:
        with urllib.request.urlopen(address, timeout=60):
            return True
    except urllib.error.HTTPError:
        return False


def take(browser: Browser, address: str, target: Path, **options: Any) -> None:
    """One picture of what a window shows at first."""
    page = browser.new_page(**{"viewport": DESKTOP, **options})
    page.goto(address)
    page.screenshot(path=target)
    page.close()
    size = target.stat().st_size
    print(f"{target}: {size // 1024} KB" + (" (too large for the documentation)" if size > LARGEST else ""))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
