"""All tables of the domain, with their rules.

It stands for the migrations before version 0.2.0, which stay beside it for databases that are not that far yet.
"""

import datetime
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import annotations.models.base.deferred_fields
import annotations.models.base.identifiers
import annotations.models.base.lookup_columns
import annotations.models.base.versioned
import annotations.models.event
import annotations.project_settings
from annotations.models.base.text_search import (
    CREATE_FUNCTION,
    CREATE_SEARCHABLE,
    CREATE_TRIGRAM_QUERY,
    CREATE_TRIGRAMS,
    DROP_FUNCTION,
    DROP_SEARCHABLE,
    DROP_TRIGRAM_QUERY,
    DROP_TRIGRAMS,
)
from annotations.models.epoch import CREATE_FUNCTIONS, DROP_FUNCTIONS

ALWAYS_FIRE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
"""Takes away the setting by which a session could skip triggers: the rules hold for everybody.

Every installation of a trigger by django-pgtrigger brings its own version of this function back, so a migration that
adds or changes triggers ends with this operation again; `tests/rules/` fails where it does not.
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("annotations", "0001_first_tables"),
        ("annotations", "0002_rules_cannot_be_switched_off"),
        ("annotations", "0003_history_of_links_to_a_claim"),
        ("annotations", "0004_told_at_once"),
        ("annotations", "0005_keys_of_ones_own"),
        ("annotations", "0006_people_talk"),
        ("annotations", "0007_imports"),
        ("annotations", "0008_releases"),
        ("annotations", "0009_keys_of_imports"),
        ("annotations", "0010_notes_of_imports"),
        ("annotations", "0011_search_composes_letters"),
        ("annotations", "0012_hand_over"),
        ("annotations", "0013_people_of_imports"),
        ("annotations", "0014_external_ids"),
        ("annotations", "0015_titles_from_files"),
        ("annotations", "0016_ids_keep_their_history"),
        ("annotations", "0017_epochs"),
        ("annotations", "0018_lookup_columns"),
        ("annotations", "0019_releases_have_audiences"),
        ("annotations", "0020_accounts"),
        ("annotations", "0021_may_start_projects"),
        ("annotations", "0022_submitted_passes"),
        ("annotations", "0023_archived"),
        ("annotations", "0024_invitations"),
        ("annotations", "0025_sign_in_limits"),
        ("annotations", "0026_previews_of_imports"),
        ("annotations", "0027_quotas_of_imports"),
        ("annotations", "0028_imported_reviews"),
        ("annotations", "0029_claim_words"),
        ("annotations", "0030_address_fetches"),
        ("annotations", "0031_selected_text"),
        ("annotations", "0032_values_of_filters"),
        ("annotations", "0033_rules_by_name"),
        ("annotations", "0034_names_of_imports"),
        ("annotations", "0035_words"),
        ("annotations", "0036_names_of_constraints"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(CREATE_FUNCTION, DROP_FUNCTION),
        migrations.RunSQL(CREATE_SEARCHABLE, DROP_SEARCHABLE),
        migrations.RunSQL(CREATE_TRIGRAMS, DROP_TRIGRAMS),
        migrations.RunSQL(CREATE_TRIGRAM_QUERY, DROP_TRIGRAM_QUERY),
        migrations.CreateModel(
            name="EvidenceSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.TextField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, null=True)),
            ],
            options={
                "ordering": ["verdict", "position"],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("format", models.CharField(blank=True, max_length=20)),
                ("strict", models.BooleanField(default=False)),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Not started"),
                            ("waiting", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("phase", models.PositiveSmallIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("links_read", models.PositiveIntegerField(default=0, verbose_name="links read")),
                ("verdicts_read", models.PositiveIntegerField(default=0, verbose_name="verdicts read")),
                ("articles", models.PositiveIntegerField(default=0, verbose_name="articles created")),
                ("spans", models.PositiveIntegerField(default=0, verbose_name="spans created")),
                ("links", models.PositiveIntegerField(default=0, verbose_name="links created")),
                ("verdicts", models.PositiveIntegerField(default=0, verbose_name="verdicts created")),
                ("known", models.PositiveIntegerField(default=0, verbose_name="texts already in project")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="items refused")),
                ("notes", models.PositiveIntegerField(default=0, verbose_name="items noted")),
                ("failure", models.TextField(blank=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["project", "name"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("formats", models.JSONField(default=list)),
                ("filters", models.JSONField(default=dict)),
                ("splits", models.JSONField(default=dict)),
                ("seed", models.PositiveIntegerField(default=0)),
                (
                    "audience",
                    models.CharField(
                        choices=[("members", "All members"), ("managers", "Managers and reviewers")],
                        default="members",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("failure", models.TextField(blank=True)),
                ("manifest", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReleaseFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("format", models.CharField(blank=True, max_length=20)),
                ("split", models.CharField(blank=True, max_length=10)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored", models.CharField(max_length=300)),
                ("listed", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["release", "position"],
            },
        ),
        migrations.CreateModel(
            name="ReportedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_note", models.BooleanField(default=False)),
                ("file", models.TextField(blank=True)),
                ("place", models.TextField(blank=True)),
                ("code", models.CharField(max_length=60)),
                ("detail", models.TextField()),
            ],
            options={
                "ordering": ["of", "id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verdict_version", models.PositiveIntegerField()),
                (
                    "decision",
                    models.CharField(
                        choices=[("approved", "Approved"), ("returned", "Returned"), ("reopened", "Reopened")],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("evidence_digest", annotations.models.base.versioned.TextByDatabase(editable=False)),
                ("imported", models.BooleanField(default=False, editable=False)),
                (
                    "created_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "ordering": ["verdict", "id"],
            },
        ),
        migrations.CreateModel(
            name="Sentence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                "ordering": ["article", "start"],
            },
        ),
        migrations.CreateModel(
            name="Span",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
                (
                    "updated_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "fragments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=2),
                        size=None,
                    ),
                ),
                ("start", annotations.models.base.versioned.NumberByDatabase(editable=False)),
                ("end", annotations.models.base.versioned.NumberByDatabase(editable=False)),
                ("quote", annotations.models.base.versioned.TextByDatabase(blank=True)),
                ("selected", annotations.models.base.versioned.NumberByDatabase(editable=False)),
                (
                    "label",
                    models.CharField(
                        choices=[("claim", "Claim"), ("attribution", "Attribution"), ("fact", "Fact")], max_length=11
                    ),
                ),
                ("fields", annotations.models.base.versioned.JSONByDatabase(blank=True, default=dict)),
                ("note", models.TextField(blank=True)),
                ("external_id", models.CharField(editable=False, max_length=200, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("token_key", models.CharField(db_index=True, max_length=25)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expiry", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=[("read", "Read"), ("write", "Write")], max_length=10),
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="UsualNetwork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(max_length=64)),
                ("seen", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
                (
                    "updated_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "written_by",
                    annotations.models.base.versioned.PeopleByDatabase(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
                ("rating", models.CharField(blank=True, max_length=40, null=True)),
                ("rationale", models.TextField(blank=True)),
                ("confidence", models.FloatField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                ("claim_created_at", annotations.models.base.versioned.TimeByDatabase(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "This address is taken."},
                        max_length=254,
                        unique=True,
                        verbose_name="email address",
                    ),
                ),
                (
                    "new_email",
                    models.EmailField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=254,
                        verbose_name="new email address",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        validators=[
                            django.core.validators.RegexValidator(
                                "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]",
                                "A name can't contain line breaks or other control characters.",
                                "name_characters",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="name",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=35, verbose_name="language")),
                ("keys", models.JSONField(blank=True, default=dict, verbose_name="keyboard shortcuts")),
                ("single_keys", models.BooleanField(default=True, verbose_name="single-key shortcuts")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_staff", models.BooleanField(default=False, verbose_name="administrator")),
                (
                    "may_start_projects",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Whoever creates a project is its manager and can invite people by email.",
                        verbose_name="can create projects",
                    ),
                ),
                ("sessions_ended", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.FloatField()),
                ("wait_until", models.DateTimeField()),
                ("expires", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "attempts",
                "indexes": [models.Index(fields=["expires"], name="attempts_expired")],
            },
        ),
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("server", models.CharField(max_length=20)),
                ("base", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="epoch_is_one")],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verdicts", models.PositiveIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ImportPreview",
            fields=[
                (
                    "of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="preview",
                        serialize=False,
                        to="annotations.import",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("seen", models.JSONField(null=True)),
                ("failure", models.CharField(blank=True, max_length=20)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["of"],
            },
        ),
        migrations.AddField(
            model_name="import",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="imports", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="title")),
                ("title_from_file", models.BooleanField(db_default=False, default=False, editable=False)),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        validators=[django.core.validators.URLValidator(["http", "https"])],
                        verbose_name="URL",
                    ),
                ),
                ("outlet", models.CharField(blank=True, max_length=200, verbose_name="outlet")),
                ("author", models.CharField(blank=True, max_length=300, null=True, verbose_name="author")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("ltr", "Left to right"),
                            ("rtl", "Right to left"),
                            ("auto", "Automatic, by paragraph"),
                        ],
                        default="auto",
                        max_length=4,
                        verbose_name="direction",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256 of the text")),
                ("length", models.PositiveIntegerField(editable=False, verbose_name="length in code points")),
                ("source", models.BinaryField(null=True, verbose_name="original source")),
                (
                    "source_sha256",
                    models.CharField(editable=False, max_length=64, null=True, verbose_name="SHA-256 of the source"),
                ),
                (
                    "fetched_from",
                    models.CharField(editable=False, max_length=2000, null=True, verbose_name="fetched from"),
                ),
                ("fetched_at", models.DateTimeField(editable=False, null=True, verbose_name="fetched")),
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="added"
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ("folded", models.BooleanField(editable=False, null=True)),
                (
                    "external_id",
                    models.CharField(editable=False, max_length=200, null=True, verbose_name="external id"),
                ),
                (
                    "revises",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="annotations.article",
                    ),
                ),
                (
                    "imported_in",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="made_articles",
                        to="annotations.import",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=400)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("stored", models.CharField(max_length=200)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="annotations.import"
                    ),
                ),
            ],
            options={
                "ordering": ["of", "position"],
            },
        ),
        migrations.CreateModel(
            name="ImportKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("object", models.UUIDField()),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="annotations.import",
                    ),
                ),
            ],
            options={
                "ordering": ["of", "key"],
            },
        ),
        migrations.CreateModel(
            name="ImportPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("name", models.TextField(blank=True)),
                ("spans", models.PositiveIntegerField(default=0)),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="annotations.import",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["of", "-spans", "name"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
                (
                    "updated_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("corroborates", "Corroborates"),
                            ("contradicts", "Contradicts"),
                            ("attributes", "Attributes"),
                            ("restates", "Restates"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "source_article",
                    annotations.models.base.lookup_columns.ParentByDatabase(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annotations.article",
                    ),
                ),
                (
                    "target_article",
                    annotations.models.base.lookup_columns.ParentByDatabase(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annotations.article",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "evidence_set",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_links",
                        to="annotations.evidenceset",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_links",
                        to="annotations.link",
                    ),
                ),
            ],
            options={
                "ordering": ["evidence_set", "position"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
                (
                    "updated_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("text", models.TextField(max_length=10000)),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="annotations.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="annotations.comment",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=annotations.models.base.deferred_fields.before_it,
                        related_name="comments",
                        to="annotations.link",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("mention", "mentioned you"),
                            ("reply", "replied in your thread"),
                            ("work", "commented on your work"),
                            ("hand_over", "handed over work to you"),
                        ],
                        max_length=9,
                    ),
                ),
                ("written", models.CharField(blank=True, max_length=300)),
                ("read", models.BooleanField(default=False)),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="annotations.comment",
                    ),
                ),
                (
                    "hand_over",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice",
                        to="annotations.handover",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("process", models.UUIDField()),
                ("seen", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.article",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="URL name")),
                (
                    "name",
                    models.CharField(
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]",
                                "A name can't contain line breaks or other control characters.",
                                "name_characters",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="name",
                    ),
                ),
                ("guidelines", models.TextField(blank=True, max_length=200000, verbose_name="guidelines")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("shared", "Shared: everyone sees everyone's spans"),
                            (
                                "independent",
                                "Independent: annotators can't see each other's work until both have submitted",
                            ),
                        ],
                        default="shared",
                        max_length=12,
                        verbose_name="mode",
                    ),
                ),
                (
                    "annotators_per_article",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="annotators per article",
                    ),
                ),
                (
                    "label_fields",
                    models.JSONField(
                        default=annotations.project_settings.starting_label_fields, verbose_name="label fields"
                    ),
                ),
                (
                    "scale",
                    models.JSONField(default=annotations.project_settings.starting_scale, verbose_name="verdict scale"),
                ),
                ("fold_diacritics", models.BooleanField(default=False, verbose_name="ignore diacritics in search")),
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                ("pseudonym_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["shared", "independent"])), name="project_mode_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name__regex", "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]"),
                            _negated=True,
                        ),
                        name="project_name_characters",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("annotator", "Annotator"),
                                ("reviewer", "Reviewer"),
                                ("manager", "Manager"),
                                ("viewer", "Viewer"),
                            ],
                            max_length=10,
                        ),
                        size=4,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="annotations.project",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="link",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("annotator", "Annotator"),
                                ("reviewer", "Reviewer"),
                                ("manager", "Manager"),
                                ("viewer", "Viewer"),
                            ],
                            max_length=10,
                        ),
                        size=4,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("expires_at", models.DateTimeField()),
                (
                    "invited_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="annotations.project",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="import",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="annotations.project"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="hand_overs", to="annotations.project"
            ),
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.CharField(max_length=40)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("updated", "Updated"),
                            ("deleted", "Deleted"),
                            ("removed", "Removed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("xid", annotations.models.event.TransactionId()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="annotations.project",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("annotate", "Annotate"), ("adjudicate", "Adjudicate")],
                        default="annotate",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("submitted", "Submitted")], default="open", max_length=10
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("imported", models.BooleanField(default=False, editable=False)),
                ("reopened", models.BooleanField(default=False, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="annotations.article",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    annotations.models.base.lookup_columns.ParentByDatabase(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annotations.project",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="annotations.project"
            ),
        ),
        migrations.CreateModel(
            name="AddressFetch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("address", models.CharField(max_length=2000)),
                ("refused", models.CharField(blank=True, max_length=400)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "made",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.import",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.project"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.RunSQL(CREATE_FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL("ALTER TABLE annotations_presence SET UNLOGGED", migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE annotations_attempts SET UNLOGGED", migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="archived_not_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archive_only', COLUMN = 'archived', MESSAGE = 'archive_only'; END IF; RETURN OLD;",
                    hash="4599274e63b1229c1e114a097be2394c36124701",
                    operation="DELETE",
                    pgid="pgtrigger_archived_not_deleted_a794e",
                    table="annotations_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_what_is_used",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT FROM annotations_verdict v\n                        JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id\n                        WHERE a.project_id = NEW.id AND v.rating IS NOT NULL\n                          AND NOT NEW.scale @> jsonb_build_array(jsonb_build_object('key', v.rating))\n                    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_in_use', COLUMN = 'scale', MESSAGE = 'rating_in_use'; END IF;\n                    IF EXISTS (\n                        SELECT FROM jsonb_each(OLD.label_fields) was(label, fields), jsonb_array_elements(was.fields) f\n                        WHERE NOT coalesce(NEW.label_fields -> was.label, '[]') @>\n                              jsonb_build_array(jsonb_build_object('key', f -> 'key', 'kind', f -> 'kind'))\n                          AND EXISTS (\n                            SELECT FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n                            WHERE a.project_id = NEW.id AND s.label = was.label AND s.fields ? (f ->> 'key'))\n                    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'field_in_use', COLUMN = 'label_fields', MESSAGE = 'field_in_use'; END IF;\n                    RETURN NEW;\n                ",
                    hash="8cff79319245868b0d5ff8d65dfd20e39ec1c8be",
                    operation='UPDATE OF "scale", "label_fields"',
                    pgid="pgtrigger_keeps_what_is_used_caf8b",
                    table="annotations_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="ae0e29a7b88c422de89dccef41704e4f5cfabd46",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1495d",
                    table="annotations_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'pseudonym_key'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'pseudonym_key'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'project',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="de46b5f6177c84d0d8d2f0b259c9191f733c7560",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e90a6",
                    table="annotations_project",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="pseudonym",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pseudonyms", to="annotations.project"
            ),
        ),
        migrations.AddField(
            model_name="pseudonym",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pseudonyms", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="annotations.project"
            ),
        ),
        migrations.AddField(
            model_name="releasefile",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="annotations.release",
            ),
        ),
        migrations.AddField(
            model_name="reporteditem",
            name="of",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reported",
                to="annotations.import",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sentence",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sentences",
                to="annotations.article",
            ),
        ),
        migrations.AddField(
            model_name="sentence",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="span",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spans",
                to="annotations.article",
            ),
        ),
        migrations.AddField(
            model_name="span",
            name="assignment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spans",
                to="annotations.assignment",
            ),
        ),
        migrations.AddField(
            model_name="span",
            name="external_in",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="span",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links_out",
                to="annotations.span",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="target",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links_in",
                to="annotations.span",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="span",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=annotations.models.base.deferred_fields.before_it,
                related_name="comments",
                to="annotations.span",
            ),
        ),
        migrations.AddField(
            model_name="token",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tokens",
                to="annotations.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="token",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="auth_token_set", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="usualnetwork",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="usual_networks",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verdicts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="claim",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="verdict", to="annotations.span"
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="edited_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="holder",
            field=annotations.models.base.versioned.PersonByDatabase(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_verdicts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="reviewer",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="verdict",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="annotations.verdict"
            ),
        ),
        migrations.AddField(
            model_name="evidenceset",
            name="verdict",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="evidence_sets", to="annotations.verdict"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="verdict",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=annotations.models.base.deferred_fields.before_it,
                related_name="comments",
                to="annotations.verdict",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="user_email_any_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(condition=models.Q(("email", ""), _negated=True), name="user_has_email"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email", django.db.models.functions.text.Lower("email")),
                    ("new_email", django.db.models.functions.text.Lower("new_email")),
                ),
                name="user_email_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("new_email", models.F("email")), _negated=True), name="user_new_email_differs"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func("keys", function="jsonb_typeof", output_field=models.TextField()),
                    models.Value("object"),
                ),
                name="user_keys_are_an_object",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name__regex", "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]"), _negated=True
                ),
                name="user_name_characters",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="5d9d0a213f8300203033eabe4ad25dadc4ebc5f8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4a853",
                    table="annotations_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="changes_address",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email"))',
                    func="\n                    DELETE FROM account_emailaddress WHERE user_id = NEW.id;\n                    NEW.new_email := '';\n                    RETURN NEW;\n                ",
                    hash="d088a2b9d824e63964d124a470309a7b7cc13b3d",
                    operation="UPDATE",
                    pgid="pgtrigger_changes_address_edc5d",
                    table="annotations_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="deactivation_ends_access",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT NEW."is_active" AND OLD."is_active")',
                    func="\n                    DELETE FROM annotations_token WHERE user_id = NEW.id;\n                    NEW.sessions_ended := OLD.sessions_ended + 1;\n                    NEW.new_email := '';\n                    RETURN NEW;\n                ",
                    hash="4ab1ae53f3075de89ebf7b789db6f1023444f5ee",
                    operation="UPDATE",
                    pgid="pgtrigger_deactivation_ends_access_b0935",
                    table="annotations_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'password' - 'last_login' - 'sessions_ended'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'password' - 'last_login' - 'sessions_ended'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := NULL::bigint;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'user',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="6180cbf2b7e1bff98d101c12d2c3d740852ee6c5",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_3c0c6",
                    table="annotations_user",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="importfile",
            constraint=models.UniqueConstraint(fields=("of", "position"), name="import_file_position"),
        ),
        migrations.AddConstraint(
            model_name="importkey",
            constraint=models.UniqueConstraint(fields=("of", "key"), name="import_key_once"),
        ),
        migrations.AddConstraint(
            model_name="importperson",
            constraint=models.UniqueConstraint(fields=("of", "key"), name="import_person_once"),
        ),
        migrations.AddConstraint(
            model_name="evidencelink",
            constraint=models.UniqueConstraint(fields=("evidence_set", "link"), name="evidence_link_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict_id_ uuid; verdict record;",
                    func="\n                    SELECT e.verdict_id INTO verdict_id_ FROM annotations_evidenceset e\n                    WHERE e.id = CASE TG_OP WHEN 'DELETE' THEN OLD.evidence_set_id ELSE NEW.evidence_set_id END;\n                    \n    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;\n    IF verdict.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.evidence_set_id <> OLD.evidence_set_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    IF NOT EXISTS (SELECT FROM annotations_link l\n                                   WHERE l.id = NEW.link_id AND l.target_id = verdict.claim_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    RETURN NEW;\n                ",
                    hash="e9b8682d0057b1bb8bad011a65c5bd2c3a0de1ad",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_2a7e3",
                    table="annotations_evidencelink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="bd73d6154ccdf7c8c2a08b297c2e99e3441136f6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_bfe8e",
                    table="annotations_evidencelink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_evidenceset e JOIN annotations_verdict v ON v.id = e.verdict_id JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE e.id = entry.evidence_set_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="a1879acb68d6c6128b00aea3673559cf76b33f0f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_f0e27",
                    table="annotations_evidencelink",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "read", "-id"], name="notice_inbox"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("comment", "user"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comment__isnull", False), ("hand_over", None), ("why__in", ["mention", "reply", "work"])
                    ),
                    models.Q(("comment", None), ("hand_over__isnull", False), ("why", "hand_over")),
                    _connector="OR",
                ),
                name="notice_why_known",
            ),
        ),
        migrations.AddIndex(
            model_name="presence",
            index=models.Index(fields=["process"], name="presence_of_process"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("project", "user"), name="duplicate_member"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("roles__contained_by", ["annotator", "reviewer", "manager", "viewer"]), ("roles__len__gte", 1)
                ),
                name="roles_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_a_manager",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM FROM annotations_project WHERE id = OLD.project_id FOR NO KEY UPDATE;\n                    IF 'manager' = ANY(OLD.roles)\n                       AND (TG_OP = 'DELETE' OR NOT 'manager' = ANY(NEW.roles) OR NEW.project_id <> OLD.project_id)\n                       AND NOT EXISTS (\n                           SELECT FROM annotations_membership m\n                           WHERE m.project_id = OLD.project_id AND m.id <> OLD.id AND 'manager' = ANY(m.roles))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'last_manager', COLUMN = 'roles', MESSAGE = 'last_manager'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="578315a9a098a913cfcdaeb1d6fdffff09340898",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keeps_a_manager_7ac32",
                    table="annotations_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="1eb54cff29af3a0c478972822ebc2d732834f850",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_d2f80",
                    table="annotations_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'membership',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="d27a1ef0e6950929ceed1806b324b79a145e9304",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_798d1",
                    table="annotations_membership",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["project", "created_at"], name="invitation_in_project"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["invited_by", "created_at"], name="invitation_by_person"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(condition=models.Q(("state", "open")), fields=["email"], name="invitation_to"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("project", "email"), name="already_invited"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "accepted", "declined", "withdrawn", "expired"])),
                name="invitation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="invitation_email_lower",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("roles__contained_by", ["annotator", "reviewer", "manager", "viewer"]), ("roles__len__gte", 1)
                ),
                name="invitation_roles_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_to_the_limits",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM FROM annotations_user WHERE id = NEW.invited_by_id FOR NO KEY UPDATE;\n                    PERFORM FROM annotations_project WHERE id = NEW.project_id FOR NO KEY UPDATE;\n                    IF (SELECT count(*) FROM annotations_invitation invitation\n                        WHERE invitation.project_id = NEW.project_id AND invitation.state = 'open') >= 100\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitations_open', COLUMN = 'email', MESSAGE = 'invitations_open'; END IF;\n                    IF (SELECT count(*) >= 50\n                               OR count(*) FILTER (WHERE invitation.email = NEW.email) >= 3\n                        FROM annotations_invitation invitation\n                        WHERE invitation.project_id = NEW.project_id\n                          AND invitation.created_at > now() - interval '1 day')\n                       OR (SELECT count(*) FROM annotations_invitation invitation\n                           WHERE invitation.invited_by_id = NEW.invited_by_id\n                             AND invitation.created_at > now() - interval '1 day') >= 100\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitations_a_day', COLUMN = 'email', MESSAGE = 'invitations_a_day'; END IF;\n                    RETURN NEW;\n                ",
                    hash="859a70097c3d67f653208d74d30ea483f2436904",
                    operation="INSERT",
                    pgid="pgtrigger_keeps_to_the_limits_1bdaf",
                    table="annotations_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="is_answered_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (to_jsonb(NEW) - 'state') <> (to_jsonb(OLD) - 'state') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fixed', COLUMN = 'id', MESSAGE = 'invitation_fixed'; END IF;\n                    IF OLD.state <> 'open'\n                       OR (NEW.state = 'accepted' AND OLD.expires_at <= now())\n                       OR (NEW.state = 'expired' AND OLD.expires_at > clock_timestamp())\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_closed', COLUMN = 'state', MESSAGE = 'invitation_closed'; END IF;\n                    RETURN NEW;\n                ",
                    hash="b4db80d02a5ec0f0a34fd7c880413720286365ca",
                    operation="UPDATE",
                    pgid="pgtrigger_is_answered_once_581fe",
                    table="annotations_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="80cd8fdcd33245e6732f81703e56071ea719a737",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_085ef",
                    table="annotations_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := NULL::bigint;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'invitation',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="b561777233ac2e048200a619e7d960e2faf0945e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_9c7c7",
                    table="annotations_invitation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["project", "created_at", "id"], name="import_in_project"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "waiting", "running", "done", "failed", "cancelled"])),
                name="import_state_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="import",
            trigger=pgtrigger.compiler.Trigger(
                name="within_quotas",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.state IN ('proposed', 'waiting', 'running') AND (\n                        SELECT count(*) FROM annotations_import own\n                        WHERE own.by_id = NEW.by_id AND own.state IN ('proposed', 'waiting', 'running')\n                    ) >= 50\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_under_way', COLUMN = 'state', MESSAGE = 'imports_under_way'; END IF;\n                    IF (SELECT count(*) FROM annotations_import kept\n                        WHERE kept.project_id = NEW.project_id) >= 10000\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_kept', COLUMN = 'project', MESSAGE = 'imports_kept'; END IF;\n                    RETURN NEW;\n                ",
                    hash="ec69489f16378fa0c28edc90b3197d1c812be8a4",
                    operation="INSERT",
                    pgid="pgtrigger_within_quotas_387fd",
                    table="annotations_import",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["kind", "object_id", "id"], name="event_of_object"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["project", "id"], name="event_in_project"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["xid", "id"], name="event_in_transaction"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce(
                    django.db.models.fields.json.KeyTextTransform("target_id", "after"),
                    django.db.models.fields.json.KeyTextTransform("target_id", "before"),
                ),
                condition=models.Q(("kind", "link")),
                name="event_of_links_to",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="bce01af16450742c80809df44ead6a10cfc66584",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_da4c1",
                    table="annotations_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="09b19caafa261b172512ba2b3f3c98d24679512b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1be37",
                    table="annotations_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="told_at_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."project_id" IS NOT NULL)',
                    func="PERFORM pg_notify('factcheck_changed', NEW.project_id::text); RETURN NULL;",
                    hash="9d855c5cc463d744fca74fa1d6687532be669090",
                    operation="INSERT",
                    pgid="pgtrigger_told_at_once_8bc2d",
                    table="annotations_event",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["project", "assignee", "state"], name="assignment_in_project"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("article", "assignee", "kind"), name="assignment_once"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "submitted"])), name="assignment_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["annotate", "adjudicate"])), name="assignment_kind_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_its_spans",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (NEW.article_id, NEW.assignee_id, NEW.kind) <> (OLD.article_id, OLD.assignee_id, OLD.kind)\n                       AND EXISTS (SELECT FROM annotations_span s WHERE s.assignment_id = OLD.id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'span_moved'; END IF;\n                    RETURN NEW;\n                ",
                    hash="d6a9c2fad54986614b1bd0971145d96cbb7f9b62",
                    operation='UPDATE OF "article_id", "assignee_id", "kind"',
                    pgid="pgtrigger_keeps_its_spans_006e1",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_passes_independent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE project record; is_new bool;",
                    func="\n    NEW.imported := CASE TG_OP WHEN 'INSERT' THEN coalesce(current_setting('factcheck.importing', true), '') = 'on' ELSE OLD.imported END;\n    NEW.reopened := TG_OP = 'UPDATE' AND OLD.reopened;\n    is_new := TG_OP = 'INSERT' OR (NEW.article_id, NEW.assignee_id, NEW.kind)\n                                  <> (OLD.article_id, OLD.assignee_id, OLD.kind);\n    IF NOT is_new AND NEW.state = OLD.state THEN RETURN NEW; END IF;\n    -- Taken up again: the unique constraint finds the pass that is there.\n    IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_assignment same WHERE same.article_id = NEW.article_id\n          AND same.assignee_id = NEW.assignee_id AND same.kind = NEW.kind) THEN RETURN NEW; END IF;\n    SELECT p.id, p.mode, p.annotators_per_article, p.archived OR a.archived AS archived INTO project\n    FROM annotations_project p JOIN annotations_article a ON a.project_id = p.id WHERE a.id = NEW.article_id;\n    -- What an import brings there is refused span by span.\n    IF is_new AND project.archived AND NOT NEW.imported THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n    IF project.mode <> 'independent' THEN RETURN NEW; END IF;\n    -- Passes over an article begin, are submitted and are reopened one after the other.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    IF is_new AND NEW.kind = 'annotate' AND NOT NEW.imported AND project.annotators_per_article <= (\n        SELECT count(*) FROM annotations_assignment assignment\n        WHERE assignment.article_id = NEW.article_id AND assignment.assignee_id <> NEW.assignee_id\n          AND \n    assignment.kind = 'annotate' AND NOT assignment.imported AND (assignment.state = 'submitted' OR EXISTS (\n        SELECT FROM annotations_membership membership JOIN annotations_user person ON person.id = membership.user_id\n        WHERE membership.project_id = project.id AND membership.user_id = assignment.assignee_id\n          AND person.is_active AND 'annotator' = ANY(membership.roles)))\n)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'article_full', COLUMN = 'article', MESSAGE = 'article_full'; END IF;\n    -- A pass that was reopened is not submitted now, but whoever was submitted with it has read it.\n    IF NOT is_new AND OLD.state = 'submitted' AND EXISTS (\n        SELECT FROM annotations_assignment other WHERE other.article_id = NEW.article_id\n          AND other.assignee_id <> NEW.assignee_id AND (other.state = 'submitted' OR other.reopened))\n    THEN\n        IF NOT EXISTS (\n            SELECT FROM annotations_membership membership WHERE membership.project_id = project.id\n              AND membership.user_id = nullif(current_setting('factcheck.actor', true), '')::bigint\n              AND 'manager' = ANY(membership.roles))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_opened', COLUMN = 'state', MESSAGE = 'pass_opened'; END IF;\n        NEW.reopened := true;\n    END IF;\n    RETURN NEW;\n",
                    hash="c12b56dbb91e2d94627cf36ba5707de0b74cb4a1",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keeps_passes_independent_34afe",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="e7c65d27759310ba8e49f8c63754d9ea08f24964",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_5b087",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="7bed7287e83ad641afeea2a1114949e62c58457d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_786da",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'assignment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="f41460885b407e5572c8c850d63dd8bc85384e0f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_ebe3c",
                    table="annotations_assignment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "created_at", "id"], name="article_in_project"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "archived", "created_at", "id"], name="article_current"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "archived", "outlet", "created_at", "id"], name="article_by_outlet"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["project", "archived", "language", "created_at", "id"], name="article_by_language"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "archived", "published_on"], name="article_of_days"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("archived"),
                django.db.models.functions.comparison.Coalesce("published_on", models.Value(datetime.date(1, 1, 1))),
                models.F("id"),
                name="article_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("archived"),
                django.db.models.functions.text.Lower("title"),
                models.F("id"),
                name="article_by_title",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("archived"),
                django.db.models.functions.text.Lower("outlet"),
                django.db.models.functions.text.Lower("title"),
                models.F("id"),
                name="article_by_outlet_title",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                django.db.models.functions.text.Lower("outlet"),
                models.F("outlet"),
                name="article_outlets",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), annotations.models.base.lookup_columns.ArrayOf("project"), name="article_search"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("language"),
                django.db.models.functions.comparison.Coalesce("folded", False),
                name="article_ways",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("length__gt", 200000)), fields=["project"], name="article_long"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("project", "sha256"), name="duplicate_article"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id__isnull", False)),
                fields=("project", "external_id"),
                name="article_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("external_id", ""), _negated=True), name="article_external_id_not_empty"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="body_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' AND (NEW.body, NEW.project_id, NEW.source, NEW.sha256, NEW.length)\n                       IS DISTINCT FROM (OLD.body, OLD.project_id, OLD.source, OLD.sha256, OLD.length)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'body_immutable', COLUMN = 'body', MESSAGE = 'body_immutable'; END IF;\n                    IF TG_OP = 'INSERT' THEN\n                        NEW.sha256 := encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex');\n                        NEW.length := char_length(NEW.body);\n                        NEW.source_sha256 := encode(sha256(NEW.source), 'hex');\n                        -- FOR SHARE: whoever changes the setting waits for this article, and then indexes it anew.\n                        SELECT fold_diacritics INTO NEW.folded FROM annotations_project\n                        WHERE id = NEW.project_id FOR SHARE;\n                    END IF;\n                    NEW.search := to_tsvector(\n                        factcheck_text_search(NEW.language),\n                        factcheck_searchable(\n                            concat_ws(' ', NEW.title, NEW.outlet, NEW.author, left(NEW.body, 200000)),\n                            coalesce(NEW.folded, false)));\n                    RETURN NEW;\n                ",
                    hash="aed9b0b13ec806753482580b10b7a6b0b01b529a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_body_is_fixed_edcde",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="title_is_given",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func="NEW.title_from_file := false; RETURN NEW;",
                    hash="ec7cd1051e6b90b5de7a4313f7e7ea889861fcda",
                    operation="UPDATE",
                    pgid="pgtrigger_title_is_given_720e6",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="added_to_a_current_project",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (SELECT FROM annotations_project p WHERE p.id = NEW.project_id AND p.archived)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n                    RETURN NEW;\n                ",
                    hash="205a29ffeffd771542c9dbbabc421bc0187f9973",
                    operation="INSERT",
                    pgid="pgtrigger_added_to_a_current_project_b416a",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="archived_not_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archive_only', COLUMN = 'archived', MESSAGE = 'archive_only'; END IF; RETURN OLD;",
                    hash="e6c6e6cf810ff242a8e642caaa2831f66155c273",
                    operation="DELETE",
                    pgid="pgtrigger_archived_not_deleted_7c1b7",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="3eba248d5d5a095e9fc4a767247b7c6d01ed3de5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_0733c",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'article' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project )) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="9991791a3584d131b94c6e81400d09ab2270d4f0",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_4c445",
                    table="annotations_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="addressfetch",
            constraint=models.CheckConstraint(
                condition=models.Q(("made__isnull", True), ("refused", ""), _connector="OR"),
                name="address_fetch_is_one_of_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="addressfetch",
            constraint=models.UniqueConstraint(
                models.F("project"),
                models.F("by"),
                django.db.models.functions.text.MD5("address"),
                condition=models.Q(("made__isnull", True), ("refused", "")),
                name="address_fetch_waits_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addressfetch",
            trigger=pgtrigger.compiler.Trigger(
                name="few_waiting",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (SELECT count(*) FROM annotations_addressfetch own\n                        WHERE own.by_id = NEW.by_id AND own.made_id IS NULL AND own.refused = '') >= 20\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fetches_waiting', COLUMN = 'address', MESSAGE = 'fetches_waiting'; END IF;\n                    RETURN NEW;\n                ",
                    hash="36691b4e8c7b6826059e10466ca704cc7230868f",
                    operation="INSERT",
                    pgid="pgtrigger_few_waiting_f0a67",
                    table="annotations_addressfetch",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pseudonym",
            constraint=models.UniqueConstraint(fields=("project", "user"), name="pseudonym_once"),
        ),
        migrations.AddConstraint(
            model_name="pseudonym",
            constraint=models.UniqueConstraint(fields=("project", "name"), name="pseudonym_of_one"),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["project", "created_at", "id"], name="release_in_project"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "running", "failed", "cancelled"]),
                    models.Q(("manifest__isnull", False), ("sha256__gt", ""), ("state", "done")),
                    _connector="OR",
                ),
                name="release_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["members", "managers"])), name="release_audience_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience", "managers"),
                    models.Q(
                        models.Q(
                            models.Q(("filters__has_key", "state"), _negated=True),
                            ("filters__contains", {"state": "approved"}),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(("filters__has_key", "names"), _negated=True),
                            ("filters__contains", {"names": False}),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(("filters__has_key", "comments"), _negated=True),
                            ("filters__contains", {"comments": False}),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="release_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running", "done"])),
                fields=("project", "name"),
                name="release_name",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_as_it_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF OLD.state = 'done' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'release_fixed', COLUMN = 'id', MESSAGE = 'release_fixed'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="ca7dc313562941996df25c135d11e9b8cf914e20",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_stays_as_it_is_3f571",
                    table="annotations_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="4c442b1739c724cc1dfb9357bd272b5a08e96358",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_6389f",
                    table="annotations_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'done' - 'total' - 'manifest'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'done' - 'total' - 'manifest'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'release',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="2a3f0c9f0ffa5b7c697e28e9079cee3a6ca70be1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_d259d",
                    table="annotations_release",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.UniqueConstraint(fields=("release", "name"), name="release_file_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_as_it_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE releases uuid[];",
                    func="\n                    IF TG_OP <> 'INSERT' THEN releases := array_append(releases, OLD.release_id); END IF;\n                    IF TG_OP <> 'DELETE' THEN releases := array_append(releases, NEW.release_id); END IF;\n                    PERFORM FROM annotations_release r WHERE r.id = ANY (releases) FOR SHARE;\n                    IF EXISTS (SELECT FROM annotations_release r WHERE r.id = ANY (releases) AND r.state = 'done')\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'release_fixed', COLUMN = 'id', MESSAGE = 'release_fixed'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="22fb2b78fb596915d94033298b4cc7ceb4559d35",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stays_as_it_is_1928f",
                    table="annotations_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="d16758cc2b8aa44ef273001e993f160739ff11fe",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_b9985",
                    table="annotations_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reporteditem",
            index=models.Index(fields=["of", "is_note", "id"], name="reported_in_order"),
        ),
        migrations.AddIndex(
            model_name="sentence",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), annotations.models.base.lookup_columns.ArrayOf("project"), name="sentence_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=models.UniqueConstraint(fields=("article", "start"), name="sentence_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sentence",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="5df54cc04c704f6df234537f6aed58bbbf10f2db",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_6ab56",
                    table="annotations_sentence",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(fields=["article", "start", "id"], name="span_in_article"),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                condition=models.Q(("selected__gt", 2000)),
                fields=["article", "assignment"],
                include=("selected",),
                name="long_span_in_article",
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                condition=models.Q(("label", "claim")), fields=["project", "created_at", "id"], name="claim_in_project"
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=django.contrib.postgres.indexes.GinIndex(
                annotations.models.base.lookup_columns.Trigrams(
                    "quote", django.db.models.fields.json.KeyTextTransform("statement", "fields")
                ),
                annotations.models.base.lookup_columns.ArrayOf("project"),
                condition=models.Q(("label", "claim")),
                name="claim_words",
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                condition=models.Q(("label", "claim")), fields=["project", "updated_at", "id"], name="claim_by_change"
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(fields=("assignment", "label", "fragments"), name="duplicate_span"),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.CheckConstraint(
                condition=models.Q(("label__in", ("claim", "attribution", "fact"))), name="label_unknown"
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id__isnull", False), ("label", "claim")),
                fields=("external_in", "external_id"),
                name="claim_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id__isnull", False), models.Q(("label", "claim"), _negated=True)),
                fields=("external_in", "external_id"),
                name="span_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.CheckConstraint(
                condition=models.Q(("external_id", ""), _negated=True), name="span_external_id_not_empty"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="bdd96af5b5c91da71b225f3a77e20773474920cd",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_a9ac9",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF \n    EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id AND v.state IN ('submitted', 'approved'))\n    OR EXISTS (SELECT FROM annotations_link l JOIN annotations_verdict v ON v.claim_id = l.target_id\n               WHERE l.source_id = OLD.id AND v.state IN ('submitted', 'approved'))\n THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF (NEW.id, NEW.article_id, NEW.assignment_id) <> (OLD.id, OLD.article_id, OLD.assignment_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'span_moved'; END IF;\n                    IF NEW.label <> OLD.label THEN\n                        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id)\n                        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'verdict_needs_claim'; END IF;\n                        IF EXISTS (\n                            SELECT FROM annotations_link l\n                            WHERE l.target_id = OLD.id AND NOT (NEW.label = 'claim' OR\n                                  (NEW.label = 'fact' AND l.relation = 'attributes'))\n                               OR l.source_id = OLD.id AND (\n                                  l.relation = 'attributes' AND NEW.label <> 'attribution'\n                                  OR l.relation = 'restates' AND NEW.label <> 'claim')\n                        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'relation_table'; END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="2d467d9ba6330d5fadc1db7d9b95cb8035db17f2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_55a4b",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="in_an_open_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE pass_id bigint; pass record; pass_state text;",
                    func="\n                    pass_id := CASE TG_OP WHEN 'DELETE' THEN OLD.assignment_id ELSE NEW.assignment_id END;\n                    \n    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'pass_submitted'; END IF; END IF;\n    END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'INSERT' AND pass.archived THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n                    RETURN NEW;\n                ",
                    hash="79008373f9eac7f8492fc143bbfec8132887ea4e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_13976",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="matches_its_text",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE text_ text; size int; piece int[]; edge int := 0; selected int := 0; in_fields int := 0; slices text[] := '{}'; name_ text; value_ jsonb; words text;",
                    func="\n                    IF TG_OP = 'INSERT' AND NOT EXISTS (\n                        SELECT FROM annotations_assignment a\n                        WHERE a.id = NEW.assignment_id AND a.article_id = NEW.article_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'span_moved'; END IF;\n                    \n    SELECT a.body, a.length INTO STRICT text_, size FROM annotations_article a WHERE a.id = NEW.article_id;\n    IF (array_ndims(NEW.fragments) = 2 AND array_length(NEW.fragments, 2) = 2\n        AND array_lower(NEW.fragments, 1) = 1 AND array_lower(NEW.fragments, 2) = 1\n        AND array_length(NEW.fragments, 1) <= 100) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'fragments'; END IF;\n    -- PostgreSQL unpacks all of a stored text for each part of it: once is enough.\n    IF array_length(NEW.fragments, 1) > 1 THEN text_ := text_ || ''; END IF;\n    FOREACH piece SLICE 1 IN ARRAY NEW.fragments LOOP\n        IF (piece[1] >= edge AND piece[1] < piece[2] AND piece[2] <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'fragments'; END IF;\n        edge := piece[2];\n        selected := selected + piece[2] - piece[1];\n        -- A span from before this limit stays, and may become shorter.\n        IF selected > 10000 AND (TG_OP = 'INSERT' OR selected > (\n            SELECT sum(OLD.fragments[n][2] - OLD.fragments[n][1]) FROM generate_subscripts(OLD.fragments, 1) n))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_length', COLUMN = 'fragments', MESSAGE = 'span_length'; END IF;\n        slices := slices || substr(text_, piece[1] + 1, piece[2] - piece[1]);\n    END LOOP;\n    IF TG_OP = 'UPDATE' AND NEW.quote = OLD.quote AND NEW.fragments <> OLD.fragments THEN NEW.quote := ''; END IF;\n    IF coalesce(NEW.quote, '') NOT IN ('', array_to_string(slices, ' … ')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_mismatch', COLUMN = 'quote', MESSAGE = 'quote_mismatch'; END IF;\n    NEW.quote := array_to_string(slices, ' … ');\n    NEW.start := NEW.fragments[1][1];\n    NEW.\"end\" := edge;\n    FOR name_, value_ IN SELECT * FROM jsonb_each(NEW.fields) LOOP\n        CONTINUE WHEN jsonb_typeof(value_) <> 'object';\n        IF ((value_ ->> 'start')::int >= 0 AND (value_ ->> 'start')::int < (value_ ->> 'end')::int\n            AND (value_ ->> 'end')::int <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'passage_mismatch'; END IF;\n        in_fields := in_fields + (value_ ->> 'end')::int - (value_ ->> 'start')::int;\n        IF in_fields > 10000 AND (TG_OP = 'INSERT' OR in_fields > (\n            SELECT coalesce(sum((passage.value ->> 'end')::int - (passage.value ->> 'start')::int), 0)\n            FROM jsonb_each(OLD.fields) passage WHERE jsonb_typeof(passage.value) = 'object'))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_length', COLUMN = 'fields', MESSAGE = 'passage_length'; END IF;\n        words := substr(text_, (value_ ->> 'start')::int + 1, (value_ ->> 'end')::int - (value_ ->> 'start')::int);\n        IF coalesce(value_ ->> 'quote', words) <> words THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'passage_mismatch'; END IF;\n        NEW.fields := jsonb_set(NEW.fields, ARRAY[name_, 'quote'], to_jsonb(words));\n    END LOOP;\n    NEW.selected := selected + in_fields;\n\n                    RETURN NEW;\n                ",
                    hash="3ef7af8ba263b450519a2889c1243e4735846c5a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_matches_its_text_5e80f",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="external_id_in_project",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."external_id" IS NOT NULL OR NEW."external_in_id" IS NOT NULL)',
                    func="\n                    NEW.external_in_id := CASE WHEN NEW.external_id IS NOT NULL THEN\n                        (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id) END;\n                    RETURN NEW;\n                ",
                    hash="b5b4d601570d23c628b6fe6f9aa51ded8780d8da",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_external_id_in_project_06001",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="fb168702f0306b98fe40a04c983741eef9846266",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_e44b4",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="within_budget",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."selected" > 2000)',
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.selected <= OLD.selected THEN RETURN NEW; END IF;\n    -- Long spans of an article are made one after the other. The pass itself may be held FOR SHARE by two of them.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    -- The same span once more is refused by its own rule, or not inserted.\n    IF NEW.selected + (\n        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long\n        WHERE long.article_id = NEW.article_id AND long.assignment_id = NEW.assignment_id AND long.selected > 2000\n          AND long.id <> NEW.id AND (long.label, long.fragments) <> (NEW.label, NEW.fragments)) > 2000000\n    OR (SELECT pass.imported FROM annotations_assignment pass WHERE pass.id = NEW.assignment_id)\n    AND NEW.selected + (\n        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long\n        JOIN annotations_assignment pass ON pass.id = long.assignment_id\n        WHERE long.article_id = NEW.article_id AND long.selected > 2000 AND pass.imported\n          AND long.id <> NEW.id) > 10000000\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'selected_text', COLUMN = 'fragments', MESSAGE = 'selected_text'; END IF;\n    RETURN NEW;\n",
                    hash="3020d74523d526be50a55d79d631e731bebb2d57",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_within_budget_fb5f4",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="0fcf68edf0d5d5e9a326737fbe7a263e52c649d0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4f66e",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id' - 'project_id' - 'selected'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id' - 'project_id' - 'selected'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'span' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'assignment_id' IS DISTINCT FROM later -> 'assignment_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="8e59638dc6133a7e7f9023658b4d2d3278161ecd",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_0e8c8",
                    table="annotations_span",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["target", "relation"], name="link_to_span"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["source_article"], name="link_from_article"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["target_article"], name="link_to_article"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["project", "relation"], name="link_in_project"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("source", "target", "relation"), name="duplicate_link"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("relation", "restates")), fields=("source",), name="restates_chain"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True), name="self_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["corroborates", "contradicts", "attributes", "restates"])),
                name="relation_unknown",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="cdfa4368e82fb5dc50db251bf787619d99864b36",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_efe9e",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    -- Submitting takes the claim for update, so what is read here stays true until this commits.\n                    PERFORM FROM annotations_span WHERE id = OLD.target_id FOR SHARE;\n                    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[OLD.target_id]) AND v.state IN ('submitted', 'approved'))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF NEW.target_id <> OLD.target_id\n                       AND EXISTS (SELECT FROM annotations_evidencelink k WHERE k.link_id = OLD.id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    RETURN NEW;\n                ",
                    hash="a7555ae94dee6f57924fdadfd578845662041cdc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_8208c",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="in_an_open_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE pass_id bigint; pass record; pass_state text;",
                    func="\n                    -- A link between two passes is work of its own: both are open to whoever makes it.\n                    FOR pass_id IN\n                        SELECT DISTINCT source.assignment_id\n                        FROM (VALUES (OLD.source_id, OLD.target_id), (NEW.source_id, NEW.target_id))\n                            AS link(source, target)\n                        JOIN annotations_span source ON source.id = link.source\n                        JOIN annotations_span target ON target.id = link.target\n                        WHERE source.assignment_id = target.assignment_id\n                    LOOP \n    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'pass_submitted'; END IF; END IF;\n    END IF;\n END LOOP;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="ee7e424b0c66aa1a344559a7d8828919f27676d5",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_e1ab7",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="joins_what_it_may",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE source record; target record;",
                    func="\n                    IF NEW.source_id = NEW.target_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'self_link', COLUMN = 'target', MESSAGE = 'self_link'; END IF;\n                    \n    -- Both spans are held in one order, so that their labels, and for restates each other's links, stand still.\n    IF NEW.relation = 'restates' THEN\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR NO KEY UPDATE;\n    ELSE\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR SHARE;\n    END IF;\n    SELECT s.label, a.project_id, p.mode, s.article_id, g.assignee_id, g.state INTO source\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.source_id;\n    SELECT s.label, a.project_id, s.article_id, g.assignee_id, g.state, a.archived OR p.archived AS archived INTO target\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.target_id;\n    IF source IS NULL OR target IS NULL THEN RETURN NEW; END IF;  -- the foreign keys will refuse it\n    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[NEW.target_id]) AND v.state IN ('submitted', 'approved')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF;\n    -- A review that has begun is brought to its end, also with further evidence.\n    IF TG_OP = 'INSERT' AND target.archived AND NOT EXISTS (\n        SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.target_id\n          AND (v.state <> 'draft' OR EXISTS (SELECT FROM annotations_review r WHERE r.verdict_id = v.id)))\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n    IF source.project_id <> target.project_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'cross_project', COLUMN = 'target', MESSAGE = 'cross_project'; END IF;\n    IF NOT (CASE NEW.relation\n        WHEN 'attributes' THEN source.label = 'attribution' AND target.label IN ('claim', 'fact')\n        WHEN 'restates' THEN source.label = 'claim' AND target.label = 'claim'\n        ELSE target.label = 'claim' END)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'relation_table'; END IF;\n \n    IF NEW.relation = 'restates' THEN\n        IF EXISTS (SELECT FROM annotations_link l WHERE l.relation = 'restates' AND l.id <> NEW.id\n                   AND (l.source_id IN (NEW.source_id, NEW.target_id) OR l.target_id = NEW.source_id))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restates_chain', COLUMN = 'target', MESSAGE = 'restates_chain'; END IF;\n        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.source_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'restated_claim'; END IF;\n    END IF;\n \n    IF source.mode = 'independent' AND EXISTS (\n        SELECT FROM (VALUES (source.article_id, source.assignee_id, source.state),\n                            (target.article_id, target.assignee_id, target.state)) e(article_id, assignee_id, state)\n        WHERE e.assignee_id <> NEW.author_id\n          AND NOT (e.state = 'submitted' AND EXISTS (\n              SELECT FROM annotations_assignment m WHERE m.article_id = e.article_id\n                AND m.assignee_id = NEW.author_id AND m.state = 'submitted'))\n          AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = source.project_id\n                AND m.user_id = NEW.author_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'independent_work', COLUMN = 'source', MESSAGE = 'independent_work'; END IF;\n\n                    RETURN NEW;\n                ",
                    hash="e29d1f531f015f5dc8b7d8b17c1e09f5aaba51fc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_joins_what_it_may_5fb86",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                NEW.source_article_id := (SELECT s.article_id FROM annotations_span s WHERE s.id = NEW.source_id);\n                SELECT t.article_id, t.project_id INTO NEW.target_article_id, NEW.project_id\n                FROM annotations_span t WHERE t.id = NEW.target_id;\n                 RETURN NEW;",
                    hash="7a13c03d23c102b626bc462760b815bfd54a11a0",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_4856b",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="f9a14de977d79a6312027931d44ea8096019ba69",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_e6564",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id' - 'source_article_id' - 'target_article_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id' - 'source_article_id' - 'target_article_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'link' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="21dd53c8512dba3bc066c86da1fd69dc4422f5da",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_49799",
                    table="annotations_link",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes__contained_by", ["read", "write"]), ("scopes__len__gte", 1)),
                name="token_scopes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="usualnetwork",
            constraint=models.UniqueConstraint(fields=("user", "network"), name="usual_network_once"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "created_at", "id"], name="verdict_in_project"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "state", "created_at", "id"], name="verdict_by_state"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "rating", "created_at", "id"], name="verdict_by_rating"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "author", "created_at", "id"], name="verdict_by_author"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["holder", "project", "created_at", "id"], name="verdict_by_holder"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["reviewer", "project", "created_at", "id"], name="verdict_by_reviewer"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state", "submitted")),
                fields=["project", "submitted_at", "id"],
                name="verdict_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state", "approved")),
                fields=["project", "approved_at", "id"],
                name="verdict_approved",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "returned"])),
                fields=["project", "state", "updated_at", "id"],
                name="verdict_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "returned"])),
                fields=["project", "holder", "state"],
                name="verdict_to_finish",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "state", "claim_created_at", "claim"], name="claim_by_state"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "rating", "claim_created_at", "claim"], name="claim_by_rating"),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence__isnull", True),
                    models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                    _connector="OR",
                ),
                name="confidence_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned", "approved"])),
                name="verdict_state_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="bddaf12650bc57eaaf9071e10419386405818b91",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_16595",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="has_a_holder",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE earlier bigint[]; held_before bool; says_the_same bool; claim record; actor bigint;",
                    func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.holder_id := coalesce(NEW.holder_id, NEW.author_id);\n        -- What is restored has the holder and the writers that the history names.\n        SELECT coalesce(array_agg((entry ->> who)::bigint) FILTER (WHERE entry ->> who IS NOT NULL), '{}'),\n               coalesce(bool_or(e.what = 'deleted' AND entry ->> 'holder_id' = NEW.holder_id::text), false)\n        INTO earlier, held_before\n        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who\n        WHERE e.kind = 'verdict' AND e.object_id = NEW.id::text AND e.project_id = (\n            SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n            WHERE s.id = NEW.claim_id);\n        IF NEW.holder_id <> NEW.author_id AND NOT held_before THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'holder_annotates'; END IF;\n        NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(earlier || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n        RETURN NEW;\n    END IF;\n    NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(OLD.written_by || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n    says_the_same := (NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence, NEW.state)\n        IS NOT DISTINCT FROM\n        (OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence, OLD.state);\n    SELECT p.id AS project_id, p.mode, c.article_id, c.assignment_id, c.start, c.\"end\", g.assignee_id, g.state\n    INTO claim\n    FROM annotations_span c JOIN annotations_article a ON a.id = c.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = c.assignment_id\n    WHERE c.id = NEW.claim_id;\n    IF NEW.holder_id <> OLD.holder_id THEN\n        IF NOT says_the_same OR OLD.state NOT IN ('draft', 'returned') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n        -- FOR SHARE: whoever takes the role or the membership away waits, and nobody has lost it meanwhile.\n        PERFORM FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id\n        WHERE m.project_id = claim.project_id AND m.user_id = NEW.holder_id AND 'annotator' = ANY(m.roles)\n          AND u.is_active FOR SHARE OF m;\n        IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'holder_annotates'; END IF;\n        IF claim.mode = 'independent' THEN\n            IF claim.assignee_id <> NEW.holder_id\n               AND NOT (claim.state = 'submitted' AND EXISTS (\n                   SELECT FROM annotations_assignment g WHERE g.article_id = claim.article_id\n                     AND g.assignee_id = NEW.holder_id AND g.state = 'submitted'))\n               AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = claim.project_id\n                     AND m.user_id = NEW.holder_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_sees_claim', COLUMN = 'to', MESSAGE = 'holder_sees_claim'; END IF;\n            IF EXISTS (SELECT FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id\n                       WHERE s.article_id = claim.article_id AND s.assignment_id <> claim.assignment_id\n                         AND s.start < claim.\"end\" AND s.\"end\" > claim.start\n                         AND (v.holder_id = NEW.holder_id OR NEW.holder_id = ANY(v.written_by)))\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_rated_text', COLUMN = 'to', MESSAGE = 'holder_rated_text'; END IF;\n        END IF;\n        RETURN NEW;\n    END IF;\n    actor := nullif(current_setting('factcheck.actor', true), '')::bigint;\n    IF (OLD.state || ' to ' || NEW.state) IN ('draft to submitted', 'returned to submitted', 'submitted to draft')\n       AND actor <> NEW.holder_id AND coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'not_holder'; END IF;\n    IF claim.mode = 'independent' AND NEW.edited_by_id <> NEW.holder_id AND (NEW.edited_by_id, NEW.rating,\n        NEW.rationale, NEW.confidence) IS DISTINCT FROM (OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'not_holder'; END IF;\n    RETURN NEW;\n",
                    hash="1f5d40286415a6db982352cc556e3bb86928ccb3",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_has_a_holder_6be15",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="judges_a_claim",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE kind text; project bigint; is_archived bool;",
                    func="\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    SELECT s.label, a.project_id, a.archived OR p.archived INTO kind, project, is_archived\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id WHERE s.id = NEW.claim_id;\n    IF TG_OP = 'INSERT' AND is_archived THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n    IF kind <> 'claim' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'verdict_needs_claim'; END IF;\n    IF EXISTS (SELECT FROM annotations_link l WHERE l.source_id = NEW.claim_id AND l.relation = 'restates')\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'restated_claim'; END IF;\n    PERFORM FROM annotations_project WHERE id = project FOR SHARE;\n    \n    IF NEW.rating IS NOT NULL AND NOT EXISTS (\n        SELECT FROM annotations_project p, jsonb_array_elements(p.scale) r\n        WHERE p.id = project AND r ->> 'key' = NEW.rating\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_unknown', COLUMN = 'rating', MESSAGE = 'rating_unknown'; END IF;\n\n RETURN NEW;",
                    hash="14a28a2678112b87a0a69fd40f0edc51708204d7",
                    operation='INSERT OR UPDATE OF "claim_id", "rating"',
                    pgid="pgtrigger_judges_a_claim_b0a53",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="lives_its_life",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE says_the_same bool; step text;",
                    func="\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.state <> 'draft' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n        IF NEW.reviewer_id IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'review_needed'; END IF;\n        RETURN NEW;\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        IF OLD.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n        RETURN OLD;\n    END IF;\n    says_the_same := (NEW.id, NEW.claim_id, NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence)\n        IS NOT DISTINCT FROM\n        (OLD.id, OLD.claim_id, OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence);\n    IF NOT says_the_same AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF;\n    IF (NEW.claim_id, NEW.author_id) <> (OLD.claim_id, OLD.author_id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n    step := OLD.state || ' to ' || NEW.state;\n    IF step IN ('submitted to approved', 'submitted to returned', 'approved to returned') THEN\n        IF NOT EXISTS (SELECT FROM annotations_review r\n            WHERE r.verdict_id = OLD.id AND r.verdict_version = OLD.version\n              AND r.reviewer_id = coalesce(NEW.reviewer_id, r.reviewer_id)\n              AND r.decision = CASE step WHEN 'submitted to approved' THEN 'approved'\n                                         WHEN 'submitted to returned' THEN 'returned' ELSE 'reopened' END)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'review_needed'; END IF;\n    ELSIF step NOT IN ('draft to draft', 'draft to submitted', 'returned to submitted', 'returned to draft',\n                       'submitted to draft')\n          AND NOT (step = 'returned to returned' AND NEW.holder_id <> OLD.holder_id) THEN\n        IF OLD.state = NEW.state AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF;\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state';\n    END IF;\n    IF (NEW.state = 'approved') <> (NEW.reviewer_id IS NOT NULL) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'review_needed'; END IF;\n    RETURN NEW;\n",
                    hash="0ed9532312a1925f9e6c031f43bfc33cf4dcd8c4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_lives_its_life_04f77",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="submits_with_evidence",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'submitted' AND NOT (OLD.\"state\" = 'submitted'))",
                    declare="DECLARE needs text; corroborated bool; contradicted bool;",
                    func="\n    IF NEW.rating IS NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_needed', COLUMN = 'rating', MESSAGE = 'evidence_needed'; END IF;\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    PERFORM FROM annotations_span\n        WHERE id IN (SELECT l.source_id FROM annotations_link l WHERE l.target_id = NEW.claim_id) ORDER BY id FOR SHARE;\n    SELECT r ->> 'needs' INTO needs\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id, jsonb_array_elements(p.scale) r\n    WHERE s.id = NEW.claim_id AND r ->> 'key' = NEW.rating;\n    SELECT coalesce(bool_or(l.relation = 'corroborates'), false), coalesce(bool_or(l.relation = 'contradicts'), false)\n    INTO corroborated, contradicted\n    FROM annotations_link l\n    WHERE l.target_id = NEW.claim_id\n      AND (NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = NEW.id)\n           OR EXISTS (SELECT FROM annotations_evidencelink k JOIN annotations_evidenceset e ON e.id = k.evidence_set_id\n                      WHERE e.verdict_id = NEW.id AND k.link_id = l.id));\n    IF needs IN ('corroborating', 'both') AND NOT corroborated\n       OR needs IN ('contradicting', 'both') AND NOT contradicted\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_needed', COLUMN = 'rating', MESSAGE = 'evidence_needed'; END IF;\n    RETURN NEW;\n",
                    hash="658612167fee730b291815b7925d647ca26dc369",
                    operation="UPDATE",
                    pgid="pgtrigger_submits_with_evidence_dca1b",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="SELECT s.project_id, s.created_at INTO NEW.project_id, NEW.claim_created_at FROM annotations_span s WHERE s.id = NEW.claim_id; RETURN NEW;",
                    hash="9196f28180332e9fd489b9d75c947bac68da65eb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_7f505",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="da1879011fb4e45ad2d18cd9f4694929b9f09988",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_12b42",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'written_by' - 'project_id' - 'claim_created_at'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'written_by' - 'project_id' - 'claim_created_at'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'verdict' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="037a7e8dc081ec03fc6039a529098ccfc3180ab9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_a95fe",
                    table="annotations_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("verdict", "verdict_version"), name="review_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision", "approved"), ("reason__regex", "\\S"), _connector="OR"),
                name="reason_needed",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["approved", "returned", "reopened"])), name="review_decision_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="by_somebody_else",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict record;",
                    func="\n                    SELECT v.* INTO verdict FROM annotations_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE;\n                    IF NEW.reviewer_id = ANY(verdict.written_by) OR NEW.reviewer_id = verdict.holder_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'own_verdict', COLUMN = 'reviewer', MESSAGE = 'own_verdict'; END IF;\n                    IF NEW.verdict_version <> verdict.version\n                       OR verdict.state <> (CASE NEW.decision WHEN 'reopened' THEN 'approved' ELSE 'submitted' END)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n                    \n    SELECT encode(sha256(convert_to(coalesce(string_agg(\n        concat_ws(' ', l.id, l.relation, s.article_id, s.fragments::text, s.label, s.quote),\n        E'\\n' ORDER BY l.id), ''), 'UTF8')), 'hex')\n    INTO NEW.evidence_digest\n    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id WHERE l.target_id = verdict.claim_id;\n\n                    NEW.imported := coalesce(current_setting('factcheck.importing', true), '') = 'on' OR NEW.reviewer_id IS DISTINCT FROM\n                        nullif(current_setting('factcheck.actor', true), '')::bigint;\n                    RETURN NEW;\n                ",
                    hash="872cdab1aec7c6fdd5e3d01345d095179996a548",
                    operation="INSERT",
                    pgid="pgtrigger_by_somebody_else_84bcc",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF;\n                    IF EXISTS (SELECT FROM annotations_verdict v\n                               WHERE v.id = OLD.verdict_id AND v.state IN ('submitted', 'approved'))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; END IF;\n                    RETURN OLD;\n                ",
                    hash="4a30ba6e831e38d0fdd7d9684f3947d43148aa2f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_stands_62c5d",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="a7d5531fa25bdc2b754b7feb15992c9d16a086d9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_83723",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'review',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="124e4166be57abeee9d5aa89689d0ee0f04af62c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_ec342",
                    table="annotations_review",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceset",
            constraint=models.UniqueConstraint(fields=("verdict", "position"), name="evidence_set_position"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceset",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict_id_ uuid; verdict record;",
                    func="\n                    verdict_id_ := CASE TG_OP WHEN 'DELETE' THEN OLD.verdict_id ELSE NEW.verdict_id END;\n                    \n    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;\n    IF verdict.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.verdict_id <> OLD.verdict_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    RETURN NEW;\n                ",
                    hash="d6ed6507ee160b617febb659978c57655fb82ad9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_ddf74",
                    table="annotations_evidenceset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceset",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="7143893d322b89d92567047ebc780ec3c1cf7e9a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_5e916",
                    table="annotations_evidenceset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceset",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_set',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="458ad19da830d285697354dafc2137936954cf32",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_eda37",
                    table="annotations_evidenceset",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["article", "created_at", "id"], name="comment_in_article"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("text__regex", "\\S"),
                    django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("text"), 10000),
                ),
                name="comment_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link", None), ("span", None)),
                    models.Q(("span", None), ("verdict", None)),
                    models.Q(("link", None), ("verdict", None)),
                    _connector="OR",
                ),
                name="comment_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at", None), ("resolved_by", None)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False), ("thread", None)),
                    _connector="OR",
                ),
                name="thread_resolved",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="0e78ac31b57bf70211a09d0b2874118c8a541e74",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_cf379",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="hangs_where_it_says",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE place uuid; first record;",
                    func="\n    IF TG_OP = 'UPDATE' THEN\n        IF (NEW.id, NEW.article_id, NEW.author_id) <> (OLD.id, OLD.article_id, OLD.author_id)\n           OR (NEW.span_id, NEW.link_id, NEW.verdict_id, NEW.thread_id)\n              IS DISTINCT FROM (OLD.span_id, OLD.link_id, OLD.verdict_id, OLD.thread_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_stays', COLUMN = 'on', MESSAGE = 'comment_stays'; END IF;\n        RETURN NEW;\n    END IF;\n    SELECT s.article_id INTO place FROM annotations_span s WHERE s.id = coalesce(\n        NEW.span_id,\n        (SELECT l.target_id FROM annotations_link l WHERE l.id = NEW.link_id),\n        (SELECT v.claim_id FROM annotations_verdict v WHERE v.id = NEW.verdict_id));\n    IF place <> NEW.article_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_place', COLUMN = 'on', MESSAGE = 'comment_place'; END IF;\n    IF NEW.thread_id IS NOT NULL THEN\n        SELECT * INTO first FROM annotations_comment c WHERE c.id = NEW.thread_id;\n        IF NOT FOUND THEN RETURN NEW; END IF;  -- the foreign key will refuse it\n        IF first.thread_id IS NOT NULL\n           OR (first.article_id, first.span_id, first.link_id, first.verdict_id)\n              IS DISTINCT FROM (NEW.article_id, NEW.span_id, NEW.link_id, NEW.verdict_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_thread', COLUMN = 'reply_to', MESSAGE = 'comment_thread'; END IF;\n    END IF;\n    RETURN NEW;\n",
                    hash="b53ff2e28e8c5cae9d630ef4a2cfa2b39d6e030e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_hangs_where_it_says_5703e",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="e1665a26003db682c894808db2977a240f58aa2a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_a0eb9",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="36fe900572c8b5e29432cc1a266850ff519b959f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_7b99a",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'comment' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'comment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="981e451e0f858a054b40dab3d1ae402d1fd19673",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e11a4",
                    table="annotations_comment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(ALWAYS_FIRE, migrations.RunSQL.noop),
    ]
