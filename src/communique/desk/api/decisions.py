"""What programs decide: the same judgements as on the pages of review, made on the version that was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from ninja import Router, Status
from ninja.decorators import decorate_view

from communique.desk.api.access import Token, deciding_limit
from communique.desk.api.schemas import Correction, Decision, Error, Judged, Pair
from communique.desk.people.rights import ADMINISTRATOR, REVIEWER, author_of, may
from communique.desk.review import deciding
from communique.desk.review.corrections import find_actor
from communique.desk.review.deciding import Seen
from communique.errors import QueryError
from communique.register.models import Judgement

Operation = TypeVar("Operation", bound=Callable[..., Any])
REFUSALS = frozenset({400, 401, 403, 404, 429})

router = Router(auth=Token(REVIEWER, is_needed=True))


def _judging(path: str, summary: str) -> Callable[[Operation], Operation]:
    """An operation that makes a judgement; its name is that of the function."""

    def offer(operation: Operation) -> Operation:
        answers = {201: Judged, REFUSALS | {409}: Error}
        add = router.post(path, response=answers, summary=summary, operation_id=operation.__name__)
        return add(decorate_view(never_cache, deciding_limit)(operation))

    return offer


@_judging("/decisions", "Accepts or rejects a record")
def decide(request: HttpRequest, given: Decision) -> Status[dict[str, str]]:
    """Says that a record is right, or that what the reader took for it is none; 409 where it changed since."""
    seen = Seen(code=given.record, version=given.version)
    return Status(201, _told(deciding.decide(given.action, seen, author=author_of(request), note=given.note)))


@_judging("/corrections", "Corrects fields of a record")
def correct(request: HttpRequest, given: Correction) -> Status[dict[str, str]]:
    """Puts other values in place of what was concluded, as one judgement; 409 where the record changed since."""
    seen = Seen(code=given.record, version=given.version)
    values = {name: _numbers(value) if name == "sides" else value for name, value in given.fields.items()}
    # Any of them stands for all; the last is that which the list of what can be undone has.
    *_, last = deciding.correct_fields(seen, values, author=author_of(request), note=given.note)
    return Status(201, _told(last))


@_judging("/pairs", "Merges two records, or keeps them apart")
def decide_pair(request: HttpRequest, given: Pair) -> Status[dict[str, str]]:
    """Says that two records of a kind are one, or that they are not; 409 where one of them changed since."""
    left, right = Seen(code=given.record, version=given.version), Seen(code=given.other, version=given.other_version)
    return Status(201, _told(deciding.decide_pair(given.action, left, right, author=author_of(request))))


@router.post(
    "/decisions/{judgement}/undo",
    response={200: Judged, REFUSALS: Error},
    summary="Takes a judgement back",
    operation_id="undo",
)
@decorate_view(never_cache, deciding_limit)
def undo(request: HttpRequest, judgement: str) -> dict[str, str]:
    """Takes back one of one's own last judgements, or as an administrator anybody's, and all made with it."""
    number = judgement.removeprefix("j")
    if not (number.isascii() and number.isdecimal()) or len(number) > 15:
        raise QueryError(f"{judgement!r} is not the number of a judgement, as in j5.")
    may_all = may(request, ADMINISTRATOR)
    return _told(deciding.undo(int(number), author=author_of(request), is_administrator=may_all))


def _numbers(sides: Any) -> list[list[int]]:
    """Sides with the numbers of actors in place of ids or names.

    Raises:
        QueryError: If they are no lists, or an actor is not found.
    """
    if not isinstance(sides, list) or not all(isinstance(side, list) for side in sides):
        raise QueryError(f"sides {sides!r}: give a list of sides, each a list of actors, as in a5.")
    return [[find_actor(words) for words in side] for side in sides]


def _told(judgement: Judgement) -> dict[str, str]:
    return {"judgement": judgement.code, "record": judgement.record}
