"""Formats whose record is a checked claim: what is written down as its text once, then one format a file."""
