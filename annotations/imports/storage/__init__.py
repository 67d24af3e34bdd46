"""Storing a batch of documents and what is marked in them, each kind in a few statements."""
