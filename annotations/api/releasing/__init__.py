"""Releases: asking for them, their files, and comparing two."""
