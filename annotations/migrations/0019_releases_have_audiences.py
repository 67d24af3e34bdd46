"""Releases say who may read them.

Those of independent projects may hold work that was not open to all members when they were made, so they are for
managers and reviewers only, as are all with filters that only these may use. Their files stay as they are.
"""

from django.db import migrations, models

RESTRICT = """
ALTER TABLE annotations_release DISABLE TRIGGER USER;  -- finished releases do not change, and nobody changed anything
UPDATE annotations_release r SET audience = 'managers' FROM annotations_project p
WHERE p.id = r.project_id AND (
    p.mode = 'independent'
    OR r.filters ? 'state' AND NOT r.filters @> '{"state": "approved"}'
    OR r.filters ? 'names' AND NOT r.filters @> '{"names": false}'
    OR r.filters ? 'comments' AND NOT r.filters @> '{"comments": false}');
ALTER TABLE annotations_release ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0018_lookup_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="audience",
            field=models.CharField(
                choices=[("members", "All members"), ("managers", "Managers and reviewers")],
                default="members",
                max_length=8,
            ),
        ),
        migrations.RunSQL(RESTRICT, migrations.RunSQL.noop),
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
    ]
