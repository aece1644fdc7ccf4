"""A desk that really serves, and the system's Chromium to look at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from communique.register import open_register
from communique.register.models import Document, Engagement, Mechanism
from tests.desk.browser.serving import ARGUMENTS, find_chromium, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder carry the marker, and may speak to the desk and the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker("enable_socket")


@pytest.fixture(scope="package")
def records(sample_path: Path) -> dict[str, str]:
    """What the tests have to know of the register: asked before the browser runs, whose loop the ORM does not like."""
    register = open_register(sample_path)
    step = Mechanism.objects.get(pk=1).steps.select_related("document").order_by("day", "pk").first()
    assert step is not None
    rtl = Document.objects.filter(engagementreports__engagement=1).earliest("pk")
    known = {
        "conflict": Engagement.objects.get(has_conflict=True).code,
        "retracted": Engagement.objects.exclude(retracted_at=None).get().code,
        "passage": f"t{step.evidence[0]['start']}-{step.evidence[0]['end']}",
        "rtl": rtl.code,
    }
    register.close()
    return known


@pytest.fixture(scope="package")
def chromium(records: dict[str, str]) -> Iterator[Browser]:
    """The browser, gone again when these tests are done.

    Without one they fail where CI is set, and are skipped, saying so, elsewhere.
    """
    program = find_chromium()
    del records
    if program is None:
        message = "no Chromium found: apt-get install chromium, or name one in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def desk(sample_path: Path) -> Iterator[str]:
    """The address of a desk on the made-up register, served as users have it served."""
    with serve(sample_path) as address:
        yield address


@dataclass(slots=True)
class Watch:
    """What a page did that it should not: requests to other hosts, messages of the console, errors."""

    desk: str
    complaints: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listens to a page."""
        page.on("request", lambda request: self._note_request(request))  # noqa: PLW0108 - it wants to note things on it
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.desk, "data:")):
            self.complaints.append(f"request to {request.url}")


@pytest.fixture
def watch(desk: str) -> Iterator[Watch]:
    """Fails the test when a page that it follows misbehaved."""
    watch = Watch(desk)
    yield watch
    assert not watch.complaints


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """A page that is watched."""
    page = context.new_page()
    watch.follow(page)
    return page


@pytest.fixture
def context(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser context; parametrize ``options`` for other than the usual ones."""
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    with chromium.new_context(**options) as context:
        yield context
