"""The pages in a real browser: accessible, at peace with the policy, without JavaScript, narrow, printed."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

PAGES = (
    "/",
    "/search?q=coast+watch",
    "/engagements",
    "/engagements?kind=visit&since=soon",
    "/engagements/e1",
    "/engagements/{conflict}",
    "/engagements/{retracted}",
    "/mechanisms",
    "/mechanisms/m1",
    "/commitments",
    "/commitments/c1",
    "/actors",
    "/actors/a1",
    "/actors/a12",
    "/actors/a12?as_at=2026-01-01",
    "/sources",
    "/sources/d1",
    "/audit",
    "/export",
    "/help",
)
# Pages that answer with another status than 200 make the browser say so in its console.
TELLS_STATUS = "Failed to load resource: the server responded with a status of"


def go(page: Page, desk: str, address: str, records: dict[str, str]) -> None:
    page.goto(desk + address.format(**records))


def run_axe(page: Page) -> list[dict[str, Any]]:
    """What axe finds against WCAG 2.2 AA; the script is evaluated by the browser's own protocol, beside the policy."""
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    return list(Axe().run(page, options=options).response["violations"])


@pytest.mark.parametrize(
    "context", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"], indirect=True
)
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible_and_at_peace(
    page: Page, desk: str, address: str, records: dict[str, str], watch: Any
) -> None:
    go(page, desk, address, records)
    expect(page.locator("h1")).to_be_visible()
    found = run_axe(page)
    told = [f"{v['id']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"][:3]]
    assert not told
    watch.complaints = [line for line in watch.complaints if TELLS_STATUS not in line]


@pytest.mark.parametrize("context", [{"viewport": {"width": 320, "height": 640}}], ids=["320px"], indirect=True)
@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_a_small_telephone(
    page: Page, desk: str, address: str, records: dict[str, str], watch: Any
) -> None:
    go(page, desk, address, records)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    watch.complaints.clear()


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], ids=["no-script"], indirect=True)
def test_everything_can_be_read_without_javascript(page: Page, desk: str, context: BrowserContext) -> None:
    page.goto(f"{desk}/engagements")
    page.get_by_label("Kind").select_option("visit")
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page).to_have_url(
        f"{desk}/engagements?text=&actor=&country=&place=&kind=visit&topic=&status=&since=&until=&source=&review=&sort="
    )
    page.locator("td.who a").first.click()
    expect(page.locator("h1")).to_contain_text("Visit")
    page.locator(".proof a").first.click()
    assert "#t" in page.url
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{desk}/")
    expect(page.locator("svg.timeline a").first).to_be_attached()


def test_keys_walk_a_list_and_open_a_record(page: Page, desk: str) -> None:
    page.goto(f"{desk}/engagements")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-here")).to_have_count(1)
    second = page.locator("tbody tr").nth(1).locator("td.who a")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("3")
    expect(page.locator(".facts .is-lit dt")).to_contain_text("What")
    expect(page.locator("mark.is-lit").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("j/k")
    expect(page.locator("#find")).to_have_value("j/k")


def test_keys_can_be_switched_off(page: Page, desk: str) -> None:
    page.goto(f"{desk}/help")
    page.get_by_label("Single keys act").uncheck()
    page.goto(f"{desk}/engagements")
    page.keyboard.press("j")
    expect(page.locator("tr.is-here")).to_have_count(0)


def test_the_theme_switches_at_once_and_stays(page: Page, desk: str) -> None:
    page.goto(f"{desk}/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    with page.expect_response(f"{desk}/look"):
        page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.goto(f"{desk}/help")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_charts_answer_to_keys_and_pointer(page: Page, desk: str) -> None:
    page.goto(f"{desk}/")
    node = page.locator("svg.network .node").first
    node.hover()
    expect(page.locator(".tip")).to_contain_text("engagement")
    expect(page.locator("svg.network")).to_have_class("network is-focused")
    page.locator("svg.timeline a").nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.url != f"{desk}/"


def test_a_passage_is_shown_where_it_stands(page: Page, desk: str, records: dict[str, str]) -> None:
    page.goto(f"{desk}/mechanisms/m1")
    page.locator("section[aria-labelledby=steps] td a").first.click()
    expect(page.locator(f"[id='{records['passage']}']")).to_be_in_viewport()


def test_on_paper_there_is_no_menu(page: Page, desk: str) -> None:
    page.goto(f"{desk}/engagements/e1")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_text_from_right_to_left_stands_so(page: Page, desk: str, records: dict[str, str]) -> None:
    page.goto(f"{desk}/sources/{records['rtl']}")
    paragraph = page.locator(".sheet p", has_text="وقال البيان")
    assert paragraph.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.goto(f"{desk}/actors?q=مارتا")
    expect(page.locator("tbody tr")).to_have_count(1)
