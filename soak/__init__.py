"""Requests made up from the description of the API, against the real server."""
