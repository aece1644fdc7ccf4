"""How alike two spellings of one part of a name sound, whatever script it was brought over from.

A part is taken apart into sounds ("khalid" → kh a l i d). Two sounds that writers use for one letter of another script
(kh, h, j; q, k, g) replace each other at little cost, vowels at less than consonants. The cost of the cheapest
alignment (Levenshtein, weighted) over half the length gives the likeness. Weights were set by hand on name pairs of our
own (``tests/register/resolving/name_pairs.toml``), so that pairs of one name reach 0.7 and pairs of two names do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

# One letter for each sound: X = kh, G = gh, S = sh, C = ch, T = th, D = dh, Z = zh, J = dj.
_LETTERS = (
    "dzh=J tch=C tsch=C sch=S dj=J zh=Z kh=X gh=G sh=S sz=S ch=C th=T dh=D dt=t ph=f ts=c tz=c ck=k qu=k q=k "
    "ou=u oo=u ee=i ii=i aa=a uu=u oe=o ue=u y=i"
)
_DIGRAPHS = dict(pair.split("=") for pair in _LETTERS.split())
_SOUND = re.compile("|".join(sorted(_DIGRAPHS, key=len, reverse=True)) + "|[a-z]")
_VOWELS = frozenset("aeiou")
_NEAR = """
    kg kG kX Xh XG Xj XC gG gj gJ jJ Ji ji jZ jC JC JZ cC cs ck kC sz sS sT zD zJ zZ zd td tT dD TD bp bv fv vw fw pf
    CS CX SZ cJ cj hx Xx Sx sx hj hG hg wu
""".split()
_NEAR_COST = {frozenset(pair): 0.2 for pair in _NEAR}
_VOWEL_COST = {frozenset(pair): 0.15 for pair in ("ae", "ei", "ou")}
_OTHER_VOWEL = 0.3
_VOWEL_LEFT_OUT = 0.25
_BREATH_LEFT_OUT = 0.4  # an h inside a name
_FINAL_VOWEL_LEFT_OUT = 0.45  # Hakim and Hakimi, Emin and Emine are two names
_FINAL_BREATH = 0.05  # an h at the end: Wahba, Wahbah
_SWAPPED = 0.3  # two neighbours the other way round: Gharib, Ghraib
_AMBIGUOUS = {"X": "h", "j": "h", "x": "hs", "C": "s", "w": "h", "Z": "J", "T": "t"}
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("kgGXCjJx", "K"),
        **dict.fromkeys("sScZzT", "S"),
        **dict.fromkeys("tdD", "D"),
        **dict.fromkeys("bp", "B"),
        **dict.fromkeys("fvw", "F"),
        **dict.fromkeys("aeiouh", ""),
    }
)


@lru_cache(maxsize=65_536)
def sounds(part: str) -> str:
    """The sounds of a folded part of a name, one letter each, doubles as one.

    >>> sounds("khattab")
    'Xatab'
    """
    letters = [_DIGRAPHS.get(match, match) for match in _SOUND.findall(part)]
    return "".join(letter for i, letter in enumerate(letters) if i == 0 or letter != letters[i - 1])


@lru_cache(maxsize=262_144)
def likeness(one: str, other: str) -> float:
    """How alike two folded parts of names sound: 1.0 the same, below 0.7 two names.

    >>> likeness("suwaidan", "sweidan") > 0.8 > likeness("suwaidan", "sudani")
    True
    """
    if one == other:
        return 1.0
    a, b = sorted((sounds(one), sounds(other)))
    if not a or not b:
        return 0.0
    length = max(len(a), len(b))
    if abs(len(a) - len(b)) > length / 2 or skeletons(one).isdisjoint(skeletons(other)):
        return 0.0  # without an alignment, which costs twenty times as much
    return max(0.0, 1.0 - _alignment_cost(a, b) / (length / 2))


def _alignment_cost(a: str, b: str) -> float:
    above = [0.0]
    for letter in b:
        above.append(above[-1] + _leaving_out(letter, len(above) == len(b)))
    before: list[float] = []
    for i, letter in enumerate(a):
        gap = _leaving_out(letter, i + 1 == len(a))
        row = [above[0] + gap]
        for j, other in enumerate(b):
            cost = min(
                above[j] + _replacing(letter, other),
                above[j + 1] + gap,
                row[j] + _leaving_out(other, j + 1 == len(b)),
            )
            if i and j and letter == b[j - 1] and other == a[i - 1]:
                cost = min(cost, before[j - 1] + _SWAPPED)
            row.append(cost)
        before, above = above, row
    return above[-1]


@lru_cache(maxsize=4096)
def _replacing(one: str, other: str) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    if pair in _NEAR_COST:
        return _NEAR_COST[pair]
    if pair <= _VOWELS:
        return _VOWEL_COST.get(pair, _OTHER_VOWEL)
    return 1.0


def _leaving_out(letter: str, is_last: bool) -> float:
    if letter in _VOWELS:
        return _FINAL_VOWEL_LEFT_OUT if is_last else _VOWEL_LEFT_OUT
    if letter == "h":
        return _FINAL_BREATH if is_last else _BREATH_LEFT_OUT
    return 1.0


@lru_cache(maxsize=65_536)
def skeletons(part: str) -> frozenset[str]:
    """The consonant classes of a part, one to eight: spellings of one name share at least one of them.

    A sound that writers bring over now as a breath, now as a hard consonant (kh, j), as s or as k (ch), or as a vowel
    (w) gives several.

    >>> sorted(skeletons("khalid") & skeletons("halit"))
    ['KLD', 'LD']
    """
    first = sounds(part)
    spelled = {first, "g" + first[1:]} if first.startswith("h") else {first}
    for letter, others in _AMBIGUOUS.items():
        spelled |= {form.replace(letter, other) for form in spelled for other in others}
    return frozenset(_classes(form) or form[:2] for form in spelled if form)


def _classes(spelled: str) -> str:
    letters = spelled.translate(_CLASSES)
    return "".join(letter for i, letter in enumerate(letters) if i == 0 or letter != letters[i - 1])[:4].upper()
