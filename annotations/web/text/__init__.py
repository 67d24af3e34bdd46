"""Texts made ready to read on a page: passages in their context, what changed, guidelines."""
