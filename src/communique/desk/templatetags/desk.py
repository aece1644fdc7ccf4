"""Filters of the desk's templates. They are loaded for every template (see TEMPLATES in the settings)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communique.desk import wording
from communique.desk.figures import passage_address
from communique.register.models import Engagement, Tenure

register = template.Library()

register.filter("country_name", wording.country_name)
register.filter("say_when", wording.say_when)
register.filter("say_heading", wording.say_heading)
register.filter("say_day", wording.say_day)
register.filter("say_who", wording.say_who)
register.filter("say_act", wording.say_act)
register.filter("title_of", wording.title_of)


@register.filter
def passage(claim: Any) -> str:
    """Where the first passage of a claim stands: the address of its source, and the place in it."""
    return passage_address(claim.document, claim.evidence)


@register.filter
def say(word: str | None) -> str:
    """A word of the contract for people: "committee_session" → "committee session"."""
    return (word or "").replace("_", " ")


@register.filter
def bdi(text: object) -> SafeString:
    """A name or a date kept apart from the direction of the words around it."""
    return format_html("<bdi>{}</bdi>", "" if text is None else text)


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """A day for people and programs; a dash where there is none."""
    if value is None:
        return "–"
    iso = value.date().isoformat() if isinstance(value, dt.datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, iso)


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """A point in time, in UTC to the minute."""
    if value is None:
        return "–"
    words = value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M")
    return format_html('<time datetime="{}">{} UTC</time>', value.isoformat(), words)


@register.filter
def when(engagement: Engagement) -> SafeString:
    """An engagement's date, as precise as it is known."""
    words = wording.say_when(engagement)
    if engagement.day is None:
        return format_html('<bdi class="quiet">{}</bdi>', words)
    words = re.sub(r"^(\d{4}-\d\d)-(\d\d) to \1-(\d\d)$", r"\1-\2–\3", words)  # 2031-05-04–06: the month once
    return format_html('<time datetime="{}">{}</time>', engagement.day.isoformat(), words)


@register.filter
def number(value: int | None) -> str:
    """A count with thin spaces between thousands."""
    return f"{value or 0:,}".replace(",", " ")


@register.filter
def record(code: str) -> SafeString:
    """A record's id, leading to its page where it has one."""
    path = wording.record_path(code)
    if path is None:
        return format_html('<span class="code">{}</span>', code)
    return format_html('<a class="code" href="/{}">{}</a>', path, code)


@register.filter
def percent(value: float | None) -> str:
    """A share between 0 and 1 in per cent."""
    return f"{round((value or 0) * 100)}\N{NO-BREAK SPACE}%"


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """An entry of a mapping; nothing where there is none."""
    return mapping.get(key, "")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The page's query string with some fields changed; None takes one out. Any change goes back to the first page."""
    given: QueryDict = context["request"].GET
    fields = [
        (name, value) for name in given for value in given.getlist(name) if name not in changes and name != "page"
    ]
    fields += [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    return "?" + urlencode(fields)


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, name: str) -> str:
    """The page's query string without one field."""
    return query(context, **{name: None})


@register.filter
def last_seen(tenures: Iterable[Tenure]) -> Tenure | None:
    """The post that was seen last."""
    return max((t for t in tenures if t.last_seen), key=lambda t: (t.last_seen, t.pk), default=None)


@register.filter
def changed(values: object) -> str:
    """What a field was and is: "meeting → visit"."""
    if isinstance(values, list) and len(values) == 2:
        return " → ".join("nothing" if value in (None, "", []) else str(value) for value in values)
    return str(values)


@register.filter
def outside(address: str) -> SafeString:
    """An address elsewhere: a link for the web's; a file's name, since where it lies on some machine helps nobody here.

    The other side is not told who asks.
    """
    if address.startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="noreferrer noopener external">{}</a>', address, address)
    return format_html("<bdi>{}</bdi>", wording.file_name(address))
