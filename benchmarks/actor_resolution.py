"""What comparing two profiles costs, and what resolving a closed set costs beside its size.

Names are made up from syllables, so that families, spellings and namesakes occur as they do in reports. Pairs are
measured on fresh names as well, because the second look at a name is a look into a cache.

    python benchmarks/actor_resolution.py [--profiles 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import time
from itertools import combinations

from communique.register.resolving.actors import resolve_actors
from communique.register.resolving.blocks import block_keys
from communique.register.resolving.decisions import decide_pair
from communique.register.resolving.profiles import ActorMention, MentionRole, Profile, build_profiles

_STARTS = "ba be da dra fa gha ha ka kha la ma na qa ra sa sha ta va wa za".split()
_MIDDLES = "bi di fu ga ji la mu ni ro si ta vi".split()
_ENDS = "b d dze f h kov l m n ni r s t wi yan z".split()
_SPELLINGS = (("kh", "h"), ("q", "k"), ("gh", "g"), ("sh", "ch"), ("w", "v"), ("i", "e"), ("u", "ou"))
_POSTS = ("Defence Minister", "Chief of Staff", "Commander", "Deputy Commander", "Ambassador", "Prime Minister")
_BODIES = (None, "Ghana", "Kenya", "Lakes Command", "Coast Guard of Kenya", "Ghana Navy")


def make_profiles(number: int, chance: random.Random) -> tuple[Profile, ...]:
    """About so many profiles: people with several reports each, some of them misspelt or with a bare family name."""
    mentions = []
    for person in range(number // 2):
        given, family = (make_word(chance) for _ in range(2))
        for report in range(2):
            name = f"{given} {family}" if chance.random() < 0.9 else family
            if chance.random() < 0.3:
                name = name.replace(*chance.choice(_SPELLINGS))
            role = MentionRole(title=chance.choice(_POSTS), organization=chance.choice(_BODIES))
            document = f"{person}-{report}"
            key = f"{document}/p1"
            mentions.append(ActorMention(key=key, document=document, type="person", name=name.title(), roles=(role,)))
    return build_profiles(mentions)


def make_word(chance: random.Random) -> str:
    """A word that could be a name."""
    return chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)


def measure_pairs(number: int, chance: random.Random) -> tuple[float, float, int]:
    """Microseconds a pair that shares a block, at first and at second sight, and how many pairs there were."""
    profiles = make_profiles(number, chance)
    blocks = {profile.key: block_keys(profile) for profile in profiles}
    pairs = [(a, b) for a, b in combinations(profiles, 2) if blocks[a.key] & blocks[b.key]]
    rounds = []
    for _ in range(2):
        began = time.perf_counter()
        for a, b in pairs:
            decide_pair(a, b)
        rounds.append((time.perf_counter() - began) / len(pairs) * 1e6)
    return rounds[0], rounds[1], len(pairs)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--profiles", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    first, second, pairs = measure_pairs(options.profiles, random.Random(options.seed))
    print(f"{pairs} pairs that share a block: {first:.1f} µs a pair at first sight, {second:.1f} µs at second")
    for size in (options.profiles // 4, options.profiles // 2, options.profiles):
        profiles = make_profiles(size, random.Random(options.seed + size))
        began = time.perf_counter()
        resolution = resolve_actors(profiles)
        took = time.perf_counter() - began
        print(f"{len(profiles)} profiles → {len(resolution.clusters)} actors in {took:.2f} s", end=", ")
        print(f"{sum(d.verdict == 'uncertain' for d in resolution.decisions)} pairs to review")


if __name__ == "__main__":
    main()
