"""Every address of the site: the operators' pages, sign-in, the API, and the pages people work on."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from factcheck.server import health, slashes

admin.site.site_header = admin.site.site_title = "Factcheck"
# One way in: the admin's own form would know nothing of rate limits and second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# And one way to change one's password: it asks which tokens to end.
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")  # type: ignore[assignment]
admin.site.catch_all_view = slashes.reading_only(admin.site.catch_all_view)  # type: ignore[method-assign]

handler400 = "factcheck.server.error_views.bad_request"
handler403 = "factcheck.server.error_views.forbidden"
handler404 = "factcheck.server.error_views.not_found"
handler500 = "factcheck.server.error_views.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    # Stands before the library's own page, which would change an address before it is confirmed.
    path("accounts/email/", RedirectView.as_view(pattern_name="change-email"), name="account-email"),
    path("accounts/", include("allauth.urls")),
    path("api/", include("annotations.api.urls")),
    path("", include("annotations.web.urls")),
]
