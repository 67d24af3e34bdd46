"""Django's admin, for operators: it shows all, changes people, projects and memberships, and never the history."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.core.exceptions import SuspiciousOperation
from django.db.models import Model, Value
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.evidence.claims import Searchable
from annotations.models import (
    Article,
    Assignment,
    Event,
    Invitation,
    Link,
    Membership,
    Project,
    Review,
    Span,
    Token,
    User,
    Verdict,
    acting,
)
from annotations.text.folding import searchable


class Listed(admin.ModelAdmin[Any]):
    """Its filters are what PostgreSQL can compare."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            raise SuspiciousOperation(_("A filter can't contain a NUL character."))
        answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer


class FindsLetters(Listed):
    """Its search finds letters however they are composed."""

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [f"searchable_{name}" for name in self.search_fields]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        composed = {f"searchable_{name}": Searchable(name, Value(False)) for name in self.search_fields}
        term = searchable(search_term, folded=False)
        return super().get_search_results(request, queryset.alias(**composed), term)


class Recorded(Listed):
    """Changes made here stand in the history under the operator's name."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        with acting(request.user):  # type: ignore[arg-type]
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        with acting(request.user):  # type: ignore[arg-type]
            super().delete_model(request, obj)


class ReadOnly(Listed):
    """What only its own pages and the API change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A password that an operator gives somebody; like a reset, it ends what was begun with the old one."""

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        user.end_access()
        return user


@admin.register(User)
class PersonAdmin(FindsLetters, Recorded, UserAdmin):  # type: ignore[type-arg]
    """People."""

    change_password_form = NewPasswordForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "may_start_projects", "last_login")
    list_filter = ("is_active", "is_staff", "may_start_projects")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (gettext_lazy("Permissions"), {"fields": ("is_active", "may_start_projects", "is_staff", "is_superuser")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "may_start_projects", "usable_password", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # their work stays theirs; an account is switched off instead


class MembershipInline(admin.TabularInline[Any, Any]):
    """The people of a project."""

    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Project)
class ProjectAdmin(FindsLetters, Recorded):
    """Projects; their schemes are edited on their own pages, which check them."""

    list_display = ("name", "slug", "mode", "archived", "created_at")
    list_filter = ("archived", "mode")
    search_fields = ("name", "slug")
    readonly_fields = ("slug", "fold_diacritics", "label_fields", "scale", "created_at")
    inlines: ClassVar[list[Any]] = [MembershipInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a project starts with its manager, on /projects/

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        with acting(request.user):  # type: ignore[arg-type]
            super().save_formset(request, form, formset, change)


@admin.register(Invitation)
class InvitationAdmin(FindsLetters, ReadOnly):
    """Invitations."""

    list_display = ("email", "project", "state", "invited_by", "created_at", "expires_at")
    list_filter = ("state",)
    list_select_related = ("project", "invited_by")
    search_fields = ("email",)


@admin.register(Article)
class ArticleAdmin(FindsLetters, ReadOnly):
    """Articles."""

    list_display = ("title", "project", "outlet", "language", "length", "archived", "created_at")
    list_filter = ("project", "archived", "language")
    list_select_related = ("project",)
    search_fields = ("title", "outlet")
    exclude = ("search", "source")


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly):
    """Who works on what."""

    list_display = ("article", "assignee", "kind", "state", "created_at", "submitted_at")
    list_filter = ("kind", "state")
    list_select_related = ("article", "assignee")


@admin.register(Span)
class SpanAdmin(ReadOnly):
    """Spans."""

    list_display = ("id", "label", "quote", "article", "version", "updated_at")
    list_filter = ("label",)
    list_select_related = ("article",)


@admin.register(Link)
class LinkAdmin(ReadOnly):
    """Links."""

    list_display = ("id", "relation", "source", "target", "author", "updated_at")
    list_filter = ("relation",)
    list_select_related = ("source", "target", "author")


@admin.register(Verdict)
class VerdictAdmin(ReadOnly):
    """Verdicts."""

    list_display = ("id", "rating", "state", "author", "holder", "reviewer", "updated_at")
    list_filter = ("state", "rating")
    list_select_related = ("author", "holder", "reviewer")


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    """Decisions."""

    list_display = ("verdict", "decision", "reviewer", "imported", "created_at")
    list_filter = ("decision", "imported")
    list_select_related = ("verdict", "reviewer")


@admin.register(Event)
class EventAdmin(ReadOnly):
    """The history."""

    list_display = ("at", "by", "kind", "what", "object_id", "project")
    list_filter = ("kind", "what")
    list_select_related = ("by", "project")
    search_fields = ("object_id",)
    show_full_result_count = False


@admin.register(Token)
class TokenAdmin(ReadOnly):
    """Tokens, without their secrets: to see who uses what, and to end one."""

    list_display = ("name", "user", "scopes", "project", "created", "expiry")
    list_select_related = ("user", "project")
    exclude = ("digest",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)
