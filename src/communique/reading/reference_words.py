"""The words that stand for people and parties named elsewhere, from `lexicon/reference.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon import Lexicon
from communique.reading.frames import inflected


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """See the header of `reference.toml` for what each list holds; all in small letters."""

    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    it: frozenset[str]
    first: frozenset[str]
    leading: frozenset[str]
    groups: frozenset[str]
    delegations: frozenset[str]
    bodies_too: frozenset[str]
    forces: frozenset[str]
    generic_people: dict[str, str]
    bodies: frozenset[str]
    any_body: frozenset[str]
    receives: frozenset[str]
    calls: frozenset[str]
    both: frozenset[str]
    pairs: frozenset[str]
    owning_pairs: frozenset[str]
    numbers: dict[str, int]
    callings: dict[str, frozenset[str]]
    closely: dict[str, frozenset[str]]
    same_posts: dict[str, str]
    member_verbs: frozenset[str]
    member_participles: frozenset[str]
    leads: frozenset[str]
    accompanied: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    feminine_names: frozenset[str]
    masculine_names: frozenset[str]
    feminine_endings: tuple[str, ...]
    masculine_endings: tuple[str, ...]

    @classmethod
    def of(cls, lexicon: Lexicon) -> ReferenceWords:
        """The words of a lexicon."""
        table = lexicon.table("reference")
        pronouns, groups, members = table["pronouns"], table["groups"], table["members"]
        return cls(
            he=frozenset(pronouns["he"]),
            she=frozenset(pronouns["she"]),
            they=frozenset(pronouns["they"]),
            it=frozenset(pronouns["it"]),
            first=frozenset(pronouns["first"]),
            leading=frozenset(table["leading"]["words"]),
            groups=frozenset(groups["nouns"]),
            delegations=frozenset(groups["delegations"]),
            bodies_too=frozenset(groups["bodies_too"]),
            forces=frozenset(words.split()[-1] for words in groups["forces"]),
            generic_people=table["generic"]["people"],
            bodies=frozenset(table["generic"]["bodies"]),
            any_body=frozenset(table["generic"]["any_body"]),
            receives=inflected(table["visits"]["receives"]),
            calls=inflected(table["visits"]["calls"]),
            both=frozenset(table["both"]["phrases"]),
            pairs=frozenset(table["pair"]["nouns"]),
            owning_pairs=frozenset(table["pair"]["owners"]),
            numbers=table["numbers"],
            callings={noun: frozenset(kinds) for noun, kinds in table["callings"].items()},
            closely={noun: frozenset(kinds) for noun, kinds in table["closely"].items()},
            same_posts=table["same_posts"],
            member_verbs=inflected(members["verbs"]),
            member_participles=frozenset(members["participles"]),
            leads=inflected(members["leads"]),
            accompanied=frozenset(members["accompanied"]),
            feminine=frozenset(table["gender"]["feminine"]),
            masculine=frozenset(table["gender"]["masculine"]),
            feminine_names=frozenset(table["gender"]["feminine_names"]),
            masculine_names=frozenset(table["gender"]["masculine_names"]),
            feminine_endings=tuple(table["gender"]["feminine_endings"]),
            masculine_endings=tuple(table["gender"]["masculine_endings"]),
        )
