from __future__ import annotations

import pytest

from communique.pages.furniture import furniture_of
from communique.pages.lines import make_line
from communique.pages.opening import default_lexicon


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("• Home", "menu"),
        ("Home | News | Sport | Kelmtalk", "menu"),
        ("Share:  X  |  WhatsApp  |  Print", "share"),
        ("Comments (0)   Be the first to comment", "interface"),
        ("212 likes · 18 comments · 9 shares", "interface"),
        ("💬 41   🔁 120   ❤ 388   👁 52K", "interface"),
        ("Read also: Ferry fares rise again", "related"),
        ("© 2024 Strait Wire", "footer"),
        ("Photo: the two ministers on the quay", "caption"),
        ("A fisherman mends his nets in Kelm. (AFP)", "caption"),
        ("#Kelm #CoastGuard", "tags"),
        ("By Ana Brisk  |  8 July 2025  |  6 min read", "byline"),
        ("Kelm, 16/10/2024", "date"),
        ("-----", "other"),
    ],
)
def test_furniture(text: str, reason: str) -> None:
    mark = furniture_of(default_lexicon()).mark(make_line(text, 0, after_gap=False))
    assert mark is not None
    assert mark.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May 2024 the Minister travelled to Sorn.",
        "- Mon 2 Dec, 10:00: receives the Ambassador.",
        "16:52  That's all for now.",
        "Next meeting – Kelm, second half of October.",
        "More than 900 soldiers took part, the general said.",
        "By Friday the two ministers had agreed on the text of the treaty.",
        "Follow-up talks will be held in Halden.",
        "Home Affairs Minister Piet Oskar met the Ambassador.",
        "Training – Ruvania will offer 20 places a year;",
        "A: I will be there on 27 May with our transport minister.",
        "What was agreed",
        "Lt. Gen. Ivo Lund, Chief of Staff",
    ],
)
def test_article_lines_are_no_furniture(text: str) -> None:
    assert furniture_of(default_lexicon()).mark(make_line(text, 0, after_gap=False)) is None
