"""Formats in which a checked claim is the record: what is selected of it once, then one format a file."""
