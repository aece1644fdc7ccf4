"""What programs read: pages of lists and single records, an operation each, made from the lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from ninja import Path, Query, Router
from ninja.decorators import decorate_view

from communique.desk.api.access import Token, reading_limit
from communique.desk.api.schemas import Error, code_of, page_of, query_of, record_of, single_of
from communique.desk.lists.listing import Listing, cut_page
from communique.desk.people.rights import VIEWER
from communique.desk.records import find_record
from communique.desk.views.errors import tell
from communique.desk.views.lists import LISTINGS, count_kept, select
from communique.errors import RecordNotFound
from communique.register.models.base import Concluded
from communique.register.store.codes import find_survivor

Operation = Callable[..., Any]

router = Router(auth=Token(VIEWER))


def _offer(path: str, operation: Operation, **described: Any) -> None:
    """Adds an operation; HEAD too, which the description passes over as it says nothing of its own."""
    guarded = decorate_view(never_cache, reading_limit)(operation)
    router.get(path, **described)(guarded)
    router.api_operation(["HEAD"], path, **(described | {"url_name": None}), include_in_schema=False)(guarded)


def _offer_list(listing: Listing, record: type[Any]) -> None:
    def list_records(request: HttpRequest, query: Query[Any]) -> dict[str, Any]:
        values, sort = listing.given(request.GET), listing.sort(query.sort)
        rows, scope = select(listing, values, request)
        page = cut_page(listing, rows, sort, query.page, count_kept(listing, values, rows, scope))
        further = request.GET.copy()
        further["page"] = str(page.number + 1)
        return {
            "records": [_write(listing, row, request) for row in page.rows],
            "page": page.number,
            "count": page.count,
            "has_more": page.has_more,
            "next": request.build_absolute_uri(f"?{further.urlencode()}") if page.after else None,
        }

    # Made from the list, and so known only now.
    list_records.__annotations__["query"] = Query[query_of(listing)]  # type: ignore[misc]
    _offer(
        f"/{listing.name}",
        list_records,
        response={200: page_of(listing, record), frozenset({400, 401, 403, 429}): Error},
        operation_id=f"list_{listing.name}",
        url_name=f"list-{listing.name}",
        summary=f"A page of {listing.noun[1]}",
    )


def _offer_record(listing: Listing, record: type[Any]) -> None:
    model = listing.rows().model
    has_version = issubclass(model, Concluded)
    show = _show_concluded if has_version else _show_plain

    def show_record(request: HttpRequest, code: Path[str]) -> dict[str, Any] | HttpResponse:
        return show(listing, request, code)

    show_record.__annotations__["code"] = Path[code_of(model.PREFIX)]  # type: ignore[misc]
    _offer(
        f"/{listing.name}/{{code}}",
        show_record,
        response={
            200: single_of(record) if has_version else record,
            301: None,
            frozenset({401, 403, 404, 410, 429}): Error,
        },
        operation_id=f"show_{listing.noun[0]}",
        url_name=f"show-{listing.name}",
        summary=f"One {listing.noun[0]}",
        description="301 leads to the record that it became a part of; 410 says that no source tells of it any longer.",
    )


def _show_concluded(listing: Listing, request: HttpRequest, code: str) -> dict[str, Any] | HttpResponse:
    record = find_record(listing.rows().model, code)
    survivor = find_survivor(record)
    if survivor.pk != record.pk:
        return HttpResponsePermanentRedirect(reverse(f"api-1:show-{listing.name}", args=[survivor.code]))
    if record.retracted_at is not None:
        return tell(request, 410, f"{record.code} was retracted: no source tells of it any longer.")
    return {**_write(listing, record, request), "version": record.version}


def _show_plain(listing: Listing, request: HttpRequest, code: str) -> dict[str, Any] | HttpResponse:
    number = code.removeprefix(getattr(listing.rows().model, "PREFIX", ""))
    row = listing.rows().filter(pk=int(number)).first() if number.isdecimal() and len(number) < 16 else None
    if row is None:
        raise RecordNotFound(f"There is no {listing.noun[0]} {code!r} in this register.")
    return _write(listing, row, request)


def _write(listing: Listing, row: Any, request: HttpRequest) -> dict[str, Any]:
    url = request.build_absolute_uri(f"/{listing.path_of(row)}")
    return {column.name: column.value(row) for column in listing.columns} | {"url": url}


for _listing in LISTINGS.values():
    _record = record_of(_listing)
    _offer_list(_listing, _record)
    if _listing.path is None:
        _offer_record(_listing, _record)
