"""Releases: asking for one, its files, and what is different in another."""
