"""Articles cut out of public pages, beside what other extractors cut out: HTML pages, and the same pages as flat text.

    pip download --no-binary :all: --no-deps trafilatura==0.3.1     # pages, and what must (not) be found on them
    tar xzf trafilatura-0.3.1.tar.gz
    python benchmarks/public_pages.py trafilatura-0.3.1

The source package of that old version holds saved pages (news, blogs, public bodies; most of them German or English),
and tests that say of each page which passages belong to its article and which do not. The passages are counted as in
the package's own evaluation: one that should be there and is counts for recall, one that should not and is against
precision. Nothing of it is kept in this repository. Its authors wrote their extractor with these pages in view.
"""

from __future__ import annotations

import argparse
import ast
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text

from communique.errors import CommuniqueError
from communique.pages import document_from_text, open_document
from communique.pages.decoding import decode

Extractor = Callable[[bytes], str]


@dataclass(slots=True)
class Gold:
    """A page and passages of it, those of the article and those around it."""

    path: Path
    wanted: set[str] = field(default_factory=set)
    unwanted: set[str] = field(default_factory=set)


def load_gold(package: Path) -> list[Gold]:
    """Takes pages and passages out of the tests of the unpacked package."""
    tests = package / "tests"
    tree = ast.parse((tests / "unit_tests.py").read_text("utf-8"))
    files: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "MOCK_PAGES":
            files = ast.literal_eval(node.value)
    pages: dict[str, Gold] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        address = None
        for step in node.body:
            if isinstance(step, ast.Assign):
                address = _address(step.value)
            elif isinstance(step, ast.Assert) and address in files:
                gold = pages.setdefault(address, Gold(tests / "cache" / files[address]))
                for passage, is_wanted in _passages(step.test):
                    (gold.wanted if is_wanted else gold.unwanted).add(passage)
    return [gold for _, gold in sorted(pages.items()) if gold.path.exists() and gold.wanted]


def _address(value: ast.expr) -> str | None:
    """The page that a test loads, in one line of it, with nothing but ordinary options."""
    is_load = isinstance(value, ast.Call) and getattr(value.func, "id", "") == "load_mock_page"
    return ast.literal_eval(value.args[0]) if is_load and isinstance(value, ast.Call) and len(value.args) < 3 else None


def _passages(test: ast.expr) -> Iterator[tuple[str, bool]]:
    """What is compared in an assertion: passages, and whether they must be there. Mark-up is left out."""
    for node in ast.walk(test):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
            passage = " ".join(node.left.value.split())
            if passage and not set(passage) & set("<>") and isinstance(node.ops[0], ast.In | ast.NotIn):
                yield passage, isinstance(node.ops[0], ast.In)


def read_page(content: bytes) -> str:
    """The article of a page, by us."""
    document = open_document(content)
    return "\n".join(document.text[start:end] for start, end in document.body)


def read_flat(content: bytes) -> str:
    """The article of the page's plain text, menus and all, by us."""
    document = document_from_text(flatten(content))
    return "\n".join(document.text[start:end] for start, end in document.body)


def flatten(content: bytes) -> str:
    """All that the page shows."""
    return str(extract_plain_text(decode(content, "the page"), preserve_formatting=True, alt_texts=False))


def by_trafilatura(content: bytes) -> str:
    import trafilatura

    return str(trafilatura.extract(content, fast=True, include_comments=False) or "")


def by_resiliparse(content: bytes) -> str:
    return str(extract_plain_text(decode(content, "the page"), main_content=True, alt_texts=False))


EXTRACTORS: dict[str, Extractor] = {
    "ours, HTML": read_page,
    "trafilatura, fast": by_trafilatura,
    "resiliparse, main content": by_resiliparse,
    "ours, flat text": read_flat,
    "all of the text": flatten,
}


def measure(extract: Extractor, pages: list[Gold]) -> tuple[float, float, float, float]:
    """Precision, recall, F1 of passages, and pages a second; a page that is refused gives no text."""
    found = missed = wrong = 0
    began = time.perf_counter()
    for page in pages:
        try:
            text = " ".join(extract(page.path.read_bytes()).split())
        except CommuniqueError:
            text = ""
        hits = sum(passage in text for passage in page.wanted)
        found, missed = found + hits, missed + len(page.wanted) - hits
        wrong += sum(passage in text for passage in page.unwanted)
    rate = len(pages) / (time.perf_counter() - began)
    precision, recall = found / (found + wrong), found / (found + missed)
    return precision, recall, 2 * precision * recall / (precision + recall), rate


def main() -> int:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description="Articles cut out of public pages.")
    parser.add_argument("package", type=Path, help="the unpacked source package")
    pages = load_gold(parser.parse_args().package)
    wanted, unwanted = (sum(len(getattr(page, name)) for page in pages) for name in ("wanted", "unwanted"))
    print(f"{len(pages)} pages, {wanted} passages of articles, {unwanted} around them")
    for name, extract in EXTRACTORS.items():
        precision, recall, f1, rate = measure(extract, pages)
        print(f"{name:<28}precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}{rate:>8.0f} pages/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
