"""A user's own interface words work without touching Python."""

from pathlib import Path

from communique.lexicon import Lexicon
from communique.pages import document_from_text

TEXT = (
    "Etusivu\nTalks held in Kelm\n\nThe Minister met the Ambassador and they agreed on patrols.\n\n"
    "Lue myös: Lautat kallistuvat\n"
)


def test_own_words_are_added(tmp_path: Path) -> None:
    (tmp_path / "interface.toml").write_text(
        '[phrases]\nmenu = ["etusivu"]\n[openers]\nrelated = ["lue myös"]\n', "utf-8"
    )
    document = document_from_text(TEXT, lexicon=Lexicon(tmp_path))
    reasons = [(block.kind, block.reason) for block in document.blocks]
    assert reasons == [("clutter", "menu"), ("title", None), ("body", None), ("clutter", "related")]
    assert document_from_text(TEXT).blocks[-1].kind == "body"
