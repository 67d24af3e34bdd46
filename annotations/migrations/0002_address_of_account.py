"""Keeps allauth's table of addresses to the address that each account signs in with.

It comes after the initial migration, since allauth's tables refer to the accounts.
"""

from django.db import migrations

ONE_ADDRESS = """
CREATE OR REPLACE FUNCTION address_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE TRIGGER address_of_account BEFORE INSERT OR UPDATE ON account_emailaddress
FOR EACH ROW EXECUTE FUNCTION address_of_account();
"""
"""Also where a migration before version 0.2.0 made them already."""

ANY_ADDRESS = """
DROP TRIGGER address_of_account ON account_emailaddress;
DROP FUNCTION address_of_account;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunSQL(ONE_ADDRESS, ANY_ADDRESS)]
