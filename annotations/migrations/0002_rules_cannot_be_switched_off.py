"""Takes away the setting by which a session could skip triggers: the rules hold for everybody.

Every installation of a trigger by django-pgtrigger brings its own version of this function back, so a migration that adds or
changes triggers ends with this operation again; `tests/rules/` fails where it does not.
"""

from django.db import migrations

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_first_tables")]

    operations = [migrations.RunSQL(STAND, migrations.RunSQL.noop)]
