"""The desk's addresses: one module a subject."""

from django.urls import include, path

urlpatterns = [
    path("", include(f"communique.desk.urls.{subject}"))
    for subject in ("reading", "review", "adding", "handing_on", "people", "api")
]

handler404 = "communique.desk.views.errors.not_found"
handler500 = "communique.desk.views.errors.broken"
handler403 = "communique.desk.views.errors.forbidden"
handler400 = "communique.desk.views.errors.bad_request"
