"""Names the language of a text: by its script, else by its most frequent words.

A stop-word count is enough here: English against the rest is what the reader needs to know. It needs no model
(py3langid takes a second to load) and no dependency. Method: the language whose stop-words cover the largest share of
the words, as in G. Grefenstette, "Comparing two language identification schemes", 1995.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from communique.lexicon import Lexicon

SAMPLE = 6000
# Below this share of stop-words a text is a list of names, or of a language that we have no list for.
LEAST_SHARE = 0.12
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "CJK": "zh",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "THAI": "th",
}
_PERSIAN, _UKRAINIAN = frozenset("پچژگ"), frozenset("іїєґ")


def name_language(text: str, lexicon: Lexicon) -> str | None:
    """ISO 639-1 code of the language of ``text``; None when nothing decides."""
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    if not words:
        return None
    letters = "".join(words)
    if sum(letter > "ʯ" for letter in letters) > len(letters) / 2:
        return _by_script(letters)
    counts = Counter(words)
    lists: dict[str, list[str]] = lexicon.table("interface")["stopwords"]
    shares = {code: sum(counts[word] for word in set(stops)) / len(words) for code, stops in lists.items()}
    code, share = max(shares.items(), key=lambda pair: pair[1])
    return code if share >= LEAST_SHARE else None


def _by_script(letters: str) -> str | None:
    scripts = Counter(unicodedata.name(letter, "?").split()[0].split("-")[0] for letter in letters)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0:
        return "ja"
    script = scripts.most_common(1)[0][0]
    if script == "CYRILLIC":
        return "uk" if _UKRAINIAN & set(letters) else "ru"
    if script == "ARABIC" and _PERSIAN & set(letters):
        return "fa"
    return _SCRIPTS.get(script)
