"""What goes in and out, as models: those of lists are made from the lists themselves, so that they say what holds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints, create_model

from communique.desk.lists import listing as lists
from communique.desk.lists.listing import MOST_PAGES, PAGE_SIZE, Listing

# PostgreSQL's text has no place for U+0000.
Text = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[aemc][0-9]{1,15}$"), Field(examples=["e1"])]
Version = Annotated[int, Field(gt=0, lt=10**9, examples=[1], description="The version that was seen.")]
Words = Text | list[Text] | list[list[Text]] | None

FORMS: dict[str, dict[str, Any]] = {
    "date": {"format": "date"},
    "share": {"pattern": r"^(0(\.[0-9]+)?|1(\.0+)?)$"},
    "whole": {"pattern": r"^[0-9]+$"},
    "check": {"enum": ["1", "0"]},
}


class Error(Schema):
    """Why not."""

    status: int
    message: str


class Given(Schema):
    """What somebody decides: nothing but what is known, and nothing taken for what it is not."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Decision(Given):
    """That a record is right, or is none."""

    record: Code
    version: Version
    action: Literal["accept", "reject"]
    note: Note = ""


class Correction(Given):
    """Other values for fields of a record: sides are lists of actors (ids or names), days are written 2031-05-14."""

    record: Code
    version: Version
    fields: dict[Text, Words] = Field(min_length=1, examples=[{"place": "Praia", "sides": [["a1"], ["a2"]]}])
    note: Note = ""


class Pair(Given):
    """That two records are one, which goes on under the older number, or that they are different."""

    record: Code
    version: Version
    other: Annotated[Code, Field(examples=["e2"])]
    other_version: Version
    action: Literal["merge", "different"]


class Judged(Schema):
    """The judgement that was made, or taken back; corrections that were made together are one."""

    judgement: str = Field(examples=["j5"])
    record: str


def code_of(prefix: str) -> Any:
    """The id of a record of a kind; the number alone will do."""
    return Annotated[str, Field(examples=[f"{prefix}1"])]


def query_of(listing: Listing) -> type[Schema]:
    """The query of a list. Its filters are text here: the list reads them itself, as it does for its page."""
    fields: dict[str, Any] = {field.name: _parameter(field) for field in listing.fields}
    fields["sort"] = (Literal[tuple(sort.name for sort in listing.sorts)], listing.sorts[0].name)
    fields["page"] = (int, Field(1, ge=1, le=MOST_PAGES))
    return create_model(f"{listing.name.title()}Query", __base__=Schema, **fields)


def record_of(listing: Listing) -> type[Schema]:
    """A record of a list."""
    columns: dict[str, Any] = {column.name: (column.type, ...) for column in listing.columns}
    return create_model(listing.noun[0].title(), __base__=Schema, **columns, url=(str, ...))


def single_of(record: type[Schema]) -> type[Schema]:
    """A record that stands alone: with the version on which decisions are made."""
    return create_model(f"{record.__name__}AsSeen", __base__=record, version=(int, ...))


def page_of(listing: Listing, record: Any) -> type[Schema]:
    """A page of a list."""
    return create_model(
        f"{listing.name.title()}Page",
        __base__=Schema,
        records=(list[record], Field(max_length=PAGE_SIZE)),
        page=(int, ...),
        count=(int, Field(description="How many fit, as far as they are counted.")),
        has_more=(bool, Field(description="Whether even more fit than were counted.")),
        next=(str | None, Field(description="The address of the next page.")),
    )


def _parameter(field: lists.Field) -> tuple[Any, Any]:
    text = Annotated[Text, Field(json_schema_extra=FORMS.get(field.kind))]
    if field.is_many:
        return list[text], Field(None, description=f"{field.label}; may be given several times.")
    return text, Field(None, description=field.label)
