"""Who may start projects: those who manage one already, and operators."""

from django.db import migrations, models

GRANT = """
UPDATE annotations_user u SET may_start_projects = true
WHERE u.is_staff OR u.is_superuser
   OR EXISTS (SELECT FROM annotations_membership m WHERE m.user_id = u.id AND 'manager' = ANY(m.roles))
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0020_accounts")]

    operations = [
        migrations.AddField(
            "user",
            "may_start_projects",
            models.BooleanField(
                "may start projects",
                default=False,
                db_default=False,
                help_text="Whoever starts a project manages it, and may invite people to it by mail.",
            ),
        ),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
    ]
