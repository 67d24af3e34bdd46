"""The REST API: one resource a file, and the conventions that all of them keep."""
