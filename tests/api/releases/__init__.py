"""Releases over the API."""
