"""Accounts have one address, and change it only once the new one is confirmed.

Asking for another address used to empty the one there was at once. It comes back from the history; what was asked for
waits for its confirmation.
"""

import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

REPAIR = """
UPDATE annotations_user u SET email = coalesce(
    (SELECT lower(e.before ->> 'email') FROM annotations_event e
     WHERE e.kind = 'user' AND e.object_id = u.id::text AND e.after ->> 'email' = '' AND e.before ->> 'email' <> ''
       AND NOT EXISTS (SELECT FROM annotations_user other WHERE lower(other.email) = lower(e.before ->> 'email'))
     ORDER BY e.id DESC LIMIT 1),
    (SELECT lower(a.email) FROM account_emailaddress a
     WHERE a.user_id = u.id
       AND NOT EXISTS (SELECT FROM annotations_user other WHERE lower(other.email) = lower(a.email))
     ORDER BY a.verified DESC, a.id DESC LIMIT 1),
    'account-' || u.id || '@address.invalid')
WHERE u.email = '';
UPDATE annotations_user SET email = lower(email) WHERE email <> lower(email);
UPDATE annotations_user u SET new_email = lower(a.email) FROM account_emailaddress a
WHERE a.user_id = u.id AND NOT a.verified AND lower(a.email) <> u.email;
DELETE FROM account_emailaddress a USING annotations_user u WHERE u.id = a.user_id AND a.email <> u.email;
"""

ONE_ADDRESS = """
CREATE FUNCTION address_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own text;
BEGIN
    -- Holds the account's address as it is until this transaction ends.
    SELECT email INTO own FROM annotations_user WHERE id = NEW.user_id FOR KEY SHARE;
    IF NEW.email IS DISTINCT FROM own THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'address_of_account',
            MESSAGE = 'An account has no other address than the one that it signs in with.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER address_of_account BEFORE INSERT OR UPDATE ON account_emailaddress
FOR EACH ROW EXECUTE FUNCTION address_of_account();
"""

ANY_ADDRESS = """
DROP TRIGGER address_of_account ON account_emailaddress;
DROP FUNCTION address_of_account;
"""

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0019_releases_have_audiences"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="new_email",
            field=models.EmailField(
                blank=True, db_default="", default="", editable=False, max_length=254, verbose_name="new e-mail address"
            ),
        ),
        migrations.RunSQL(REPAIR, migrations.RunSQL.noop),
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="recorded",
        ),
        migrations.AddField(
            model_name="user",
            name="sessions_ended",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
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
        migrations.RunSQL(ONE_ADDRESS, ANY_ADDRESS),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
