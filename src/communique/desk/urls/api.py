"""Addresses for programs."""

from __future__ import annotations

from django.urls import path

from communique.desk.api.service import api, find_nothing

urlpatterns = [path("api/1/", api.urls), path("api/<path:address>", find_nothing)]
