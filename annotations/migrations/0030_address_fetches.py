"""Addresses are fetched by a worker, and texts with very many combining marks are indexed in bounded time."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import annotations.models.base.identifiers
from annotations.models.base.text_search import CREATE_SEARCHABLE

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0029_claim_words"),
    ]

    operations = [
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("made__isnull", True), ("refused", ""), _connector="OR"),
                        name="address_fetch_is_one_of_both",
                    ),
                    models.UniqueConstraint(
                        models.F("project"),
                        models.F("by"),
                        django.db.models.functions.text.MD5("address"),
                        condition=models.Q(("made__isnull", True), ("refused", "")),
                        name="address_fetch_waits_once",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addressfetch",
            trigger=pgtrigger.compiler.Trigger(
                name="few_waiting",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (SELECT count(*) FROM annotations_addressfetch own\n                        WHERE own.by_id = NEW.by_id AND own.made_id IS NULL AND own.refused = '') >= 20\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fetches_waiting', COLUMN = 'address', MESSAGE = 'You have 20 addresses that are not fetched yet. Wait until some are.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="f45d3a4eea50c6f63a50ae38b1239a179fa3c69d",
                    operation="INSERT",
                    pgid="pgtrigger_few_waiting_f0a67",
                    table="annotations_addressfetch",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(CREATE_SEARCHABLE, migrations.RunSQL.noop),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
