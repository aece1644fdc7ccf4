"""Review, adding and settings in a real browser: accessible, by keyboard, without JavaScript, narrow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.desk.browser.serving import serve
from tests.desk.browser.test_desk import run_axe

PAGES = (
    "/review",
    "/review/a1",
    "/review/pairs/actors",
    "/review/merge?a=a1&b=a2",
    "/ingest",
    "/ingest/feeds",
    "/watch?kind=meeting",
    "/settings",
)


@pytest.fixture(scope="module")
def desk(written_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("writing") / "written.db"
    shutil.copy(written_once, path)
    with serve(path) as address:
        yield address


@pytest.mark.parametrize(
    "context", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"], indirect=True
)
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible(page: Page, desk: str, address: str, watch: Any) -> None:
    del watch
    page.goto(desk + address)
    expect(page.locator("h1")).to_be_visible()
    assert not [f"{v['id']}: {n['html'][:160]}" for v in run_axe(page) for n in v["nodes"][:3]]


@pytest.mark.parametrize("context", [{"viewport": {"width": 320, "height": 700}}], ids=["narrow"], indirect=True)
@pytest.mark.parametrize("address", PAGES)
def test_narrow_pages_do_not_scroll_sideways(page: Page, desk: str, address: str) -> None:
    page.goto(desk + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_walk_by_keyboard(page: Page, desk: str) -> None:
    page.goto(f"{desk}/review")
    first = page.locator(".record .code").first.inner_text()
    page.keyboard.press("1")
    expect(page.locator("mark.is-lit").first).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("form.correct select").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("[role=status]")).to_contain_text(f"Accepted {first}")
    expect(page.locator(".record .code").first).not_to_have_text(first)
    page.keyboard.press("u")
    expect(page.locator("[role=status]")).to_contain_text(f"Undone: accept {first}")
    expect(page.locator(".record .code").first).to_have_text(first)


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], ids=["no-javascript"], indirect=True)
def test_decisions_without_javascript(context: BrowserContext, desk: str) -> None:
    page = context.new_page()
    page.goto(f"{desk}/review")
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator("[role=status]")).to_contain_text("Accepted")
    page.get_by_text("Last decisions").click()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("[role=status]")).to_contain_text("Undone")
