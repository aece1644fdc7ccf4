"""Addresses of review."""

from __future__ import annotations

from django.urls import path

from communique.desk.views import review, review_pairs

urlpatterns = [
    path("review", review.show_queue, name="review"),
    path("review/undo", review.undo_decision, name="review-undo"),
    path("review/accept-all", review.accept_list, name="review-accept-all"),
    path("review/pairs/<str:kind>", review_pairs.show_pairs, name="review-pairs"),
    path("review/merge", review_pairs.compare, name="review-merge"),
    path("review/<str:code>", review.show_record, name="review-record"),
    path("review/<str:code>/decide", review.decide_record, name="review-decide"),
    path("review/<str:code>/correct", review.correct_record, name="review-correct"),
    path("review/<str:code>/split", review.split_record, name="review-split"),
]
