"""The embedded PostgreSQL, for machines that name no server of their own."""
