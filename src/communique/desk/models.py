"""The desk's own tables: invitations, tokens, and the jobs in which sources are added. Records are the register's."""

from __future__ import annotations

from django.conf import settings
from django.db import models

JOB_STATES = [(s, s) for s in ("open", "done", "cancelled")]
ITEM_STATES = [(s, s) for s in ("waiting", "running", "read", "known", "failed", "cancelled")]


class Invitation(models.Model):
    """A link by which somebody makes an account, once.

    Attributes:
        digest: SHA-256 of the secret in the link; the secret itself is kept nowhere.
        role: What the account will be allowed.
    """

    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16)
    invited_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """By which a program comes in.

    Attributes:
        digest: SHA-256 of the token; the token itself is kept nowhere.
        name: What it is for.
        role: What it may do at most; never more than whoever made it may by now.
        author: Who made it, and under whose name it decides; ``user`` is their account, None on a desk of one person.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=16)
    author = models.CharField(max_length=150)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)


class Job(models.Model):
    """Sources that somebody added together.

    Attributes:
        author: Who added them.
        state: open until each of its items came to an end, or somebody cancelled it.
        published: Day of publication, where the analyst knows it better than the pages show it.
    """

    author = models.CharField(max_length=150)
    state = models.CharField(max_length=12, choices=JOB_STATES, default="open", db_index=True)
    published = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)


class JobItem(models.Model):
    """One source of a job.

    Attributes:
        uri: A file's name, an address, or "pasted text".
        data: Packed bytes of an upload, until they were read; None for an address, which the worker fetches.
        state: waiting, running, read, known (was there already), failed, cancelled.
        worker: Which process has it, and ``heartbeat_at`` when that process was last seen.
        attempts: How often a worker began it: a source that ends its worker is given up.
        message: Why it failed.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    uri = models.TextField()
    data = models.BinaryField(null=True)
    state = models.CharField(max_length=12, choices=ITEM_STATES, default="waiting", db_index=True)
    worker = models.CharField(max_length=80, default="")
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(default="")
    document = models.ForeignKey("register.Document", null=True, on_delete=models.SET_NULL, related_name="+")
