"""What every packaged lexicon file promises in its header."""

import re
import time
from collections import Counter
from importlib import resources

import pytest

from communique.lexicon import Lexicon
from communique.model.vocabulary import TOPICS
from communique.reading.spelling import fold

SUBJECTS = ("countries", "names", "organizations", "places", "posts", "ranks", "tenures", "topics")
STANDINGS = {"", "current", "former", "acting", "incoming"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon()


def repeated(words: list[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


def strings_lists(table: dict, path: str = "") -> list[tuple[str, list[str]]]:
    found = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += strings_lists(value, f"{path}{key}.")
        elif isinstance(value, list):
            found.append((path + key, value))
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_file_begins_with_a_comment_that_documents_it(subject: str) -> None:
    text = (resources.files("communique.lexicon") / f"{subject}.toml").read_text("utf-8")
    header = re.match(r"(#[^\n]*\n)+", text)
    assert header
    assert header.group().count("\n") >= 5
    assert "In your own file" in header.group()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_lists_hold_nonempty_strings_without_doubles(lexicon: Lexicon, subject: str) -> None:
    for path, words in strings_lists(lexicon.table(subject)):
        assert all(isinstance(word, str) for word in words), path
        if not path.startswith("abbreviations."):
            assert all(word.strip() == word and word for word in words), path
            assert repeated(words) == [], path


def test_files_load_quickly() -> None:
    began = time.perf_counter()
    lexicon = Lexicon()
    for subject in SUBJECTS:
        lexicon.table(subject)
    assert time.perf_counter() - began < 0.5  # 0.03 s measured; the margin is for a loaded machine


def test_ranks_have_one_full_form_each(lexicon: Lexicon) -> None:
    for section in ("ranks", "courtesy", "nobility"):
        forms = [fold(form) for full, others in lexicon.table("ranks")[section].items() for form in (full, *others)]
        assert repeated(forms) == []


def test_ambiguous_ranks_cover_those_that_are_also_posts(lexicon: Lexicon) -> None:
    ranks, posts = lexicon.table("ranks"), lexicon.table("posts")
    shared = {rank for rank in ranks["ranks"] if rank.lower() in posts["heads"]}
    assert shared <= set(ranks["ambiguous"]) | {"Commissioner General"}


def test_posts_modifiers_give_known_standings(lexicon: Lexicon) -> None:
    assert set(lexicon.table("posts")["modifiers"].values()) == STANDINGS


def test_posts_abbreviations_have_a_title_and_an_organization(lexicon: Lexicon) -> None:
    for letters, entry in lexicon.table("posts")["abbreviations"].items():
        assert len(entry) == 2, letters
        assert entry[0], letters


def test_weak_heads_and_standard_forms_are_heads(lexicon: Lexicon) -> None:
    posts = lexicon.table("posts")
    assert set(posts["weak_heads"]) <= set(posts["heads"])
    assert set(posts["standard_forms"]) <= set(posts["heads"])


def test_post_words_are_in_small_letters(lexicon: Lexicon) -> None:
    posts = lexicon.table("posts")
    for key in ("heads", "long_heads", "domains"):
        assert [word for word in posts[key] if word != word.lower()] == []


def test_organizations_have_five_columns_a_known_country_and_kind(lexicon: Lexicon) -> None:
    table, codes = lexicon.table("organizations"), set(lexicon.table("countries")["names"])
    names = []
    for line in table["known"]:
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) == 5, line
        name, acronym, country, kind, others = cells
        assert name, line
        assert country == "international" or country in codes, line
        assert kind in table["heads"], line
        assert name not in [other.strip() for other in others.split(";")], line
        assert acronym == acronym.strip(), line
        names.append(fold(name))
    assert repeated(names) == []


def test_heads_that_do_not_stand_alone_are_heads(lexicon: Lexicon) -> None:
    table = lexicon.table("organizations")
    heads = {head for heads in table["heads"].values() for head in heads}
    assert set(table["not_alone"]) - heads == set()


def test_every_topic_but_other_has_terms(lexicon: Lexicon) -> None:
    assert set(lexicon.table("topics")) == set(TOPICS) - {"other"}


def test_country_codes_are_two_capitals_and_one_set(lexicon: Lexicon) -> None:
    table = lexicon.table("countries")
    codes = set(table["names"])
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert set(table["demonyms"]) <= codes
    assert set(table["capitals"]) <= codes
    assert set(table["seats"]) <= codes | {"EU", "UN", "NATO"}
    assert set(table["compounds"].values()) <= codes


def test_a_country_name_belongs_to_one_country(lexicon: Lexicon) -> None:
    names = [fold(name) for names in lexicon.table("countries")["names"].values() for name in set(map(fold, names))]
    assert repeated(names) == []
