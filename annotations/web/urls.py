"""Addresses of the pages."""

from __future__ import annotations

from django.urls import include, path

from annotations.web import articles
from annotations.web.account import email
from annotations.web.account import views as account
from annotations.web.claims.list import claims
from annotations.web.claims.views import claim
from annotations.web.dashboard import views as dashboard
from annotations.web.evidence_map.views import evidence_map
from annotations.web.imports.detail import importing
from annotations.web.imports.fetch import address, fetched, fetching
from annotations.web.imports.start import entrance, upload
from annotations.web.imports.status import previewed
from annotations.web.releases.comparison import comparison
from annotations.web.releases.views import release, releases
from annotations.web.review import views as review
from annotations.web.settings import guidelines, hand_over, members
from annotations.web.settings import views as settings
from annotations.web.work import inbox, invitations
from annotations.web.work import views as work

of_a_project = [
    path("", dashboard.dashboard, name="dashboard"),
    path("articles/", articles.articles, name="articles"),
    path("import/", entrance, name="import"),
    path("import/address/", address, name="import-address"),
    path("import/address/<uuid:fetch_id>/", fetching, name="import-fetch"),
    path("import/address/<uuid:fetch_id>/ready/", fetched, name="import-fetched"),
    path("import/upload/", upload, name="import-upload"),
    path("imports/<uuid:import_id>/", importing, name="import-one"),
    path("imports/<uuid:import_id>/preview/", previewed, name="import-preview"),
    path("claims/", claims, name="claims"),
    path("releases/", releases, name="releases"),
    path("releases/<uuid:release_id>/", release, name="release"),
    path("releases/<uuid:release_id>/compare/", comparison, name="release-comparison"),
    path("review/", review.queue, name="review"),
    path("map/", evidence_map, name="map"),
    path("guidelines/", guidelines.guidelines, name="guidelines"),
    path("guidelines/edit/", guidelines.edit, name="guidelines-edit"),
    path("members/", members.members, name="members"),
    path("members/<int:membership_id>/", members.member, name="member"),
    path("members/invitations/<int:invitation_id>/", members.withdraw, name="withdraw-invitation"),
    path("members/hand-over/", hand_over.hand_over_page, name="hand-over"),
    path("settings/", settings.general, name="settings"),
    path("settings/fields/", settings.label_fields, name="settings-fields"),
    path("settings/scale/", settings.scale, name="settings-scale"),
    path("settings/archive/", settings.archive, name="settings-archive"),
]

urlpatterns = [
    path("", work.work, name="work"),
    path("inbox/read/", inbox.read, name="inbox-read"),
    path("invitations/<int:invitation_id>/", invitations.answer_invitation, name="answer-invitation"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("projects/", work.new_project, name="new-project"),
    path("projects/<slug:slug>/", include(of_a_project)),
    path("articles/<uuid:article_id>/", articles.workbench, name="workbench"),
    path("articles/<uuid:article_id>/details/", articles.details, name="article-details"),
    path("claims/<uuid:claim_id>/", claim, name="claim"),
    path("verdicts/<uuid:verdict_id>/", review.verdict, name="verdict"),
    path("account/", account.account, name="account"),
    path("account/email/", email.change_email, name="change-email"),
    path("account/email/pending/", email.pending_email, name="pending-email"),
    path("account/email/<str:token>/", email.confirm_email, name="confirm-email"),
    path("account/keys/", account.keys, name="keys"),
    path("account/tokens/", account.new_token, name="new-token"),
    path("account/tokens/<slug:token_id>/revoke/", account.revoke_token, name="revoke-token"),
]
