"""All tables of the domain, with their rules."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import annotations.models.base.identifiers
import annotations.models.base.versioned
import annotations.models.event
import annotations.project_settings
from annotations.models.base.text_search import CREATE_FUNCTION, DROP_FUNCTION


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(CREATE_FUNCTION, DROP_FUNCTION),
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
                (
                    "label",
                    models.CharField(
                        choices=[("claim", "Claim"), ("attribution", "Attribution"), ("fact", "Fact")], max_length=11
                    ),
                ),
                ("fields", annotations.models.base.versioned.JSONByDatabase(blank=True, default=dict)),
                ("note", models.TextField(blank=True)),
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
                        verbose_name="e-mail address",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("language", models.CharField(default="en", max_length=35, verbose_name="language")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_staff", models.BooleanField(default=False, verbose_name="operator")),
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
                (
                    "url",
                    models.CharField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        validators=[django.core.validators.URLValidator(["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                ("outlet", models.CharField(blank=True, max_length=200, verbose_name="outlet")),
                ("author", models.CharField(blank=True, max_length=300, null=True, verbose_name="author")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                (
                    "direction",
                    models.CharField(
                        choices=[("ltr", "left to right"), ("rtl", "right to left"), ("auto", "by paragraph")],
                        default="auto",
                        max_length=4,
                        verbose_name="direction",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256 of the text")),
                ("length", models.PositiveIntegerField(editable=False, verbose_name="length in code points")),
                ("source", models.BinaryField(null=True, verbose_name="source as it came")),
                ("archived", models.BooleanField(default=False, verbose_name="archived")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="added"
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
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
            ],
            options={
                "ordering": ["created_at", "id"],
            },
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
            ],
            options={
                "ordering": ["id"],
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
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("guidelines", models.TextField(blank=True, max_length=200000, verbose_name="guidelines")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("shared", "Shared: everybody sees everybody's spans"),
                            ("independent", "Independent: annotators work unseen until both have submitted"),
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
                    )
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
            model_name="article",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="annotations.project"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="archived_not_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archive_only', COLUMN = 'archived', MESSAGE = 'Articles and projects are archived, not deleted.'; END IF; RETURN OLD;",
                    hash="50ea7601fb8530e99243b6bbabcb43892e6517cf",
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
                    func="\n                    IF EXISTS (\n                        SELECT FROM annotations_verdict v\n                        JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id\n                        WHERE a.project_id = NEW.id AND v.rating IS NOT NULL\n                          AND NOT NEW.scale @> jsonb_build_array(jsonb_build_object('key', v.rating))\n                    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_in_use', COLUMN = 'scale', MESSAGE = 'A rating that verdicts use cannot leave the scale.'; END IF;\n                    IF EXISTS (\n                        SELECT FROM jsonb_each(OLD.label_fields) was(label, fields), jsonb_array_elements(was.fields) f\n                        WHERE NOT coalesce(NEW.label_fields -> was.label, '[]') @>\n                              jsonb_build_array(jsonb_build_object('key', f -> 'key', 'kind', f -> 'kind'))\n                          AND EXISTS (\n                            SELECT FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n                            WHERE a.project_id = NEW.id AND s.label = was.label AND s.fields ? (f ->> 'key'))\n                    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'field_in_use', COLUMN = 'label_fields', MESSAGE = 'A field that spans use cannot be removed. Rename it instead.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="f5f211bfecd3a64bb41cd27f131aa29551a65d41",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="daf63cd27fefa2448f792f5a416dda34e468c25e",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'pseudonym_key'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'pseudonym_key'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.id;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'project',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="c62f5778ebe6c1c2fd9407143e9b4a29e1bff774",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e90a6",
                    table="annotations_project",
                    when="AFTER",
                ),
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
                on_delete=django.db.models.deletion.CASCADE, related_name="links_in", to="annotations.span"
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
            model_name="verdict",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to=settings.AUTH_USER_MODEL
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
            name="reviewer",
            field=models.ForeignKey(
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
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="user_email_any_case"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="2922266537c306a73ece98e017088c5e05c391b3",
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
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'password' - 'last_login'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'password' - 'last_login'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := NULL::bigint;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'user',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="c378062fa0942324caa0557de63f76bbc852d88e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_3c0c6",
                    table="annotations_user",
                    when="AFTER",
                ),
            ),
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
                    func="\n                    IF (NEW.article_id, NEW.assignee_id, NEW.kind) <> (OLD.article_id, OLD.assignee_id, OLD.kind)\n                       AND EXISTS (SELECT FROM annotations_span s WHERE s.assignment_id = OLD.id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'A span stays in the article and assignment it was made in.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="183edbaaa59b6e5d1d4a1690e7b09cac436e00d1",
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
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="f873e8fc6df219a5dede990962f63f80e414393d",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'assignment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="2cab6fbbee6274414fa20e34bd8d973d757bd33c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_ebe3c",
                    table="annotations_assignment",
                    when="AFTER",
                ),
            ),
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
                    func="\n                    SELECT e.verdict_id INTO verdict_id_ FROM annotations_evidenceset e\n                    WHERE e.id = CASE TG_OP WHEN 'DELETE' THEN OLD.evidence_set_id ELSE NEW.evidence_set_id END;\n                    \n    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;\n    IF verdict.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF; END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.evidence_set_id <> OLD.evidence_set_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'An evidence set holds links that end at the verdict''s claim.'; END IF;\n                    IF NOT EXISTS (SELECT FROM annotations_link l\n                                   WHERE l.id = NEW.link_id AND l.target_id = verdict.claim_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'An evidence set holds links that end at the verdict''s claim.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="5057e59bbdc75710ec1dedb8bb0ef0206407f35e",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="56499f7c94f8ccc187dd7bbcf2b791a03456e370",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_evidenceset e JOIN annotations_verdict v ON v.id = e.verdict_id JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE e.id = entry.evidence_set_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="72fd33840b1c14d376612723c8a732eea25d6b59",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_f0e27",
                    table="annotations_evidencelink",
                    when="AFTER",
                ),
            ),
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
                    func="\n                    PERFORM FROM annotations_project WHERE id = OLD.project_id FOR NO KEY UPDATE;\n                    IF 'manager' = ANY(OLD.roles)\n                       AND (TG_OP = 'DELETE' OR NOT 'manager' = ANY(NEW.roles) OR NEW.project_id <> OLD.project_id)\n                       AND NOT EXISTS (\n                           SELECT FROM annotations_membership m\n                           WHERE m.project_id = OLD.project_id AND m.id <> OLD.id AND 'manager' = ANY(m.roles))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'last_manager', COLUMN = 'roles', MESSAGE = 'A project keeps at least one manager.'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="7731dc3403c5f78239ceac271951f509bfd78d8e",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="7b5c3182328b8476ebc7cb3c00c6e5540bb48b11",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'membership',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="7a3936f222d698d9711ce2552e0c4373cd75cd45",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_798d1",
                    table="annotations_membership",
                    when="AFTER",
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
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="00dc25345469de763cee914ef0d9a4797b0f54b9",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="4aea8a948fdc2b7a02927e884fba9395a2cd069f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1be37",
                    table="annotations_event",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "created_at", "id"], name="article_in_project"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="article_search"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("project", "sha256"), name="duplicate_article"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="body_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' AND (NEW.body, NEW.project_id, NEW.source, NEW.sha256, NEW.length)\n                       IS DISTINCT FROM (OLD.body, OLD.project_id, OLD.source, OLD.sha256, OLD.length)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'body_immutable', COLUMN = 'body', MESSAGE = 'The text of an article never changes. Add a corrected article that revises this one.'; END IF;\n                    IF TG_OP = 'INSERT' THEN\n                        NEW.sha256 := encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex');\n                        NEW.length := char_length(NEW.body);\n                    END IF;\n                    NEW.search := to_tsvector(\n                        factcheck_text_search(NEW.language),\n                        concat_ws(' ', NEW.title, NEW.outlet, NEW.author, left(NEW.body, 200000)));\n                    RETURN NEW;\n                ",
                    hash="86189def321e18fbea6bc8bd7f8505925c4b8ad4",
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
                name="archived_not_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archive_only', COLUMN = 'archived', MESSAGE = 'Articles and projects are archived, not deleted.'; END IF; RETURN OLD;",
                    hash="0b57b5be88723615e168f131f8586b01a893a629",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="10d82cc6a92ab034727866bcecd6334bad4a0df4",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="c8fba7c9d9a031a72ef1da356a03c621aa2cf469",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_4c445",
                    table="annotations_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="sentence",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="sentence_search"),
        ),
        migrations.AddConstraint(
            model_name="sentence",
            constraint=models.UniqueConstraint(fields=("article", "start"), name="sentence_once"),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(fields=["article", "start", "id"], name="span_in_article"),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(fields=("assignment", "label", "fragments"), name="duplicate_span"),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.CheckConstraint(
                condition=models.Q(("label__in", ["claim", "attribution", "fact"])), name="label_unknown"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'Somebody changed this meanwhile. Look at the current state.'; END IF;\n        NEW.created_at := OLD.created_at;\n        NEW.updated_at := clock_timestamp();\n        RETURN NEW;\n    ",
                    hash="330edd9be215dcfbd7b4276af358be7b5f9dc586",
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
                    func="\n                    IF \n    EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id AND v.state IN ('submitted', 'approved'))\n    OR EXISTS (SELECT FROM annotations_link l JOIN annotations_verdict v ON v.claim_id = l.target_id\n               WHERE l.source_id = OLD.id AND v.state IN ('submitted', 'approved'))\n THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF (NEW.id, NEW.article_id, NEW.assignment_id) <> (OLD.id, OLD.article_id, OLD.assignment_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'A span stays in the article and assignment it was made in.'; END IF;\n                    IF NEW.label <> OLD.label THEN\n                        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id)\n                        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'Only a claim has a verdict.'; END IF;\n                        IF EXISTS (\n                            SELECT FROM annotations_link l\n                            WHERE l.target_id = OLD.id AND NOT (NEW.label = 'claim' OR\n                                  (NEW.label = 'fact' AND l.relation = 'attributes'))\n                               OR l.source_id = OLD.id AND (\n                                  l.relation = 'attributes' AND NEW.label <> 'attribution'\n                                  OR l.relation = 'restates' AND NEW.label <> 'claim')\n                        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'This relation does not join these labels: corroborates and contradicts end at a claim, attributes goes from an attribution to a claim or fact, restates from a claim to a claim.'; END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="3f25d52e7d351b7d65d8727a31c81d89a5f15e5d",
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
                name="matches_its_text",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE text_ text; size int; piece int[]; edge int := 0; slices text[] := '{}'; name_ text; value_ jsonb; words text;",
                    func="\n                    IF TG_OP = 'INSERT' AND NOT EXISTS (\n                        SELECT FROM annotations_assignment a\n                        WHERE a.id = NEW.assignment_id AND a.article_id = NEW.article_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'A span stays in the article and assignment it was made in.'; END IF;\n                    \n    SELECT a.body, a.length INTO STRICT text_, size FROM annotations_article a WHERE a.id = NEW.article_id;\n    IF (array_ndims(NEW.fragments) = 2 AND array_length(NEW.fragments, 2) = 2\n        AND array_lower(NEW.fragments, 1) = 1 AND array_lower(NEW.fragments, 2) = 1\n        AND array_length(NEW.fragments, 1) <= 100) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'Fragments must be in order, not overlap, not be empty, lie inside the text, and be at most 100.'; END IF;\n    FOREACH piece SLICE 1 IN ARRAY NEW.fragments LOOP\n        IF (piece[1] >= edge AND piece[1] < piece[2] AND piece[2] <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'Fragments must be in order, not overlap, not be empty, lie inside the text, and be at most 100.'; END IF;\n        edge := piece[2];\n        slices := slices || substr(text_, piece[1] + 1, piece[2] - piece[1]);\n    END LOOP;\n    IF TG_OP = 'UPDATE' AND NEW.quote = OLD.quote AND NEW.fragments <> OLD.fragments THEN NEW.quote := ''; END IF;\n    IF coalesce(NEW.quote, '') NOT IN ('', array_to_string(slices, ' … ')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_mismatch', COLUMN = 'quote', MESSAGE = 'The quote is not the text at these offsets.'; END IF;\n    NEW.quote := array_to_string(slices, ' … ');\n    NEW.start := NEW.fragments[1][1];\n    NEW.\"end\" := edge;\n    FOR name_, value_ IN SELECT * FROM jsonb_each(NEW.fields) LOOP\n        CONTINUE WHEN jsonb_typeof(value_) <> 'object';\n        IF ((value_ ->> 'start')::int >= 0 AND (value_ ->> 'start')::int < (value_ ->> 'end')::int\n            AND (value_ ->> 'end')::int <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'A passage must be a range of the same article with its exact quote.'; END IF;\n        words := substr(text_, (value_ ->> 'start')::int + 1, (value_ ->> 'end')::int - (value_ ->> 'start')::int);\n        IF coalesce(value_ ->> 'quote', words) <> words THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'A passage must be a range of the same article with its exact quote.'; END IF;\n        NEW.fields := jsonb_set(NEW.fields, ARRAY[name_, 'quote'], to_jsonb(words));\n    END LOOP;\n\n                    RETURN NEW;\n                ",
                    hash="a04134cb12e7478c7477e397156f9a610ec4c7fc",
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
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="c3115dc871d7d19fe9c47b43b5d2d94f20a1ac45",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="86ebb69d2b61eadb37f28612d0dc37c4fe1d693a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_0e8c8",
                    table="annotations_span",
                    when="AFTER",
                ),
            ),
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
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'Somebody changed this meanwhile. Look at the current state.'; END IF;\n        NEW.created_at := OLD.created_at;\n        NEW.updated_at := clock_timestamp();\n        RETURN NEW;\n    ",
                    hash="dfdb6bc84cec3fb71d5847601cb31005f9131d73",
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
                    func="\n                    -- Submitting takes the claim for update, so what is read here stays true until this commits.\n                    PERFORM FROM annotations_span WHERE id = OLD.target_id FOR SHARE;\n                    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[OLD.target_id]) AND v.state IN ('submitted', 'approved'))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF NEW.target_id <> OLD.target_id\n                       AND EXISTS (SELECT FROM annotations_evidencelink k WHERE k.link_id = OLD.id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'An evidence set holds links that end at the verdict''s claim.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="8767a07796879971d89e0f6c3943180c7423b3d2",
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
                name="joins_what_it_may",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE source record; target record;",
                    func="\n                    IF NEW.source_id = NEW.target_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'self_link', COLUMN = 'target', MESSAGE = 'A span has no relation to itself.'; END IF;\n                    \n    -- Both spans are held in one order, so that their labels, and for restates each other's links, stand still.\n    IF NEW.relation = 'restates' THEN\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR NO KEY UPDATE;\n    ELSE\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR SHARE;\n    END IF;\n    SELECT s.label, a.project_id, p.mode, s.article_id, g.assignee_id, g.state INTO source\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.source_id;\n    SELECT s.label, a.project_id, s.article_id, g.assignee_id, g.state INTO target\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.target_id;\n    IF source IS NULL OR target IS NULL THEN RETURN NEW; END IF;  -- the foreign keys will refuse it\n    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[NEW.target_id]) AND v.state IN ('submitted', 'approved')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF;\n    IF source.project_id <> target.project_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'cross_project', COLUMN = 'target', MESSAGE = 'Both spans of a link belong to one project.'; END IF;\n    IF NOT (CASE NEW.relation\n        WHEN 'attributes' THEN source.label = 'attribution' AND target.label IN ('claim', 'fact')\n        WHEN 'restates' THEN source.label = 'claim' AND target.label = 'claim'\n        ELSE target.label = 'claim' END)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'This relation does not join these labels: corroborates and contradicts end at a claim, attributes goes from an attribution to a claim or fact, restates from a claim to a claim.'; END IF;\n \n    IF NEW.relation = 'restates' THEN\n        IF EXISTS (SELECT FROM annotations_link l WHERE l.relation = 'restates' AND l.id <> NEW.id\n                   AND (l.source_id IN (NEW.source_id, NEW.target_id) OR l.target_id = NEW.source_id))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restates_chain', COLUMN = 'target', MESSAGE = 'A claim restates one claim at most, which itself restates none. Link to the claim that is checked.'; END IF;\n        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.source_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'A claim that restates another has no verdict of its own: judge the claim it restates.'; END IF;\n    END IF;\n \n    IF source.mode = 'independent' AND EXISTS (\n        SELECT FROM (VALUES (source.article_id, source.assignee_id, source.state),\n                            (target.article_id, target.assignee_id, target.state)) e(article_id, assignee_id, state)\n        WHERE e.assignee_id <> NEW.author_id\n          AND NOT (e.state = 'submitted' AND EXISTS (\n              SELECT FROM annotations_assignment m WHERE m.article_id = e.article_id\n                AND m.assignee_id = NEW.author_id AND m.state = 'submitted'))\n          AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = source.project_id\n                AND m.user_id = NEW.author_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'independent_work', COLUMN = 'source', MESSAGE = 'In an independent project another annotator''s spans open only after both have submitted the article.'; END IF;\n\n                    RETURN NEW;\n                ",
                    hash="ebbe6dc8b209037085f1f262ef5128e80a4b2fef",
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
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="97251e8846b2aef4e8458e3c82a4565fb5a08423",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.target_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="020e915355cc6a37f207b2a23ef287759b6f3e7a",
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
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["state", "submitted_at", "id"], name="verdict_queue"),
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
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'Somebody changed this meanwhile. Look at the current state.'; END IF;\n        NEW.created_at := OLD.created_at;\n        NEW.updated_at := clock_timestamp();\n        RETURN NEW;\n    ",
                    hash="f4f103aaf843c00d072300a2033f3781697a9325",
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
                name="judges_a_claim",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE kind text; project bigint;",
                    func="\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    SELECT s.label, a.project_id INTO kind, project\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = NEW.claim_id;\n    IF kind <> 'claim' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'Only a claim has a verdict.'; END IF;\n    IF EXISTS (SELECT FROM annotations_link l WHERE l.source_id = NEW.claim_id AND l.relation = 'restates')\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'A claim that restates another has no verdict of its own: judge the claim it restates.'; END IF;\n    PERFORM FROM annotations_project WHERE id = project FOR SHARE;\n    \n    IF NEW.rating IS NOT NULL AND NOT EXISTS (\n        SELECT FROM annotations_project p, jsonb_array_elements(p.scale) r\n        WHERE p.id = project AND r ->> 'key' = NEW.rating\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_unknown', COLUMN = 'rating', MESSAGE = 'The rating is not on the scale of this project.'; END IF;\n\n RETURN NEW;",
                    hash="04f40f2e7d0d488f705cc35c333344c542b5d29b",
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
                    func="\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.state <> 'draft' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n        IF NEW.reviewer_id IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'Only a review approves, returns or reopens a verdict.'; END IF;\n        RETURN NEW;\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        IF OLD.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF; END IF;\n        RETURN OLD;\n    END IF;\n    says_the_same := (NEW.id, NEW.claim_id, NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence)\n        IS NOT DISTINCT FROM\n        (OLD.id, OLD.claim_id, OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence);\n    IF NOT says_the_same AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF;\n    IF (NEW.claim_id, NEW.author_id) <> (OLD.claim_id, OLD.author_id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n    step := OLD.state || ' to ' || NEW.state;\n    IF step IN ('submitted to approved', 'submitted to returned', 'approved to returned') THEN\n        IF NOT EXISTS (SELECT FROM annotations_review r\n            WHERE r.verdict_id = OLD.id AND r.verdict_version = OLD.version\n              AND r.reviewer_id = coalesce(NEW.reviewer_id, r.reviewer_id)\n              AND r.decision = CASE step WHEN 'submitted to approved' THEN 'approved'\n                                         WHEN 'submitted to returned' THEN 'returned' ELSE 'reopened' END)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'Only a review approves, returns or reopens a verdict.'; END IF;\n    ELSIF step NOT IN ('draft to draft', 'draft to submitted', 'returned to submitted', 'returned to draft',\n                       'submitted to draft') THEN\n        IF OLD.state = NEW.state AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF;\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.';\n    END IF;\n    IF (NEW.state = 'approved') <> (NEW.reviewer_id IS NOT NULL) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'Only a review approves, returns or reopens a verdict.'; END IF;\n    RETURN NEW;\n",
                    hash="b2422e5dcc944adae6de83417b8e341c7dd8e6ea",
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
                    func="\n    IF NEW.rating IS NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_needed', COLUMN = 'rating', MESSAGE = 'The rating needs evidence that is not linked yet: link what corroborates or contradicts the claim, or choose another rating.'; END IF;\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    PERFORM FROM annotations_span\n        WHERE id IN (SELECT l.source_id FROM annotations_link l WHERE l.target_id = NEW.claim_id) ORDER BY id FOR SHARE;\n    SELECT r ->> 'needs' INTO needs\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id, jsonb_array_elements(p.scale) r\n    WHERE s.id = NEW.claim_id AND r ->> 'key' = NEW.rating;\n    SELECT coalesce(bool_or(l.relation = 'corroborates'), false), coalesce(bool_or(l.relation = 'contradicts'), false)\n    INTO corroborated, contradicted\n    FROM annotations_link l\n    WHERE l.target_id = NEW.claim_id\n      AND (NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = NEW.id)\n           OR EXISTS (SELECT FROM annotations_evidencelink k JOIN annotations_evidenceset e ON e.id = k.evidence_set_id\n                      WHERE e.verdict_id = NEW.id AND k.link_id = l.id));\n    IF needs IN ('corroborating', 'both') AND NOT corroborated\n       OR needs IN ('contradicting', 'both') AND NOT contradicted\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_needed', COLUMN = 'rating', MESSAGE = 'The rating needs evidence that is not linked yet: link what corroborates or contradicts the claim, or choose another rating.'; END IF;\n    RETURN NEW;\n",
                    hash="56c0d459dc9a121ad7dfdf32def25c29b95f74b6",
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
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="ac8f3e38c9697421d9261912a39b83e3e674ce92",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.claim_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="4db1c6a2470e7e2e63e18d8f53e636c31c8f4210",
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
                    func="\n                    SELECT v.* INTO verdict FROM annotations_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE;\n                    IF NEW.reviewer_id IN (verdict.author_id, verdict.edited_by_id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'own_verdict', COLUMN = 'reviewer', MESSAGE = 'Nobody reviews a verdict that they wrote or edited.'; END IF;\n                    IF NEW.verdict_version <> verdict.version\n                       OR verdict.state <> (CASE NEW.decision WHEN 'reopened' THEN 'approved' ELSE 'submitted' END)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n                    \n    SELECT encode(sha256(convert_to(coalesce(string_agg(\n        concat_ws(' ', l.id, l.relation, s.article_id, s.fragments::text, s.label, s.quote),\n        E'\\n' ORDER BY l.id), ''), 'UTF8')), 'hex')\n    INTO NEW.evidence_digest\n    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id WHERE l.target_id = verdict.claim_id;\n\n                    RETURN NEW;\n                ",
                    hash="db8b3514d136b615e5afbd42037f74baa26d1b31",
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
                    func="\n                    IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF;\n                    IF EXISTS (SELECT FROM annotations_verdict v\n                               WHERE v.id = OLD.verdict_id AND v.state IN ('submitted', 'approved'))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; END IF;\n                    RETURN OLD;\n                ",
                    hash="02d11e056dbe4f9bebad017aed6eb20b8a5346ef",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="54b00cdcf627ddc83aa051913dfe3feb08a0bd11",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'review',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="dff97064a66f1e941b3364b63d02945099b54b8c",
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
                    func="\n                    verdict_id_ := CASE TG_OP WHEN 'DELETE' THEN OLD.verdict_id ELSE NEW.verdict_id END;\n                    \n    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;\n    IF verdict.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF; END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.verdict_id <> OLD.verdict_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'An evidence set holds links that end at the verdict''s claim.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="368c898b6c2ddba4f1bf1b030dc68558d5a6dd61",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="ca68a297337f6be275be1b707032c0b6db363415",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_set',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="2dbac0c3c24d4e9da4539684e36d4a30eb9a2ad7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_eda37",
                    table="annotations_evidenceset",
                    when="AFTER",
                ),
            ),
        ),
    ]
