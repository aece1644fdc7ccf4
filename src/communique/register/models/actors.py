"""Actors: persons, organizations, countries and groups, however they are spelled."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Upper

from communique.register.models.base import Concluded

ACTOR_TYPES = [(t, t) for t in ("person", "organization", "country", "group")]


class Actor(Concluded):
    """One person, organization, country or group across all documents.

    Attributes:
        name: The name to show: an authority's, else the fullest and most frequent spelling.
        aliases: Other spellings.
        wikidata_id: From an authority file ("Q2743891").
        country: ISO 3166-1 alpha-2 code.
        first_seen, last_seen: Days of the first and the last document that names them.
        mentions: Number of documents that name them.
    """

    PREFIX = "a"

    type = models.CharField(max_length=12, choices=ACTOR_TYPES, db_index=True)
    name = models.TextField(db_index=True)
    aliases = models.JSONField(default=list)
    acronym = models.TextField(null=True)
    country = models.CharField(max_length=2, null=True, db_index=True)
    wikidata_id = models.CharField(max_length=24, null=True, db_index=True)
    first_seen = models.DateField(null=True)
    last_seen = models.DateField(null=True)
    mention_count = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        indexes = (models.Index(Upper("name"), name="actor_by_folded_name"),)

    def __str__(self) -> str:
        """The name."""
        return self.name


class Profile(models.Model):
    """The class of mentions that are equal in name, posts and country: all of one actor, unless a judgement parts them.

    Attributes:
        key: What makes them equal (see ``resolving.actors.profile_key``), as a digest.
        data: The representative's fields: aliases, roles, acronym, country, company.
        is_authority: Whether it comes from an authority file, not from documents.
    """

    key = models.CharField(max_length=64, unique=True)
    type = models.CharField(max_length=12)
    name = models.TextField()
    data = models.JSONField(default=dict)
    is_authority = models.BooleanField(default=False)
    mention_count = models.PositiveIntegerField(default=0)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    # The index of actors below begins with it.
    actor = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="profiles", db_index=False)

    class Meta:
        indexes = (
            models.Index(Upper("name"), name="profile_by_folded_name"),
            models.Index(fields=["actor", "-mention_count"], name="profile_by_actor"),
        )


class ProfileBlock(models.Model):
    """A blocking key of a profile: profiles that share none are never compared."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=160, db_index=True)


class Mention(models.Model):
    """Somebody named in one document: one person, organization, country or group of its readout.

    Attributes:
        key: ``sha256/p1``; groups and countries, which have no id in the readout, are numbered g1, g2 …
        data: aliases, roles, acronym, country as the document gives them.
        evidence: Where they are named: list of {"quote", "start", "end"}.
    """

    document = models.ForeignKey("register.Document", on_delete=models.CASCADE, related_name="mentions")
    local = models.CharField(max_length=16)
    key = models.CharField(max_length=96, unique=True)
    type = models.CharField(max_length=12)
    name = models.TextField()
    data = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    day = models.DateField(null=True)
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="mentions")

    class Meta:
        # Of a profile with a hundred thousand mentions only the first and the last are looked at.
        indexes = (models.Index(fields=["profile", "day", "key"], name="mention_in_order_of_days"),)


class ActorDecision(models.Model):
    """Why two profiles are, are not, or may be the same actor. Uncertain ones go to review.

    Attributes:
        score: 0 to 1.
        verdict: merged, apart or uncertain.
        reason: In words.
    """

    left = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="decisions_left")
    right = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="decisions_right")
    score = models.FloatField()
    verdict = models.CharField(max_length=12, db_index=True)
    reason = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["left", "right"], name="actor_decision_once"),)


class Tenure(models.Model):
    """Who held which post, as documents introduce people.

    Attributes:
        title, organization: Standard forms; ``organization_actor`` where it is an actor of the register.
        organization_key, organization_country: By what tenures are found when an actor is made, renamed or merged: the
            institution's name without its short form, in small letters, and the country that it speaks of.
        first_seen, last_seen: First and last day on which a document gives the post to the person: never to be taken
            for the first and last day in office.
        observations: List of {"document": sha256, "day", "quote", "standing"}: the first and the last few.
        superseded_by: The next holder of the post.
        flags: handover, overlap, contradiction.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="tenures")
    title = models.TextField()
    organization = models.TextField(null=True)
    organization_actor = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="posts")
    organization_key = models.CharField(max_length=200, default="", db_index=True)
    organization_country = models.CharField(max_length=2, null=True, db_index=True)
    post_key = models.CharField(max_length=200, db_index=True)
    first_seen = models.DateField(null=True)
    last_seen = models.DateField(null=True)
    observations = models.JSONField(default=list)
    observation_count = models.PositiveIntegerField(default=0)
    superseded_by = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="succeeded")
    flags = models.JSONField(default=list)


class Authority(models.Model):
    """A record of an authority file: it names and identifies an actor.

    Attributes:
        source: The file's name and the record's id in it.
        data: name, aliases, positions, country as the file gives them.
    """

    source = models.TextField()
    record_id = models.TextField()
    data = models.JSONField(default=dict)
    profile = models.OneToOneField(Profile, null=True, on_delete=models.SET_NULL, related_name="authority")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "record_id"], name="authority_once"),)
