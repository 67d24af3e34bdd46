"""The addresses of the API, below `/api/`."""

from __future__ import annotations

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from annotations.api.annotation.batch import BatchView
from annotations.api.annotation.comments import ArticleCommentsView, CommentView
from annotations.api.annotation.history import history_of, restore_of
from annotations.api.annotation.links import LinkView
from annotations.api.annotation.spans import SpanView
from annotations.api.annotation.verdicts import (
    ApproveView,
    ReopenView,
    ReturnView,
    SubmitView,
    VerdictView,
    WithdrawView,
)
from annotations.api.files.comparison import ComparisonView
from annotations.api.files.export import ExportView
from annotations.api.files.imports import ImportReportView, ImportsView, ImportView
from annotations.api.files.release_files import ReleaseFileView
from annotations.api.files.releases import ReleasesView, ReleaseView
from annotations.api.files.report_tables import NotesView, RefusedView
from annotations.api.projects.articles import ArticlesView, ArticleView
from annotations.api.projects.assignments import (
    AssignmentsView,
    AssignmentView,
    ReopenAnyAssignment,
    ReopenAssignment,
    SubmitAssignment,
)
from annotations.api.projects.claims import (
    ClaimLinksView,
    ClaimReviewsView,
    ClaimsView,
    ClaimView,
    QueueView,
    SearchView,
)
from annotations.api.projects.invitations import (
    AcceptOwnView,
    AcceptView,
    DeclineOwnView,
    InvitationsView,
    InvitationView,
    OwnInvitationsView,
)
from annotations.api.projects.me import InboxView, MeView, ReadView
from annotations.api.projects.members import HandOverView, MembersView, MemberView
from annotations.api.projects.projects import ChangesView, ProjectsView, ProjectView
from annotations.api.schema import SchemaView
from annotations.api.workbench.annotations import AnnotationsView
from annotations.api.workbench.events import EventsView

app_name = "api"

project: list[URLPattern] = [
    path("", ProjectView.as_view(), name="project"),
    path("members/", MembersView.as_view(), name="members"),
    path("invitations/", InvitationsView.as_view(), name="invitations"),
    path("hand-over/", HandOverView.as_view(), name="hand-over"),
    path("articles/", ArticlesView.as_view(), name="articles"),
    path("claims/", ClaimsView.as_view(), name="claims"),
    path("verdicts/", QueueView.as_view(), name="queue"),
    path("search/", SearchView.as_view(), name="search"),
    path("export/", ExportView.as_view(), name="export"),
    path("imports/", ImportsView.as_view(), name="imports"),
    path("releases/", ReleasesView.as_view(), name="releases"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("batch/", BatchView.as_view(), name="batch"),
]

article = [
    path("", ArticleView.as_view(), name="article"),
    path("annotations/", AnnotationsView.as_view(), name="annotations"),
    path("events/", EventsView.as_view(), name="events"),
    path("comments/", ArticleCommentsView.as_view(), name="article-comments"),
    path("assignment/", AssignmentView.as_view(), name="assignment"),
    path("assignment/submit/", SubmitAssignment.as_view(), name="assignment-submit"),
    path("assignment/reopen/", ReopenAssignment.as_view(), name="assignment-reopen"),
    path("assignments/", AssignmentsView.as_view(), name="assignments"),
]

verdict = [
    path("", VerdictView.as_view(), name="verdict"),
    path("submit/", SubmitView.as_view(), name="verdict-submit"),
    path("withdraw/", WithdrawView.as_view(), name="verdict-withdraw"),
    path("approve/", ApproveView.as_view(), name="verdict-approve"),
    path("return/", ReturnView.as_view(), name="verdict-return"),
    path("reopen/", ReopenView.as_view(), name="verdict-reopen"),
]

release = [
    path("", ReleaseView.as_view(), name="release"),
    path("files/<str:name>", ReleaseFileView.as_view(), name="release-file"),
    path("compare/<uuid:other>/", ComparisonView.as_view(), name="release-comparison"),
]

version_1: list[URLPattern | URLResolver] = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("me/", MeView.as_view(), name="me"),
    path("me/inbox/", InboxView.as_view(), name="inbox"),
    path("me/inbox/read/", ReadView.as_view(), name="inbox-read"),
    path("me/invitations/", OwnInvitationsView.as_view(), name="own-invitations"),
    path("me/invitations/<int:invitation_id>/accept/", AcceptOwnView.as_view(), name="own-invitation-accept"),
    path("me/invitations/<int:invitation_id>/decline/", DeclineOwnView.as_view(), name="own-invitation-decline"),
    path("invitations/accept/", AcceptView.as_view(), name="invitation-accept"),
    path("invitations/<int:invitation_id>/", InvitationView.as_view(), name="invitation"),
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/<slug:slug>/", include(project)),
    path("members/<int:member_id>/", MemberView.as_view(), name="member"),
    path("articles/<uuid:key>/", include(article)),
    path("assignments/<int:assignment_id>/reopen/", ReopenAnyAssignment.as_view(), name="assignment-reopen-any"),
    path("spans/<uuid:key>/", SpanView.as_view(), name="span"),
    path("claims/<uuid:key>/", ClaimView.as_view(), name="claim"),
    path("claims/<uuid:key>/links/", ClaimLinksView.as_view(), name="claim-links"),
    path("claims/<uuid:key>/reviews/", ClaimReviewsView.as_view(), name="claim-reviews"),
    path("links/<uuid:key>/", LinkView.as_view(), name="link"),
    path("verdicts/<uuid:key>/", include(verdict)),
    path("imports/<uuid:key>/", ImportView.as_view(), name="import"),
    path("imports/<uuid:key>/report/", ImportReportView.as_view(), name="import-report"),
    path("imports/<uuid:key>/refused.csv", RefusedView.as_view(), name="import-refused"),
    path("imports/<uuid:key>/notes.csv", NotesView.as_view(), name="import-notes"),
    path("comments/<uuid:key>/", CommentView.as_view(), name="comment"),
    path("releases/<uuid:key>/", include(release)),
    *(
        path(f"{kind}s/<uuid:key>/{name}/", make(kind).as_view(), name=f"{kind}-{name}")
        for kind in ("span", "link", "verdict", "comment")
        for name, make in (("history", history_of), ("restore", restore_of))
    ),
]

# The reference's own program sets styles on its elements; scripts stay as strict as everywhere.
with_inline_styles = csp_update({"style-src": [SELF, UNSAFE_INLINE]})

urlpatterns = [
    path("v1/", include(version_1)),
    path("docs/", with_inline_styles(SpectacularSwaggerSplitView.as_view(url_name="api:schema")), name="docs"),
]
