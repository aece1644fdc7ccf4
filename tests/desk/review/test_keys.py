"""Keys can be chosen, are told apart, and leave those of every page alone."""

from __future__ import annotations

import pytest

from communique.desk.review.keys import ACTIONS, read_keys, write_keys


def test_what_was_chosen_is_read_back() -> None:
    given = {action: key for action, (key, _) in ACTIONS.items()} | {"accept": "Y", "reject": "", "skip": " "}
    keys = read_keys(write_keys(given))
    assert (keys["accept"], keys["reject"], keys["skip"], keys["next"]) == ("y", "", " ", "j")


def test_one_key_does_one_thing() -> None:
    keys = read_keys(write_keys({"accept": "q", "reject": "q", "undo": "/"}))
    assert (keys["accept"], keys["reject"], keys["undo"]) == ("q", "", "")


@pytest.mark.parametrize(
    "text", ["", "accept-", "accept-x.reject-99999999999", "nonsense-97", "accept-47", "next-55296", "skip-7"]
)
def test_a_spoilt_cookie_harms_nothing(text: str) -> None:
    keys = read_keys(text)
    assert set(keys) == set(ACTIONS)
    assert all(key.isprintable() for key in keys.values())
    assert read_keys("accept-47")["accept"] == "a"
