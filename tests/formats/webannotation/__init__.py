"""Web annotations, out and in."""
