"""Invitations, and names that are one line: control characters in names that are there become spaces."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

ONE_LINE = r"""
UPDATE annotations_{table} SET name = regexp_replace(name, '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+', ' ', 'g')
WHERE name ~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0023_archived"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
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
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AlterField(
            model_name="project",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]",
                        "A name has no line breaks and no other control characters.",
                        "name_characters",
                        inverse_match=True,
                    )
                ],
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="name",
            field=models.CharField(
                blank=True,
                max_length=150,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]",
                        "A name has no line breaks and no other control characters.",
                        "name_characters",
                        inverse_match=True,
                    )
                ],
                verbose_name="name",
            ),
        ),
        migrations.RunSQL(ONE_LINE.format(table="project"), migrations.RunSQL.noop),
        migrations.RunSQL(ONE_LINE.format(table="user"), migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name__regex", "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]"), _negated=True
                ),
                name="project_name_characters",
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
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="annotations.project"
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
                    func="\n                    PERFORM FROM annotations_user WHERE id = NEW.invited_by_id FOR NO KEY UPDATE;\n                    PERFORM FROM annotations_project WHERE id = NEW.project_id FOR NO KEY UPDATE;\n                    IF (SELECT count(*) FROM annotations_invitation invitation\n                        WHERE invitation.project_id = NEW.project_id AND invitation.state = 'open') >= 100\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitations_open', COLUMN = 'email', MESSAGE = 'A project has at most 100 open invitations. Withdraw some of them first.'; END IF;\n                    IF (SELECT count(*) >= 50\n                               OR count(*) FILTER (WHERE invitation.email = NEW.email) >= 3\n                        FROM annotations_invitation invitation\n                        WHERE invitation.project_id = NEW.project_id\n                          AND invitation.created_at > now() - interval '1 day')\n                       OR (SELECT count(*) FROM annotations_invitation invitation\n                           WHERE invitation.invited_by_id = NEW.invited_by_id\n                             AND invitation.created_at > now() - interval '1 day') >= 100\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitations_a_day', COLUMN = 'email', MESSAGE = 'Within 24 hours, 50 invitations to a project, 100 by a person, and 3 from a project to the same address are possible. Try again later.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="ab8ce8e2e30e270ce6d3e337d94ebc7e25cda22a",
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
                    func="\n                    IF (to_jsonb(NEW) - 'state') <> (to_jsonb(OLD) - 'state') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fixed', COLUMN = 'id', MESSAGE = 'An invitation keeps its project, address and roles.'; END IF;\n                    IF OLD.state <> 'open'\n                       OR (NEW.state = 'accepted' AND OLD.expires_at <= now())\n                       OR (NEW.state = 'expired' AND OLD.expires_at > clock_timestamp())\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_closed', COLUMN = 'state', MESSAGE = 'This invitation was accepted, declined or withdrawn, or it has expired.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="32900c57bb33768b1432e939e3cb65912f655b73",
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
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="e948345645903924bb78bdf3d8073a7def92dd1f",
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
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
