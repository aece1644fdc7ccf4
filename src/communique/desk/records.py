"""Finds a record by its permanent id, and says what became of it when it is no longer there."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from communique.errors import RecordNotFound
from communique.register.models import Change
from communique.register.models.base import Concluded
from communique.register.store import codes

R = TypeVar("R", bound=Concluded)
HISTORY = 40


def find_record(model: type[R], text: str) -> R:
    """The record of an id ("e17", or "17").

    Raises:
        RecordNotFound: If there is none.
    """
    found = codes.find_record(f"{model.PREFIX}{text}" if text.isdecimal() else text)
    if not isinstance(found, model):
        raise RecordNotFound(f"{found.code} is no {model._meta.model_name}. Look it up by name in the search above.")
    return found


def lead_on(request: HttpRequest, record: Concluded, name: str, given: str) -> HttpResponse | None:
    """Where the page of a record is no longer, or not at this address; None when it is to be shown.

    Args:
        request: What was asked.
        record: The record.
        name: Name of its address.
        given: The id as it was written.

    Returns:
        A permanent redirect to the record that it became a part of, or to its one address; a tombstone for what was
        retracted.
    """
    survivor = codes.find_survivor(record)
    if survivor.pk != record.pk or given != record.code:
        return HttpResponsePermanentRedirect(reverse(name, args=[survivor.code]))
    if record.retracted_at is not None:
        context = {"record": record, "noun": record._meta.model_name, "history": list_history(record.code)}
        return render(request, "desk/retracted.html", context, status=410)
    return None


def list_history(code: str) -> list[Change]:
    """What happened to a record, the last first."""
    return list(Change.objects.filter(record=code).select_related("document", "judgement").order_by("-pk")[:HISTORY])
