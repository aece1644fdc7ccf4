"""Reports to try Communiqué on, each with its annotation.

The facts are public: meetings, signings, exercises and commissions as officials held them in their public roles, well
known from many sources. The sentences are ours, written for this package, and so are the outlets, their headlines,
menus, captions and other clutter: none of them exists. Nobody is quoted word for word, and no side is taken.

``reports/`` holds the reports as an editor would find them, saved pages (``.html``) and flattened ones (``.txt``);
``gold/`` holds what a careful reader finds in each, in the format that ``communique.evaluation.annotation`` checks.

The reports tell overlapping stories, with other spellings, details and date words:

- the Libyan ceasefire of October 2020: 02 and 03, looked back on in 04 and 07; carried on in 04, 06 and 07
- the two Berlin conferences on Libya: 05, the first of them also in 01
- the three presidents of the Maghreb: agreed in 08, first meeting in 09
- exercise African Lion: called off in 10, held again in 11
- the Pau summit on the Sahel: postponed in 13, held in 14
- the Sahel states' joint force: announced in 15, at work in 16
- Riyadh and Tehran: the accord of Beijing in 17, the call and the ministers' meeting in 18
- the border commissions of Armenia and Azerbaijan: agreed in 19, meeting in 20
- the joint commission of Guyana and Venezuela: agreed in 23, meeting in 24

``README.md`` beside this file lists every report with its style and events.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

__all__ = ["gold_folder", "reports"]


def reports() -> list[Traversable]:
    """The example reports, ``.txt`` and ``.html``, in the order of their numbers.

    Installed from a wheel or checked out, these are ordinary files; from a zipped package use
    ``importlib.resources.as_file`` to get at a path.
    """
    folder = resources.files(__package__) / "reports"
    return sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith((".txt", ".html"))), key=lambda entry: entry.name
    )


def gold_folder() -> Traversable:
    """The folder of their annotations: ``NN-slug.json`` for ``NN-slug.txt`` or ``NN-slug.html``."""
    return resources.files(__package__) / "gold"
